/* SPDX-License-Identifier: BSD-2-Clause */
/* The tables of the views by name, so that the manual can explain their columns. The tables are const; any thread. */
#ifndef VIEWS_TABLES_H
#define VIEWS_TABLES_H

#include "ui/table.h"

struct view_table {
	const char *title; /* for a heading: "Partitions of a topic" */
	const struct table_ops *ops;
};

extern const struct view_table view_tables[];
extern const size_t view_table_count;

extern const struct table_ops brokers_table, broker_partitions_table, topics_table, topic_partitions_table,
	topic_readers_table, config_table, groups_table, group_partitions_table, group_members_table, events_table;

#endif

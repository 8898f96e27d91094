/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/tables.h"

#include "views/reset/reset_state.h"

const struct view_table view_tables[] = {
	{ "Groups", &groups_table },
	{ "Partitions of a group", &group_partitions_table },
	{ "Members of a group", &group_members_table },
	{ "Topics", &topics_table },
	{ "Partitions of a topic", &topic_partitions_table },
	{ "Groups that read a topic", &topic_readers_table },
	{ "Brokers", &brokers_table },
	{ "Partitions of a broker", &broker_partitions_table },
	{ "Configuration of a topic or broker", &config_table },
	{ "Events", &events_table },
	{ "Plan of a reset", &reset_plan_table },
};
const size_t view_table_count = sizeof(view_tables) / sizeof(view_tables[0]);

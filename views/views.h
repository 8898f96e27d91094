/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The views by name, and those that have a tab. UI thread; the tables are const.
 */
#ifndef VIEWS_VIEWS_H
#define VIEWS_VIEWS_H

#include <stddef.h>

#include "ui/view.h"

extern const struct view_ops *const view_list[];        /* all of them, those with a tab first; NULL ends it */
const struct view_ops *view_find(const char *name);     /* NULL when there is none */
const struct view_ops *const *view_tabs(size_t *count); /* in the order of their digits */

extern const struct view_ops view_overview, view_brokers, view_broker, view_topics, view_topic, view_groups, view_group,
	view_messages, view_records, view_record, view_compare, view_statement, view_log, view_help, view_reset,
	view_journal, view_produce, view_config_compare, view_change, view_clone;

#endif

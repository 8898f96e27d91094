/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/views.h"

#include <string.h>

const struct view_ops *const view_list[] = { &view_overview, &view_brokers, &view_topics, &view_groups, &view_messages,
	&view_log, /* the tabs first */
	&view_broker, &view_topic, &view_group, &view_records, &view_record, &view_compare, &view_statement, &view_help,
	&view_produce, &view_reset, &view_journal, &view_config_compare, &view_change, &view_clone, NULL };

enum { TABS = 6 };

const struct view_ops *view_find(const char *name)
{
	for (int i = 0; view_list[i]; i++)
		if (strcmp(view_list[i]->name, name) == 0)
			return view_list[i];
	return NULL;
}

const struct view_ops *const *view_tabs(size_t *count)
{
	*count = TABS;
	return view_list;
}

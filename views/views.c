/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/views.h"

#include <string.h>

static const struct view_ops *const views[] = {
	&view_overview, &view_brokers, &view_topics, &view_groups, &view_messages, &view_log,    /* the tabs first */
	&view_broker, &view_topic, &view_group, &view_records, &view_record, &view_compare, &view_statement,
	&view_help, &view_produce, &view_reset, &view_journal, &view_config_compare, &view_change, &view_clone,
};

enum { TABS = 6, VIEWS = sizeof(views) / sizeof(views[0]) };

const struct view_ops *view_find(const char *name)
{
	for (int i = 0; i < VIEWS; i++)
		if (strcmp(views[i]->name, name) == 0)
			return views[i];
	return NULL;
}

const struct view_ops *const *view_tabs(size_t *count)
{
	*count = TABS;
	return views;
}

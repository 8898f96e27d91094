/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/action.h"

#include <string.h>

#include "ui/view.h"

bool action_fits(const struct action *a, const struct view_ops *view)
{
	return !a->fits || (a->fits & view->capabilities) != 0;
}

enum action_id action_find(const struct action_set *set, const char *name)
{
	for (size_t i = 1; i < set->count; i++)
		if (strcmp(set->rows[i].name, name) == 0)
			return (enum action_id)i;
	return ACTION_NONE;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/action.h"

#include <string.h>

bool action_in_view(const struct action *a, const char *view)
{
	if (!a->views)
		return true;
	size_t len = strlen(view);
	for (const char *p = a->views; *p;) {
		size_t n = strcspn(p, " ");
		if (n == len && memcmp(p, view, n) == 0)
			return true;
		p += n + strspn(p + n, " ");
	}
	return false;
}

enum action_id action_find(const struct action_set *set, const char *name)
{
	for (size_t i = 1; i < set->count; i++)
		if (strcmp(set->rows[i].name, name) == 0)
			return (enum action_id)i;
	return ACTION_NONE;
}

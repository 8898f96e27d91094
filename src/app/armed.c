/* SPDX-License-Identifier: BSD-2-Clause */
#include "app/armed.h"

#include "base/clock.h"

/* The view of the armed reset with the next deadline. NULL: no reset is armed. */
static struct view *armed_view(const struct cluster *c, int *tab, int64_t *until_ms)
{
	struct view *found = NULL;

	for (int i = 0; i < c->tabs.count; i++) {
		for (size_t k = 0; k < c->tabs.items[i].count; k++) {
			struct view *v = c->tabs.items[i].panes[k].view;
			int64_t until = v->ops->armed ? v->ops->armed(v, NULL) : -1;

			if (until < 0 || (found && until >= *until_ms))
				continue;
			found = v;
			*until_ms = until;
			*tab = i;
		}
	}
	return found;
}

/* Whole minutes while there is more than one, so that an idle screen is not written to every second. */
bool armed_word(const struct cluster *c, struct str *out)
{
	int64_t until_ms, left_s;
	int tab;
	struct view *v = armed_view(c, &tab, &until_ms);

	if (!v)
		return false;
	v->ops->armed(v, out);
	left_s = (until_ms - clock_mono_ms() + 999) / 1000;
	if (left_s > 60)
		str_addf(out, " %dm", (int)((left_s + 59) / 60));
	else
		str_addf(out, " %ds", left_s > 0 ? (int)left_s : 0);
	return true;
}

int64_t armed_change(const struct cluster *c)
{
	int64_t until_ms, now_ms = clock_mono_ms(), left_ms, step_ms;
	int tab;

	if (!armed_view(c, &tab, &until_ms))
		return -1;
	left_ms = until_ms - now_ms;
	step_ms = left_ms > 60 * 1000 ? 60 * 1000 : 1000;
	return left_ms > 0 ? now_ms + (left_ms - 1) % step_ms + 1 : now_ms + 1000;
}

bool armed_show(struct cluster *c)
{
	int64_t until_ms;
	int tab;
	struct view *v = armed_view(c, &tab, &until_ms);

	if (!v)
		return false;
	if (tab != c->tabs.at)
		tabs_show(c, tab);
	/* A view above it stays open while it changes the cluster. */
	while (tabs_view(c) != v) {
		const struct view *above = tabs_view(c);

		if (!tabs_back(c) || tabs_view(c) == above)
			break;
	}
	return true;
}

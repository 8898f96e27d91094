/* SPDX-License-Identifier: BSD-2-Clause */
#include "capabilities.h"

#include "app/keys.h"

/* Runs the action on the view and closes what it opened. False: the view ignores the action. */
static bool is_done(struct app *app, struct view *v, enum action_id id)
{
	enum action_result result = v->ops->action(v, id, NULL);

	terminal_close(&app->terminal);
	while (tabs_view(app->shown) != v && tabs_back(app->shown))
		;
	return result != ACTION_IGNORED;
}

bool capabilities_hold(struct app *app, struct str *wrong)
{
	struct view *v = tabs_view(app->shown);

	for (size_t i = 1; i < action_table.count; i++) {
		const struct action *row = &action_table.rows[i];
		enum action_id id = (enum action_id)i;
		bool fits = action_fits(row, v->ops);

		/* A form receives all keys before actions are looked up. */
		if (keys_are_typed(app))
			break;
		if (!row->fits || row->run != act_view || (v->ops->disabled && v->ops->disabled(v, id)))
			continue;
		if (is_done(app, v, id) != fits)
			str_addf(wrong, "%s %s %s\n", v->ops->name,
				fits ? "claims but does not do" : "does but does not claim", row->name);
	}
	return wrong->len == 0;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "app/dispatch.h"

#include "app/app_parts.h"

const char *dispatch_disabled(const struct cluster *c, enum action_id id)
{
	const struct action *row = &c->ui.actions->rows[id];
	const struct view *v = tabs_view(c);
	if (!action_fits(row, v->ops))
		return "not in this view";
	/* Said here, before any function runs; the gate (kafka/cluster_gate.h) refuses the change in any case. */
	const char *why = row->flags & ACTION_MUTATES ? cluster_refusal(c) : NULL;
	return why || !v->ops->disabled ? why : v->ops->disabled(v, id);
}

enum action_result dispatch_action(struct cluster *c, enum action_id id, const char *arg)
{
	const struct action *row = &c->ui.actions->rows[id];
	const char *why = dispatch_disabled(c, id);
	cluster_dirty(c);
	if (why) {
		cluster_messagef(c, SEVERITY_WARN, "%s: %s", row->name, why);
		return ACTION_HANDLED;
	}
	enum action_result result = row->run(&c->ui, id, arg);
	if (result == ACTION_EXIT)
		c->app->terminal.ended = true;
	return result;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Tells whoever samples the cluster what the user looks at, when that has changed. */
#include "app/app_state.h"

#include <string.h>

/* A second one of the same: the first goes to the sampler. */
static struct demand *make_demand(const struct app *app)
{
	const struct view *v = app_pane(app)->view;
	struct demand *d = demand_new();
	d->needs = v->ops->needs | NEED_METADATA;
	d->read_committed = app->ui.read_committed;
	if (app->ui.read_committed && d->needs & NEED_ENDS)
		d->needs |= NEED_STABLE;
	d->interval_ms = app->ui.interval_ms;
	d->paused = app->ui.paused;
	d->refresh = app->refresh;
	for (size_t i = 0; i < app->changes->change_count; i++)
		demand_add_change(d, &app->changes->changes[i]);
	if (v->ops->demand)
		v->ops->demand(v, d);
	return d;
}

void app_send_demand(struct app *app)
{
	struct demand *d = make_demand(app);
	if (app->sent && demand_equal(app->sent, d)) {
		demand_free(d);
		return;
	}
	demand_free(app->sent);
	app->sent = d;
	if (app->source.demand)
		app->source.demand(app->source.data, make_demand(app));
}

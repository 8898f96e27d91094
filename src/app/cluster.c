/* SPDX-License-Identifier: BSD-2-Clause */
#include "app/cluster.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "app/app_parts.h"
#include "app/changes.h"
#include "app/header.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "feed/feed_host.h"
#include "kafka/source.h"
#include "model/cluster_pin.h"
#include "ui/color.h"
#include "work/works.h"

enum { STOP_WAIT_MS = 100, FEEDS_WAIT_MS = 200 };

static void fill_ui(struct cluster *c)
{
	const struct settings *settings = c->app->setup->settings;

	c->ui = (struct ui){
		.actions = &action_table,
		.keymap = c->app->keymap,
		.settings = settings,
		.utc = settings->utc,
		.read_committed = settings->read_committed,
		.interval_ms = (int)settings->interval_ms,
		.read_only = c->gate.read_only || c->gate.pin.pinned,
		.is_protected = c->setup->is_protected,
		.app = c,
		.context = c->name,
		.feeds = feed_host_source(c->feeds),
		.calls = &app_calls,
	};
}

struct cluster *cluster_new(struct app *app, const struct cluster_setup *setup, struct error *err)
{
	const struct work_setup works = { .gate = setup->gate,
		.settings = app->setup->settings,
		.config = app->setup->config };
	struct cluster *c;
	struct str name = { 0 };
	struct color color;
	const char *before;
	bool good;

	if (setup->color && !color_parse(setup->color, strlen(setup->color), &color, err))
		return NULL;
	c = mem_alloc(sizeof(*c));
	c->app = app;
	c->setup = setup;
	c->gate = setup->gate;
	c->started_ms = clock_mono_ms();
	c->own_requests_per_s = c->own_bytes_per_s = NAN;
	c->changes = demand_new();
	cluster_name(&name, setup->gate.pin.context, setup->gate.pin.bootstrap, NULL);
	c->name = str_take(&name);
	c->feeds = feed_host_new(c->gate.client, c->gate.pin.bootstrap, c->gate.timeout_ms);
	fill_ui(c);
	c->works = works_new(work_table, &works, app_wake, app);
	works_on_change(c->works, changes_work_ended, c);
	before = log_about(c->name);
	good = tabs_begin(c, app->setup->settings->view, err);
	log_about(before);
	if (good)
		return c;
	cluster_free(c);
	return NULL;
}

bool cluster_connect(struct cluster *c, struct wake *wake, unsigned bit, struct error *err)
{
	const char *before = log_about(c->name);

	c->sampler = kafka_sampler_start(c->gate.client, c->first_demand, wake, bit, err);
	log_about(before);
	return c->sampler != NULL;
}

bool cluster_free(struct cluster *c)
{
	tabs_end(c);
	if (c->sampler)
		sampler_stop(c->sampler, STOP_WAIT_MS);
	if (!works_free(c->works, STOP_WAIT_MS) || !feed_host_free(c->feeds, FEEDS_WAIT_MS))
		return false;
	world_release(&c->ui.live);
	demand_free(c->first_demand);
	demand_free(c->sent);
	demand_free(c->changes);
	free(c->met_id);
	free(c->name);
	free(c);
	return true;
}

bool cluster_is_shown(const struct cluster *c)
{
	return c->app->shown == c;
}

void cluster_dirty(struct cluster *c)
{
	if (cluster_is_shown(c))
		c->app->terminal.dirty = true;
}

void cluster_message(struct cluster *c, enum severity severity, const char *text)
{
	char *named = cluster_is_shown(c) || !text ? NULL : mem_printf("%s: %s", c->name, text);

	terminal_message(&c->app->terminal, severity, named ? named : text);
	free(named);
}

void cluster_messagef(struct cluster *c, enum severity severity, const char *fmt, ...)
{
	struct str text = { 0 };
	va_list ap;

	va_start(ap, fmt);
	str_addv(&text, fmt, ap);
	va_end(ap);
	cluster_message(c, severity, str_text(&text));
	str_release(&text);
}

const char *cluster_refusal(const struct cluster *c)
{
	if (!c->ui.read_only)
		return NULL;
	return c->gate.read_only           ? "refused, this is read-only" :
		c->answer == CLUSTER_OTHER ? "refused, another cluster answers at this address" :
					     "it is not known yet which cluster this is";
}

/* Also closes the question that is open: it is about the cluster that answered before. */
static void say_other_cluster(struct cluster *c, const char *id)
{
	if (cluster_is_shown(c))
		terminal_close_confirm(&c->app->terminal);
	if (c->met_id)
		cluster_messagef(c, SEVERITY_CRIT, "cluster %.*s answers now, not %.*s: nothing is changed here",
			id ? CLUSTER_ID_SHOWN : 7, id ? id : "(no id)", CLUSTER_ID_SHOWN, c->met_id);
	else
		cluster_messagef(c, SEVERITY_CRIT, "%s is for cluster %s, but this is %s: nothing is changed here",
			c->name, c->gate.pin.pinned, id ? id : "one without an id");
}

/*
 * A session belongs to the first cluster that answers and may be changed. On any other cluster that answers at
 * the same address nothing is changed. A context with a cluster-id changes nothing before the cluster has answered.
 */
static void compare_cluster(struct cluster *c, const char *id)
{
	bool was_other = c->answer == CLUSTER_OTHER;

	if (!id && c->answer == CLUSTER_UNANSWERED)
		return;
	c->answer = cluster_pin_admits(&c->gate.pin, id, NULL) ? CLUSTER_SAME : CLUSTER_OTHER;
	c->ui.read_only = c->gate.read_only || c->answer == CLUSTER_OTHER;
	if (c->answer == CLUSTER_OTHER && !was_other)
		say_other_cluster(c, id);
	else if (c->answer == CLUSTER_SAME && was_other)
		cluster_message(c, SEVERITY_OK, "the cluster of this session answers again");
	if (c->answer == CLUSTER_OTHER || c->met_id)
		return;
	c->gate.pin.met = c->met_id = mem_strdup(id);
	works_meet(c->works, c->met_id);
}

void cluster_take_snapshot(struct cluster *c, const struct snapshot *s)
{
	snapshot_unref(c->ui.live.cluster);
	c->ui.live.cluster = s;
	compare_cluster(c, s->cluster_id);
	header_follow_cost(c);
	tabs_changed(c);
}

void cluster_woken(struct cluster *c)
{
	const struct snapshot *s = c->sampler ? sampler_take(c->sampler) : NULL;
	const char *before = log_about(c->name);
	struct view *visible;

	if (s)
		cluster_take_snapshot(c, s);
	if (works_turn(c->works))
		cluster_dirty(c);
	/* `done` of a work may have closed or opened views. */
	visible = tabs_view(c);
	if (cluster_is_shown(c) && visible->ops->woken && visible->ops->woken(visible))
		cluster_dirty(c);
	log_about(before);
}

/* Only metadata is asked of a cluster that is not shown. */
static struct demand *make_demand(const struct cluster *c)
{
	const struct view *v = tabs_view(c);
	bool shown = cluster_is_shown(c);
	struct demand *d = demand_new();

	d->needs = (shown ? v->ops->needs : 0) | NEED_METADATA;
	d->read_committed = c->ui.read_committed;
	if (c->ui.read_committed && d->needs & NEED_ENDS)
		d->needs |= NEED_STABLE;
	d->interval_ms = c->ui.interval_ms;
	d->paused = c->ui.paused;
	d->refresh = c->refresh;
	for (size_t i = 0; i < c->changes->change_count; i++)
		demand_add_change(d, &c->changes->changes[i]);
	if (shown && v->ops->demand)
		v->ops->demand(v, d);
	return d;
}

void cluster_send_demand(struct cluster *c)
{
	struct demand *d = make_demand(c);

	if (c->sent && demand_equal(c->sent, d)) {
		demand_free(d);
		return;
	}
	demand_free(c->sent);
	c->sent = d;
	if (c->sampler) {
		sampler_demand(c->sampler, make_demand(c));
	} else {
		demand_free(c->first_demand);
		c->first_demand = make_demand(c);
	}
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "app/app_state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/action_table.h"
#include "base/clock.h"
#include "base/mem.h"
#include "model/cluster_pin.h"
#include "model/format.h"
#include "model/journal.h"
#include "views/views.h"
#include "work/works.h"

static bool bind_keys(struct app *app, struct error *err)
{
	const struct app_setup *setup = app->setup;
	for (size_t i = 0; i < setup->binding_count; i++) {
		const struct app_binding *b = &setup->bindings[i];
		struct error why;
		if (keymap_bind(app->keymap, b->action, b->keys, &why))
			continue;
		if (b->line > 0)
			return error_set(err, ERR_USAGE, "%s:%d: %.400s", setup->bindings_path, b->line, why.message);
		return error_set(err, ERR_USAGE, "[keys]: %.400s", why.message);
	}
	return true;
}

static void add_tabs(struct app *app)
{
	size_t count;
	const struct view_ops *const *tabs = view_tabs(&count);
	for (size_t i = 0; i < count && i < APP_TABS_MAX; i++)
		app->tabs[app->tab_count++].root = tabs[i];
}

static bool show_first_view(struct app *app, struct error *err)
{
	const char *name = app->setup->settings->view ? app->setup->settings->view : app->tabs[0].root->name;
	const struct view_ops *ops = view_find(name);
	int tab = app_find_tab(app, name);
	if (tab < 0 && (!ops || !action_find(app->ui.actions, name) || ops == &view_help)) {
		struct str known = { 0 };
		for (int i = 0; i < app->tab_count; i++)
			str_addf(&known, "%s%s", i ? ", " : "", app->tabs[i].root->name);
		error_set(err, ERR_USAGE, "no view is called %s; there are %s", name, str_text(&known));
		str_release(&known);
		return false;
	}
	app->tab = app->last_tab = tab >= 0 ? tab : 0;
	return app_show_tab(app, app->tab) && (tab >= 0 || app_open(app, ops, view_request_named(NULL)));
}

struct app *app_new(const struct app_setup *setup, const struct app_source *source, struct error *err)
{
	const struct settings *settings = setup->settings;
	struct app *app = mem_alloc(sizeof(*app));
	struct str name = { 0 };
	app->setup = setup;
	app->source = *source;
	app->changes = demand_new();
	app->started_ms = clock_mono_ms();
	app->own_requests_per_s = app->own_bytes_per_s = NAN;
	app->keymap = keymap_new(&action_table);
	app->dirty = true;
	cluster_name(&name, setup->cluster.gate.pin.context, setup->cluster.gate.pin.bootstrap, NULL);
	app->named = str_take(&name);
	app->ui = (struct ui){
		.actions = &action_table,
		.keymap = app->keymap,
		.settings = settings,
		.utc = settings->utc,
		.read_committed = settings->read_committed,
		.interval_ms = (int)settings->interval_ms,
		.read_only = setup->cluster.gate.read_only || setup->cluster.gate.pin.pinned,
		.is_protected = setup->cluster.is_protected,
		.app = app,
		.context = app->named,
		.feeds = setup->cluster.feeds,
		.calls = &app_calls,
	};
	add_tabs(app);
	if (bind_keys(app, err) && show_first_view(app, err))
		return app;
	app_free(app);
	return NULL;
}

void app_free(struct app *app)
{
	if (!app)
		return;
	app_close_overlay(app);
	app_close_notice(app);
	app_close_views(app);
	world_release(&app->ui.live);
	demand_free(app->sent);
	demand_free(app->changes);
	keymap_free(app->keymap);
	free(app->message);
	free(app->met_id);
	free(app->named);
	free(app);
}

/* What was asked, or is planned, is of the cluster before. */
static void say_other_cluster(struct app *app, const char *id)
{
	char *text;
	if (app->met_id)
		text = mem_printf("cluster %.*s answers now, not %.*s: nothing is changed here", id ? CLUSTER_ID_SHOWN : 7,
			id ? id : "(no id)", CLUSTER_ID_SHOWN, app->met_id);
	else
		text = mem_printf("%s is for cluster %s, but this is %s: nothing is changed here", app->ui.context,
			app->setup->cluster.gate.pin.pinned, id ? id : "one without an id");
	app_close_question(app);
	app_message(app, SEVERITY_CRIT, text);
	free(text);
}

/*
 * Plans, journal and history of a session are of one cluster, the first that may be changed: on any other that
 * answers at its address nothing is changed. A context that names its cluster changes none before it is known
 * which one answers.
 */
static void compare_cluster(struct app *app, const struct snapshot *s)
{
	struct cluster_gate gate = app->setup->cluster.gate;
	bool was_other = app->cluster == APP_CLUSTER_OTHER;
	if (!s->cluster_id && app->cluster == APP_CLUSTER_UNKNOWN)
		return;
	gate.pin.met = app->met_id;
	app->cluster = cluster_pin_admits(&gate.pin, s->cluster_id, NULL) ? APP_CLUSTER_MEANT : APP_CLUSTER_OTHER;
	app->ui.read_only = gate.read_only || app->cluster == APP_CLUSTER_OTHER;
	if (app->cluster == APP_CLUSTER_OTHER && !was_other)
		say_other_cluster(app, s->cluster_id);
	else if (app->cluster == APP_CLUSTER_MEANT && was_other)
		app_message(app, SEVERITY_OK, "the cluster of this session answers again");
	if (app->cluster != APP_CLUSTER_MEANT || app->met_id)
		return;
	app->met_id = mem_strdup(s->cluster_id);
	if (app->works)
		works_meet(app->works, app->met_id);
}

void app_take_snapshot(struct app *app, const struct snapshot *s)
{
	snapshot_unref(app->ui.live.cluster);
	app->ui.live.cluster = s;
	compare_cluster(app, s);
	app_follow_cost(app);
	app_views_changed(app);
}

/* An event that is to be read lasts longer the more it matters. */
static int64_t message_ms(enum severity severity)
{
	return severity == SEVERITY_CRIT ? 12000 : severity == SEVERITY_WARN ? 8000 : 4000;
}

void app_message(struct app *app, enum severity severity, const char *text)
{
	char *copy = mem_strdup(text);
	free(app->message);
	app->message = copy;
	app->severity = severity;
	app->message_at_ms = clock_mono_ms();
	app->message_until_ms = copy ? clock_mono_ms() + message_ms(severity) : 0;
	app->dirty = true;
}

int64_t app_next_change(const struct app *app)
{
	int64_t next = app_header_change(app);
	if (app->message && (next < 0 || app->message_until_ms < next))
		next = app->message_until_ms;
	int64_t armed = app_armed_change(app);
	if (armed >= 0 && (next < 0 || armed < next))
		next = armed;
	const struct view *v = app_pane(app)->view;
	int64_t own = v->ops->next_change ? v->ops->next_change(v) : -1;
	int64_t deaf = app->confirm ? confirm_next_change(app->confirm) : -1;
	if (deaf >= 0 && (next < 0 || deaf < next))
		next = deaf;
	return own >= 0 && (next < 0 || own < next) ? own : next;
}

void app_tick(struct app *app)
{
	int64_t header = app_header_change(app), now = clock_mono_ms();
	if (app->message && now >= app->message_until_ms)
		app_message(app, SEVERITY_NONE, NULL);
	if (header >= 0 && now >= header)
		app->dirty = true;
	if (app_armed_change(app) >= 0)
		app->dirty = true;
	struct view *v = app_pane(app)->view;
	if (app->confirm || !v->ops->next_change || (v->ops->woken && v->ops->woken(v)))
		app->dirty = true;
}

/* The newest change that no weir makes any more and that has no result. */
static void journal_read_at_start(struct view *owner, struct work *w)
{
	const struct journal_list *l = w->output;
	const struct journal_entry *e = l ? journal_cut_short(l) : NULL;
	if (e) {
		struct str text = { 0 };
		bool is_copy = e->kind == JOURNAL_TOPIC_CLONE;
		str_addf(&text, "%s %s was cut short at ", is_copy ? "the copy into" : "a change of", e->name ? e->name : "?");
		format_datetime(&text, e->time_ms, owner->ui->utc);
		str_add(&text, is_copy ? ": clone into it again to resume" :
			": it is not known how it ended; z shows it");
		app_message(app_of(owner->ui), SEVERITY_CRIT, str_text(&text));
		str_release(&text);
	}
	work_free(w);
	/* A journal of years should not stay in the heap for the day. */
	mem_trim();
}

void app_look_at_journal(struct app *app)
{
	struct work *w = work_new(WORK_JOURNAL_LIST, "reading the journal", NULL, NULL);
	w->background = true;
	works_start(app->works, app_pane(app)->view, w, NULL, journal_read_at_start);
}

void app_woken(struct app *app)
{
	struct view *visible;
	if (app->works && works_turn(app->works))
		app->dirty = true;
	/* A work that ended may have closed or opened views. */
	visible = app_pane(app)->view;
	if (visible->ops->woken && visible->ops->woken(visible))
		app->dirty = true;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "app/app_parts.h"

#include <stdlib.h>

#include "app/armed.h"
#include "app/header.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "model/format.h"
#include "model/journal.h"
#include "ui/theme.h"
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

struct app *app_new(const struct app_setup *setup, struct error *err)
{
	struct app *app = mem_alloc(sizeof(*app));

	app->setup = setup;
	app->keymap = keymap_new(&action_table);
	app->terminal.dirty = true;
	if (bind_keys(app, err) && app_open_cluster(app, &setup->cluster, err))
		return app;
	app_free(app);
	return NULL;
}

bool app_free(struct app *app)
{
	terminal_release(&app->terminal);
	while (app->count && cluster_free(app->clusters[app->count - 1]))
		app->count--;
	log_name_clusters(false);
	log_about(NULL);
	if (app->count)
		return false;
	keymap_free(app->keymap);
	terminal_release(&app->terminal);
	free(app->clusters);
	free(app);
	return true;
}

struct cluster *app_open_cluster(struct app *app, const struct cluster_setup *setup, struct error *err)
{
	struct cluster *c = cluster_new(app, setup, err);

	if (!c)
		return NULL;
	app->clusters = mem_grow(app->clusters, &app->cap, app->count + 1, sizeof(*app->clusters));
	app->clusters[app->count++] = c;
	log_name_clusters(app->count > 1);
	if (!app->shown)
		app_show_cluster(app, c);
	return c;
}

void app_show_cluster(struct app *app, struct cluster *c)
{
	struct cluster *before = app->shown;

	terminal_close(&app->terminal);
	terminal_close_notice(&app->terminal);
	app->shown = c;
	log_about(c->name);
	theme_context_color(c->setup->color, NULL);
	if (before) {
		tabs_hide(before);
		cluster_send_demand(before);
	}
	tabs_refresh(c);
	app->terminal.dirty = true;
}

void app_wake(void *data)
{
	struct app *app = data;

	if (app->wake)
		wake_raise(app->wake, APP_WAKE);
}

void app_woken(struct app *app)
{
	for (size_t i = 0; i < app->count; i++)
		cluster_woken(app->clusters[i]);
}

int64_t app_next_change(const struct app *app)
{
	const struct view *v = tabs_view(app->shown);
	int64_t next = clock_earlier(header_change(app->shown), terminal_next_change(&app->terminal));

	next = clock_earlier(next, armed_change(app->shown));
	return clock_earlier(next, v->ops->next_change ? v->ops->next_change(v) : -1);
}

void app_tick(struct app *app)
{
	struct cluster *c = app->shown;
	struct view *v = tabs_view(c);
	int64_t header = header_change(c);

	terminal_tick(&app->terminal);
	if (header >= 0 && clock_mono_ms() >= header)
		cluster_dirty(c);
	if (armed_change(c) >= 0)
		cluster_dirty(c);
	if (!v->ops->next_change || (v->ops->woken && v->ops->woken(v)))
		cluster_dirty(c);
}

/* Reports the newest change that was cut short: no weir works on it, and it has no result. */
static void journal_read_at_start(struct view *owner, struct work *w)
{
	const struct journal_list *l = w->output;
	const struct journal_entry *e = l ? journal_cut_short(l) : NULL;

	if (e) {
		struct str text = { 0 };
		bool is_copy = e->kind == JOURNAL_TOPIC_CLONE;

		str_addf(&text, "%s %s was cut short at ", is_copy ? "the copy into" : "a change of",
			e->name ? e->name : "?");
		format_datetime(&text, e->time_ms, owner->ui->utc);
		str_add(&text,
			is_copy ? ": clone into it again to resume" : ": it is not known how it ended; z shows it");
		cluster_message(cluster_of(owner->ui), SEVERITY_CRIT, str_text(&text));
		str_release(&text);
	}
	work_free(w);
	/* The journal may be large: its memory is given back now. */
	mem_trim();
}

void app_read_journal(struct app *app)
{
	struct work *w = work_new(WORK_JOURNAL_LIST, "reading the journal", NULL, NULL);

	w->background = true;
	works_start(app->shown->works, tabs_view(app->shown), w, NULL, journal_read_at_start);
}

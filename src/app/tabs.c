/* SPDX-License-Identifier: BSD-2-Clause */
/* The tabs, what was opened from them, and which view gets a new snapshot when. */
#include "app/app_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "work/works.h"

struct app_pane *app_pane(const struct app *app)
{
	const struct app_tab *tab = &app->tabs[app->tab];
	return &tab->panes[tab->count - 1];
}

int app_find_tab(const struct app *app, const char *view)
{
	for (int i = 0; i < app->tab_count; i++)
		if (strcmp(app->tabs[i].root->name, view) == 0)
			return i;
	return -1;
}

static void close_pane(struct app *app, struct app_pane *pane)
{
	if (app->works)
		works_forget(app->works, pane->view);
	view_free(pane->view);
	world_release(&pane->world);
}

static void close_down_to(struct app *app, struct app_tab *tab, size_t count)
{
	if (tab->count > count)
		app_close_overlay(app);
	while (tab->count > count)
		close_pane(app, &tab->panes[--tab->count]);
}

/* What changes the cluster stays where it can be seen and cancelled until it has ended. */
static bool may_close(struct app *app, const struct app_tab *tab, size_t count)
{
	for (size_t i = count; app->works && i < tab->count; i++) {
		const char *title = works_changes_of(app->works, tab->panes[i].view);
		if (!title)
			continue;
		char *text = mem_printf("%s is still running: Ctrl-c cancels it, a digit goes to another view meanwhile",
			title);
		app_message(app, SEVERITY_WARN, text);
		free(text);
		return false;
	}
	return true;
}

void app_close_views(struct app *app)
{
	for (int i = 0; i < app->tab_count; i++) {
		close_down_to(app, &app->tabs[i], 0);
		free(app->tabs[i].panes);
		app->tabs[i].panes = NULL;
		app->tabs[i].cap = 0;
	}
}

void app_refresh_pane(struct app *app)
{
	struct app_pane *pane = app_pane(app);
	app->dirty = true;
	if (!app->ui.live.cluster || !pane->outdated)
		return;
	/* The view may look at its old world until update() returns. */
	struct world before = pane->world;
	pane->world = world_ref(&app->ui.live);
	pane->outdated = false;
	if (pane->view->ops->update)
		pane->view->ops->update(pane->view, &pane->world);
	world_release(&before);
}

/* A hidden view is updated before it is shown again: until then it need not keep a snapshot alive. */
static void hide_pane(struct app *app)
{
	struct app_tab *tab = &app->tabs[app->tab];
	if (tab->count == 0)
		return;
	struct app_pane *pane = &tab->panes[tab->count - 1];
	world_release(&pane->world);
	pane->outdated = true;
}

void app_views_changed(struct app *app)
{
	for (int i = 0; i < app->tab_count; i++)
		for (size_t j = 0; j < app->tabs[i].count; j++)
			app->tabs[i].panes[j].outdated = true;
	if (app->tabs[app->tab].count > 0)
		app_refresh_pane(app);
}

/* Takes the request. */
static bool push(struct app *app, struct app_tab *tab, const struct view_ops *ops, struct view_request request)
{
	struct error err;
	struct view *under = tab->count ? tab->panes[tab->count - 1].view : NULL;
	struct view *view = view_new(ops, &app->ui, under, request, &err);
	if (!view) {
		app_message(app, SEVERITY_WARN, err.message);
		return false;
	}
	tab->panes = mem_grow(tab->panes, &tab->cap, tab->count + 1, sizeof(*tab->panes));
	tab->panes[tab->count++] = (struct app_pane){ .view = view, .outdated = true };
	return true;
}

/* A view that is open below already is gone back to: walking in circles makes no tower. */
static bool unwind_to(struct app *app, struct app_tab *tab, const struct view_ops *ops,
	const struct view_request *request)
{
	for (size_t i = 0; i < tab->count; i++)
		if (tab->panes[i].view->ops == ops && view_request_equal(&tab->panes[i].view->request, request) &&
			may_close(app, tab, i + 1)) {
			close_down_to(app, tab, i + 1);
			return true;
		}
	return false;
}

bool app_open(struct app *app, const struct view_ops *ops, struct view_request request)
{
	struct app_tab *tab = &app->tabs[app->tab];
	app_close_overlay(app);
	hide_pane(app);
	bool good = unwind_to(app, tab, ops, &request);
	if (good)
		view_request_release(&request);
	else
		good = push(app, tab, ops, request);
	app_refresh_pane(app);
	return good;
}

bool app_show_tab(struct app *app, int number)
{
	struct app_tab *tab = &app->tabs[number];
	app_close_overlay(app);
	if (tab->count == 0 && !push(app, tab, tab->root, view_request_named(NULL)))
		return false;
	/* The digit of the tab that is shown already leads back to its root. */
	if (number == app->tab && may_close(app, tab, 1))
		close_down_to(app, tab, 1);
	else if (number != app->tab)
		app->last_tab = app->tab;
	hide_pane(app);
	app->tab = number;
	app_refresh_pane(app);
	return true;
}

bool app_back(struct app *app)
{
	struct app_tab *tab = &app->tabs[app->tab];
	if (tab->count <= 1)
		return false;
	if (may_close(app, tab, tab->count - 1))
		close_down_to(app, tab, tab->count - 1);
	app_refresh_pane(app);
	return true;
}

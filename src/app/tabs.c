/* SPDX-License-Identifier: BSD-2-Clause */
#include "app/tabs.h"

#include <stdlib.h>
#include <string.h>

#include "app/app_parts.h"
#include "base/mem.h"
#include "views/views.h"
#include "work/works.h"

struct tab *tabs_shown(struct cluster *c)
{
	return &c->tabs.items[c->tabs.at];
}

static struct tab_pane *visible_pane(const struct cluster *c)
{
	const struct tab *tab = &c->tabs.items[c->tabs.at];

	return &tab->panes[tab->count - 1];
}

struct view *tabs_view(const struct cluster *c)
{
	return visible_pane(c)->view;
}

int tabs_find(const struct cluster *c, const char *view)
{
	for (int i = 0; i < c->tabs.count; i++)
		if (strcmp(c->tabs.items[i].root->name, view) == 0)
			return i;
	return -1;
}

/* Closing and updating */

/* Only the cluster that is shown can have asked the question that is open. */
static void close_question(struct cluster *c)
{
	if (cluster_is_shown(c))
		terminal_close(&c->app->terminal);
}

static void close_pane(struct cluster *c, struct tab_pane *pane)
{
	works_forget(c->works, pane->view);
	view_free(pane->view);
	world_release(&pane->world);
}

static void close_down_to(struct cluster *c, struct tab *tab, size_t count)
{
	if (tab->count > count)
		close_question(c);
	while (tab->count > count)
		close_pane(c, &tab->panes[--tab->count]);
}

/* A view stays open while its work changes the cluster, so that the user sees it and can cancel it. */
static bool may_close(struct cluster *c, const struct tab *tab, size_t count)
{
	for (size_t i = count; i < tab->count; i++) {
		const char *title = works_changes_of(c->works, tab->panes[i].view);

		if (!title)
			continue;
		cluster_messagef(c, SEVERITY_WARN,
			"%s is still running: Ctrl-c cancels it, a digit goes to another view meanwhile", title);
		return false;
	}
	return true;
}

void tabs_end(struct cluster *c)
{
	for (int i = 0; i < c->tabs.count; i++) {
		struct tab *tab = &c->tabs.items[i];

		close_down_to(c, tab, 0);
		free(tab->panes);
		*tab = (struct tab){ .root = tab->root };
	}
}

void tabs_refresh(struct cluster *c)
{
	struct tab_pane *pane = visible_pane(c);
	struct world before = pane->world;

	cluster_dirty(c);
	if (!cluster_is_shown(c) || !c->ui.live.cluster || !pane->outdated)
		return;
	/* The view may use its old world until update() returns. */
	pane->world = world_ref(&c->ui.live);
	pane->outdated = false;
	if (pane->view->ops->update)
		pane->view->ops->update(pane->view, &pane->world);
	world_release(&before);
}

void tabs_hide(struct cluster *c)
{
	struct tab_pane *pane;

	if (tabs_shown(c)->count == 0)
		return;
	pane = visible_pane(c);
	world_release(&pane->world);
	pane->outdated = true;
}

void tabs_changed(struct cluster *c)
{
	for (int i = 0; i < c->tabs.count; i++)
		for (size_t j = 0; j < c->tabs.items[i].count; j++)
			c->tabs.items[i].panes[j].outdated = true;
	tabs_refresh(c);
}

/* Opening. The view that gets covered is hidden first. */

/* Takes the request. */
static bool push(struct cluster *c, struct tab *tab, const struct view_ops *ops, struct view_request request,
	struct error *err)
{
	struct view *under = tab->count ? tab->panes[tab->count - 1].view : NULL;
	struct view *view = view_new(ops, &c->ui, under, request, err);

	if (!view)
		return false;
	tab->panes = mem_grow(tab->panes, &tab->cap, tab->count + 1, sizeof(*tab->panes));
	tab->panes[tab->count++] = (struct tab_pane){ .view = view, .outdated = true };
	return true;
}

/* Goes back to the view when it is open already, so that walking in circles does not pile up views. */
static bool unwind_to(struct cluster *c, struct tab *tab, const struct view_ops *ops,
	const struct view_request *request)
{
	for (size_t i = 0; i < tab->count; i++)
		if (tab->panes[i].view->ops == ops && view_request_equal(&tab->panes[i].view->request, request) &&
			may_close(c, tab, i + 1)) {
			close_down_to(c, tab, i + 1);
			return true;
		}
	return false;
}

bool tabs_open(struct cluster *c, const struct view_ops *ops, struct view_request request)
{
	struct tab *tab = tabs_shown(c);
	struct error err;
	bool good;

	close_question(c);
	tabs_hide(c);
	good = unwind_to(c, tab, ops, &request);
	if (good)
		view_request_release(&request);
	else if (!(good = push(c, tab, ops, request, &err)))
		cluster_message(c, SEVERITY_WARN, err.message);
	tabs_refresh(c);
	return good;
}

bool tabs_show(struct cluster *c, int number)
{
	struct tab *tab = &c->tabs.items[number];
	struct error err;

	close_question(c);
	if (tab->count == 0 && !push(c, tab, tab->root, view_request_named(NULL), &err)) {
		cluster_message(c, SEVERITY_WARN, err.message);
		return false;
	}
	/* The key of the visible tab leads back to its root. */
	if (number == c->tabs.at && may_close(c, tab, 1))
		close_down_to(c, tab, 1);
	else if (number != c->tabs.at)
		c->tabs.last = c->tabs.at;
	tabs_hide(c);
	c->tabs.at = number;
	tabs_refresh(c);
	return true;
}

bool tabs_back(struct cluster *c)
{
	struct tab *tab = tabs_shown(c);

	if (tab->count <= 1)
		return false;
	if (may_close(c, tab, tab->count - 1))
		close_down_to(c, tab, tab->count - 1);
	tabs_refresh(c);
	return true;
}

/* A view without a tab opens on top of the first tab. */
bool tabs_begin(struct cluster *c, const char *name, struct error *err)
{
	size_t count;
	const struct view_ops *const *roots = view_tabs(&count);
	const struct view_ops *ops;
	int tab;

	for (size_t i = 0; i < count && i < TABS_MAX; i++)
		c->tabs.items[c->tabs.count++].root = roots[i];
	if (!name)
		name = c->tabs.items[0].root->name;
	ops = view_find(name);
	tab = tabs_find(c, name);
	if (tab < 0 && (!ops || !action_find(c->ui.actions, name) || ops == &view_help)) {
		struct str known = { 0 };

		for (int i = 0; i < c->tabs.count; i++)
			str_addf(&known, "%s%s", i ? ", " : "", c->tabs.items[i].root->name);
		error_set(err, ERR_USAGE, "no view is called %s; there are %s", name, str_text(&known));
		str_release(&known);
		return false;
	}
	c->tabs.at = c->tabs.last = tab >= 0 ? tab : 0;
	return push(c, tabs_shown(c), tabs_shown(c)->root, view_request_named(NULL), err) &&
		(tab >= 0 || push(c, tabs_shown(c), ops, view_request_named(NULL), err));
}

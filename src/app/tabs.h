/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tabs of a cluster: root views, what was opened from each, and which view is
 * updated when. Only the visible view of the cluster that is shown is kept up to
 * date; every other one is updated before it is shown again and holds no part of a
 * world till then. UI thread.
 */
#ifndef APP_TABS_H
#define APP_TABS_H

#include "ui/view.h"

struct cluster;

enum { TABS_MAX = 9 };

struct tab_pane {
	struct view *view;
	struct world world; /* what it was last updated with, with references; empty: nothing */
	bool outdated;      /* something changed while it was not visible */
};

struct tab {
	const struct view_ops *root;
	struct tab_pane *panes; /* panes[count - 1] is the visible one */
	size_t count, cap;
};

struct tabs {
	struct tab items[TABS_MAX];
	int count;
	int at, last; /* the one that is shown, and the one before */
};

/* Opens the first view (NULL: the first tab's). Fails (ERR_USAGE) when none has that name. */
bool tabs_begin(struct cluster *c, const char *view, struct error *err);
void tabs_end(struct cluster *c); /* closes every view */

struct tab *tabs_shown(struct cluster *c);
struct view *tabs_view(const struct cluster *c);          /* the visible one */
int tabs_find(const struct cluster *c, const char *view); /* -1: no tab has that root */
bool tabs_open(struct cluster *c, const struct view_ops *ops, struct view_request request); /* takes it */
bool tabs_show(struct cluster *c, int tab);
bool tabs_back(struct cluster *c); /* false at a root */
/* Something that all views depend on has changed. */
void tabs_changed(struct cluster *c);
void tabs_refresh(struct cluster *c); /* updates the visible view if it must be */
void tabs_hide(struct cluster *c);    /* the visible view is covered, or another cluster is shown */

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A view is one pane: a const table of functions and a state of its own.
 * update() computes from a world, draw() only draws; neither waits. A view keeps
 * its cursor and marks by key, never by index, and owns no part of a world: the
 * one it was updated with stays valid until the next update(), or until another
 * view hides this one. Shown again, its first call is update(). UI thread.
 *
 * The world of update() is the one that is shown. Whoever changes the cluster, or
 * prepares that, reads ui->live instead.
 */
#ifndef UI_VIEW_H
#define UI_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/str.h"
#include "model/demand.h"
#include "model/feed.h"
#include "model/settings.h"
#include "model/work.h"
#include "model/world.h"
#include "ui/action.h"
#include "ui/draw.h"
#include "ui/keymap.h"
#include "ui/program.h"
#include "ui/request.h"

struct prompt_words;
struct ui;
struct view;

struct view_ops {
	const char *name;      /* stable: "groups"; for --view and the palette */
	const char *title;     /* breadcrumb */
	unsigned needs;        /* NEED_* kept fresh while it is visible */
	unsigned capabilities; /* VIEW_* of ui/action.h: which actions fit it */
	size_t state_size;     /* zeroed before open */
	bool (*open)(struct view *v,
		struct error *err); /* shows v->request; false: that cannot be shown, close() is not called */
	void (*close)(struct view *v);
	void (*update)(struct view *v, const struct world *w); /* w->cluster is never NULL */
	void (*draw)(struct view *v, const struct area *a);    /* also before the first update */
	enum action_result (*action)(struct view *v, enum action_id id, const char *arg);
	/*
	 * Keys before they are looked up as actions; true: taken. While typing() says that a form has the
	 * focus, no letter becomes an action, what is pasted comes here too, and the hints are the view's footer
	 * alone. For forms; both may be NULL.
	 */
	bool (*key)(struct view *v, key_code key);
	bool (*typing)(const struct view *v);
	/* Why an action cannot be done now ("nothing is marked"); NULL when it can. May be NULL. */
	const char *(*disabled)(const struct view *v, enum action_id id);
	/* Something outside the snapshot moved (a feed): take it in; true when the picture changed. May be NULL. */
	bool (*woken)(struct view *v);
	/* When the picture changes by itself, monotonic ms; -1: never. woken() is called then. May be NULL. */
	int64_t (*next_change)(const struct view *v);
	/*
	 * A change that waits here until something happens: until when at most, monotonic ms; -1: none does.
	 * Adds what every view's header says of it ("armed payments") unless `out` is NULL. May be NULL.
	 */
	int64_t (*armed)(const struct view *v, struct str *out);
	/* Nothing is asked of the cluster from now on, or again. For views with a stream of their own; may be NULL. */
	void (*paused)(struct view *v, bool on);
	/* Adds what is on the screen; may be NULL. */
	void (*demand)(const struct view *v, struct demand *d);
	void (*click)(struct view *v, int row, int col, bool twice); /* relative to the drawn area */
	/* Its own word for an action in the line of hints; "": none, NULL: the one of the action table. May be NULL. */
	const char *(*hint)(const struct view *v, enum action_id id);
	void (*describe)(const struct view *v, struct str *out); /* breadcrumb after the title, or NULL */
	void (*footer)(const struct view *v, struct str *out);   /* "5 of 19  filter: x", or NULL */
	/* About what the cursor is on, for the last line while it is free; the member may be NULL. */
	void (*note)(const struct view *v, struct str *out);
	/* Words for the argument of an action; the member may be NULL. */
	size_t (*complete)(struct view *v, enum action_id id, const char *prefix, char ***words);
};

struct view {
	const struct view_ops *ops;
	struct ui *ui;
	struct view_request request; /* what it was opened with, until it closes */
	struct view *under;          /* what it was opened from, which stays longer; NULL: the first of its tab */
	void *state;
};

/* What views may ask of the application and know about it. */
struct ui {
	const struct action_set *actions;
	/* The keys as bound now: hints and help name these, not the defaults. */
	const struct keymap *keymap;
	struct world live;               /* the newest of each part, only until the next turn of the loop */
	const struct settings *settings; /* what is the same for the whole run */
	/* What the user may change while weir runs. */
	bool utc; /* time zone shown */
	bool read_committed;
	bool show_internal; /* internal topics are listed */
	bool paused;
	int interval_ms;
	/* Of the cluster. */
	bool read_only;
	bool is_protected;        /* every change is confirmed by typing the name of what is changed */
	const char *context;      /* the cluster's name as people say it: context or bootstrap address */
	struct feed_source feeds; /* ops NULL: none here */
	void *app;
	const struct ui_calls *calls;
};

struct confirm_ask;

struct choice {
	const char *label; /* "LAG" */
	const char *help;  /* one line about it, or NULL */
	bool on;
};

struct ui_calls {
	/* Opens a view on top, or goes back to the one below that the same was asked of; takes the request. */
	void (*open)(struct ui *ui, const struct view_ops *view, struct view_request request);
	void (*back)(struct ui *ui);
	void (*message)(struct ui *ui, enum severity severity, const char *text);
	void (*changed)(struct ui *ui); /* the view's demand or drawing changed by itself */
	void (*copy)(struct ui *ui, const char *text, const char *what); /* to the user's clipboard */
	/*
	 * Asks for a line; `done` gets NULL when it was given up. `live` is called at each change, or is
	 * NULL. `history` names a kept history ("filter") or is NULL. Ends by itself before the view that
	 * asked closes.
	 */
	void (*prompt)(struct ui *ui, const char *label, const char *initial, const char *history,
		void (*live)(struct ui *ui, void *data, const char *text),
		void (*done)(struct ui *ui, void *data, const char *text), void *data);
	/* Both about the prompt that is open now. Words that Tab offers; see prompt.h. */
	void (*prompt_words)(struct ui *ui,
		void (*complete)(struct ui *ui, void *data, const char *text, size_t cursor,
			struct prompt_words *words));
	void (*prompt_fault)(struct ui *ui, size_t at, const char *why); /* points at byte `at` */
	/* The decoder of a topic's keys or values from now on, also in later runs. */
	void (*remember_decoder)(struct ui *ui, const char *topic, bool is_key, const char *decoder);
	/* A list to take one from; texts are copied. `done` gets its number; SIZE_MAX: given up. */
	void (*pick)(struct ui *ui, const char *title, const struct choice *choices, size_t count, size_t at,
		void (*done)(struct ui *ui, void *data, size_t chosen), void *data);
	/* The question before a change: confirm.h. `done` gets false also when the view that asked closes. */
	void (*confirm)(struct ui *ui, const struct confirm_ask *ask, void (*done)(struct ui *ui, void *data, bool yes),
		void *data);
	/*
	 * Gives the terminal to the user's pager or editor with a file that holds `text`, and takes it back when
	 * that ends. The file can be read by the user alone and is removed; *text is then what an editor left.
	 */
	bool (*run_program)(struct ui *ui, enum program program, const char *suffix, struct str *text,
		struct error *err);
	/* A list to tick; texts are copied. `done` gets the choices as they then are; NULL: given up. */
	void (*choose)(struct ui *ui, const char *title, const struct choice *choices, size_t count,
		void (*done)(struct ui *ui, void *data, const struct choice *choices, size_t count), void *data);
	/*
	 * Begins a piece of work (takes it) for a view. `progress` (or NULL) is called when it told something;
	 * `done` once, with the work, which is then the callee's to free. Neither is called after the view has
	 * closed: then what changes the cluster goes on, everything else is cancelled. What changes the cluster
	 * ends at once with an error in read-only mode.
	 */
	void (*work)(struct ui *ui, struct view *owner, struct work *w,
		void (*progress)(struct view *owner, struct work *w), void (*done)(struct view *owner, struct work *w));
	/*
	 * A work that goes on has changed the cluster: what it touched is read again at once, `text` is an event.
	 * At the end of a work that changes the cluster the application does that by itself.
	 */
	void (*touched)(struct ui *ui, enum changed_kind kind, const char *name, enum severity severity,
		const char *text);
	bool (*work_cancel)(struct ui *ui, const struct view *owner); /* false: none of its runs */
	void (*wake)(void *ui); /* any thread: views look at their feeds, see view_ops.woken */
};

/* Takes the request. */
struct view *view_new(const struct view_ops *ops, struct ui *ui, struct view *under, struct view_request request,
	struct error *err);
void view_free(struct view *v);

#endif

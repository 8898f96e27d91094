/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The inside of the terminal program, without terminal loop and without Kafka:
 * keys and snapshots go in, a picture and demands come out. So the screen tests
 * run it on a made-up snapshot. One object, main thread; nothing here waits.
 */
#ifndef APP_STATE_H
#define APP_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/app.h"
#include "ui/confirm.h"
#include "ui/dialog.h"
#include "ui/input.h"
#include "ui/prompt.h"
#include "ui/view.h"

enum { APP_TABS_MAX = 9 };

/* Who samples the cluster. `demand` takes ownership. */
struct app_source {
	void *data;
	void (*demand)(void *data, struct demand *demand);
};

/* A view that is open, and the snapshot it was last updated with. */
struct app_pane {
	struct view *view;
	struct world world;                /* with references; empty: never updated */
	bool outdated;                     /* something changed while it was not visible */
};

/* A tab is a root view and what was opened from it. */
struct app_tab {
	const struct view_ops *root;
	struct app_pane *panes;            /* panes[count - 1] is the visible one */
	size_t count, cap;
};

struct works;

struct app {
	const struct app_setup *setup;
	struct app_source source;
	struct ui ui;                      /* what views see */
	struct keymap *keymap;
	struct app_tab tabs[APP_TABS_MAX];
	int tab_count, tab, last_tab;
	enum { APP_CLUSTER_UNKNOWN, APP_CLUSTER_MEANT, APP_CLUSTER_OTHER } cluster;   /* that answers now: see met_id */
	char *named;                       /* ui.context */
	char *met_id;                      /* the one that this session is of: the first that may be changed; NULL: none yet */
	struct works *works;               /* NULL: none can be done (tests) */
	struct demand *sent;               /* the newest demand, as a copy */
	uint32_t refresh;
	struct demand *changes;            /* its change notes go into every demand */
	uint32_t change_number;            /* of the newest */
	int64_t started_ms;
	double own_requests_per_s, own_bytes_per_s;   /* as shown in the header; NaN: not measured yet */
	/* one of these has the keys, or none */
	struct prompt *prompt;
	struct dialog *dialog;
	struct confirm *confirm;
	struct notice *notice;             /* what was copied; the next key takes it away */
	bool pasting;
	void (*prompt_live)(struct ui *ui, void *data, const char *text);
	void (*prompt_done)(struct ui *ui, void *data, const char *text);
	void (*prompt_complete)(struct ui *ui, void *data, const char *text, size_t cursor,
		struct prompt_words *words);
	void (*choose_done)(struct ui *ui, void *data, const struct choice *choices, size_t count);
	void (*pick_done)(struct ui *ui, void *data, size_t chosen);   /* one of these two for a dialog */
	void (*confirm_done)(struct ui *ui, void *data, bool yes);
	void *asker;                       /* data of the callbacks */
	char *message;
	enum severity severity;
	int64_t message_at_ms, message_until_ms;
	int64_t quit_armed_until_ms;       /* a second Ctrl-c before then quits */
	bool dirty;                        /* the picture must be drawn again */
	bool ended;
	/* what reaches the terminal past the picture; NULL in tests */
	void (*suspend)(void);
	void (*repaint)(void);
	bool (*copy)(const char *command, const char *text, struct error *err);
	bool (*outside)(enum program program, const char *suffix, struct str *text, struct error *err);
	void (*wake)(void *app);           /* any thread: app_woken() has something to do; NULL in tests */
	void *waker;
};

/* cluster.c */
struct app *app_new(const struct app_setup *setup, const struct app_source *source, struct error *err);
void app_free(struct app *app);
void app_take_snapshot(struct app *app, const struct snapshot *s);     /* takes the reference */
int64_t app_next_change(const struct app *app);
void app_tick(struct app *app);
void app_look_at_journal(struct app *app);                             /* says when a change was cut short */
void app_woken(struct app *app);                                       /* works and feeds moved */
void app_message(struct app *app, enum severity severity, const char *text);

/* tabs.c: the visible view and the way to it */
struct app_pane *app_pane(const struct app *app);
bool app_open(struct app *app, const struct view_ops *ops, struct view_request request);   /* takes it */
bool app_show_tab(struct app *app, int tab);
int app_find_tab(const struct app *app, const char *view);             /* -1: it has none */
bool app_back(struct app *app);                                        /* false at a root */
void app_views_changed(struct app *app);                               /* a setting all views depend on */
/* Updates the visible one if it must be. */
void app_refresh_pane(struct app *app);
void app_close_views(struct app *app);

/* keys.c */
void app_key(struct app *app, key_code key, const struct mouse_event *mouse);
bool app_wants_alt(const struct app *app, key_code key);
/* The visible view edits text: letters are its own. */
bool app_is_typing(const struct app *app);
enum action_result app_dispatch(struct app *app, enum action_id id, const char *arg);
const char *app_disabled(const struct app *app, enum action_id id);
const char *app_read_only(const struct app *app);                      /* why nothing is changed now; NULL: it may be */
void app_close_notice(struct app *app);
void app_close_overlay(struct app *app);                               /* tells whoever asked */
void app_close_question(struct app *app);                              /* as with no, when one is open */

/* palette.c */
void app_open_palette(struct app *app);
bool app_run_command(struct app *app, const char *text);

/* picture.c, header.c */
bool app_draw(struct app *app);                                        /* false: nothing changed */
int app_tab_at(const struct app *app, int row, int col);                /* on the screen; -1: none */
struct area app_pane_area(const struct app *app);
void app_draw_header(const struct app *app, const struct area *a);
void app_follow_cost(struct app *app);                                 /* a new snapshot has come */
/* When it reads differently by itself; -1. */
int64_t app_header_change(const struct app *app);

/* changes.c */
/* What weir changed is read again at once; `text` makes an event of it, or is NULL. */
void app_note_change(struct app *app, enum changed_kind kind, const char *name, enum severity severity,
	const char *text);
void app_work_ended(void *app, const struct work *w);                  /* before the view that began it is told */
/* Adds "armed GROUP 9m" when a reset waits for its group; false: none does. */
bool app_armed_word(const struct app *app, struct str *out);
int64_t app_armed_change(const struct app *app);                       /* when that reads differently; -1 */
bool app_show_armed(struct app *app);

/* demand.c */
void app_send_demand(struct app *app);

/* calls.c: what views may ask for */
extern const struct ui_calls app_calls;
static inline struct app *app_of(const struct ui *ui)
{
	return ui->app;
}

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The inside of the terminal program, without loop and curses' start: one terminal
 * and the clusters that are open in it, one of which is shown. Keys and snapshots
 * go in, a picture and demands come out, so that tests run it on made-up figures.
 * UI thread; nothing here waits.
 */
#ifndef APP_PARTS_H
#define APP_PARTS_H

#include "app/action_table.h"
#include "app/cluster.h"
#include "app/terminal.h"

struct app {
	const struct app_setup *setup;
	struct keymap *keymap;
	struct terminal terminal;
	struct cluster **clusters;
	size_t count, cap;
	struct cluster *shown; /* one of them; NULL only before the first is open */
	struct wake *wake;     /* of the loop; NULL in tests */
};

enum { APP_WAKE = 1u << 0 }; /* the loop's bit: app_woken() has something to do */

/* With the cluster of the setup open and shown. */
struct app *app_new(const struct app_setup *setup, struct error *err);
/* Ends what runs. False: threads are left behind, as cluster_free() says. */
bool app_free(struct app *app);
/* Opens one more, which is not shown. The first is shown at once. NULL: its first view cannot be shown. */
struct cluster *app_open_cluster(struct app *app, const struct cluster_setup *setup, struct error *err);
void app_show_cluster(struct app *app, struct cluster *c);

void app_wake(void *app); /* any thread */
void app_woken(struct app *app);
int64_t app_next_change(const struct app *app); /* when the picture changes by itself; -1: never */
void app_tick(struct app *app);                 /* that moment has come */
/* Reads the journal and says when a change was cut short. */
void app_read_journal(struct app *app);

extern const struct ui_calls app_calls; /* calls.c: what views may ask for */

#endif

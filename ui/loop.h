/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The turn of the UI thread: waits for keys, a wake-up, a signal or the time
 * when the picture changes by itself; then acts, then draws at most once. Keys
 * go first: data that arrived with them waits for the next turn. UI thread.
 */
#ifndef UI_LOOP_H
#define UI_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/wake.h"
#include "ui/input.h"

struct loop_ops {
	void (*key)(void *data, key_code key, const struct mouse_event *mouse);
	void (*woken)(void *data, unsigned bits); /* the application's own bits */
	void (*resized)(void *data);
	void (*suspend)(void *data); /* another program asks to stop (SIGTSTP) */
	/* Draws what changed since the last call; false: nothing did, so nothing is written. */
	bool (*draw)(void *data);
	/* When the picture changes without any input, monotonic ms; -1: never. */
	int64_t (*next_change)(void *data);
	void (*tick)(void *data); /* that time has come */
};

struct loop {
	struct wake wake;
	struct input input;
	const struct loop_ops *ops;
	void *data;
	bool more_keys; /* keys were left after the last turn */
	bool ended;
	bool interrupted; /* by a signal or a lost terminal */
};

bool loop_init(struct loop *loop, const struct loop_ops *ops, void *data, struct error *err);
void loop_release(struct loop *loop);
void loop_run(struct loop *loop);
void loop_end(struct loop *loop);

#endif

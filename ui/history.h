/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The lines typed into one kind of prompt, newest last, kept in
 * $XDG_STATE_HOME/weir/history_NAME (mode 0600). A history that cannot be read
 * or written is lost, but never stops the user. UI thread.
 */
#ifndef UI_HISTORY_H
#define UI_HISTORY_H

#include <stddef.h>

enum { HISTORY_KEPT = 200 };

struct history_list {
	char *name;
	char **lines;
	size_t count;
};

void history_list_load(struct history_list *h, const char *name);
void history_list_release(struct history_list *h);
/* Moves or adds the line to the end, and writes the file. Empty lines are not kept. */
void history_list_add(struct history_list *h, const char *line);

#endif

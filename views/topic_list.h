/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the tables of all topics have in common (topics, messages): their owner is
 * a view whose state starts with struct panes. UI thread.
 */
#ifndef VIEWS_TOPIC_LIST_H
#define VIEWS_TOPIC_LIST_H

#include "views/panes.h"

const struct topic *topic_list_at(void *view, size_t row);
/* Members of struct table_ops. */
size_t topic_list_rows(void *view);
void topic_list_key(void *view, size_t row, struct str *out);
bool topic_list_hidden(void *view, size_t row); /* internal topics, unless they are to be shown */

/* If the view was opened from the list of topics, the cursor there goes to this topic once it is listed. */
void topic_list_show(const struct view *from, const char *name);

struct waiting topic_list_waiting(const struct snapshot *s);

#endif

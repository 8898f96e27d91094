/* SPDX-License-Identifier: BSD-2-Clause */
/* The prompts of the records view. With a text there is no prompt: it is taken as the answer. */
#ifndef VIEWS_RECORDS_ASK_H
#define VIEWS_RECORDS_ASK_H

#include "ui/view.h"

struct records;

void records_ask_filter(struct records *r, const char *text); /* NULL: asks; "": no filter */
void records_renew_filter(struct records *r);                 /* sets the same one on a new feed */
void records_ask_saved(struct records *r, const char *name);
void records_ask_search(struct records *r, const char *from, bool everywhere);
void records_ask_where(struct records *r, const char *text);
size_t records_complete(struct records *r, enum action_id id, const char *prefix, char ***words);
/* records_decoder.c */
void records_ask_decoder(struct records *r, const char *topic, bool is_key, const char *text);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Settings as properties in an editor: what was changed compared with the
 * original, and where the text is wrong. A refused text goes back to the editor
 * with the reason as a comment above the line, so that nothing typed is lost.
 * Pure functions, any thread.
 */
#ifndef MODEL_CONFIG_DRAFT_H
#define MODEL_CONFIG_DRAFT_H

#include "base/str.h"
#include "model/topic_work.h"

/*
 * Fills r->set with what is new or differs from r->original, and r->unset with what was removed. False
 * (ERR_USAGE): the text cannot be read, or the catalogue forbids a value; *line is the line, from 1, without
 * the comments of config_draft_mark(). r->original NULL: everything is set, and r->unset stays.
 */
bool config_draft_read(struct topic_request *r, const char *text, int *line, struct error *err);
/* Puts a comment above the line, instead of any earlier one. Line 0: at the beginning. */
void config_draft_mark(const char *text, int line, const char *why, struct str *out);
/* The line of the setting that the broker's message names; 0: none. */
int config_draft_line(const char *text, const char *words);

#endif

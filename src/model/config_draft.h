/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Settings as properties in an editor: what was changed there against what it
 * began with, and where it is wrong. A text that is refused goes back to the
 * editor with the reason as a comment above the line, so that nothing that was
 * typed is lost. Pure functions, any thread.
 */
#ifndef MODEL_CONFIG_DRAFT_H
#define MODEL_CONFIG_DRAFT_H

#include "base/str.h"
#include "model/topic_work.h"

/*
 * Into r->set what is new or has another value than in r->original, into r->unset what is gone from there. False
 * (ERR_USAGE): the text cannot be read, or the catalogue knows better; *line is where, from 1, not counting comments
 * of config_draft_mark(). r->original NULL: everything is set, and r->unset stays.
 */
bool config_draft_read(struct topic_request *r, const char *text, int *line, struct error *err);
/* The text with a comment above the line, in the place of any from before. Line 0: at its beginning. */
void config_draft_mark(const char *text, int line, const char *why, struct str *out);
/* The line of the setting that the broker's words name; 0: they name none. */
int config_draft_line(const char *text, const char *words);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* The records at the targets of a plan's rows, and those that it skips; read for the rows on the screen. */
#ifndef VIEWS_RESET_LANDING_H
#define VIEWS_RESET_LANDING_H

#include "model/reset_work.h"
#include "ui/view.h"

struct reset_state;

/* The record at the target of a row, or the first one that the row skips. */
struct reset_landing {
	int64_t target; /* offset that is looked at; -1: none is */
	enum reset_peek_state state;
	bool asked;
	int64_t timestamp_ms; /* -1: none */
	int64_t hole;         /* offsets from the target to the record */
	char *text;           /* key and value, or why it could not be read */
};

struct reset_landings {
	struct reset_landing *targets; /* of the plan's rows */
	struct reset_landing *skips;   /* likewise; of rows that skip no more than a few */
	size_t count;
	bool peeking;
};

bool reset_wants_peek(const struct view *v);
void reset_peek_visible(struct view *v);
void reset_landings_new(struct reset_state *st); /* for the plan that there is now, if any */
void reset_skips_cell(const struct reset_state *st, size_t row, struct str *out);
void reset_landing_cell(const struct reset_state *st, size_t row, bool utc, struct str *out);

#endif

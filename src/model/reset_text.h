/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Plans in words, and as files and commands of Kafka's own tool. Each function
 * appends one line (or the lines of a file) to `out`. Names are unchanged: show
 * them through text_safe(). Pure functions, any thread.
 */
#ifndef MODEL_RESET_TEXT_H
#define MODEL_RESET_TEXT_H

#include "model/reset_plan.h"

/*
 * "to 2026-11-22 13:30:00.000 UTC", "shift by -100", "to the log end": for titles and journals. `how` is the
 * strategy of the request, or of one of its rows.
 */
void reset_describe_how(struct str *out, const struct reset_how *how, const struct reset_request *r, bool utc);
/* "skip up to 1,204,331 records in 12 partitions of group payments on prod-eu"; `where` NULL: left out. */
void reset_plan_effect(struct str *out, const struct reset_plan *plan, const char *where);
void reset_plan_refusal(struct str *out, const struct reset_plan *plan);  /* nothing when allowed */
void reset_row_note(struct str *out, const struct reset_row *row);        /* "" when there is nothing to say */
void reset_plan_catch_up(struct str *out, const struct reset_plan *plan); /* "4m", "-" when unknown */
/*
 * The equivalent command of Kafka's own tool. Where there is none, the command takes `file` (NULL: "FILE"), to
 * be written with reset_plan_csv(), and *needs_file (may be NULL) is set.
 */
void reset_plan_command(struct str *out, const struct reset_plan *plan, const char *bootstrap, const char *file,
	bool *needs_file);
/* topic,partition,offset lines of the rows to be committed, as kafka-consumer-groups --from-file reads them. */
void reset_plan_csv(struct str *out, const struct reset_plan *plan, bool with_group);

#endif

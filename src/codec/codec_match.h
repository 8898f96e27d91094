/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Matches records with a query, choosing for each how its parts are decoded:
 * what was chosen for the topic, the decoder of an internal topic, or detection,
 * and that only where a part does not look like text, which is searched as it
 * stands. One thread each.
 */
#ifndef CODEC_CODEC_MATCH_H
#define CODEC_CODEC_MATCH_H

#include "codec/codec_choices.h"
#include "codec/codec_query.h"

struct codec_match {
	struct query_run *run;
	struct codec_query codec;
	struct codec_choices *chosen;                    /* by the user; borrowed */
	struct codec_choice choices[QUERY_PART_COUNT];   /* for `topic`, lent to codec */
	const char *topic;
};

/* Borrows all. Moving the struct afterwards is not allowed. */
void codec_match_init(struct codec_match *m, const struct query *query, struct codec_choices *chosen);
void codec_match_release(struct codec_match *m);         /* a zeroed one is allowed */
enum query_answer codec_match(struct codec_match *m, const struct record *record);
/*
 * For reader_setup.choose, `query` NULL: every record: which of a topic's partitions can hold what the query asks for, wherever a
 * known partitioner put its keys; `everywhere`: whatever the keys are. Appends to `why` a line for the topic
 * when some are left out, with `hint` at its end, and one when what was chosen for the topic cannot be used.
 */
void codec_match_partitions(const struct query *query, struct codec_choices *chosen, bool everywhere, const char *hint,
	const char *topic, int32_t count, bool *wanted, struct str *why);

#endif

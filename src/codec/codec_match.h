/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Matches records with a query and chooses how each part is decoded: by what
 * was chosen for the topic, by the decoder of an internal topic, or by
 * detection. Detection is needed only where a part does not look like text;
 * text is searched as it is. One thread each.
 */
#ifndef CODEC_CODEC_MATCH_H
#define CODEC_CODEC_MATCH_H

#include "codec/codec_choices.h"
#include "codec/codec_query.h"

struct codec_match {
	struct query_run *run;
	struct codec_query codec;
	struct codec_choices *chosen;                  /* by the user; borrowed */
	struct codec_choice choices[QUERY_PART_COUNT]; /* for `topic`, lent to the codec */
	const char *topic;
};

/* Borrows everything. The struct must not be moved afterwards. */
void codec_match_init(struct codec_match *m, const struct query *query, struct codec_choices *chosen);
void codec_match_release(struct codec_match *m); /* a zeroed struct is allowed */
enum query_answer codec_match(struct codec_match *m, const struct record *record);
/*
 * For reader_setup.choose: which partitions of a topic can hold records that the query (NULL: everything) asks
 * for, when a known partitioner placed them by key; `everywhere`: all. Appends to `why` a line for the topic
 * when some are left out, ended by `hint`, and a line when the choice of decoder for the topic cannot be used.
 */
void codec_match_partitions(const struct query *query, struct codec_choices *chosen, bool everywhere, const char *hint,
	const char *topic, int32_t count, bool *wanted, struct str *why);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lends decoders and JSON paths to the filter language (query/query.h). Parts
 * that are text already (UTF-8, JSON, XML) are searched in their own bytes;
 * others are decoded once for each record, when a test first asks, and searched
 * in the compact JSON or plain text that the decoder gives. Parts that cannot
 * be decoded are searched as bytes. Masks do not apply: they hide what is
 * shown, not what is found. A context belongs to one thread.
 */
#ifndef CODEC_CODEC_QUERY_H
#define CODEC_CODEC_QUERY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"
#include "codec/codec.h"
#include "query/query.h"

struct codec_query {
	/* NULL: searched as it is. Borrowed; may change between records, with codec_query_prepare(). */
	const struct codec_choice *choices[QUERY_PART_COUNT];
	struct arena *arena; /* of the record's decoded parts, NULL: none yet */
	struct codec_query_part {
		bool decoded, rendered;
		struct decoded result;
		struct str text;
	} parts[QUERY_PART_COUNT];
	struct str scratch; /* a string of JSON without its escapes */
};

extern const struct query_codec codec_query_functions;

/* Tells a run which parts are searched as they are; before the first record and whenever a choice changed. */
void codec_query_prepare(const struct codec_query *context, struct query_run *run);
/* Drops the decoded parts. Call it before each query_match(). */
void codec_query_next(struct codec_query *context);
void codec_query_release(struct codec_query *context);
/* For query_partitions(), with a const struct codec_choice * or NULL as context. */
bool codec_query_key_bytes(void *choice, struct bytes text, struct str *out);

#endif

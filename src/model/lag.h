/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lag, defined once. Committed offsets are read before end offsets, so
 *     lag  = end - max(committed, log start)     records still to be read
 *     lost = max(0, log start - committed)       records retention removed unread
 * and lag + lost is the LAG that Kafka's own kafka-consumer-groups reports. The
 * end is the high watermark, or the last stable offset under read_committed.
 * No commit: unknown. Committed beyond the end: unknown, and said by how much.
 * Pure functions, any thread.
 */
#ifndef MODEL_LAG_H
#define MODEL_LAG_H

#include <stdint.h>

#include "base/str.h"
#include "model/snapshot.h"

struct lag {
	int64_t lag;    /* OFFSET_UNKNOWN */
	int64_t lost;   /* OFFSET_UNKNOWN when the log start is not known */
	int64_t beyond; /* by how much committed lies beyond the end, else 0 */
	enum lag_note note;
};

/* Each argument may be OFFSET_UNKNOWN. */
struct lag lag_of(int64_t committed, int64_t log_start, int64_t end);
/* Appends the note as a person reads it ("never committed"); nothing for LAG_OK. */
void lag_note_text(struct str *out, const struct group_partition *row);
const char *lag_note_name(enum lag_note note); /* stable, for JSON; NULL for LAG_OK */

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Times as people write them, read into Unix milliseconds:
 *
 *     now  now-15m  today  today 14:00  yesterday  yesterday 14:00
 *     10:30  10:30:15.250                      of today
 *     2026-11-22  2026-11-22 14:01  2026-11-22T14:01:58.123+01:00  ...Z
 *     -15m  -1h30m  -2d  PT1H30M  P1DT2H      that long ago
 *     @1700000000000                           Unix milliseconds
 *
 * What has no zone is local time, or UTC when the clock says so. A local time
 * that clocks skip is read with the offset from before the change, which moves
 * it forward by the gap; one that comes twice means the first. Either is told
 * in `note`. Accepted are the years 1970 to 9999. A day (-1d) is 24 hours.
 * Any thread; the zone is the process's TZ.
 */
#ifndef MODEL_WHEN_H
#define MODEL_WHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

struct when_clock {
	int64_t now_ms; /* the meaning of "now", Unix epoch */
	bool utc;       /* a time without zone is UTC, else local */
};

struct when {
	int64_t ms;
	char note[160]; /* a note for the user about how it was read, or "" */
};

/*
 * False with a message that says what was expected. With `at` NULL the message begins with "column N: "; else
 * *at is the byte offset of the fault, for callers whose text is part of a longer one.
 */
bool when_parse(const char *text, size_t len, const struct when_clock *clock, struct when *out, size_t *at,
	struct error *err);
/* A length of time, in ms: -15m, 1h30m, 500ms, PT1H30M, -P2D. Years and months have no fixed length. */
bool when_parse_duration(const char *text, size_t len, int64_t *ms, size_t *at, struct error *err);

/* Where reading a topic begins or ends: WHERE of `weir tail`. */
enum start_kind {
	START_EARLIEST, /* the log start offset */
	START_LATEST,   /* the end: only new records */
	START_LAST,     /* the last `count` records of each partition */
	START_OFFSET,
	START_TIME,  /* the first record at or after `time` */
	START_GROUP, /* the committed offsets of `group` */
	START_COUNT
};

struct start_at {
	enum start_kind kind;
	int64_t count;     /* START_LAST */
	int64_t offset;    /* START_OFFSET */
	struct when time;  /* START_TIME */
	const char *group; /* START_GROUP: points into the text parsed */
};

/* earliest, latest, -N, N, group:NAME, else a time. `at` as above. */
bool start_at_parse(const char *text, const struct when_clock *clock, struct start_at *out, size_t *at,
	struct error *err);

#endif

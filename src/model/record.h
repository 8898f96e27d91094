/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One record of a topic as it was read: its bytes, not yet decoded. A NULL key
 * or value is Kafka's null (a tombstone), which differs from length 0. Whoever
 * hands out a record decides where its bytes live. Plain values.
 */
#ifndef MODEL_RECORD_H
#define MODEL_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum timestamp_type { TIMESTAMP_NONE, TIMESTAMP_CREATE, TIMESTAMP_APPEND };

/* Kafka's value for a record without a timestamp. -2 is a timestamp, though a wrong one. */
#define RECORD_NO_TIME INT64_C(-1)

struct bytes {
	const char *p; /* NULL: null */
	size_t len;
};

struct record_header {
	const char *name; /* any bytes but NUL */
	struct bytes value;
};

struct record {
	const char *topic;
	int32_t partition;
	int32_t leader_epoch; /* -1 unknown */
	int64_t offset;
	int64_t timestamp_ms; /* Unix epoch, negative before it; RECORD_NO_TIME */
	enum timestamp_type timestamp_type;
	struct bytes key;
	struct bytes value;
	const struct record_header *headers; /* in order; names may repeat */
	size_t header_count;
	bool masked; /* read from a line that says that parts of it are masked */
};

static inline bool record_has_time(const struct record *r)
{
	return r->timestamp_ms != RECORD_NO_TIME;
}

#endif

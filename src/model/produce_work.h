/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * WORK_PRODUCE: records to send, each to its own topic, and the result of each.
 * The job goes into the work and is only read from then on; the outcome comes
 * out of it, and until then only work_progress() reports. A record that was not
 * sent (cancelled, or after a fatal error) has that status. Plain values.
 */
#ifndef MODEL_PRODUCE_WORK_H
#define MODEL_PRODUCE_WORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/record.h"
#include "model/severity.h"

struct produce_job {
	struct arena *arena; /* holds all of it, the job too */
	struct record
		*records; /* topic: the target; partition -1: the partitioner's; timestamp_type TIMESTAMP_NONE: now */
	size_t count;
	const char *partitioner; /* librdkafka's name; NULL: as configured, else murmur2_random */
	const char *compression; /* NULL: as configured */
	double per_s;            /* 0: no limit */
	const char *cluster_id;  /* the cluster named in the question; NULL: none was known */
};

enum produce_status { PRODUCE_UNSENT, PRODUCE_DELIVERED, PRODUCE_FAILED, PRODUCE_UNCERTAIN, PRODUCE_STATUS_COUNT };

struct produce_result {
	enum produce_status status;
	int32_t partition; /* -1: unknown */
	int64_t offset;    /* -1: unknown */
	const char *why;   /* why it failed, else NULL */
};

struct produce_outcome {
	struct arena *arena;            /* holds all of it */
	struct produce_result *results; /* one for each record */
	size_t count;
	size_t counts[PRODUCE_STATUS_COUNT];
};

struct produce_job *produce_job_new(size_t count);
void produce_job_free(void *job); /* NULL is allowed */
struct produce_outcome *produce_outcome_new(size_t count);
void produce_outcome_free(void *outcome);
void produce_outcome_set(struct produce_outcome *o, size_t i, enum produce_status status, int32_t partition,
	int64_t offset, const char *why);

enum severity produce_status_severity(enum produce_status status); /* SEVERITY_OK: delivered */

/* A copy of the record, its headers and its topic (NULL stays NULL) in the arena. */
void record_copy(struct arena *arena, const struct record *from, struct record *to);
/* "3 delivered, 1 failed"; never empty. */
void produce_outcome_say(const struct produce_outcome *o, struct str *out);

#endif

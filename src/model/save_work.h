/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * WORK_SAVE: all matching records of topics, read again from the log and
 * written to a file as they come: in order within a partition. The job goes
 * into the work and is only read from then on. The work publishes a struct
 * save_outcome now and then, and returns the last one. Plain values.
 */
#ifndef MODEL_SAVE_WORK_H
#define MODEL_SAVE_WORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct mask;

struct codec_rules;

struct save_job {
	struct arena *arena; /* holds all of it, the job too */
	const char **topics; /* names; ^... is an extended regular expression */
	size_t topic_count;
	const int32_t *partitions; /* none: all */
	size_t partition_count;
	const char *query;            /* NULL: every record */
	struct codec_rules *decoders; /* each topic's; NULL: auto */
	void (*decoders_free)(struct codec_rules *decoders);
	bool read_committed;
	bool utc;                /* times in the query without zone are UTC */
	bool json;               /* lines of JSON; else one value a line */
	const char *path;        /* must not exist */
	const struct mask *mask; /* outlives the work; NULL: nothing is masked */
};

struct save_outcome {
	int64_t saved, masked; /* records, and how many of them were masked */
	double done;           /* 0 to 1; NaN unknown */
	bool complete;         /* every partition was read to its end */
	struct str statement;  /* what was read; set at the end */
};

struct save_job *save_job_new(void);
void save_job_free(void *job);         /* NULL is allowed */
void save_outcome_free(void *outcome); /* NULL is allowed */

#endif

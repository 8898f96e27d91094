/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/save_work.h"

#include <stdlib.h>

struct save_job *save_job_new(void)
{
	struct arena *arena = arena_new(0);
	struct save_job *job = arena_alloc(arena, sizeof(*job));

	job->arena = arena;
	return job;
}

void save_job_free(void *data)
{
	struct save_job *job = data;

	if (!job)
		return;
	if (job->decoders_free)
		job->decoders_free(job->decoders);
	arena_free(job->arena);
}

void save_outcome_free(void *data)
{
	struct save_outcome *outcome = data;

	if (!outcome)
		return;
	str_release(&outcome->statement);
	free(outcome);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/produce_work.h"

#include <string.h>

struct produce_job *produce_job_new(size_t count)
{
	struct arena *arena = arena_new(0);
	struct produce_job *job = arena_alloc(arena, sizeof(*job));

	job->arena = arena;
	job->records = arena_array(arena, count, sizeof(*job->records));
	job->count = count;
	return job;
}

void produce_job_free(void *data)
{
	struct produce_job *job = data;

	if (job)
		arena_free(job->arena);
}

struct produce_outcome *produce_outcome_new(size_t count)
{
	struct arena *arena = arena_new(0);
	struct produce_outcome *o = arena_alloc(arena, sizeof(*o));

	o->arena = arena;
	o->results = arena_array(arena, count, sizeof(*o->results));
	o->count = count;
	for (size_t i = 0; i < count; i++)
		o->results[i].partition = -1, o->results[i].offset = -1;
	o->counts[PRODUCE_UNSENT] = count;
	return o;
}

void produce_outcome_free(void *data)
{
	struct produce_outcome *o = data;

	if (o)
		arena_free(o->arena);
}

void produce_outcome_set(struct produce_outcome *o, size_t i, enum produce_status status, int32_t partition,
	int64_t offset, const char *why)
{
	struct produce_result *r = &o->results[i];

	o->counts[r->status]--;
	o->counts[status]++;
	*r = (struct produce_result){ status, partition, offset, why ? arena_strdup(o->arena, why) : NULL };
}

static struct bytes copy_bytes(struct arena *arena, struct bytes from)
{
	char *copy;

	if (!from.p)
		return from;
	/* Empty is not null: it needs an address too. */
	copy = arena_alloc(arena, from.len + 1);
	memcpy(copy, from.p, from.len);
	return (struct bytes){ copy, from.len };
}

void record_copy(struct arena *arena, const struct record *from, struct record *to)
{
	struct record_header *headers = arena_array(arena, from->header_count, sizeof(*headers));

	*to = *from;
	to->topic = arena_strdup(arena, from->topic);
	to->key = copy_bytes(arena, from->key);
	to->value = copy_bytes(arena, from->value);
	for (size_t i = 0; i < from->header_count; i++) {
		headers[i].name = arena_strdup(arena, from->headers[i].name);
		headers[i].value = copy_bytes(arena, from->headers[i].value);
	}
	to->headers = headers;
}

enum severity produce_status_severity(enum produce_status status)
{
	return status == PRODUCE_DELIVERED ? SEVERITY_OK : status == PRODUCE_FAILED ? SEVERITY_CRIT : SEVERITY_WARN;
}

void produce_outcome_say(const struct produce_outcome *o, struct str *out)
{
	static const char *const words[PRODUCE_STATUS_COUNT] = {
		[PRODUCE_UNSENT] = "not sent",
		[PRODUCE_DELIVERED] = "delivered",
		[PRODUCE_FAILED] = "failed",
		[PRODUCE_UNCERTAIN] = "without an answer (may have been delivered)",
	};
	static const enum produce_status order[] = { PRODUCE_DELIVERED, PRODUCE_FAILED, PRODUCE_UNCERTAIN,
		PRODUCE_UNSENT };
	const char *comma = "";

	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++) {
		if (o->counts[order[i]] == 0 && !(order[i] == PRODUCE_DELIVERED))
			continue;
		str_addf(out, "%s%zu %s", comma, o->counts[order[i]], words[order[i]]);
		comma = ", ";
	}
}

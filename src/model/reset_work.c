/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/reset_work.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void reset_plan_input_free(void *data)
{
	struct reset_plan_input *input = data;

	if (!input)
		return;
	reset_request_release(&input->request);
	free(input->file);
	free(input);
}

void reset_peek_input_free(void *data)
{
	struct reset_peek_input *input = data;

	if (!input)
		return;
	for (size_t i = 0; i < input->count; i++)
		free(input->items[i].topic);
	free(input->items);
	free(input);
}

void reset_peek_free(void *data)
{
	struct reset_peek *peek = data;

	if (!peek)
		return;
	for (size_t i = 0; i < peek->count; i++) {
		free(peek->records[i].topic);
		free(peek->records[i].key);
		free(peek->records[i].value);
		free(peek->records[i].error);
	}
	free(peek->records);
	free(peek);
}

struct reset_peek *reset_peek_of(const struct reset_peek_input *in)
{
	struct reset_peek *peek = mem_alloc(sizeof(*peek));

	peek->count = in->count;
	peek->records = mem_alloc((in->count + 1) * sizeof(*peek->records));
	for (size_t i = 0; i < in->count; i++)
		peek->records[i] = (struct reset_peek_record){ .topic = mem_strdup(in->items[i].topic),
			.partition = in->items[i].partition,
			.target = in->items[i].offset,
			.offset = -1,
			.timestamp_ms = -1 };
	return peek;
}

static char *copy_bytes(const char *bytes, size_t len)
{
	char *copy = bytes ? mem_alloc(len + 1) : NULL;

	if (bytes)
		memcpy(copy, bytes, len);
	return copy;
}

struct reset_peek *reset_peek_copy(const struct reset_peek *peek)
{
	struct reset_peek *copy = mem_alloc(sizeof(*copy));

	copy->count = peek->count;
	copy->records = mem_alloc((peek->count + 1) * sizeof(*copy->records));
	for (size_t i = 0; i < peek->count; i++) {
		struct reset_peek_record *r = &copy->records[i];

		*r = peek->records[i];
		r->topic = mem_strdup(r->topic);
		r->error = mem_strdup(r->error);
		r->key = copy_bytes(r->key, r->key_len);
		r->value = copy_bytes(r->value, r->value_len);
	}
	return copy;
}

void reset_apply_input_free(void *data)
{
	struct reset_apply_input *input = data;

	if (!input)
		return;
	reset_plan_free(input->confirmed);
	free(input);
}

void reset_progress_free(void *data)
{
	struct reset_progress *progress = data;

	if (!progress)
		return;
	for (size_t i = 0; i < progress->member_count; i++) {
		free((char *)(uintptr_t)progress->members[i].id);
		free((char *)(uintptr_t)progress->members[i].client_id);
		free((char *)(uintptr_t)progress->members[i].host);
	}
	free(progress->members);
	free(progress);
}

void reset_result_free(void *data)
{
	struct reset_result *result = data;

	if (!result)
		return;
	for (size_t i = 0; i < result->row_count; i++) {
		free(result->rows[i].topic);
		free(result->rows[i].error);
	}
	free(result->rows);
	free(result->why);
	free(result->journal_id);
	free(result->journal_error);
	free(result->resumed_topic);
	reset_plan_free(result->plan);
	free(result);
}

void reset_plan_free_any(void *plan)
{
	reset_plan_free(plan);
}

const char *reset_phase_name(enum reset_phase phase)
{
	static const char *const names[] = { "planning", "waiting until the group is empty", "applying", "reading back",
		"waiting for the next commit" };

	_Static_assert(sizeof(names) / sizeof(names[0]) == RESET_PHASE_COUNT, "a name for each phase");
	return names[phase];
}

const char *reset_outcome_name(enum reset_outcome outcome)
{
	static const char *const names[] = { "done", "partly done", "refused", "changed", "race lost",
		"timed out waiting", "cancelled", "unverified" };

	_Static_assert(sizeof(names) / sizeof(names[0]) == RESET_OUTCOME_COUNT, "a name for each outcome");
	return names[outcome];
}

enum severity reset_outcome_severity(enum reset_outcome outcome)
{
	switch (outcome) {
	case RESET_DONE:
		return SEVERITY_OK;
	case RESET_PARTIAL:
	case RESET_UNVERIFIED:
	case RESET_RACE_LOST:
		return SEVERITY_CRIT;
	default:
		return SEVERITY_WARN;
	}
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/topic_work.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { PARTITION_MOST = 1000000 };

void topic_request_init(struct topic_request *r, enum topic_step_kind kind)
{
	*r = (struct topic_request){ .kind = kind, .partitions = -1, .factor = -1 };
}

void topic_texts_release(struct topic_texts *t)
{
	for (size_t i = 0; i < t->count; i++)
		free(t->items[i]);
	free(t->items);
	*t = (struct topic_texts){ 0 };
}

static struct topic_texts copy_texts(const struct topic_texts *from)
{
	struct topic_texts to = { 0 };

	for (size_t i = 0; i < from->count; i++)
		topic_texts_add(&to, from->items[i]);
	return to;
}

void topic_request_copy(struct topic_request *to, const struct topic_request *from)
{
	*to = *from;
	to->names = copy_texts(&from->names);
	to->set = copy_texts(&from->set);
	to->unset = copy_texts(&from->unset);
	to->assignment = mem_strdup(from->assignment);
	to->like = mem_strdup(from->like);
	to->to = mem_strdup(from->to);
	to->undo_of = mem_strdup(from->undo_of);
	to->original = mem_strdup(from->original);
	to->draft = mem_strdup(from->draft);
	to->parts = mem_alloc((from->part_count + 1) * sizeof(*to->parts));
	for (size_t i = 0; i < from->part_count; i++)
		to->parts[i] = from->parts[i];
}

void topic_request_release(struct topic_request *r)
{
	topic_texts_release(&r->names);
	topic_texts_release(&r->set);
	topic_texts_release(&r->unset);
	free(r->assignment);
	free(r->like);
	free(r->parts);
	free(r->to);
	free(r->undo_of);
	free(r->original);
	free(r->draft);
	*r = (struct topic_request){ 0 };
}

void topic_request_free(void *request)
{
	if (!request)
		return;
	topic_request_release(request);
	free(request);
}

void topic_texts_add(struct topic_texts *t, const char *text)
{
	t->items = mem_grow(t->items, &t->cap, t->count + 1, sizeof(*t->items));
	t->items[t->count++] = mem_strdup(text);
}

bool topic_request_parts(struct topic_request *r, const char *text, struct error *err)
{
	size_t cap = 0;

	for (const char *p = text; p;) {
		char *end;
		long from = strtol(p, &end, 10), to = from;

		if (*p >= '0' && *p <= '9' && *end == '-' && end[1] >= '0' && end[1] <= '9')
			to = strtol(end + 1, &end, 10);
		if (*p < '0' || *p > '9' || to < from || to > PARTITION_MOST || (*end && *end != ','))
			return error_set(err, ERR_USAGE, "partitions %s, column %zu: give numbers, as in 0,3-5", text,
				(size_t)(p - text) + 1);
		for (long i = from; i <= to; i++) {
			r->parts = mem_grow(r->parts, &cap, r->part_count + 1, sizeof(*r->parts));
			r->parts[r->part_count++] = (int32_t)i;
		}
		p = *end ? end + 1 : NULL;
	}
	for (size_t i = 0; i < r->part_count; i++)
		for (size_t k = 0; k < i && r->part_count < 10000; k++)
			if (r->parts[i] == r->parts[k])
				return error_set(err, ERR_USAGE, "partitions %s: %d is given twice", text,
					(int)r->parts[i]);
	return true;
}

bool topic_request_check(const struct topic_request *r, struct error *err)
{
	for (size_t i = 0; i < r->names.count; i++) {
		const char *name = r->names.items[i];

		if (r->of_broker && (!*name || name[strspn(name, "0123456789")]))
			return error_set(err, ERR_USAGE, "broker %s: give the number of a broker", name);
		for (size_t k = 0; k < i; k++)
			if (strcmp(name, r->names.items[k]) == 0)
				return error_set(err, ERR_USAGE, "%s: given twice", name);
	}
	if (r->kind == TOPIC_CONFIG && !r->set.count && !r->unset.count)
		return error_set(err, ERR_USAGE, "give --add-config NAME=VALUE or --delete-config NAME");
	return true;
}

void topic_apply_input_free(void *input)
{
	struct topic_apply_input *in = input;

	if (!in)
		return;
	topic_plan_free(in->plan);
	free(in->undo_of);
	free(in);
}

void topic_plan_free_output(void *plan)
{
	topic_plan_free(plan);
}

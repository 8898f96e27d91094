/* SPDX-License-Identifier: BSD-2-Clause */
#include "sample/flight.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"

/* A source that keeps the deadline itself is a little late. */
enum { GRACE_MS = 500 };

void flight_init(struct flight *f, struct store *store, struct source source)
{
	*f = (struct flight){ .store = store, .source = source };
}

struct flight_leader *flight_leader(struct flight *f, int32_t id)
{
	for (size_t i = 0; i < f->leader_count; i++) {
		if (f->leaders[i].id == id)
			return &f->leaders[i];
	}
	f->leaders = mem_grow(f->leaders, &f->leader_cap, f->leader_count + 1, sizeof(*f->leaders));
	f->leaders[f->leader_count] = (struct flight_leader){ .id = id };
	return &f->leaders[f->leader_count++];
}

int flight_offsets_open(const struct flight *f, enum offset_kind kind)
{
	int open = 0;

	for (size_t i = 0; i < f->leader_count; i++)
		open += f->leaders[i].open[kind];
	return open;
}

struct question *flight_question(enum question_kind kind, enum waiter waiter)
{
	struct question *q = mem_alloc(sizeof(*q));

	q->kind = kind;
	q->waiter = waiter;
	q->sent_us = clock_mono_us();
	return q;
}

void flight_add_name(struct question *q, const char *name)
{
	q->names = mem_grow(q->names, &q->name_cap, q->name_count + 1, sizeof(struct name *));
	q->names[q->name_count++] = name_of(name);
	name_of(name)->pins++;
}

static void count_question(struct flight *f, const struct question *q, int by)
{
	f->open[q->kind] += by;
	f->open_count += by;
	if (q->kind == ASK_OFFSETS && q->waiter == ROUND_WAITS)
		flight_leader(f, q->broker)->open[q->offset] += by;
	else if (q->kind == ASK_COMMITS || q->kind == ASK_DESCRIPTIONS)
		f->waited[q->waiter] += by;
}

static void free_question(struct question *q)
{
	for (size_t i = 0; i < q->name_count; i++)
		q->names[i]->pins--;
	for (size_t i = 0; i < q->partition_count; i++)
		q->partitions[i].topic->pins--;
	free(q->names);
	free(q->partitions);
	free(q);
}

static bool asks_nothing(const struct question *q)
{
	switch (q->kind) {
	case ASK_TOPIC_IDS:
	case ASK_SETTINGS:
	case ASK_DESCRIPTIONS:
	case ASK_COMMITS:
		return q->name_count == 0;
	case ASK_OFFSETS:
		return q->partition_count == 0;
	default:
		return false;
	}
}

void flight_send(struct flight *f, struct question *q)
{
	if (asks_nothing(q)) {
		free_question(q);
		return;
	}
	q->next = f->questions;
	q->slot = &f->questions;
	if (q->next)
		q->next->slot = &q->next;
	f->questions = q;
	count_question(f, q, 1);
	f->source.ops->ask(f->source.ctx, q);
}

/* Where the store says that the item is asked about by this question. */
static struct store_asked *asked_by(struct name *name, enum question_kind kind)
{
	struct store_group *g = name->group;
	struct store_topic *t = name->topic;

	switch (kind) {
	case ASK_COMMITS:
		return g ? &g->commits_asked : NULL;
	case ASK_DESCRIPTIONS:
		return g ? &g->description_asked : NULL;
	case ASK_TOPIC_IDS:
		return t ? &t->ids_asked : NULL;
	case ASK_SETTINGS:
		return t ? &t->settings_asked : NULL;
	case ASK_TOPIC_CONFIG:
		return t ? &t->config.asked : NULL;
	default:
		return NULL;
	}
}

void flight_let_go(struct store_asked *asked, const struct question *q)
{
	if (asked->open == q)
		asked->open = NULL;
}

/* What it is about may be asked again. */
static void let_go_all(struct flight *f, const struct question *q)
{
	struct store_broker *b = q->kind == ASK_BROKER_CONFIG ? store_broker(f->store, q->broker) : NULL;

	if (f->metadata == q)
		f->metadata = NULL;
	if (b)
		flight_let_go(&b->config.asked, q);
	for (size_t i = 0; i < q->name_count; i++) {
		struct store_asked *asked = asked_by(q->names[i], q->kind);

		if (asked)
			flight_let_go(asked, q);
	}
}

/* A group that was not told. */
static void group_fails(struct flight *f, const struct question *q, struct store_group *g, const struct fault *fault,
	int64_t now_ms)
{
	if (q->kind == ASK_DESCRIPTIONS) {
		stamp_fail(f->store, &g->shown.describe_origin, now_ms, fault);
	} else {
		stamp_fail(f->store, &g->shown.commit_origin, now_ms, fault);
		stamp_fail(f->store, &f->store->commits, now_ms, fault);
	}
}

static void topic_fails(struct flight *f, const struct question *q, struct store_topic *t, const struct fault *fault,
	int64_t now_ms)
{
	if (q->kind != ASK_TOPIC_IDS)
		stamp_fail(f->store, q->kind == ASK_TOPIC_CONFIG ? &t->config.origin : &t->shown.settings.origin,
			now_ms, fault);
}

static void names_fail(struct flight *f, const struct question *q, const struct fault *fault, int64_t now_ms)
{
	for (size_t i = 0; i < q->name_count; i++) {
		const struct store_asked *asked = asked_by(q->names[i], q->kind);

		if (!asked || asked->open != q)
			continue;
		if (q->kind == ASK_DESCRIPTIONS || q->kind == ASK_COMMITS)
			group_fails(f, q, q->names[i]->group, fault, now_ms);
		else
			topic_fails(f, q, q->names[i]->topic, fault, now_ms);
	}
}

static void offsets_fail(struct flight *f, const struct question *q, const struct fault *fault, int64_t now_us)
{
	for (size_t i = 0; i < q->partition_count; i++) {
		const struct asked_partition *asked = &q->partitions[i];
		struct store_partition *p = store_named_partition(asked->topic->text, asked->id);

		if (p && p->offsets[q->offset].origin.failed_at_ms * 1000 < q->sent_us)
			store_offset_failed(f->store, p, q->offset, fault, q->sent_us, now_us);
	}
}

/* All that was not told has failed. */
static void question_fails(struct flight *f, const struct question *q, const struct fault *fault)
{
	int64_t now_us = clock_mono_us(), now_ms = now_us / 1000;

	switch (q->kind) {
	case ASK_METADATA:
		stamp_fail(f->store, &f->store->metadata, now_ms, fault);
		f->metadata_failed = f->urgent = true;
		break;
	case ASK_CLUSTER:
		f->store->cluster_answered = true;
		break;
	case ASK_GROUP_LIST:
		stamp_fail(f->store, &f->store->group_list, now_ms, fault);
		break;
	case ASK_BROKER_CONFIG:
		if (store_broker(f->store, q->broker)->config.asked.open == q)
			stamp_fail(f->store, &store_broker(f->store, q->broker)->config.origin, now_ms, fault);
		break;
	case ASK_OFFSETS:
		offsets_fail(f, q, fault, now_us);
		break;
	default:
		names_fail(f, q, fault, now_ms);
		break;
	}
}

static void close_question(struct flight *f, struct question *q)
{
	let_go_all(f, q);
	if (!q->given_up)
		count_question(f, q, -1);
	*q->slot = q->next;
	if (q->next)
		q->next->slot = q->slot;
	free_question(q);
}

void told_end(struct flight *f, struct question *q, const struct fault *fault)
{
	if (fault && fault->code && !q->given_up)
		question_fails(f, q, fault);
	f->changed = true;
	close_question(f, q);
}

void flight_forget(struct flight *f)
{
	while (f->questions)
		close_question(f, f->questions);
}

void flight_release(struct flight *f)
{
	flight_forget(f);
	free(f->leaders);
}

/* It is of no use to ask a second time for the metadata, and some sources cannot do so for groups. */
static bool blocks(const struct flight *f, const struct question *q)
{
	bool about_groups = q->kind == ASK_COMMITS || q->kind == ASK_DESCRIPTIONS;

	return q->kind == ASK_METADATA || (about_groups && !f->source.ops->asks_hung_groups_again);
}

void flight_give_up_late(struct flight *f, int64_t now_us)
{
	static const struct fault late = { .code = FAULT_LOCAL, .text = "no answer in time" };

	for (struct question *q = f->questions; q; q = q->next) {
		if (q->given_up || now_us - q->sent_us <= (int64_t)(ANSWER_MS + GRACE_MS) * 1000)
			continue;
		question_fails(f, q, &late);
		count_question(f, q, -1);
		q->given_up = f->changed = f->urgent = true;
		if (!blocks(f, q))
			let_go_all(f, q);
	}
}

int64_t flight_hangs_ms(const struct flight *f, int64_t now_us)
{
	int64_t oldest_us = now_us;

	for (const struct question *q = f->questions; q; q = q->next) {
		if (q->given_up && q->sent_us < oldest_us)
			oldest_us = q->sent_us;
	}
	return (now_us - oldest_us) / 1000;
}

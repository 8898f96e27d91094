/* SPDX-License-Identifier: BSD-2-Clause */
#include "sample/ask.h"

#include <stdlib.h>

#include "base/mem.h"

static void add_asked(struct question *q, struct store_asked *asked, const char *name)
{
	*asked = (struct store_asked){ .at_ms = q->sent_us / 1000, .open = q };
	flight_add_name(q, name);
}

void ask_metadata(struct flight *f)
{
	struct question *q = flight_question(ASK_METADATA, NOBODY_WAITS);

	f->metadata = q;
	flight_send(f, q);
}

void ask_cluster(struct flight *f)
{
	flight_send(f, flight_question(ASK_CLUSTER, NOBODY_WAITS));
}

void ask_group_list(struct flight *f)
{
	flight_send(f, flight_question(ASK_GROUP_LIST, NOBODY_WAITS));
}

void ask_topic_ids(struct flight *f, struct store_topic *const *topics, size_t count)
{
	struct question *q = flight_question(ASK_TOPIC_IDS, NOBODY_WAITS);

	for (size_t i = 0; i < count; i++)
		add_asked(q, &topics[i]->ids_asked, topics[i]->shown.name);
	flight_send(f, q);
}

void ask_settings(struct flight *f, struct store_topic *const *topics, size_t count)
{
	struct question *q = flight_question(ASK_SETTINGS, NOBODY_WAITS);

	for (size_t i = 0; i < count; i++)
		add_asked(q, &topics[i]->settings_asked, topics[i]->shown.name);
	flight_send(f, q);
}

void ask_topic_config(struct flight *f, struct store_topic *t)
{
	struct question *q = flight_question(ASK_TOPIC_CONFIG, NOBODY_WAITS);

	add_asked(q, &t->config.asked, t->shown.name);
	flight_send(f, q);
}

void ask_broker_config(struct flight *f, struct store_broker *b)
{
	struct question *q = flight_question(ASK_BROKER_CONFIG, NOBODY_WAITS);

	b->config.asked = (struct store_asked){ .at_ms = q->sent_us / 1000, .open = q };
	q->broker = b->shown.id;
	flight_send(f, q);
}

void ask_add_description(struct question *q, struct store_group *g)
{
	add_asked(q, &g->description_asked, g->shown.id);
}

void ask_add_commits(struct question *q, struct store_group *g)
{
	add_asked(q, &g->commits_asked, g->shown.id);
}

/* The questions that are being put together, one a leader. */
struct leader_question {
	int32_t leader;
	struct question *question; /* NULL: the leader is left out */
};

struct by_leader {
	struct leader_question *items;
	size_t count, cap;
};

static struct question *question_of(struct flight *f, struct by_leader *by, int32_t leader, enum offset_kind kind,
	unsigned flags)
{
	bool now = flags & OFFSETS_NOW;
	struct question *q = NULL;

	for (size_t i = 0; i < by->count; i++) {
		if (by->items[i].leader == leader)
			return by->items[i].question;
	}
	if (now || flight_leader(f, leader)->open[kind] == 0) {
		q = flight_question(ASK_OFFSETS, now ? NOBODY_WAITS : ROUND_WAITS);
		q->broker = leader;
		q->offset = kind;
	}
	by->items = mem_grow(by->items, &by->cap, by->count + 1, sizeof(*by->items));
	by->items[by->count++] = (struct leader_question){ .leader = leader, .question = q };
	return q;
}

static void add_partition(struct question *q, const char *name, int32_t id)
{
	struct name *topic = name_of(name);

	q->partitions = mem_grow(q->partitions, &q->partition_cap, q->partition_count + 1, sizeof(*q->partitions));
	q->partitions[q->partition_count++] = (struct asked_partition){ .topic = topic, .id = id };
	topic->pins++;
}

void ask_offsets(struct flight *f, enum offset_kind kind, unsigned flags)
{
	struct store *st = f->store;
	struct by_leader by = { 0 };

	for (size_t i = 0; i < st->topic_count; i++) {
		struct store_topic *t = st->topics[i];

		/* Refused: an answer would wait for a topic that cannot be found. */
		if (t->shown.origin.denied)
			continue;
		for (int32_t j = 0; j < t->shown.partition_count; j++) {
			struct store_partition *p = &t->partitions[j];
			struct question *q;

			if (p->shown.leader < 0 || ((flags & OFFSETS_WANTED) && !p->wanted))
				continue;
			q = question_of(f, &by, p->shown.leader, kind, flags);
			if (q)
				add_partition(q, t->shown.name, p->shown.id);
		}
	}
	for (size_t i = 0; i < by.count; i++) {
		if (by.items[i].question)
			flight_send(f, by.items[i].question);
	}
	free(by.items);
}

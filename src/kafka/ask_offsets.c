/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ListOffsets. A call holds partitions of one leader only, so that a stopped
 * broker delays only its own figures, and few enough of them: librdkafka reads
 * an answer in time that grows with the square of its length.
 */
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "kafka/ask.h"

enum { CHUNK = 300 };

/* The list that is being filled for one leader. */
struct filling {
	int32_t leader;
	bool skip;
	rd_kafka_topic_partition_list_t *list;
};

struct fillings {
	struct filling *items;
	size_t count, cap;
};

static const int64_t specs[OFFSET_KIND_COUNT] = {
	[OFFSET_START] = RD_KAFKA_OFFSET_SPEC_EARLIEST,
	[OFFSET_END] = RD_KAFKA_OFFSET_SPEC_LATEST,
	[OFFSET_STABLE] = RD_KAFKA_OFFSET_SPEC_LATEST,
};

static void send_list(struct ask *a, int32_t leader, enum offset_kind kind, bool extra,
	rd_kafka_topic_partition_list_t *list)
{
	struct call *c = ask_call(a, CALL_OFFSETS, 0);
	rd_kafka_AdminOptions_t *options = ask_options(a, RD_KAFKA_ADMIN_OP_LISTOFFSETS, c);
	rd_kafka_error_t *error = rd_kafka_AdminOptions_set_isolation_level(options,
		kind == OFFSET_STABLE ? RD_KAFKA_ISOLATION_LEVEL_READ_COMMITTED :
		RD_KAFKA_ISOLATION_LEVEL_READ_UNCOMMITTED);

	if (error)
		rd_kafka_error_destroy(error);
	c->broker = leader;
	c->offset = kind;
	c->extra = extra;
	c->list = list;
	if (!extra)
		ask_leader(a, leader)->open[kind]++;
	rd_kafka_ListOffsets(a->rk, list, options, a->queue);
	rd_kafka_AdminOptions_destroy(options);
}

static struct filling *filling_of(struct ask *a, struct fillings *f, int32_t leader, enum offset_kind kind, bool extra)
{
	for (size_t i = 0; i < f->count; i++) {
		if (f->items[i].leader == leader)
			return &f->items[i];
	}
	f->items = mem_grow(f->items, &f->cap, f->count + 1, sizeof(*f->items));
	f->items[f->count] = (struct filling){ .leader = leader,
		.skip = !extra && ask_leader(a, leader)->open[kind] > 0 };
	return &f->items[f->count++];
}

int ask_offsets(struct ask *a, enum offset_kind kind, bool only_wanted, bool extra)
{
	struct store *st = a->store;
	struct fillings fillings = { 0 };
	int sent = 0;

	for (size_t i = 0; i < st->topic_count; i++) {
		struct store_topic *t = st->topics[i];

		/* Refused: an answer would wait for a topic that librdkafka cannot find. */
		if (t->stamp.denied)
			continue;
		for (int32_t j = 0; j < t->partition_count; j++) {
			struct store_partition *p = &t->partitions[j];
			struct filling *f;

			if (p->leader < 0 || (only_wanted && !p->wanted))
				continue;
			f = filling_of(a, &fillings, p->leader, kind, extra);
			if (f->skip)
				continue;
			if (!f->list)
				f->list = rd_kafka_topic_partition_list_new(CHUNK);
			rd_kafka_topic_partition_list_add(f->list, t->name->text, p->id)->offset = specs[kind];
			if (f->list->cnt == CHUNK) {
				send_list(a, f->leader, kind, extra, f->list);
				f->list = NULL;
				sent++;
			}
		}
	}
	for (size_t i = 0; i < fillings.count; i++) {
		if (fillings.items[i].list) {
			send_list(a, fillings.items[i].leader, kind, extra, fillings.items[i].list);
			sent++;
		}
	}
	free(fillings.items);
	return sent;
}

int ask_offsets_open(const struct ask *a, enum offset_kind kind)
{
	int open = 0;

	for (size_t i = 0; i < a->leader_count; i++)
		open += a->leaders[i].open[kind];
	return open;
}

static void answer_failed(struct ask *a, struct call *c, rd_kafka_resp_err_t err, const char *why, int64_t now_us)
{
	for (int i = 0; i < c->list->cnt; i++) {
		struct store_partition *p = store_partition(a->store, c->list->elems[i].topic,
			c->list->elems[i].partition);

		if (p)
			store_offset_failed(a->store, p, c->offset, err, why, c->sent_us, now_us);
	}
}

void answer_offsets(struct ask *a, struct call *c, rd_kafka_event_t *ev)
{
	const rd_kafka_ListOffsetsResultInfo_t **infos;
	const char *why;
	rd_kafka_resp_err_t err = ask_error(ev, &why);
	size_t count;
	int64_t now_us = clock_mono_us();

	if (!c->extra && !c->expired)
		ask_leader(a, c->broker)->open[c->offset]--;
	if (err) {
		answer_failed(a, c, err, why, now_us);
		return;
	}
	infos = rd_kafka_ListOffsets_result_infos(rd_kafka_event_ListOffsets_result(ev), &count);
	for (size_t i = 0; i < count; i++) {
		const rd_kafka_topic_partition_t *tp = rd_kafka_ListOffsetsResultInfo_topic_partition(infos[i]);
		struct store_partition *p = store_partition(a->store, tp->topic, tp->partition);

		if (!p)
			continue;
		if (tp->err)
			store_offset_failed(a->store, p, c->offset, tp->err, NULL, c->sent_us, now_us);
		else if (tp->offset >= 0)
			store_offset_read(p, c->offset, tp->offset, rd_kafka_topic_partition_get_leader_epoch(tp),
				c->sent_us, now_us);
	}
}

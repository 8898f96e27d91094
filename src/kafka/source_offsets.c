/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ListOffsets. A question holds partitions of one leader only; a call holds few
 * enough of them, for librdkafka reads an answer in time that grows with the
 * square of its length.
 */
#include "kafka/source_parts.h"

enum { CHUNK = 300 };

static const int64_t specs[OFFSET_KIND_COUNT] = {
	[OFFSET_START] = RD_KAFKA_OFFSET_SPEC_EARLIEST,
	[OFFSET_END] = RD_KAFKA_OFFSET_SPEC_LATEST,
	[OFFSET_STABLE] = RD_KAFKA_OFFSET_SPEC_LATEST,
};

static void send_list(struct session *s, struct question *q, rd_kafka_topic_partition_list_t *list)
{
	struct call *c = call_new(s, q);
	rd_kafka_AdminOptions_t *options = call_options(s, c, RD_KAFKA_ADMIN_OP_LISTOFFSETS);
	rd_kafka_error_t *error = rd_kafka_AdminOptions_set_isolation_level(options,
		q->offset == OFFSET_STABLE ? RD_KAFKA_ISOLATION_LEVEL_READ_COMMITTED :
					     RD_KAFKA_ISOLATION_LEVEL_READ_UNCOMMITTED);

	if (error)
		rd_kafka_error_destroy(error);
	c->list = list;
	rd_kafka_ListOffsets(s->rk, list, options, s->queue);
	rd_kafka_AdminOptions_destroy(options);
}

void send_offsets(struct session *s, struct question *q)
{
	for (size_t from = 0; from < q->partition_count; from += CHUNK) {
		size_t to = from + CHUNK < q->partition_count ? from + CHUNK : q->partition_count;
		rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new((int)(to - from));

		for (size_t i = from; i < to; i++)
			rd_kafka_topic_partition_list_add(list, q->partitions[i].topic->text, q->partitions[i].id)
				->offset = specs[q->offset];
		send_list(s, q, list);
	}
}

/* The call failed; the other calls of the question may not. */
static void chunk_failed(struct flight *f, const struct call *c, const struct fault *fault)
{
	struct told_offset offsets[CHUNK];

	for (int i = 0; i < c->list->cnt; i++)
		offsets[i] = (struct told_offset){ .topic = c->list->elems[i].topic,
			.partition = c->list->elems[i].partition,
			.fault = *fault };
	told_offsets(f, c->question, offsets, (size_t)c->list->cnt);
}

void answer_offsets(struct flight *f, struct call *c, rd_kafka_event_t *ev)
{
	const rd_kafka_ListOffsetsResultInfo_t **infos;
	struct fault fault = call_fault(c, ev);
	struct told_offset offsets[CHUNK];
	size_t count, told = 0;

	if (fault.code) {
		chunk_failed(f, c, &fault);
		return;
	}
	infos = rd_kafka_ListOffsets_result_infos(rd_kafka_event_ListOffsets_result(ev), &count);
	for (size_t i = 0; i < count; i++) {
		const rd_kafka_topic_partition_t *tp = rd_kafka_ListOffsetsResultInfo_topic_partition(infos[i]);

		offsets[told++] = (struct told_offset){ .topic = tp->topic,
			.partition = tp->partition,
			.offset = tp->offset,
			.leader_epoch = rd_kafka_topic_partition_get_leader_epoch(tp),
			.fault = code_fault(tp->err, NULL) };
		if (told == CHUNK || i + 1 == count) {
			told_offsets(f, c->question, offsets, told);
			told = 0;
		}
	}
}

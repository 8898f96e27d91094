/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ListConsumerGroups, DescribeConsumerGroups, ListConsumerGroupOffsets. The
 * last two go one group a call: an answer comes only when all of its groups
 * have one, so a stopped coordinator would hold up the groups of the others.
 */
#include "base/clock.h"
#include "base/mem.h"
#include "kafka/ask.h"
#include "kafka/quirks.h"

void ask_groups(struct ask *a)
{
	struct call *c = ask_call(a, CALL_GROUPS, 0);
	rd_kafka_AdminOptions_t *options = ask_options(a, RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPS, c);

	rd_kafka_ListConsumerGroups(a->rk, options, a->queue);
	rd_kafka_AdminOptions_destroy(options);
}

void answer_groups(struct ask *a, struct call *c, rd_kafka_event_t *ev)
{
	int64_t now_ms = clock_mono_ms();
	const char *why;
	rd_kafka_resp_err_t err = ask_error(ev, &why);

	(void)c;
	if (err)
		store_group_list_failed(a->store, err, why, now_ms);
	else
		store_group_list(a->store, rd_kafka_event_ListConsumerGroups_result(ev), now_ms);
}

static void want_end(struct store *st, const char *topic, int32_t partition)
{
	struct store_partition *p = store_partition(st, topic, partition);

	if (p)
		p->wanted = true;
}

/* The partitions of a group whose ends are older than its commits, and those it holds without any. */
static void want_ends(struct store *st, const struct store_group *g)
{
	for (int32_t i = 0; i < g->commit_count; i++) {
		if (!g->commits[i].left_out_ms)
			want_end(st, g->commits[i].topic->text, g->commits[i].partition);
	}
	for (int32_t i = 0; i < g->member_count; i++) {
		const struct store_member *m = &g->members[i];

		for (int32_t j = 0; j < m->assignment_count; j++)
			want_end(st, m->assignment[j].topic->text, m->assignment[j].partition);
	}
}

void ask_describe(struct ask *a, struct store_group *g, bool extra)
{
	struct call *c = ask_call(a, CALL_DESCRIBE, 1);
	rd_kafka_AdminOptions_t *options = ask_options(a, RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS, c);
	const char *id = g->id->text;

	g->describing = true;
	c->extra = extra;
	if (!extra)
		a->round_commits++;
	g->describe_asked_ms = c->sent_us / 1000;
	ask_call_name(c, 0, g->id);
	rd_kafka_DescribeConsumerGroups(a->rk, &id, 1, options, a->queue);
	rd_kafka_AdminOptions_destroy(options);
}

void answer_describe(struct ask *a, struct call *c, rd_kafka_event_t *ev)
{
	struct store_group *g = c->names[0]->group;
	const rd_kafka_ConsumerGroupDescription_t **groups;
	size_t count;
	int64_t now_ms = clock_mono_ms();
	const char *why;
	rd_kafka_resp_err_t err = ask_error(ev, &why);

	if (!g)
		return;
	g->describing = !ev && !QUIRKS_MENDED;
	if (err) {
		stamp_fail(a->store, &g->describe_stamp, now_ms, err, why);
		return;
	}
	groups = rd_kafka_DescribeConsumerGroups_result_groups(rd_kafka_event_DescribeConsumerGroups_result(ev),
		&count);
	if (count == 1) {
		store_group_described(a->store, g, groups[0], now_ms);
		/* One that the list left out may have been dropped by that. */
		if ((g = c->names[0]->group) != NULL)
			want_ends(a->store, g);
	}
}

void ask_commits(struct ask *a, struct store_group *g, bool extra)
{
	struct call *c = ask_call(a, CALL_COMMITS, 1);
	rd_kafka_AdminOptions_t *options = ask_options(a, RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS, c);
	rd_kafka_ListConsumerGroupOffsets_t *request = rd_kafka_ListConsumerGroupOffsets_new(g->id->text, NULL);

	g->committing = true;
	g->commit_asked_ms = c->sent_us / 1000;
	c->extra = extra;
	if (extra)
		a->extra_commits++;
	else
		a->round_commits++;
	ask_call_name(c, 0, g->id);
	rd_kafka_ListConsumerGroupOffsets(a->rk, &request, 1, options, a->queue);
	rd_kafka_ListConsumerGroupOffsets_destroy(request);
	rd_kafka_AdminOptions_destroy(options);
}

void answer_commits(struct ask *a, struct call *c, rd_kafka_event_t *ev)
{
	struct store_group *g = c->names[0]->group;
	const rd_kafka_group_result_t **groups;
	const rd_kafka_error_t *error;
	const char *why;
	rd_kafka_resp_err_t err = ask_error(ev, &why);
	size_t count;
	int64_t now_us = clock_mono_us();

	if (!g)
		return;
	/* A call that librdkafka will not end is not joined by another. */
	g->committing = !ev && !QUIRKS_MENDED;
	if (!err) {
		groups = rd_kafka_ListConsumerGroupOffsets_result_groups(
			rd_kafka_event_ListConsumerGroupOffsets_result(ev), &count);
		error = count == 1 ? rd_kafka_group_result_error(groups[0]) : NULL;
		if (count == 1 && !error) {
			store_group_committed(a->store, g, rd_kafka_group_result_partitions(groups[0]), c->sent_us,
				now_us);
			want_ends(a->store, g);
			return;
		}
		err = error ? rd_kafka_error_code(error) : RD_KAFKA_RESP_ERR__BAD_MSG;
		why = error ? rd_kafka_error_string(error) : NULL;
	}
	stamp_fail(a->store, &g->commit_stamp, now_us / 1000, err, why);
	stamp_fail(a->store, &a->store->commits, now_us / 1000, err, why);
}

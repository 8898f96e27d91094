/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Work on the made-up cluster (fixture_rich): replaces src/work/work_table.c. The
 * real code makes plans from made-up facts; applying one reports success, except
 * for a group with members, where it waits until it is cancelled.
 */
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/mem.h"
#include "fixture.h"
#include "model/clone_work.h"
#include "model/journal.h"
#include "model/reset_work.h"
#include "model/topic_work.h"
#include "work/works.h"

static struct reset_fact fact_of(const struct group_partition *p)
{
	const struct partition *part = p->partition_ref;

	return (struct reset_fact){ .topic = p->topic,
		.partition = p->partition,
		.leader = part ? part->leader : -1,
		.missing = !part,
		.committed = p->committed,
		.leader_epoch = p->leader_epoch,
		.metadata = p->metadata,
		.log_start = part ? part->log_start : OFFSET_UNKNOWN,
		.log_end = part ? part->high_watermark : OFFSET_UNKNOWN,
		.at_time = part ? part->high_watermark - 40781 - p->partition : -1,
		.time_read = true,
		.other = RESET_NO_OFFSET };
}

static struct reset_plan *make_plan(const struct reset_request *request)
{
	const struct snapshot *s = fixture_rich();
	const struct group *g = snapshot_group(s, request->group);
	size_t members = g && g->member_count > 0 ? (size_t)g->member_count : 0,
	       rows = g ? (size_t)g->partition_count : 0;
	struct reset_member *held = mem_alloc((members + 1) * sizeof(*held));
	struct reset_fact *facts = mem_alloc((rows + 1) * sizeof(*facts));
	struct reset_plan *plan;

	for (size_t i = 0; i < members; i++)
		held[i] = (struct reset_member){ g->members[i].id, g->members[i].client_id, g->members[i].host };
	for (size_t i = 0; i < rows; i++)
		facts[i] = fact_of(&g->partitions[i]);
	plan = reset_plan_new(request,
		&(struct reset_facts){ .cluster_id = s->cluster_id,
			.listed = g != NULL,
			.state = g ? g->state : GROUP_STATE_UNKNOWN,
			.type = g ? g->type : GROUP_TYPE_UNKNOWN,
			.members = held,
			.member_count = members,
			.partitions = facts,
			.partition_count = rows,
			.at_ms = clock_wall_ms(),
			.rate_per_s = 2100 });
	free(held);
	free(facts);
	snapshot_unref(s);
	return plan;
}

static void made_plan(struct work *w, const struct work_setup *setup)
{
	const struct reset_plan_input *in = w->input;

	(void)setup;
	w->output_free = reset_plan_free_any;
	if (in->file) {
		error_set(&w->err, ERR_USAGE, "%s: line 3, column 9: expected an offset", in->file);
		return;
	}
	w->output = make_plan(&in->request);
	w->ok = true;
}

static void made_peek(struct work *w, const struct work_setup *setup)
{
	const struct reset_peek_input *in = w->input;
	struct reset_peek *peek = mem_alloc(sizeof(*peek));

	(void)setup;
	peek->records = mem_alloc((in->count + 1) * sizeof(*peek->records));
	peek->count = in->count;
	for (size_t i = 0; i < in->count; i++) {
		const struct reset_peek_item *item = &in->items[i];
		struct reset_peek_record *r = &peek->records[i];

		*r = (struct reset_peek_record){ .topic = mem_strdup(item->topic),
			.partition = item->partition,
			.target = item->offset,
			.offset = item->offset,
			.state = item->offset >= item->log_end ? RESET_PEEK_END : RESET_PEEK_FOUND,
			.timestamp_ms = FIXTURE_WALL_MS - 1931887 + item->partition * 93 };
		if (r->state != RESET_PEEK_FOUND)
			continue;
		r->key = mem_printf("u-%d", 1181 + (int)item->partition);
		r->value = mem_printf("{\"page\":\"/cart\",\"ms\":%d,\"ok\":true}", 12 + (int)item->partition);
		r->key_len = strlen(r->key);
		r->value_len = strlen(r->value);
	}
	w->output = peek;
	w->output_free = reset_peek_free;
	w->ok = true;
}

static atomic_int waiting;

bool made_works_wait(void)
{
	return atomic_load(&waiting) > 0;
}

static void wait_till_cancelled(struct work *w)
{
	const struct timespec pause = { .tv_nsec = 5 * 1000 * 1000 };

	atomic_fetch_add(&waiting, 1);
	while (!work_is_cancelled(w))
		nanosleep(&pause, NULL);
	atomic_fetch_sub(&waiting, 1);
}

static void wait_for_ever(struct work *w, const struct reset_plan *plan)
{
	const struct reset_apply_input *in = w->input;
	struct reset_progress *news = mem_alloc(sizeof(*news));

	*news = (struct reset_progress){ .phase = RESET_PHASE_WAITING,
		.state = plan->state,
		.left_ms = in->wait_ms,
		.members = mem_alloc(plan->member_count * sizeof(*news->members)),
		.member_count = plan->member_count };
	for (size_t i = 0; i < plan->member_count; i++)
		news->members[i] = (struct reset_member){ mem_strdup(plan->members[i].id),
			mem_strdup(plan->members[i].client_id), mem_strdup(plan->members[i].host) };
	work_publish(w, news);
	wait_till_cancelled(w);
}

static void made_apply(struct work *w, const struct work_setup *setup)
{
	const struct reset_apply_input *in = w->input;
	const struct reset_plan *plan = in->confirmed;
	struct reset_result *r = mem_alloc(sizeof(*r));

	(void)setup;
	w->news_free = reset_progress_free;
	w->output = r;
	w->output_free = reset_result_free;
	if (plan->refusal == RESET_ACTIVE) {
		wait_for_ever(w, plan);
		r->outcome = RESET_CANCELLED;
		error_set(&w->err, ERR_INTERRUPTED, "cancelled");
		return;
	}
	r->rows = mem_alloc((plan->row_count + 1) * sizeof(*r->rows));
	for (size_t i = 0; i < plan->row_count; i++) {
		const struct reset_row *row = &plan->rows[i];

		if (row->action != RESET_COMMIT && row->action != RESET_REMOVE)
			continue;
		r->rows[r->row_count++] = (struct reset_result_row){ .topic = mem_strdup(row->topic),
			.partition = row->partition,
			.before = row->committed,
			.target = row->target,
			.after = row->target,
			.read_back = true,
			.ok = i != 1,
			.error = i == 1 ? mem_strdup("Broker: Unknown topic or partition") : NULL };
	}
	r->ok_count = r->row_count - (r->row_count > 1);
	r->outcome = RESET_PARTIAL;
	r->why = mem_strdup("1 partition said no");
	r->journal_id = mem_strdup("20261122-140211-4711-0");
	w->ok = true;
}

static void add_change(struct journal_list *l, struct journal_entry *e, int64_t ago_ms)
{
	l->entries = mem_grow(l->entries, &l->cap, l->count + 1, sizeof(*l->entries));
	e->time_ms = FIXTURE_WALL_MS - ago_ms;
	e->user = mem_strdup("ops");
	e->context = mem_strdup("prod-eu");
	e->kind = JOURNAL_GROUP_OFFSETS;
	e->kind_name = mem_strdup("group offsets");
	for (int32_t i = 0; i < 4; i++) {
		struct journal_item *item = journal_add_item(e, "audit", i);

		item->before = i == 3 ? RESET_NO_OFFSET : 1000 + i;
		item->after = 40 + i;
	}
	l->entries[l->count++] = *e;
}

static void made_journal(struct work *w, const struct work_setup *setup)
{
	struct journal_list *l = mem_alloc(sizeof(*l));
	struct journal_entry cut = { .id = mem_strdup("20261122-135900-4700-0"),
		.name = mem_strdup("audit-archiver"),
		.state = JOURNAL_OPEN,
		.summary = mem_strdup("to the log start: read again up to 3,000 records") };
	struct journal_entry done = { .id = mem_strdup("20261122-120000-4600-0"),
		.name = mem_strdup("audit-archiver"),
		.state = JOURNAL_DONE,
		.summary = mem_strdup("shift by +100: skip up to 400 records in 4 partitions") };

	(void)setup;
	add_change(l, &cut, 191000);
	add_change(l, &done, 7331000);
	l->path = mem_strdup("journal");
	w->output = l;
	w->output_free = journal_list_free;
	w->ok = true;
}

/* Creates topics like others, placed on the brokers of the made-up cluster. */
static bool plan_like(struct topic_plan *plan, const struct topic_request *r, const struct snapshot *s,
	struct error *err)
{
	static const char *const settings[] = { "cleanup.policy=compact", "retention.ms=259200000" };
	const struct topic *source = snapshot_topic(s, r->like);
	struct topic_broker *brokers = arena_array(plan->arena, s->broker_count, sizeof(*brokers));
	const char **names = arena_array(plan->arena, s->topic_count, sizeof(*names));
	struct topic_facts facts = { .brokers = brokers,
		.broker_count = s->broker_count,
		.names = names,
		.name_count = s->topic_count,
		.partitions = -1 };

	if (!source)
		return error_set(err, ERR_NOT_FOUND, "topic %s: there is none of this name", r->like);
	for (size_t i = 0; i < s->broker_count; i++)
		brokers[i] = (struct topic_broker){ s->brokers[i].id, NULL };
	for (size_t i = 0; i < s->topic_count; i++)
		names[i] = arena_strdup(plan->arena, s->topics[i].name);
	return topic_plan_create(plan,
		&(struct topic_create){ .name = r->names.items[0],
			.like = r->like,
			.partitions = source->partition_count,
			.factor = 2,
			.settings = settings,
			.setting_count = 2 },
		&facts, err);
}

static void made_topic_plan(struct work *w, const struct work_setup *setup)
{
	const struct topic_request *r = w->input;
	struct topic_plan *plan;
	const struct snapshot *s;

	(void)setup;
	if (r->kind != TOPIC_CREATE || !r->like) {
		error_set(&w->err, ERR_USAGE, "the made-up cluster knows clones alone");
		return;
	}
	plan = topic_plan_new();
	s = fixture_rich();
	w->output_free = topic_plan_free_output;
	w->ok = plan_like(plan, r, s, &w->err);
	if (w->ok)
		w->output = plan;
	else
		topic_plan_free(plan);
	snapshot_unref(s);
}

static void made_topic_apply(struct work *w, const struct work_setup *setup)
{
	struct topic_apply_input *in = w->input;
	struct topic_plan *plan = in->plan;

	(void)setup;
	in->plan = NULL;
	w->output = plan;
	w->output_free = topic_plan_free_output;
	for (size_t i = 0; i < plan->step_count; i++) {
		plan->steps[i].state = JOURNAL_DONE;
		plan->steps[i].result = topic_plan_text(plan, "read back");
	}
	w->ok = true;
}

/*
 * A clone with records: one into "orders-half" never completes, one into "orders-cut"
 * resumes an earlier one.
 */
static struct clone_report *made_clone_report(const struct clone_request *request)
{
	struct clone_report *r = clone_report_new();
	const struct snapshot *s = fixture_rich();
	const struct topic *source = snapshot_topic(s, request->source);

	r->exists = strcmp(request->target, "orders-cut") == 0;
	r->partitions = source->partition_count;
	r->replication = 2;
	r->cluster = mem_strdup(request->where);
	clone_report_setting(r, "cleanup.policy", "compact");
	clone_report_setting(r, "retention.ms", "259200000");
	clone_report_note(r, "offsets are not kept: committed offsets of orders do not fit the copy");
	r->rows = mem_alloc((size_t)r->partitions * sizeof(*r->rows));
	for (int32_t i = 0; i < r->partitions; i++)
		r->rows[r->row_count++] = (struct clone_row){ .start = 1000 * i,
			.stop = 1000 * i + 120000,
			.before = r->exists ? 40000 : 0,
			.expected = 120000,
			.now = r->exists ? 40000 : 0,
			.source = r->exists ? 1000 * i + 39999 : -1 };
	snapshot_unref(s);
	return r;
}

static void made_clone_plan(struct work *w, const struct work_setup *setup)
{
	(void)setup;
	w->output = made_clone_report(w->input);
	w->output_free = clone_report_free;
	w->ok = true;
}

static void made_clone(struct work *w, const struct work_setup *setup)
{
	const struct clone_order *order = w->input;
	bool half = strcmp(order->request.target, "orders-half") == 0;
	struct clone_report *r = made_clone_report(&order->request);
	int64_t total = 120000 * r->partitions, done = half ? total / 2 : total;

	(void)setup;
	w->output = r;
	w->output_free = w->news_free = clone_report_free;
	r->stage = CLONE_COPYING;
	r->progress = (struct clone_progress){ .delivered = done,
		.bytes = done * 180,
		.done = done,
		.total = total,
		.ms = 31000,
		.per_s = 11612,
		.bytes_per_s = 2090160,
		.eta_ms = half ? 31000 : 0 };
	for (size_t i = 0; i < r->row_count; i++) {
		r->rows[i].now = half && i % 2 ? 60000 : half && i % 3 ? 0 : 120000;
		r->rows[i].source = r->rows[i].start + r->rows[i].now - 1;
	}
	if (half) {
		work_publish(w, clone_report_copy(r));
		wait_till_cancelled(w);
	}
	r->stage = CLONE_ENDED;
	w->ok = !half;
	if (half)
		error_set(&w->err, ERR_INTERRUPTED, "interrupted");
}

work_run_fn *const work_table[WORK_COUNT] = {
	[WORK_RESET_PLAN] = made_plan,
	[WORK_RESET_PEEK] = made_peek,
	[WORK_RESET_APPLY] = made_apply,
	[WORK_JOURNAL_LIST] = made_journal,
	[WORK_JOURNAL_SETTLE] = made_journal,
	[WORK_TOPIC_PLAN] = made_topic_plan,
	[WORK_TOPIC_APPLY] = made_topic_apply,
	[WORK_TOPIC_CLONE_PLAN] = made_clone_plan,
	[WORK_TOPIC_CLONE] = made_clone,
};

/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/ask.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "kafka/quirks.h"

void ask_init(struct ask *a, rd_kafka_t *rk, rd_kafka_queue_t *queue, struct store *store)
{
	*a = (struct ask){ .rk = rk, .queue = queue, .store = store };
}


struct ask_leader *ask_leader(struct ask *a, int32_t id)
{
	for (size_t i = 0; i < a->leader_count; i++) {
		if (a->leaders[i].id == id)
			return &a->leaders[i];
	}
	a->leaders = mem_grow(a->leaders, &a->leader_cap, a->leader_count + 1, sizeof(*a->leaders));
	a->leaders[a->leader_count] = (struct ask_leader){ .id = id };
	return &a->leaders[a->leader_count++];
}

struct call *ask_call(struct ask *a, enum call_kind kind, size_t name_count)
{
	struct call *c = mem_alloc(sizeof(*c));

	c->kind = kind;
	c->sent_us = clock_mono_us();
	c->names = mem_alloc(name_count * sizeof(struct name *));
	c->name_count = name_count;
	c->next = a->calls;
	c->slot = &a->calls;
	if (c->next)
		c->next->slot = &c->next;
	a->calls = c;
	a->open[kind]++;
	a->open_count++;
	return c;
}

void ask_call_name(struct call *c, size_t i, struct name *name)
{
	c->names[i] = name;
	name->pins++;
}

rd_kafka_AdminOptions_t *ask_options(struct ask *a, rd_kafka_admin_op_t op, struct call *c)
{
	rd_kafka_AdminOptions_t *options = rd_kafka_AdminOptions_new(a->rk, op);
	char why[256];
	bool coordinator = c->kind == CALL_DESCRIBE || c->kind == CALL_COMMITS;

	rd_kafka_AdminOptions_set_request_timeout(options,
		coordinator && !QUIRKS_MENDED ? COORDINATOR_MS : REQUEST_MS, why, sizeof(why));
	rd_kafka_AdminOptions_set_opaque(options, c);
	return options;
}

static void (*const answers[CALL_KIND_COUNT])(struct ask *, struct call *, rd_kafka_event_t *) = {
	[CALL_CLUSTER] = answer_cluster,
	[CALL_TOPICS] = answer_topics,
	[CALL_SETTINGS] = answer_configs,
	[CALL_TOPIC_CONFIG] = answer_configs,
	[CALL_BROKER_CONFIG] = answer_configs,
	[CALL_GROUPS] = answer_groups,
	[CALL_DESCRIBE] = answer_describe,
	[CALL_COMMITS] = answer_commits,
	[CALL_OFFSETS] = answer_offsets,
};

/* The call counts no longer. */
static void discount(struct ask *a, struct call *c)
{
	a->open[c->kind]--;
	a->open_count--;
	if (c->kind == CALL_COMMITS && c->extra)
		a->extra_commits--;
	else if (c->kind == CALL_COMMITS || (c->kind == CALL_DESCRIBE && !c->extra))
		a->round_commits--;
}

static void close_call(struct ask *a, struct call *c)
{
	if (!c->expired)
		discount(a, c);
	*c->slot = c->next;
	if (c->next)
		c->next->slot = c->slot;
	for (size_t i = 0; i < c->name_count; i++)
		c->names[i]->pins--;
	if (c->list)
		rd_kafka_topic_partition_list_destroy(c->list);
	free(c->names);
	free(c);
}

rd_kafka_resp_err_t ask_error(rd_kafka_event_t *ev, const char **why)
{
	*why = ev ? rd_kafka_event_error_string(ev) : "no answer in time";
	return ev ? rd_kafka_event_error(ev) : RD_KAFKA_RESP_ERR__TIMED_OUT;
}

static void may_ask_again(struct call *c)
{
	for (size_t i = 0; i < c->name_count; i++) {
		struct store_group *g = c->names[i]->group;
		struct store_topic *t = c->names[i]->topic;

		if (g && c->kind == CALL_COMMITS)
			g->committing = false;
		if (g && c->kind == CALL_DESCRIBE)
			g->describing = false;
		if (t && c->kind == CALL_TOPICS)
			t->describing = false;
		if (t && c->kind == CALL_SETTINGS)
			t->settings_asking = false;
		if (t && c->kind == CALL_TOPIC_CONFIG)
			t->config.asking = false;
	}
}

void ask_release(struct ask *a)
{
	while (a->calls) {
		struct call *c = a->calls;

		if (c->kind == CALL_BROKER_CONFIG)
			store_broker(a->store, c->broker)->config.asking = false;
		may_ask_again(c);
		close_call(a, c);
	}
	free(a->leaders);
}

/* librdkafka's own word on the deadline comes first, where it keeps it. */
static bool is_late(const struct call *c, int64_t now_us)
{
	return now_us - c->sent_us > (int64_t)(REQUEST_MS + 500) * 1000;
}

bool ask_expire(struct ask *a, int64_t now_us)
{
	bool expired = false;

	for (struct call *c = a->calls; c; c = c->next) {
		if (c->expired || !is_late(c, now_us))
			continue;
		answers[c->kind](a, c, NULL);
		discount(a, c);
		c->expired = expired = true;
	}
	return expired;
}

int64_t ask_overdue_ms(const struct ask *a, int64_t now_us)
{
	int64_t oldest_us = now_us;

	for (const struct call *c = a->calls; c; c = c->next) {
		if (c->expired && c->sent_us < oldest_us)
			oldest_us = c->sent_us;
	}
	return (now_us - oldest_us) / 1000;
}

bool ask_answer(struct ask *a, rd_kafka_event_t *ev)
{
	struct call *c;

	switch (rd_kafka_event_type(ev)) {
	case RD_KAFKA_EVENT_DESCRIBECLUSTER_RESULT:
	case RD_KAFKA_EVENT_DESCRIBETOPICS_RESULT:
	case RD_KAFKA_EVENT_DESCRIBECONFIGS_RESULT:
	case RD_KAFKA_EVENT_LISTCONSUMERGROUPS_RESULT:
	case RD_KAFKA_EVENT_DESCRIBECONSUMERGROUPS_RESULT:
	case RD_KAFKA_EVENT_LISTCONSUMERGROUPOFFSETS_RESULT:
	case RD_KAFKA_EVENT_LISTOFFSETS_RESULT:
		break;
	default:
		return false;
	}
	c = rd_kafka_event_opaque(ev);
	if (rd_kafka_event_error(ev) && !c->expired)
		log_write(LOG_DEBUG, "sampler", "%s: %s", rd_kafka_event_name(ev), rd_kafka_event_error_string(ev));
	answers[c->kind](a, c, ev);
	close_call(a, c);
	return true;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>

#include "base/log.h"
#include "base/mem.h"
#include "kafka/quirks.h"
#include "kafka/source_parts.h"

enum { COORDINATOR_MS = 3600 * 1000 }; /* the longest that librdkafka takes */

struct call *call_new(struct session *s, struct question *q)
{
	struct call *c = mem_alloc(sizeof(*c));

	c->question = q;
	c->next = s->calls;
	c->slot = &s->calls;
	if (c->next)
		c->next->slot = &c->next;
	s->calls = c;
	q->pieces++;
	return c;
}

rd_kafka_AdminOptions_t *call_options(struct session *s, struct call *c, rd_kafka_admin_op_t op)
{
	rd_kafka_AdminOptions_t *options = rd_kafka_AdminOptions_new(s->rk, op);
	char why[256];

	rd_kafka_AdminOptions_set_request_timeout(options, c->group && !QUIRKS_MENDED ? COORDINATOR_MS : ANSWER_MS, why,
		sizeof(why));
	rd_kafka_AdminOptions_set_opaque(options, c);
	return options;
}

static void call_free(struct call *c)
{
	*c->slot = c->next;
	if (c->next)
		c->next->slot = c->slot;
	if (c->list)
		rd_kafka_topic_partition_list_destroy(c->list);
	free(c);
}

void call_free_all(struct session *s)
{
	while (s->calls)
		call_free(s->calls);
}

struct fault call_fault(const struct call *c, rd_kafka_event_t *ev)
{
	enum question_kind kind = c->question->kind;
	rd_kafka_resp_err_t code = rd_kafka_event_error(ev);
	const char *text = rd_kafka_event_error_string(ev);

	return kind == ASK_SETTINGS || kind == ASK_TOPIC_CONFIG || kind == ASK_BROKER_CONFIG ?
		code_configs_fault(code, text) :
		code_fault(code, text);
}

static void (*const answers[QUESTION_KIND_COUNT])(struct flight *, struct call *, rd_kafka_event_t *) = {
	[ASK_CLUSTER] = answer_cluster,
	[ASK_TOPIC_IDS] = answer_topic_ids,
	[ASK_SETTINGS] = answer_configs,
	[ASK_TOPIC_CONFIG] = answer_configs,
	[ASK_BROKER_CONFIG] = answer_configs,
	[ASK_GROUP_LIST] = answer_group_list,
	[ASK_DESCRIPTIONS] = answer_descriptions,
	[ASK_COMMITS] = answer_commits,
	[ASK_OFFSETS] = answer_offsets,
};

static bool is_answer(rd_kafka_event_t *ev)
{
	switch (rd_kafka_event_type(ev)) {
	case RD_KAFKA_EVENT_DESCRIBECLUSTER_RESULT:
	case RD_KAFKA_EVENT_DESCRIBETOPICS_RESULT:
	case RD_KAFKA_EVENT_DESCRIBECONFIGS_RESULT:
	case RD_KAFKA_EVENT_LISTCONSUMERGROUPS_RESULT:
	case RD_KAFKA_EVENT_DESCRIBECONSUMERGROUPS_RESULT:
	case RD_KAFKA_EVENT_LISTCONSUMERGROUPOFFSETS_RESULT:
	case RD_KAFKA_EVENT_LISTOFFSETS_RESULT:
		return true;
	default:
		return false;
	}
}

bool call_answered(struct flight *f, rd_kafka_event_t *ev)
{
	struct fault fault;
	struct question *q;
	struct call *c;
	bool is_part;

	if (!is_answer(ev))
		return false;
	c = rd_kafka_event_opaque(ev);
	q = c->question;
	fault = call_fault(c, ev);
	is_part = c->group || c->list;
	if (fault.code)
		log_write(LOG_DEBUG, "sampler", "%s: %s", rd_kafka_event_name(ev), rd_kafka_event_error_string(ev));
	answers[q->kind](f, c, ev);
	call_free(c);
	if (--q->pieces == 0)
		told_end(f, q, is_part ? NULL : &fault);
	return true;
}

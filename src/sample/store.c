/* SPDX-License-Identifier: BSD-2-Clause */
#include "sample/store.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "kafka/ask.h"
#include "kafka/codes.h"
#include "sample/store_parts.h"

void store_init(struct store *st)
{
	memset(st, 0, sizeof(*st));
	names_init(&st->names);
	history_init(&st->in_history);
	history_init(&st->out_history);
	history_init(&st->lag_history);
}

void store_config_clear(struct store_config *c)
{
	free(c->entries);
	c->entries = NULL;
	c->count = 0;
}

static void free_topic(struct store_topic *t)
{
	for (int32_t i = 0; i < t->partition_count; i++)
		free(t->partitions[i].nodes);
	free(t->partitions);
	store_config_clear(&t->config);
	free(t);
}

static void free_group(struct store_group *g)
{
	for (int32_t i = 0; i < g->member_count; i++)
		free(g->members[i].assignment);
	free(g->members);
	free(g->commits);
	free(g);
}

void store_release(struct store *st)
{
	for (size_t i = 0; i < st->topic_count; i++)
		free_topic(st->topics[i]);
	for (size_t i = 0; i < st->group_count; i++)
		free_group(st->groups[i]);
	for (size_t i = 0; i < st->broker_count; i++)
		store_config_clear(&st->brokers[i].config);
	for (size_t i = 0; i < st->event_count; i++) {
		free((char *)st->events[i].subject);
		free((char *)st->events[i].text);
	}
	free(st->topics);
	free(st->groups);
	free(st->brokers);
	free(st->events);
	snapshot_unref(st->last);
	names_release(&st->names);
}

void store_topic_drop(struct store_topic *t)
{
	t->name->topic = NULL;
	free_topic(t);
}

void store_group_drop(struct store_group *g)
{
	g->id->group = NULL;
	free_group(g);
}

void stamp_ok(struct stamp *s, int64_t now_ms)
{
	*s = (struct stamp){ .at_ms = now_ms };
}

const char *store_error_text(rd_kafka_resp_err_t err, const char *text)
{
	static const char *const prefixes[] = { "Broker: ", "Local: " };

	if (code_refusal(err) && !(text && strstr(text, "(needs ")))
		return code_refusal(err);
	/* "ConsumerGroupDescribe: " is the name of a request without a reason behind it. */
	if (!text || !*text || text[strlen(text) - 1] == ' ')
		text = rd_kafka_err2str(err);
	/* librdkafka names the step that it was at: nothing to anyone but itself. */
	_Static_assert(REQUEST_MS == 5000, "the text says how long a request is waited for");
	if (err == RD_KAFKA_RESP_ERR__TIMED_OUT && strstr(text, "imed out"))
		return "timed out after 5 s";
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++) {
		if (strncmp(text, prefixes[i], strlen(prefixes[i])) == 0)
			return text + strlen(prefixes[i]);
	}
	return text;
}

void stamp_fail(struct store *st, struct stamp *s, int64_t now_ms, rd_kafka_resp_err_t err, const char *text)
{
	s->failed_at_ms = now_ms;
	s->error = names_get(&st->names, store_error_text(err, text));
	s->denied = code_refusal(err) != NULL;
}

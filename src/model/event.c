/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Both snapshots are sorted, so every comparison is a merge. Changes are kept
 * per kind: the first few word for word, the rest as a number, so that a dead
 * broker with 400 leaders is one line of the feed.
 */
#include "model/event.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "model/event_diff.h"
#include "model/format.h"
#include "model/snapshot.h"
#include "model/verdict.h"

enum { EVENT_PAUSE_MS = 10 * 60 * 1000 }; /* the longest between two parts of one: twice the pace of retention */

const char *event_kind_name(enum event_kind kind)
{
	static const char *const names[] = {
		[EVENT_BROKER_GONE] = "broker-gone",
		[EVENT_BROKER_BACK] = "broker-back",
		[EVENT_BROKER_NEW] = "broker-new",
		[EVENT_CONTROLLER_MOVED] = "controller-moved",
		[EVENT_LEADER_MOVED] = "leader-moved",
		[EVENT_LEADER_LOST] = "leader-lost",
		[EVENT_LEADER_ELECTED] = "leader-elected",
		[EVENT_ISR_SHRANK] = "isr-shrank",
		[EVENT_ISR_GREW] = "isr-grew",
		[EVENT_TOPIC_CREATED] = "topic-created",
		[EVENT_TOPIC_DELETED] = "topic-deleted",
		[EVENT_TOPIC_RECREATED] = "topic-recreated",
		[EVENT_PARTITIONS_ADDED] = "partitions-added",
		[EVENT_GROUP_NEW] = "group-new",
		[EVENT_GROUP_GONE] = "group-gone",
		[EVENT_GROUP_STATE] = "group-state",
		[EVENT_GROUP_REBALANCED] = "group-rebalanced",
		[EVENT_OFFSETS_REWOUND] = "offsets-rewound",
		[EVENT_RECORDS_LOST] = "records-lost",
		[EVENT_CONNECTION_LOST] = "connection-lost",
		[EVENT_CONNECTION_BACK] = "connection-back",
		[EVENT_CHANGED] = "changed-by-weir",
	};

	_Static_assert(sizeof(names) / sizeof(names[0]) == EVENT_KIND_COUNT, "a name for each kind");
	return names[kind];
}

bool event_continues(const struct event *older, struct event *newer, struct str *text)
{
	bool rebalanced = newer->kind == EVENT_GROUP_REBALANCED;

	if (strcmp(older->subject, newer->subject) != 0 || newer->wall_ms - older->wall_ms > EVENT_PAUSE_MS)
		return false;
	if (rebalanced && older->kind == EVENT_GROUP_STATE)
		return older->passing;
	if (older->kind != newer->kind || !(rebalanced || newer->kind == EVENT_RECORDS_LOST))
		return false;
	if (rebalanced) {
		newer->times = (newer->times ? newer->times : 1) + (older->times ? older->times : 1);
		newer->began_ms = older->began_ms;
		return true;
	}
	newer->records += older->records;
	newer->began_ms = older->began_ms;
	format_count(text, newer->records);
	str_add(text, " unread records deleted by retention in ");
	format_duration(text, newer->wall_ms - newer->began_ms);
	return true;
}

struct str *diff_begin(struct diff *d, enum event_kind kind, enum severity severity, const char *subject)
{
	struct diff_kind *k = &d->kinds[kind];

	if (severity > k->severity)
		k->severity = severity;
	str_clear(&d->text);
	if (k->count++ >= EVENTS_A_KIND)
		return NULL;
	struct diff_event *e = &k->first[k->count - 1];

	e->severity = severity;
	e->subject = arena_strdup(d->arena, subject);
	d->open = e;
	return &d->text;
}

void diff_end(struct diff *d)
{
	d->open->text = arena_strndup(d->arena, str_text(&d->text), d->text.len);
}

static void diff_add(struct diff *d, enum event_kind kind, enum severity severity, const char *subject,
	const char *text)
{
	struct str *out = diff_begin(d, kind, severity, subject);

	if (!out)
		return;
	str_add(out, text);
	diff_end(d);
}

static void compare_connection(struct diff *d, const struct snapshot *a, const struct snapshot *b)
{
	enum connection_state was = a->connection.state, is = b->connection.state;
	struct verdict v = verdict_connection(&b->connection);
	static const char subject[] = "connection"; /* the header has the addresses */
	struct str *out;

	if (was == CONNECTION_UP && is == CONNECTION_LOST) {
		out = diff_begin(d, EVENT_CONNECTION_LOST, v.severity, subject);
		if (out) {
			verdict_reason(v, out);
			diff_end(d);
		}
	} else if (was == CONNECTION_LOST && is == CONNECTION_UP) {
		diff_add(d, EVENT_CONNECTION_BACK, SEVERITY_OK, subject, "brokers answer again");
	}
}

/* A broker that the newer snapshot does not hold at all is as bad as one that it calls missing. */
static enum severity gone_severity(const struct broker *is)
{
	static const struct broker missing = { .state = BROKER_MISSING };

	return verdict_figure(verdict_broker(is ? is : &missing), "state");
}

static void compare_brokers(struct diff *d, const struct snapshot *a, const struct snapshot *b)
{
	size_t i = 0, k = 0;
	char name[32];

	while (i < a->broker_count || k < b->broker_count) {
		const struct broker *was = i < a->broker_count ? &a->brokers[i] : NULL;
		const struct broker *is = k < b->broker_count ? &b->brokers[k] : NULL;

		if (was && is && was->id < is->id)
			is = NULL;
		else if (was && is && was->id > is->id)
			was = NULL;
		i += was != NULL;
		k += is != NULL;

		bool was_up = was && was->state == BROKER_UP, is_up = is && is->state == BROKER_UP;

		snprintf(name, sizeof(name), "broker %" PRId32, is ? is->id : was->id);
		if (was_up && !is_up)
			diff_add(d, EVENT_BROKER_GONE, gone_severity(is), name, "gone");
		else if (was && !was_up && is_up)
			diff_add(d, EVENT_BROKER_BACK, SEVERITY_OK, name, "back");
		else if (!was && is_up)
			diff_add(d, EVENT_BROKER_NEW, SEVERITY_NONE, name, "new");
	}
	if (a->controller_id >= 0 && b->controller_id >= 0 && a->controller_id != b->controller_id) {
		struct str *out = diff_begin(d, EVENT_CONTROLLER_MOVED, SEVERITY_NONE, "controller");

		if (out) {
			str_addf(out, "%" PRId32 " -> %" PRId32, a->controller_id, b->controller_id);
			diff_end(d);
		}
	}
}

/* What many changes of one kind are called together. */
static const char *kind_plural(enum event_kind kind)
{
	static const char *const names[] = {
		[EVENT_BROKER_GONE] = "brokers gone",
		[EVENT_BROKER_BACK] = "brokers back",
		[EVENT_BROKER_NEW] = "new brokers",
		[EVENT_CONTROLLER_MOVED] = "controller changes",
		[EVENT_LEADER_MOVED] = "partition leaders moved",
		[EVENT_LEADER_LOST] = "partitions without a leader",
		[EVENT_LEADER_ELECTED] = "partitions have a leader again",
		[EVENT_ISR_SHRANK] = "partitions: ISR shrank",
		[EVENT_ISR_GREW] = "partitions: ISR grew",
		[EVENT_TOPIC_CREATED] = "topics created",
		[EVENT_TOPIC_DELETED] = "topics deleted",
		[EVENT_TOPIC_RECREATED] = "topics deleted and created anew",
		[EVENT_PARTITIONS_ADDED] = "topics got partitions",
		[EVENT_GROUP_NEW] = "new groups",
		[EVENT_GROUP_GONE] = "groups gone",
		[EVENT_GROUP_STATE] = "groups changed their state",
		[EVENT_GROUP_REBALANCED] = "groups rebalanced",
		[EVENT_OFFSETS_REWOUND] = "groups had offsets rewound",
		[EVENT_RECORDS_LOST] = "groups lost records to retention",
		[EVENT_CONNECTION_LOST] = "connections lost",
		[EVENT_CONNECTION_BACK] = "connections back",
		[EVENT_CHANGED] = "changes",
	};

	_Static_assert(sizeof(names) / sizeof(names[0]) == EVENT_KIND_COUNT, "words for each kind");
	return names[kind];
}

static size_t event_total(const struct diff *d)
{
	size_t total = 0;

	for (int i = 0; i < EVENT_KIND_COUNT; i++)
		total += d->kinds[i].count > EVENTS_A_KIND ? 1 : (size_t)d->kinds[i].count;
	return total;
}

/* Several brokers may be the reason; it is named only when it is one. */
static void describe_many(struct str *out, const struct diff_kind *k, enum event_kind kind)
{
	format_count(out, k->count);
	str_addf(out, " %s", kind_plural(kind));
	if (!k->same_broker || k->broker < 0)
		return;
	if (kind == EVENT_LEADER_MOVED || kind == EVENT_LEADER_LOST)
		str_addf(out, ", led by broker %" PRId32 " before", k->broker);
	else if (kind == EVENT_ISR_SHRANK)
		str_addf(out, " (broker %" PRId32 " out)", k->broker);
	else if (kind == EVENT_ISR_GREW)
		str_addf(out, " (broker %" PRId32 " in)", k->broker);
	else if (kind == EVENT_LEADER_ELECTED)
		str_addf(out, ": broker %" PRId32, k->broker);
}

size_t events_between(const struct snapshot *before, const struct snapshot *after, uint64_t first_seq,
	struct arena *arena, const struct event **events)
{
	struct diff d = { .arena = arena };

	*events = NULL;
	if (!before)
		return 0;
	compare_connection(&d, before, after);
	if (before->metadata_origin.at_ms && after->metadata_origin.at_ms && !after->metadata_origin.failed_at_ms) {
		compare_brokers(&d, before, after);
		diff_topics(&d, before, after);
	}
	diff_groups(&d, before, after);

	size_t total = event_total(&d), n = 0;
	struct event *list = arena_array(arena, total, sizeof(*list));

	for (int kind = 0; kind < EVENT_KIND_COUNT; kind++) {
		const struct diff_kind *k = &d.kinds[kind];
		struct event e = { .wall_ms = after->wall_ms,
			.kind = (enum event_kind)kind,
			.began_ms = after->wall_ms };

		if (k->count > EVENTS_A_KIND) {
			str_clear(&d.text);
			describe_many(&d.text, k, e.kind);
			e.severity = k->severity;
			str_addf(&d.text, "; first %s", k->first[0].subject);
			e.subject = "cluster";
			e.text = arena_strndup(arena, str_text(&d.text), d.text.len);
			e.seq = first_seq + n;
			list[n++] = e;
			continue;
		}
		for (int32_t i = 0; i < k->count; i++) {
			e.severity = k->first[i].severity;
			e.records = k->first[i].records;
			e.passing = k->first[i].passing;
			e.subject = k->first[i].subject;
			e.text = k->first[i].text;
			e.seq = first_seq + n;
			list[n++] = e;
		}
	}
	str_release(&d.text);
	*events = list;
	return n;
}

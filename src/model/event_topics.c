/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "model/event_diff.h"
#include "model/verdict.h"

/* Remembers the broker while every change of the kind names the same one. */
static void note_broker(struct diff *d, enum event_kind kind, int32_t broker)
{
	struct diff_kind *k = &d->kinds[kind];

	if (k->count == 1) {
		k->broker = broker;
		k->same_broker = true;
	} else if (k->broker != broker) {
		k->same_broker = false;
	}
}

struct isr_change {
	int32_t out, in;             /* how many left and came */
	int32_t first_out, first_in; /* -1: none */
};

static struct isr_change compare_isr(const struct partition *a, const struct partition *b)
{
	struct isr_change c = { .first_out = -1, .first_in = -1 };

	for (int32_t i = 0; i < a->isr_count; i++) {
		if (partition_in_isr(b, a->isr[i]))
			continue;
		if (c.out++ == 0)
			c.first_out = a->isr[i];
	}
	for (int32_t i = 0; i < b->isr_count; i++) {
		if (partition_in_isr(a, b->isr[i]))
			continue;
		if (c.in++ == 0)
			c.first_in = b->isr[i];
	}
	return c;
}

static void add_members(struct str *out, const struct partition *from, const struct partition *without,
	const char *word, const char **separator)
{
	bool first = true;

	for (int32_t i = 0; i < from->isr_count; i++) {
		if (partition_in_isr(without, from->isr[i]))
			continue;
		str_addf(out, "%s%" PRId32, first ? *separator : ", ", from->isr[i]);
		first = false;
	}
	if (!first) {
		str_addf(out, " %s", word);
		*separator = "; broker ";
	}
}

static void describe_isr(struct str *out, const struct partition *a, const struct partition *b)
{
	const char *separator = " (broker ";

	str_addf(out, "ISR %" PRId32 " -> %" PRId32, a->isr_count, b->isr_count);
	add_members(out, a, b, "out", &separator);
	add_members(out, b, a, "in", &separator);
	str_add_char(out, ')');
}

struct partition_change {
	enum event_kind kind;
	enum severity severity;
	int32_t broker; /* the one it comes from; -1: none alone */
};

/* A new leader is the news, whatever else changed; false where nothing did. */
static bool find_change(const struct partition *a, const struct partition *b, const struct isr_change *isr,
	struct partition_change *change)
{
	if (a->leader >= 0 && b->leader < 0)
		*change = (struct partition_change){ EVENT_LEADER_LOST, SEVERITY_NONE, a->leader };
	else if (a->leader < 0 && b->leader >= 0)
		*change = (struct partition_change){ EVENT_LEADER_ELECTED, SEVERITY_OK, b->leader };
	else if (a->leader != b->leader)
		*change = (struct partition_change){ EVENT_LEADER_MOVED, SEVERITY_NONE, a->leader };
	else if (isr->out)
		*change = (struct partition_change){ EVENT_ISR_SHRANK, SEVERITY_NONE,
			isr->out == 1 ? isr->first_out : -1 };
	else if (isr->in)
		*change = (struct partition_change){ EVENT_ISR_GREW, SEVERITY_OK, isr->in == 1 ? isr->first_in : -1 };
	else
		return false;
	return true;
}

static void describe_leader(struct str *out, const struct partition *p)
{
	if (p->leader >= 0)
		str_addf(out, "%" PRId32, p->leader);
	else
		str_add(out, "none");
}

static void diff_partition(struct diff *d, const struct topic *t, const struct partition *a, const struct partition *b)
{
	struct isr_change isr = compare_isr(a, b);
	struct partition_change change;
	char subject[300];

	if (!find_change(a, b, &isr, &change))
		return;
	if (isr.out || change.kind == EVENT_LEADER_LOST) {
		enum severity now = verdict_partition(t, b).severity;

		if (now > change.severity)
			change.severity = now;
	}
	snprintf(subject, sizeof(subject), "%s-%" PRId32, t->name, b->id);

	struct str *out = diff_begin(d, change.kind, change.severity, subject);

	note_broker(d, change.kind, change.broker);
	if (!out)
		return;
	if (a->leader != b->leader) {
		str_add(out, "leader ");
		describe_leader(out, a);
		str_add(out, " -> ");
		describe_leader(out, b);
		str_add(out, isr.out || isr.in ? ", " : "");
	}
	if (isr.out || isr.in)
		describe_isr(out, a, b);
	diff_end(d);
}

static bool is_recreated(const struct topic *a, const struct topic *b)
{
	bool known = (a->id_high || a->id_low) && (b->id_high || b->id_low);

	return known && (a->id_high != b->id_high || a->id_low != b->id_low);
}

static void diff_partitions(struct diff *d, const struct topic *a, const struct topic *b)
{
	int32_t i = 0, k = 0;

	while (i < a->partition_count && k < b->partition_count) {
		const struct partition *was = &a->partitions[i], *is = &b->partitions[k];

		if (was->id == is->id)
			diff_partition(d, b, was, is);
		i += was->id <= is->id;
		k += is->id <= was->id;
	}
}

static void diff_topic(struct diff *d, const struct topic *a, const struct topic *b)
{
	struct str *out;

	if (!a->origin.at_ms || !b->origin.at_ms || b->origin.failed_at_ms)
		return;
	if (is_recreated(a, b)) {
		out = diff_begin(d, EVENT_TOPIC_RECREATED, verdict_event(EVENT_TOPIC_RECREATED, NULL).severity,
			b->name);
		if (out) {
			str_addf(out, "deleted and created anew with %" PRId32 " partitions", b->partition_count);
			diff_end(d);
		}
		return;
	}
	if (b->partition_count > a->partition_count && a->partition_count > 0) {
		out = diff_begin(d, EVENT_PARTITIONS_ADDED, SEVERITY_NONE, b->name);
		if (out) {
			str_addf(out, "partitions %" PRId32 " -> %" PRId32, a->partition_count, b->partition_count);
			diff_end(d);
		}
	}
	diff_partitions(d, a, b);
}

void diff_topics(struct diff *d, const struct snapshot *a, const struct snapshot *b)
{
	size_t i = 0, k = 0;

	while (i < a->topic_count || k < b->topic_count) {
		int order = i == a->topic_count ? 1 :
			k == b->topic_count     ? -1 :
						  strcmp(a->topics[i].name, b->topics[k].name);

		if (order == 0) {
			diff_topic(d, &a->topics[i], &b->topics[k]);
		} else if (order < 0) {
			struct str *out = diff_begin(d, EVENT_TOPIC_DELETED,
				verdict_event(EVENT_TOPIC_DELETED, NULL).severity, a->topics[i].name);

			if (out) {
				str_add(out, "deleted");
				diff_end(d);
			}
		} else {
			const struct topic *t = &b->topics[k];
			struct str *out = diff_begin(d, EVENT_TOPIC_CREATED, SEVERITY_NONE, t->name);

			if (out) {
				str_addf(out, "created with %" PRId32 " partition%s", t->partition_count,
					t->partition_count == 1 ? "" : "s");
				diff_end(d);
			}
		}
		i += order <= 0;
		k += order >= 0;
	}
}

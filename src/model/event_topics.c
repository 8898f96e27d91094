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

static bool holds(const int32_t *ids, int32_t count, int32_t id)
{
	for (int32_t i = 0; i < count; i++)
		if (ids[i] == id)
			return true;
	return false;
}

struct isr_change {
	int32_t out, in;               /* how many left and came */
	int32_t first_out, first_in;   /* -1: none */
};

static struct isr_change compare_isr(const struct partition *a, const struct partition *b)
{
	struct isr_change c = {.first_out = -1, .first_in = -1};

	for (int32_t i = 0; i < a->isr_count; i++) {
		if (holds(b->isr, b->isr_count, a->isr[i]))
			continue;
		if (c.out++ == 0)
			c.first_out = a->isr[i];
	}
	for (int32_t i = 0; i < b->isr_count; i++) {
		if (holds(a->isr, a->isr_count, b->isr[i]))
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
		if (holds(without->isr, without->isr_count, from->isr[i]))
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

static void diff_partition(struct diff *d, const struct topic *t, const struct partition *a,
	const struct partition *b)
{
	struct isr_change isr = compare_isr(a, b);
	bool isr_changed = isr.out || isr.in;
	enum severity now = verdict_partition(t, b).severity;
	enum event_kind kind;
	enum severity severity = SEVERITY_NONE;
	int32_t broker;

	if (a->leader >= 0 && b->leader < 0) {
		kind = EVENT_LEADER_LOST;
		severity = now;
		broker = a->leader;
	} else if (a->leader < 0 && b->leader >= 0) {
		kind = EVENT_LEADER_ELECTED;
		severity = SEVERITY_OK;
		broker = b->leader;
	} else if (a->leader != b->leader) {
		kind = EVENT_LEADER_MOVED;
		broker = a->leader;
	} else if (isr.out) {
		kind = EVENT_ISR_SHRANK;
		broker = isr.out == 1 ? isr.first_out : -1;
	} else if (isr.in) {
		kind = EVENT_ISR_GREW;
		severity = SEVERITY_OK;
		broker = isr.in == 1 ? isr.first_in : -1;
	} else {
		return;
	}
	if (isr.out && now > severity)
		severity = now;

	char subject[300];

	snprintf(subject, sizeof(subject), "%s-%" PRId32, t->name, b->id);

	struct str *out = diff_begin(d, kind, severity, subject);

	note_broker(d, kind, broker);
	if (!out)
		return;
	if (a->leader != b->leader) {
		str_add(out, "leader ");
		if (a->leader >= 0)
			str_addf(out, "%" PRId32, a->leader);
		else
			str_add(out, "none");
		if (b->leader >= 0)
			str_addf(out, " -> %" PRId32, b->leader);
		else
			str_add(out, " -> none");
		if (isr_changed)
			str_add(out, ", ");
	}
	if (isr_changed)
		describe_isr(out, a, b);
	diff_end(d);
}

static void diff_topic(struct diff *d, const struct topic *a, const struct topic *b)
{
	struct str *out;

	if (!a->origin.at_ms || !b->origin.at_ms || b->origin.failed_at_ms)
		return;
	if ((a->id_high || a->id_low) && (b->id_high || b->id_low) &&
		(a->id_high != b->id_high || a->id_low != b->id_low)) {
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
	int32_t i = 0, k = 0;

	while (i < a->partition_count && k < b->partition_count) {
		const struct partition *was = &a->partitions[i], *is = &b->partitions[k];

		if (was->id == is->id)
			diff_partition(d, b, was, is);
		i += was->id <= is->id;
		k += is->id <= was->id;
	}
}

void diff_topics(struct diff *d, const struct snapshot *a, const struct snapshot *b)
{
	size_t i = 0, k = 0;

	while (i < a->topic_count || k < b->topic_count) {
		int order = i == a->topic_count ? 1
			: k == b->topic_count   ? -1
						: strcmp(a->topics[i].name, b->topics[k].name);

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

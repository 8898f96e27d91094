/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "model/event_diff.h"
#include "model/format.h"
#include "model/verdict.h"

enum { NAMES_SHOWN = 3 };

static bool both_read(const struct origin *a, const struct origin *b)
{
	return a->at_ms && b->at_ms && !b->failed_at_ms;
}

/* A member is named as its owner would: client id and host. */
static void add_member(struct str *out, const struct member *m)
{
	str_add(out, m->client_id && *m->client_id ? m->client_id : m->id);
	if (m->host && *m->host)
		str_addf(out, " at %s", m->host[0] == '/' ? m->host + 1 : m->host);
}

/* Members of `from` that `other` has not, both sorted by id. */
static void add_difference(struct str *out, const char *word, const struct group *from, const struct group *other)
{
	int32_t k = 0, named = 0;

	for (int32_t i = 0; i < from->member_count; i++) {
		const struct member *m = &from->members[i];

		while (k < other->member_count && strcmp(other->members[k].id, m->id) < 0)
			k++;
		if (k < other->member_count && strcmp(other->members[k].id, m->id) == 0)
			continue;
		if (named < NAMES_SHOWN) {
			str_addf(out, named ? ", " : ", %s: ", word);
			add_member(out, m);
		}
		named++;
	}
	if (named > NAMES_SHOWN)
		str_addf(out, " and %" PRId32 " more", named - NAMES_SHOWN);
}

static bool diff_rebalance(struct diff *d, const struct group *a, const struct group *b)
{
	if (b->rebalances <= a->rebalances)
		return false;
	struct str *out = diff_begin(d, EVENT_GROUP_REBALANCED, SEVERITY_NONE, b->id);

	if (!out)
		return true;
	str_add(out, "rebalanced");
	if (both_read(&a->describe_origin, &b->describe_origin) && a->member_count >= 0 && b->member_count >= 0) {
		if (a->member_count == b->member_count)
			str_addf(out, ": %" PRId32 " member%s", b->member_count, b->member_count == 1 ? "" : "s");
		else
			str_addf(out, ": %" PRId32 " -> %" PRId32 " members", a->member_count, b->member_count);
		add_difference(out, "left", a, b);
		add_difference(out, "joined", b, a);
	}
	diff_end(d);
	return true;
}

enum state_class { CLASS_UNKNOWN, CLASS_EMPTY, CLASS_DEAD, CLASS_STABLE, CLASS_REBALANCING };

/* The steps of one rebalance are no news of their own. */
static enum state_class class_of(enum group_state state)
{
	switch (state) {
	case GROUP_STABLE:
		return CLASS_STABLE;
	case GROUP_EMPTY:
		return CLASS_EMPTY;
	case GROUP_DEAD:
		return CLASS_DEAD;
	case GROUP_PREPARING_REBALANCE:
	case GROUP_COMPLETING_REBALANCE:
	case GROUP_ASSIGNING:
	case GROUP_RECONCILING:
		return CLASS_REBALANCING;
	case GROUP_STATE_UNKNOWN:
	case GROUP_STATE_COUNT:
		break;
	}
	return CLASS_UNKNOWN;
}

static void diff_state(struct diff *d, const struct group *a, const struct group *b, bool rebalanced)
{
	enum state_class was = class_of(a->state), is = class_of(b->state);
	enum severity severity = is == CLASS_STABLE ? SEVERITY_OK : verdict_event(EVENT_GROUP_STATE, b).severity;

	if (!both_read(&a->list_origin, &b->list_origin) || was == is || was == CLASS_UNKNOWN || is == CLASS_UNKNOWN)
		return;
	if (rebalanced && is == CLASS_STABLE && was == CLASS_REBALANCING)
		return;
	struct str *out = diff_begin(d, EVENT_GROUP_STATE, severity, b->id);

	if (!out)
		return;
	str_addf(out, "%s -> %s", group_state_name(a->state), group_state_name(b->state));
	d->open->passing = is == CLASS_REBALANCING;
	diff_end(d);
}

/* A topic of the same name that is another one: its offsets have nothing to do with the old ones. */
static bool same_topic(const struct topic *a, const struct topic *b)
{
	return !a || !b || (a->id_high == b->id_high && a->id_low == b->id_low) || (!a->id_high && !a->id_low) ||
		(!b->id_high && !b->id_low);
}

struct offset_sum {
	int32_t partitions;
	int64_t records;
	const char *topic; /* of the first one */
	int32_t partition;
};

static void count_offset(struct offset_sum *sum, const struct group_partition *row, int64_t records)
{
	if (sum->partitions++ == 0) {
		sum->topic = row->topic;
		sum->partition = row->partition;
	}
	sum->records += records;
}

static void describe_offsets(struct str *out, const struct offset_sum *sum)
{
	if (sum->partitions == 1)
		str_addf(out, " on %s-%" PRId32, sum->topic, sum->partition);
	else
		str_addf(out, " on %" PRId32 " partitions, first %s-%" PRId32, sum->partitions, sum->topic,
			sum->partition);
}

static void find_offsets(const struct group *a, const struct group *b, struct offset_sum *rewound,
	struct offset_sum *lost)
{
	int32_t i = 0, k = 0;

	while (i < a->partition_count && k < b->partition_count) {
		const struct group_partition *was = &a->partitions[i], *is = &b->partitions[k];
		int order = strcmp(was->topic, is->topic);

		if (order == 0)
			order = (was->partition > is->partition) - (was->partition < is->partition);
		i += order <= 0;
		k += order >= 0;
		if (order != 0 || !same_topic(was->topic_ref, is->topic_ref))
			continue;
		if (was->committed >= 0 && is->committed >= 0 && is->committed < was->committed)
			count_offset(rewound, is, was->committed - is->committed);
		else if (was->lost >= 0 && is->lost > was->lost)
			count_offset(lost, is, is->lost - was->lost);
	}
}

static void diff_offsets(struct diff *d, const struct group *a, const struct group *b)
{
	struct offset_sum rewound = { 0 }, lost = { 0 };
	struct str *out;

	if (!both_read(&a->commit_origin, &b->commit_origin))
		return;
	find_offsets(a, b, &rewound, &lost);
	out = rewound.partitions ?
		diff_begin(d, EVENT_OFFSETS_REWOUND, verdict_event(EVENT_OFFSETS_REWOUND, b).severity, b->id) :
		NULL;
	if (out) {
		str_add(out, "committed offsets rewound by ");
		format_count(out, rewound.records);
		describe_offsets(out, &rewound);
		diff_end(d);
	}
	out = lost.partitions ? diff_begin(d, EVENT_RECORDS_LOST, verdict_figure(verdict_group(b), "lost"), b->id) :
				NULL;
	if (out) {
		format_count(out, lost.records);
		str_add(out, " unread records deleted by retention");
		describe_offsets(out, &lost);
		d->open->records = lost.records;
		diff_end(d);
	}
}

static void diff_group(struct diff *d, const struct group *a, const struct group *b)
{
	bool rebalanced = diff_rebalance(d, a, b);

	diff_state(d, a, b, rebalanced);
	diff_offsets(d, a, b);
}

void diff_groups(struct diff *d, const struct snapshot *a, const struct snapshot *b)
{
	bool lists = both_read(&a->groups_origin, &b->groups_origin);
	size_t i = 0, k = 0;

	while (i < a->group_count || k < b->group_count) {
		int order = i == a->group_count ? 1 :
			k == b->group_count     ? -1 :
						  strcmp(a->groups[i].id, b->groups[k].id);
		struct str *out = NULL;

		if (order == 0) {
			diff_group(d, &a->groups[i], &b->groups[k]);
		} else if (order < 0 && lists) {
			out = diff_begin(d, EVENT_GROUP_GONE, SEVERITY_NONE, a->groups[i].id);
			if (out)
				str_add(out, "gone");
		} else if (lists) {
			out = diff_begin(d, EVENT_GROUP_NEW, SEVERITY_NONE, b->groups[k].id);
			if (out)
				str_add(out, "new");
		}
		if (out)
			diff_end(d);
		i += order <= 0;
		k += order >= 0;
	}
}

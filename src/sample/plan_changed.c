/* SPDX-License-Identifier: BSD-2-Clause */
/* What weir itself changed is read again immediately, and then every half second while a broker may not know of it yet. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/str.h"
#include "sample/plan_parts.h"

enum {
	SETTLE_MS = 2000,         /* brokers learn of a change from the controller one after another */
	SETTLE_PACE_MS = 500,
};

static void add_event(struct store *st, const struct change_note *note, int64_t now_ms)
{
	struct str subject = { 0 };

	str_addf(&subject, "%s%s", note->kind == CHANGED_BROKER ? "broker " : "", note->name);
	store_event(st, note->severity, str_text(&subject), note->text, now_ms);
	str_release(&subject);
}

static void take_change(struct store *st, const struct change_note *note, int64_t now_ms)
{
	int64_t now_us = clock_mono_us();

	switch (note->kind) {
	case CHANGED_TOPIC:
		store_topic_changed(st, note->name, now_us);
		break;
	case CHANGED_GROUP:
		store_group_changed(st, note->name, now_us);
		break;
	case CHANGED_BROKER:
		store_broker_changed(st, (int32_t)strtol(note->name, NULL, 10), now_us);
		break;
	}
	if (note->text)
		add_event(st, note, now_ms);
}

bool plan_take_changes(struct plan *p, struct store *st, int64_t now_ms)
{
	const struct demand *d = p->demand;
	bool any = false;

	for (size_t i = 0; i < d->change_count; i++) {
		if (d->changes[i].number <= p->changes_seen)
			continue;
		p->changes_seen = d->changes[i].number;
		take_change(st, &d->changes[i], now_ms);
		any = true;
	}
	if (!any)
		return false;
	p->changed = true;
	p->settle_until_ms = now_ms + SETTLE_MS;
	p->metadata_due_ms = p->groups_due_ms = p->details_due_ms = now_ms;
	return true;
}

/* Their end offsets are asked for as soon as no question about commits is open. */
static void want_partitions(struct plan *p, struct store_topic *t)
{
	for (int32_t i = 0; i < t->shown.partition_count; i++)
		t->partitions[i].wanted = true;
	p->opened_ends_due = true;
}

void plan_ask_changed(struct plan *p, struct flight *f, int64_t now_ms)
{
	struct store *st = f->store;

	if (now_ms < p->settle_until_ms && p->metadata_due_ms > p->metadata_asked_ms + SETTLE_PACE_MS)
		p->metadata_due_ms = p->metadata_asked_ms + SETTLE_PACE_MS;
	if (!p->changed)
		return;
	p->changed = false;
	plan_changed_groups(p, f);
	for (size_t i = 0; i < st->topic_count; i++) {
		if (st->topics[i]->changed)
			want_partitions(p, st->topics[i]);
		st->topics[i]->changed = false;
	}
}

void plan_new_partitions(struct plan *p, struct store *st, int64_t now_ms)
{
	for (size_t i = 0; now_ms < p->settle_until_ms && i < st->topic_count; i++) {
		struct store_topic *t = st->topics[i];

		for (int32_t k = 0; k < t->shown.partition_count; k++) {
			if (t->partitions[k].shown.leader < 0 || t->partitions[k].offsets[OFFSET_END].at_us)
				continue;
			t->partitions[k].wanted = p->opened_ends_due = true;
		}
	}
}

int64_t plan_config_period_ms(int64_t changed_ms, int64_t usual_ms, int64_t now_ms)
{
	return changed_ms && now_ms - changed_ms < SETTLE_MS ? SETTLE_PACE_MS : usual_ms;
}

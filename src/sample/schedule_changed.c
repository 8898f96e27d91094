/* SPDX-License-Identifier: BSD-2-Clause */
/* What weir itself changed is read again immediately, and then every half second while a broker may not know of it yet. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/str.h"
#include "sample/schedule_parts.h"

enum {
	SETTLE_MS = 2000, /* brokers learn of a change from the controller one after another */
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

bool schedule_take_changes(struct schedule *s, struct store *st, int64_t now_ms)
{
	const struct demand *d = s->demand;
	bool any = false;

	for (size_t i = 0; i < d->change_count; i++) {
		if (d->changes[i].number <= s->changes_seen)
			continue;
		s->changes_seen = d->changes[i].number;
		take_change(st, &d->changes[i], now_ms);
		any = true;
	}
	if (!any)
		return false;
	s->changed = true;
	s->settle_until_ms = now_ms + SETTLE_MS;
	s->metadata_due_ms = s->groups_due_ms = s->details_due_ms = now_ms;
	return true;
}

/* Their end offsets are asked for as soon as no question about commits is open. */
static void want_partitions(struct schedule *s, struct store_topic *t)
{
	for (int32_t i = 0; i < t->shown.partition_count; i++)
		t->partitions[i].wanted = true;
	s->opened_ends_due = true;
}

void schedule_ask_changed(struct schedule *s, struct flight *f, int64_t now_ms)
{
	struct store *st = f->store;

	if (now_ms < s->settle_until_ms && s->metadata_due_ms > s->metadata_asked_ms + SETTLE_PACE_MS)
		s->metadata_due_ms = s->metadata_asked_ms + SETTLE_PACE_MS;
	if (!s->changed)
		return;
	s->changed = false;
	schedule_changed_groups(s, f);
	for (size_t i = 0; i < st->topic_count; i++) {
		if (st->topics[i]->changed)
			want_partitions(s, st->topics[i]);
		st->topics[i]->changed = false;
	}
}

void schedule_new_partitions(struct schedule *s, struct store *st, int64_t now_ms)
{
	for (size_t i = 0; now_ms < s->settle_until_ms && i < st->topic_count; i++) {
		struct store_topic *t = st->topics[i];

		for (int32_t k = 0; k < t->shown.partition_count; k++) {
			if (t->partitions[k].shown.leader < 0 || t->partitions[k].offsets[OFFSET_END].at_us)
				continue;
			t->partitions[k].wanted = s->opened_ends_due = true;
		}
	}
}

int64_t schedule_config_period_ms(int64_t changed_ms, int64_t usual_ms, int64_t now_ms)
{
	return changed_ms && now_ms - changed_ms < SETTLE_MS ? SETTLE_PACE_MS : usual_ms;
}

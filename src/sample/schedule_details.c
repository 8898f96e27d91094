/* SPDX-License-Identifier: BSD-2-Clause */
/* The slow tiers: topic ids and settings in turns of some hundred topics, whole configurations while they are open. */
#include "sample/ask.h"
#include "sample/schedule_parts.h"

enum {
	TOPICS_A_CALL = 200,
	SETTINGS_MS = 60 * 1000,
	SETTINGS_PACE_MS = 30 * 1000, /* an answer about 200 topics has some 500 kB */
	CONFIG_MS = 15 * 1000,
	CALLS_OPEN = 2,     /* of each kind */
	PACE_MS = 50,       /* between two looks at what is due, while something is */
	HASTE_MS = 5,       /* the same for a command, which waits for all of it */
	REST_PACE_MS = 250, /* the same where the last look found nothing: it passes over all topics */
	MISSING_MS = 2000,  /* between two questions whether a topic is gone */
	DENIED_MS = 30 * 1000,
};

static bool may_ask(const struct store_asked *asked, int64_t period_ms, int64_t now_ms)
{
	return !asked->open && (!asked->at_ms || now_ms - asked->at_ms >= period_ms);
}

/* Topics whose turn it is, the longest unread first in name order; up to one call's worth. */
static size_t due_topics(const struct store *st, struct store_topic **topics, bool settings, int64_t period_ms,
	int64_t now_ms)
{
	size_t count = 0;

	for (size_t i = 0; i < st->topic_count && count < TOPICS_A_CALL; i++) {
		struct store_topic *t = st->topics[i];
		const struct store_asked *asked = settings ? &t->settings_asked : &t->ids_asked;

		if (!t->present || !may_ask(asked, period_ms, now_ms))
			continue;
		topics[count++] = t;
	}
	return count;
}

/* How long a topic rests when the turns of all of them together are one call per `pace_ms`. */
static int64_t turn_ms(const struct store *st, int64_t pace_ms, int64_t least_ms)
{
	int64_t calls = (int64_t)(st->topic_count + TOPICS_A_CALL - 1) / TOPICS_A_CALL;
	int64_t turn = calls * pace_ms;

	return turn > least_ms ? turn : least_ms;
}

/* Topics that the metadata left out: gone, or refused? At most one call's worth. */
static size_t missing_topics(const struct store *st, struct store_topic **topics, int64_t now_ms)
{
	size_t count = 0;

	for (size_t i = 0; i < st->topic_count && count < TOPICS_A_CALL; i++) {
		struct store_topic *t = st->topics[i];

		if (t->present || t->ids_asked.open)
			continue;
		if (t->missed_ms && now_ms - t->missed_ms < (t->shown.origin.denied ? DENIED_MS : MISSING_MS))
			continue;
		t->missed_ms = now_ms;
		topics[count++] = t;
	}
	return count;
}

static bool may_ask_config(const struct store_config *c, int64_t now_ms)
{
	return may_ask(&c->asked, schedule_config_period_ms(c->changed_ms, CONFIG_MS, now_ms), now_ms);
}

static void topic_configs(struct schedule *s, struct flight *f, int64_t now_ms)
{
	const struct demand *d = s->demand;

	for (size_t i = 0; i < d->topic_count; i++) {
		struct store_topic *t = store_topic(f->store, d->topics[i]);

		if (t && may_ask_config(&t->config, now_ms))
			ask_topic_config(f, t);
	}
}

static void broker_configs(struct schedule *s, struct flight *f, int64_t now_ms)
{
	const struct demand *d = s->demand;

	for (size_t i = 0; i < d->broker_count; i++) {
		/* What somebody asks about is no broker yet. */
		struct store_broker *b = store_find_broker(f->store, d->brokers[i]);

		if (b && may_ask_config(&b->config, now_ms))
			ask_broker_config(f, b);
	}
}

/* One call about the topics that are due, of either kind. True when something was asked, or could not be yet. */
static bool topic_turns(struct schedule *s, struct flight *f, int64_t now_ms)
{
	const struct demand *d = s->demand;
	struct store_topic *topics[TOPICS_A_CALL];
	int64_t interval_ms = schedule_interval_ms(s);
	size_t ids = 0, settings = 0;

	if (f->open[ASK_TOPIC_IDS] < CALLS_OPEN && (d->mode == DEMAND_WATCH || (d->needs & NEED_TOPIC_IDS))) {
		ids = due_topics(f->store, topics, false, turn_ms(f->store, interval_ms, interval_ms), now_ms);
		if (ids)
			ask_topic_ids(f, topics, ids);
	}
	if (f->open[ASK_SETTINGS] < CALLS_OPEN && (d->mode == DEMAND_WATCH || (d->needs & NEED_SETTINGS))) {
		settings = due_topics(f->store, topics, true, turn_ms(f->store, SETTINGS_PACE_MS, SETTINGS_MS), now_ms);
		if (settings)
			ask_settings(f, topics, settings);
	}
	return ids || settings || f->open[ASK_TOPIC_IDS] || f->open[ASK_SETTINGS];
}

void schedule_details(struct schedule *s, struct flight *f, int64_t now_ms)
{
	const struct demand *d = s->demand;
	struct store_topic *topics[TOPICS_A_CALL];
	size_t count;
	bool busy;

	if (!f->store->metadata.at_ms || now_ms < s->details_due_ms)
		return;
	s->details_due_ms = now_ms + PACE_MS;
	count = missing_topics(f->store, topics, now_ms);
	if (count)
		ask_topic_ids(f, topics, count);
	schedule_missing_groups(s, f, now_ms);
	/* The first figures come first. */
	if (d->mode == DEMAND_WATCH && s->rounds == 0)
		return;
	busy = topic_turns(s, f, now_ms);
	s->details_due_ms = now_ms + (!busy ? REST_PACE_MS : d->mode == DEMAND_COMMAND ? HASTE_MS : PACE_MS);
	if (d->needs & NEED_TOPIC_CONFIG)
		topic_configs(s, f, now_ms);
	if (d->needs & NEED_BROKER_CONFIG)
		broker_configs(s, f, now_ms);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "change/topic_verify.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "kafka/admin_configs.h"

/* Until a hanging broker is taken out of the cluster, all changes and questions may go to it. */
enum { LOOK_MS = 100, PATIENCE_MS = 10000, UNANSWERED_MS = 20000, UNANSWERED_MAX = 3 };

static enum admin_resource resource_of(const struct topic_step *s)
{
	return s->of_broker ? ADMIN_BROKER : ADMIN_TOPIC;
}

static bool settings_hold(struct admin *a, const struct topic_step *s, struct error *err)
{
	struct admin_config now;
	bool ok = true;

	if (!admin_read_config(a, resource_of(s), s->name, &now, err))
		return false;
	for (size_t i = 0; ok && i < s->setting_count; i++) {
		const struct admin_config_entry *e = admin_config_find(&now, s->settings[i].name);
		const char *value = e && e->is_set ? e->value : NULL;

		if (e && e->sensitive)
			continue;
		if (!str_equal(value, s->settings[i].before))
			ok = error_set(err, ERR_KAFKA,
				"%s has changed since the plan, from %s to %s; nothing was "
				"changed, make a new plan",
				s->settings[i].name, s->settings[i].before ? s->settings[i].before : "its default",
				value ? value : "its default");
	}
	admin_config_release(&now);
	return ok;
}

static bool step_holds(struct admin *a, const struct topic_step *s, struct error *err)
{
	struct admin_description d;
	bool ok = true;

	if (s->of_broker)
		return settings_hold(a, s, err);
	if (!admin_describe_topic(a, s->name, &d, err)) {
		if (err->code == ERR_NOT_FOUND)
			error_set(err, ERR_NOT_FOUND, "topic %s: no longer exists", s->name);
		return false;
	}
	if (s->topic_id && *d.id && strcmp(s->topic_id, d.id) != 0)
		ok = error_set(err, ERR_KAFKA,
			"topic %s: was deleted and created again since the plan; "
			"nothing was changed, make a new plan",
			s->name);
	else if (s->kind == TOPIC_PARTITIONS && d.partition_count != (size_t)s->partitions_before)
		ok = error_set(err, ERR_KAFKA,
			"topic %s: now has %zu partitions, not %d; nothing was changed, make a new plan", s->name,
			d.partition_count, (int)s->partitions_before);
	admin_description_release(&d);
	return ok && (s->kind != TOPIC_CONFIG || settings_hold(a, s, err));
}

bool topic_still_holds(struct admin *a, const struct topic_step *s, struct error *err)
{
	if (s->kind == TOPIC_CREATE)
		return true; /* Kafka itself refuses a second one */
	error_clear(err);
	for (int unanswered = 0; !step_holds(a, s, err); admin_renew(a)) {
		if (!err->retriable || ++unanswered == UNANSWERED_MAX)
			return false;
	}
	return true;
}

/* Whether the settings are as the step wants them. */
static enum topic_seen look_at_settings(struct admin *a, const struct topic_step *s, struct error *err)
{
	struct admin_config now;
	enum topic_seen seen = TOPIC_SEEN_DONE;

	if (!s->setting_count)
		return TOPIC_SEEN_DONE;
	if (!admin_read_config(a, resource_of(s), s->name, &now, err))
		return err->code == ERR_NOT_FOUND ? TOPIC_SEEN_OTHERWISE : TOPIC_SEEN_UNKNOWN;
	for (size_t i = 0; i < s->setting_count && seen == TOPIC_SEEN_DONE; i++) {
		const struct admin_config_entry *e = admin_config_find(&now, s->settings[i].name);
		const char *value = e && e->is_set ? e->value : NULL;

		if (e && e->sensitive)
			continue;
		if (str_equal(value, s->settings[i].value))
			continue;
		error_set(err, ERR_KAFKA, "%s is %s", s->settings[i].name, value ? value : "its default");
		seen = TOPIC_SEEN_OTHERWISE;
	}
	admin_config_release(&now);
	return seen;
}

static bool placed_as_planned(const struct topic_step *s, const struct admin_description *d, struct error *err)
{
	for (int32_t p = 0; s->place.replicas && p < s->place.partitions; p++) {
		const struct admin_partition *found = &d->partitions[s->place.first + p];
		const int32_t *wanted = s->place.replicas + p * s->place.factor;

		if (found->replica_count != (size_t)s->place.factor ||
			memcmp(found->replicas, wanted, found->replica_count * sizeof(*wanted)) != 0)
			return error_set(err, ERR_KAFKA, "partition %d is not placed as planned",
				(int)(s->place.first + p));
	}
	return true;
}

static void show_placement(struct topic_plan *plan, struct topic_step *s, const struct admin_description *d)
{
	for (size_t p = s->kind == TOPIC_PARTITIONS ? (size_t)s->partitions_before : 0; p < d->partition_count; p++) {
		struct str ids = { 0 };

		for (size_t r = 0; r < d->partitions[p].replica_count; r++)
			str_addf(&ids, "%s%d", r ? "," : "", (int)d->partitions[p].replicas[r]);
		topic_plan_row(plan, s, topic_plan_text(plan, "partition %zu", p), NULL, str_text(&ids),
			"placed by the broker");
		str_release(&ids);
	}
}

static enum topic_seen look_at_layout(struct admin *a, struct topic_plan *plan, struct topic_step *s, struct error *err)
{
	enum topic_seen seen = TOPIC_SEEN_DONE;
	struct admin_description d;

	if (!admin_describe_topic(a, s->name, &d, err))
		return err->code == ERR_NOT_FOUND ? TOPIC_SEEN_OTHERWISE : TOPIC_SEEN_UNKNOWN;
	if (s->kind == TOPIC_CREATE && *d.id)
		s->topic_id = arena_strdup(plan->arena, d.id);
	if (s->partitions > 0 && d.partition_count != (size_t)s->partitions) {
		error_set(err, ERR_KAFKA, "it has %zu partitions", d.partition_count);
		seen = TOPIC_SEEN_OTHERWISE;
	} else if (!placed_as_planned(s, &d, err)) {
		seen = TOPIC_SEEN_OTHERWISE;
	} else if (!s->place.replicas && s->kind != TOPIC_CONFIG) {
		show_placement(plan, s, &d);
	}
	admin_description_release(&d);
	return seen;
}

static enum topic_seen look_at_leaders(struct admin *a, const struct topic_step *s, struct error *err)
{
	enum topic_seen seen = TOPIC_SEEN_DONE;
	struct admin_description d;

	if (!admin_describe_topic(a, s->name, &d, err))
		return err->code == ERR_NOT_FOUND ? TOPIC_SEEN_OTHERWISE : TOPIC_SEEN_UNKNOWN;
	for (size_t i = 0; i < s->cut_count; i++) {
		size_t p = (size_t)s->cuts[i].partition;

		if (s->cuts[i].error || (p < d.partition_count && d.partitions[p].leader == s->cuts[i].offset))
			continue;
		error_set(err, ERR_KAFKA, "partition %zu is not led by its preferred replica", p);
		seen = TOPIC_SEEN_OTHERWISE;
	}
	admin_description_release(&d);
	return seen;
}

static enum topic_seen look_at_starts(struct admin *a, const struct topic_step *s, struct error *err)
{
	struct admin_topic topic = { .name = s->name };
	struct admin_offset *asked = mem_alloc((s->cut_count + 1) * sizeof(*asked));
	enum topic_seen seen = TOPIC_SEEN_DONE;

	if (!admin_find_topics(a, &topic, 1, false, err))
		seen = TOPIC_SEEN_UNKNOWN;
	for (size_t i = 0; i < s->cut_count; i++) {
		int32_t p = s->cuts[i].partition;

		asked[i] = (struct admin_offset){ .topic = s->name,
			.partition = p,
			.at = ADMIN_EARLIEST,
			.leader = p < topic.partition_count ? topic.leaders[p] : -1 };
	}
	if (seen == TOPIC_SEEN_DONE && !admin_list_offsets(a, asked, s->cut_count, err))
		seen = TOPIC_SEEN_UNKNOWN;
	for (size_t i = 0; seen == TOPIC_SEEN_DONE && i < s->cut_count; i++) {
		if (s->cuts[i].error)
			continue; /* already reported as refused */
		if (asked[i].error) {
			error_set(err, ERR_KAFKA, "partition %d: %s", (int)asked[i].partition, asked[i].error);
			seen = TOPIC_SEEN_UNKNOWN;
		} else if (asked[i].offset < s->cuts[i].offset) {
			error_set(err, ERR_KAFKA, "partition %d begins at %lld", (int)asked[i].partition,
				(long long)asked[i].offset);
			seen = TOPIC_SEEN_OTHERWISE;
		}
	}
	admin_topic_release(&topic);
	free(asked);
	return seen;
}

static enum topic_seen topic_step_look(struct admin *a, struct topic_plan *plan, struct topic_step *s,
	struct error *err)
{
	struct admin_description d;
	enum topic_seen seen;

	error_clear(err);
	switch (s->kind) {
	case TOPIC_DELETE:
		if (admin_describe_topic(a, s->name, &d, err)) {
			admin_description_release(&d);
			error_set(err, ERR_KAFKA, "it still exists");
			return TOPIC_SEEN_OTHERWISE;
		}
		return err->code == ERR_NOT_FOUND ? TOPIC_SEEN_DONE : TOPIC_SEEN_UNKNOWN;
	case TOPIC_CONFIG:
		return look_at_settings(a, s, err);
	case TOPIC_TRUNCATE:
		return look_at_starts(a, s, err);
	case TOPIC_ELECT:
		return look_at_leaders(a, s, err);
	default:
		seen = look_at_settings(a, s, err);
		return seen == TOPIC_SEEN_DONE ? look_at_layout(a, plan, s, err) : seen;
	}
}

enum topic_seen topic_verify(struct admin *a, struct topic_plan *plan, struct topic_step *s, struct error *err)
{
	int64_t begun_ms = clock_mono_ms();
	int unanswered = 0;

	for (;;) {
		enum topic_seen seen = topic_step_look(a, plan, s, err);
		int64_t gone_ms = clock_mono_ms() - begun_ms;

		unanswered += seen == TOPIC_SEEN_UNKNOWN;
		if (seen == TOPIC_SEEN_DONE || !admin_pause(a, LOOK_MS) ||
			(seen == TOPIC_SEEN_UNKNOWN && unanswered >= UNANSWERED_MAX && gone_ms >= UNANSWERED_MS) ||
			(seen == TOPIC_SEEN_OTHERWISE && gone_ms >= PATIENCE_MS))
			return seen;
		if (seen == TOPIC_SEEN_UNKNOWN)
			admin_renew(a);
	}
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Plans a new topic (model/topic_plan.h). */
#include <stdlib.h>
#include <string.h>

#include "model/topic_name.h"
#include "model/topic_plan.h"

/* Properties of a topic that are not settings have options. */
static const char *option_of(const char *name)
{
	if (strcmp(name, "partitions") == 0 || strcmp(name, "num.partitions") == 0)
		return "--partitions";
	if (strcmp(name, "replication.factor") == 0 || strcmp(name, "replication-factor") == 0 ||
		strcmp(name, "default.replication.factor") == 0)
		return "--replication-factor";
	return NULL;
}

static bool read_setting(struct topic_plan *plan, const char *text, bool as_is, struct topic_setting *out,
	struct error *err)
{
	const char *equals = strchr(text, '=');
	const struct config_def *def;
	struct str value = { 0 };
	char *name;

	if (!equals || equals == text)
		return error_set(err, ERR_USAGE, "--config %s: give NAME=VALUE", text);
	name = topic_plan_text(plan, "%.*s", (int)(equals - text), text);
	if (as_is) {
		*out = (struct topic_setting){ .name = name, .value = arena_strdup(plan->arena, equals + 1) };
		return true;
	}
	def = config_catalog_find(CONFIG_TOPIC, name);
	if (!def && option_of(name))
		return error_set(err, ERR_USAGE, "--config %s: no such setting of topics; use %s", name,
			option_of(name));
	if (!def) {
		/* A newer Kafka may know it: the broker will say. */
		const char *near = config_catalog_near(CONFIG_TOPIC, name);

		if (near)
			return error_set(err, ERR_USAGE, "--config %s: no such setting of topics; did you mean %s?",
				name, near);
	}
	if (!config_value_parse(def, equals + 1, &value, NULL, err)) {
		str_release(&value);
		return false;
	}
	*out = (struct topic_setting){ .name = name, .value = arena_strdup(plan->arena, str_text(&value)) };
	str_release(&value);
	return true;
}

static bool read_settings(struct topic_plan *plan, const struct topic_create *ask, struct topic_setting **out,
	struct error *err)
{
	struct topic_setting *settings = arena_array(plan->arena, ask->setting_count, sizeof(*settings));

	for (size_t i = 0; i < ask->setting_count; i++) {
		if (!read_setting(plan, ask->settings[i], ask->like != NULL, &settings[i], err))
			return false;
		for (size_t k = 0; k < i; k++)
			if (strcmp(settings[k].name, settings[i].name) == 0)
				return error_set(err, ERR_USAGE, "--config %s: given twice", settings[i].name);
	}
	*out = settings;
	return true;
}

/* The plan keeps the arrays of the placement. */
static void keep_place(struct topic_plan *plan, struct topic_step *s, struct topic_placement *place)
{
	s->place = *place;
	s->place.replicas = arena_dup(plan->arena, place->replicas,
		(size_t)place->partitions * (size_t)place->factor * sizeof(*place->replicas));
	topic_placement_release(place);
}

static bool place_new_topic(struct topic_plan *plan, struct topic_step *s, const struct topic_create *ask,
	const struct topic_facts *facts, struct error *err)
{
	struct topic_placement found = { 0 };

	if (ask->assignment) {
		if (!topic_place_parse(ask->assignment, facts->brokers, facts->broker_count, &found, NULL, err))
			return false;
		if (ask->partitions > 0 || ask->factor > 0) {
			topic_placement_release(&found);
			return error_set(err, ERR_USAGE,
				"--replica-assignment says how many partitions and replicas: leave --partitions and "
				"--replication-factor away");
		}
		s->partitions = found.partitions;
		s->factor = found.factor;
		keep_place(plan, s, &found);
	} else if (!ask->broker_places && ask->partitions > 0 && ask->factor > 0 &&
		(size_t)ask->factor <= facts->broker_count) {
		if (!topic_place(facts->brokers, facts->broker_count, ask->partitions, ask->factor, NULL, &found, err))
			return false;
		keep_place(plan, s, &found);
	}
	return true;
}

static void check_name(struct topic_plan *plan, struct topic_step *s, const struct topic_facts *facts)
{
	struct error why;

	if (!topic_name_check(s->name, &why)) {
		topic_plan_refuse(plan, s, "%s", why.message);
		return;
	}
	for (size_t i = 0; i < facts->name_count; i++) {
		const char *other = facts->names[i];

		if (strcmp(other, s->name) == 0)
			topic_plan_refuse(plan, s, "topic %s: exists already", s->name);
		else if (topic_name_collides(other, s->name))
			topic_plan_refuse(plan, s,
				"topic %s: collides with %s, since . and _ are the same in metric names", s->name,
				other);
		else if (topic_name_looks_like(other, s->name))
			topic_plan_warn(plan, s, "the name looks like that of %s, which exists", other);
	}
	if (strchr(s->name, '.') && strchr(s->name, '_'))
		topic_plan_warn(plan, s, "a name with both . and _ may collide with other names in metrics");
	if (strncmp(s->name, "__", 2) == 0)
		topic_plan_warn(plan, s, "many tools take names that begin with __ for internal topics");
}

static const char *setting_of(const struct topic_step *s, const char *name)
{
	for (size_t i = 0; i < s->setting_count; i++)
		if (strcmp(s->settings[i].name, name) == 0)
			return s->settings[i].value;
	return NULL;
}

static void check_numbers(struct topic_plan *plan, struct topic_step *s, const struct topic_facts *facts)
{
	const char *least = setting_of(s, "min.insync.replicas");
	const char *policy = setting_of(s, "cleanup.policy");
	long in_sync = least ? strtol(least, NULL, 10) : 0;

	if (s->factor > 0 && (size_t)s->factor > facts->broker_count)
		topic_plan_refuse(plan, s, "replication factor %d: the cluster has %zu %s up", (int)s->factor,
			facts->broker_count, facts->broker_count == 1 ? "broker" : "brokers");
	topic_plan_warn_retention(plan, s, policy);
	if (s->factor == 1)
		topic_plan_warn(plan, s, "replication factor 1: if a broker is lost, its records are lost too");
	if (s->factor > 0 && in_sync > s->factor)
		topic_plan_warn(plan, s,
			"min.insync.replicas %s is more than the replication factor %d: producers with "
			"acks=all can never write",
			least, (int)s->factor);
	else if (s->factor > 1 && in_sync == s->factor)
		topic_plan_warn(plan, s,
			"min.insync.replicas %s is the replication factor: with one broker down, "
			"producers with acks=all cannot write",
			least);
	if (s->partitions > 0)
		topic_plan_warn_size(plan, s, facts, s->partitions);
	if (policy && strstr(policy, "compact"))
		topic_plan_warn(plan, s, "a compacted topic rejects records without a key");
}

static const char *rack_of(const struct topic_facts *facts, int32_t id)
{
	for (size_t i = 0; i < facts->broker_count; i++)
		if (facts->brokers[i].id == id)
			return facts->brokers[i].rack;
	return NULL;
}

static void show_place(struct topic_plan *plan, struct topic_step *s, const struct topic_facts *facts)
{
	for (size_t b = 0; b < facts->broker_count; b++) {
		const struct topic_broker *broker = &facts->brokers[b];
		int32_t replicas = 0, leaders = 0;

		for (int32_t i = 0; i < s->place.partitions * s->place.factor; i++) {
			if (s->place.replicas[i] != broker->id)
				continue;
			replicas++;
			leaders += i % s->place.factor == 0;
		}
		topic_plan_row(plan, s,
			topic_plan_text(plan, "broker %d%s%s", (int)broker->id,
				rack_of(facts, broker->id) ? " of rack " : "", broker->rack ? broker->rack : ""),
			NULL, topic_plan_text(plan, "%d replicas, %d preferred leaders", (int)replicas, (int)leaders),
			NULL);
	}
}

static void show_partitions(struct topic_plan *plan, struct topic_step *s)
{
	enum { SHOWN_MAX = 64 };

	for (int32_t p = 0; p < s->place.partitions && p < SHOWN_MAX; p++) {
		struct str ids = { 0 };

		for (int32_t r = 0; r < s->place.factor; r++)
			str_addf(&ids, "%s%d", r ? "," : "", (int)s->place.replicas[p * s->place.factor + r]);
		topic_plan_row(plan, s, topic_plan_text(plan, "partition %d", (int)p), NULL, str_text(&ids), NULL);
		str_release(&ids);
	}
	if (s->place.partitions > SHOWN_MAX)
		topic_plan_row(plan, s, "more", NULL,
			topic_plan_text(plan, "%d partitions", (int)s->place.partitions - SHOWN_MAX), NULL);
}

static void show_topic(struct topic_plan *plan, struct topic_step *s, const struct topic_facts *facts)
{
	const char *broker = "the broker's default";

	topic_plan_row(plan, s, "partitions", NULL,
		s->partitions > 0 ? topic_plan_text(plan, "%d", (int)s->partitions) : broker, NULL);
	topic_plan_row(plan, s, "replication factor", NULL,
		s->factor > 0 ? topic_plan_text(plan, "%d", (int)s->factor) : broker, NULL);
	for (size_t i = 0; i < s->setting_count; i++) {
		struct str after = { 0 };

		topic_show_value(s->settings[i].name, false, s->settings[i].value, &after);
		topic_plan_row(plan, s, s->settings[i].name, NULL, str_text(&after), NULL);
		str_release(&after);
	}
	if (s->place.replicas) {
		show_place(plan, s, facts);
		show_partitions(plan, s);
	} else {
		topic_plan_row(plan, s, "placement", NULL, "chosen by the broker", "shown after it was created");
	}
}

bool topic_plan_create(struct topic_plan *plan, const struct topic_create *ask, const struct topic_facts *facts,
	struct error *err)
{
	struct topic_setting *settings = NULL;
	struct topic_step *s;

	if (!topic_name_check(ask->name, err) || !read_settings(plan, ask, &settings, err))
		return false;
	s = topic_plan_add(plan, TOPIC_CREATE, ask->name);
	s->partitions = ask->partitions;
	s->factor = ask->factor;
	s->settings = settings;
	s->setting_count = ask->setting_count;
	if (!place_new_topic(plan, s, ask, facts, err)) {
		plan->step_count--;
		return false;
	}
	check_name(plan, s, facts);
	check_numbers(plan, s, facts);
	if (ask->like) {
		topic_plan_row(plan, s, "configuration", NULL, topic_plan_text(plan, "copied from %s", ask->like),
			NULL);
		if (ask->factor < 0)
			topic_plan_warn(plan, s,
				"the partitions of %s have different replication factors: the broker's default "
				"is used",
				ask->like);
	}
	show_topic(plan, s, facts);
	s->summary = s->partitions > 0 ?
		topic_plan_text(plan, "%d partition%s%s%s", (int)s->partitions, s->partitions == 1 ? "" : "s",
			ask->like ? ", configured like " : "", ask->like ? ask->like : "") :
		"the broker's default number of partitions";
	return true;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Plans a change of settings, and undoing one (model/topic_plan.h). */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"
#include "model/topic_plan.h"

bool topic_settings_split(const char *text, char ***out, size_t *count, size_t *cap, struct error *err)
{
	const char *p = text;

	while (*p) {
		const char *equals = strchr(p, '=');
		const char *value = equals ? equals + 1 : NULL;
		size_t len;

		if (!equals || equals == p)
			return error_set(err, ERR_USAGE, "%s, column %zu: give NAME=VALUE", text,
				(size_t)(p - text) + 1);
		if (*value == '[') {
			const char *close = strchr(value, ']');

			if (!close)
				return error_set(err, ERR_USAGE, "%s, column %zu: the [ has no ]", text,
					(size_t)(value - text) + 1);
			len = (size_t)(close - value) - 1;
			if (close[1] && close[1] != ',')
				return error_set(err, ERR_USAGE, "%s, column %zu: a comma goes here", text,
					(size_t)(close - text) + 2);
			value++;
			*out = mem_grow(*out, cap, *count + 1, sizeof(**out));
			(*out)[(*count)++] = mem_printf("%.*s=%.*s", (int)(equals - p), p, (int)len, value);
			p = close + 1;
		} else {
			len = strcspn(value, ",");
			*out = mem_grow(*out, cap, *count + 1, sizeof(**out));
			(*out)[(*count)++] = mem_printf("%.*s=%.*s", (int)(equals - p), p, (int)len, value);
			p = value + len;
		}
		p += *p == ',';
	}
	return true;
}

/* The resource itself tells which settings it has. */
static bool is_known(const struct topic_alter *ask, const struct topic_fact *fact, const char *option, const char *name,
	struct error *err)
{
	struct near near = { .word = name };

	/* Brokers also have settings of listeners and plug-ins, which are told only once they are set. */
	if (!fact->config_count || topic_fact_config(fact, name) ||
		(ask->of_broker && strncmp(name, "listener.name.", 14) == 0))
		return true;
	near.best = config_catalog_synonym(ask->of_broker ? CONFIG_BROKER : CONFIG_TOPIC, name);
	for (size_t i = 0; !near.best && i < fact->config_count; i++)
		near_offer(&near, fact->configs[i].name);
	return error_set(err, ERR_USAGE, "%s %s: no such setting of %s%s%s%s", option, name,
		ask->of_broker ? "brokers" : "topics", near.best ? "; did you mean " : "", near.best ? near.best : "",
		near.best ? "?" : "");
}

static bool is_twice(const struct topic_setting *settings, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(settings[i].name, name) == 0)
			return true;
	return false;
}

static void show_configs(struct topic_plan *plan, struct topic_step *s, const struct topic_fact *fact)
{
	for (size_t i = 0; i < s->setting_count; i++) {
		const struct topic_setting *change = &s->settings[i];
		const struct topic_config *now = topic_fact_config(fact, change->name);
		const char *will = change->value ? change->value : now ? now->fallback : NULL;
		struct str before = { 0 }, after = { 0 };

		if (now && now->value)
			topic_show_value(change->name, s->of_broker, now->value, &before);
		if (will)
			topic_show_value(change->name, s->of_broker, will, &after);
		topic_plan_row(plan, s, change->name,
			now && now->is_sensitive  ? "(secret)" :
				now && now->value ? str_text(&before) :
						    NULL,
			now && now->is_sensitive && change->value ? "(secret)" :
				will                              ? str_text(&after) :
								    NULL,
			!change->value           ? "back to the default" :
				now && !now->own ? "was the default" :
						   NULL);
		if (now && now->is_read_only)
			topic_plan_refuse(plan, s, "%s: is read-only", change->name);
		str_release(&before);
		str_release(&after);
	}
}

/* Compares two amounts, where a value below zero means no limit. */
static bool is_smaller(const char *after, const char *before)
{
	long long to = strtoll(after, NULL, 10), from = strtoll(before, NULL, 10);

	return to >= 0 && (from < 0 || to < from);
}

static int64_t number_of(const struct topic_step *s, const struct topic_fact *fact, const char *name)
{
	const struct topic_config *now = topic_fact_config(fact, name);

	for (size_t i = 0; i < s->setting_count; i++)
		if (strcmp(s->settings[i].name, name) == 0 && s->settings[i].value)
			return strtoll(s->settings[i].value, NULL, 10);
	return now && now->value ? strtoll(now->value, NULL, 10) : -1;
}

bool topic_policy_retains_by_key(const char *cleanup_policy)
{
	return cleanup_policy && strstr(cleanup_policy, "compact") && !strstr(cleanup_policy, "delete");
}

void topic_plan_warn_retention(struct topic_plan *plan, struct topic_step *s, const char *cleanup_policy)
{
	if (!topic_policy_retains_by_key(cleanup_policy))
		return;
	for (size_t i = 0; i < s->setting_count; i++) {
		const char *name = s->settings[i].name;

		if (s->settings[i].value && (strcmp(name, "retention.ms") == 0 || strcmp(name, "retention.bytes") == 0))
			topic_plan_warn(plan, s, "%s has no effect: cleanup.policy is compact, without delete", name);
	}
}

static const char *policy_after(const struct topic_step *s, const struct topic_fact *fact)
{
	const struct topic_config *now = topic_fact_config(fact, "cleanup.policy");

	for (size_t i = 0; i < s->setting_count; i++)
		if (strcmp(s->settings[i].name, "cleanup.policy") == 0)
			return s->settings[i].value ? s->settings[i].value : now ? now->fallback : NULL;
	return now ? now->value : NULL;
}

/* Warns of a topic's own retention that has no effect once its records are only compacted. */
static void warn_kept_retention(struct topic_plan *plan, struct topic_step *s, const struct topic_fact *fact)
{
	const struct topic_config *own = topic_fact_config(fact, "retention.ms");
	const struct topic_config *policy = topic_fact_config(fact, "cleanup.policy");

	if (!own || !own->own || is_twice(s->settings, s->setting_count, "retention.ms"))
		return;
	if (topic_policy_retains_by_key(policy_after(s, fact)) &&
		!(policy && topic_policy_retains_by_key(policy->value)))
		topic_plan_warn(plan, s,
			"retention.ms stays set and has no effect: cleanup.policy is compact, without delete");
}

static void check_config(struct topic_plan *plan, struct topic_step *s, const struct topic_fact *fact)
{
	int64_t least = number_of(s, fact, "min.insync.replicas");
	size_t replicas = fact->part_count ? fact->parts[0].replica_count : 0;

	for (size_t i = 0; i < s->setting_count; i++) {
		const struct topic_setting *change = &s->settings[i];
		const struct topic_config *now = topic_fact_config(fact, change->name);
		const char *after = change->value ? change->value : now && now->fallback ? now->fallback : "";

		if (strcmp(change->name, "min.insync.replicas") == 0 && replicas && least >= (int64_t)replicas)
			topic_plan_warn(plan, s, "min.insync.replicas %lld with %zu replicas: %s", (long long)least,
				replicas,
				least > (int64_t)replicas ?
					"producers with acks=all can never write" :
					"with one broker down, producers with acks=all cannot write");
		if ((strcmp(change->name, "retention.ms") == 0 || strcmp(change->name, "retention.bytes") == 0) &&
			now && now->value && is_smaller(after, now->value))
			topic_plan_warn(plan, s,
				"%s becomes smaller: records beyond it are deleted at once and cannot be restored",
				change->name);
		if (strcmp(change->name, "cleanup.policy") == 0 && now && now->value && strstr(after, "compact") &&
			!strstr(now->value, "compact"))
			topic_plan_warn(plan, s,
				"compaction deletes older records with the same key, and the topic rejects records without a key");
	}
	if (!s->of_broker) {
		topic_plan_warn_retention(plan, s, policy_after(s, fact));
		warn_kept_retention(plan, s, fact);
	}
}

static bool add_change(struct topic_plan *plan, struct topic_step *s, struct topic_setting *settings,
	const struct topic_fact *fact, const char *name, const char *value)
{
	const struct topic_config *now = topic_fact_config(fact, name);
	const char *before = now && now->own ? now->value : NULL;

	if (now && !now->is_sensitive && (value ? now->own && str_equal(value, now->value) : !now->own))
		return false; /* nothing to do */
	settings[s->setting_count++] = (struct topic_setting){ .name = arena_strdup(plan->arena, name),
		.value = arena_strdup(plan->arena, value),
		.before = arena_strdup(plan->arena, before) };
	return true;
}

static void add_value(const struct topic_step *s, const char *name, const char *value, struct str *out)
{
	const struct config_def *def = config_catalog_find(s->of_broker ? CONFIG_BROKER : CONFIG_TOPIC, name);
	struct str meaning = { 0 };

	config_value_print(def, value, &meaning);
	str_add(out, meaning.len ? str_text(&meaning) : value);
	str_release(&meaning);
}

/* "retention.ms 2d -> 3d" */
static void say_change(const struct topic_step *s, const struct topic_setting *change, const struct topic_config *now,
	struct str *out)
{
	const char *after = change->value ? change->value : now ? now->fallback : NULL;

	str_add(out, change->name);
	if (now && now->is_sensitive)
		return;
	if (now && now->value) {
		str_add_char(out, ' ');
		add_value(s, change->name, now->value, out);
	}
	str_add(out, " -> ");
	if (after)
		add_value(s, change->name, after, out);
	if (!change->value)
		str_add(out, after ? " (default)" : "default");
}

static void finish_configs(struct topic_plan *plan, struct topic_step *s, const struct topic_fact *fact, size_t same)
{
	struct str text = { 0 };

	if (!fact->exists)
		topic_plan_refuse(plan, s, "%s %s: %s", s->of_broker ? "broker" : "topic", s->name,
			fact->error ? fact->error : "does not exist");
	show_configs(plan, s, fact);
	check_config(plan, s, fact);
	for (size_t i = 0; i < s->setting_count; i++) {
		str_add(&text, i ? ", " : "");
		say_change(s, &s->settings[i], topic_fact_config(fact, s->settings[i].name), &text);
	}
	s->summary = arena_strdup(plan->arena, s->setting_count ? str_text(&text) : "nothing to change");
	if (same)
		topic_plan_warn(plan, s, "%zu %s that value", same,
			same == 1 ? "setting already has" : "settings already have");
	str_release(&text);
}

bool topic_plan_alter(struct topic_plan *plan, const struct topic_alter *ask, const struct topic_fact *fact,
	struct error *err)
{
	struct topic_setting *settings =
		arena_array(plan->arena, ask->add_count + ask->remove_count, sizeof(*settings));
	struct topic_step *s = topic_plan_of(plan, TOPIC_CONFIG, fact);
	size_t same = 0;

	s->of_broker = ask->of_broker;
	s->settings = settings;
	for (size_t i = 0; i < ask->add_count; i++) {
		const char *equals = strchr(ask->add[i], '=');
		struct str value = { 0 };
		bool ok;
		char *name;

		if (!equals || equals == ask->add[i])
			return error_set(err, ERR_USAGE, "--add-config %s: give NAME=VALUE", ask->add[i]);
		name = topic_plan_text(plan, "%.*s", (int)(equals - ask->add[i]), ask->add[i]);
		ok = is_known(ask, fact, "--add-config", name, err) &&
			config_value_parse(config_catalog_find(ask->of_broker ? CONFIG_BROKER : CONFIG_TOPIC, name),
				equals + 1, &value, NULL, err);
		if (ok && is_twice(settings, s->setting_count, name))
			ok = error_set(err, ERR_USAGE, "--add-config %s: given twice", name);
		if (ok)
			same += !add_change(plan, s, settings, fact, name, str_text(&value));
		str_release(&value);
		if (!ok)
			return false;
	}
	for (size_t i = 0; i < ask->remove_count; i++) {
		if (!is_known(ask, fact, "--delete-config", ask->remove[i], err))
			return false;
		if (is_twice(settings, s->setting_count, ask->remove[i]))
			return error_set(err, ERR_USAGE, "--delete-config %s: given twice", ask->remove[i]);
		same += !add_change(plan, s, settings, fact, ask->remove[i], NULL);
	}
	finish_configs(plan, s, fact, same);
	return true;
}

bool topic_plan_undo(struct topic_plan *plan, const struct journal_entry *e, const struct topic_fact *fact,
	struct error *err)
{
	bool of_broker = strncmp(e->name, "broker:", 7) == 0;
	struct topic_setting *settings = arena_array(plan->arena, e->item_count, sizeof(*settings));
	struct topic_step *s;
	size_t same = 0;

	if (e->kind == JOURNAL_TOPIC_CREATE)
		return error_set(err, ERR_USAGE,
			"this change created topic %s: weir topic delete %s removes it with its records", e->name,
			e->name);
	if (e->kind != JOURNAL_TOPIC_CONFIG)
		return error_set(err, ERR_USAGE, "%s of %s: Kafka cannot undo this", e->kind_name, e->name);
	if (e->state == JOURNAL_FAILED)
		return error_set(err, ERR_USAGE, "change %s failed: there is nothing to undo", e->id);
	s = topic_plan_of(plan, TOPIC_CONFIG, fact);
	s->of_broker = of_broker;
	s->settings = settings;
	if (e->topic_id && fact->id && strcmp(e->topic_id, fact->id) != 0)
		topic_plan_refuse(plan, s,
			"topic %s was deleted and created again after change %s: the old values are not of "
			"this topic",
			e->name, e->id);
	for (size_t i = 0; i < e->item_count; i++) {
		const struct journal_item *item = &e->items[i];
		const struct topic_config *now = topic_fact_config(fact, item->name);

		if (now && now->is_sensitive) {
			topic_plan_warn(plan, s, "%s is a secret: its old value is not known, so it stays unchanged",
				item->name);
			continue;
		}
		if (now && !str_equal(now->own ? now->value : NULL, item->text_after) && !item->error)
			topic_plan_warn(plan, s, "%s has been changed again since, to %s", item->name,
				now->own ? now->value : "its default");
		same += !add_change(plan, s, settings, fact, item->name, item->text_before);
	}
	finish_configs(plan, s, fact, same);
	return true;
}

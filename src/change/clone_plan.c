/* SPDX-License-Identifier: BSD-2-Clause */
/* Checks whether one topic can be a copy of another, and plans what must be created for it (change/clone_run.h). */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "change/apply_execute.h"
#include "change/clone_run.h"
#include "change/topic_state.h"
#include "kafka/admin_configs.h"
#include "kafka/admin_topics.h"

static const char *value_of(const struct admin_config *c, const char *name, const char *unknown)
{
	const struct admin_config_entry *e = admin_config_find(c, name);

	return e && e->value ? e->value : unknown;
}

static bool is_in(const struct topic_apply_item *item, const char *name)
{
	for (size_t i = 0; i < item->setting_count; i++)
		if (strcmp(item->settings[i].name, name) == 0)
			return true;
	return false;
}

/* Keeps a setting that is in effect, because the other cluster may have other defaults. */
static void keep_setting(struct topic_apply_item *item, const struct admin_config *from, const char *name)
{
	const char *value = value_of(from, name, NULL);

	if (value && !is_in(item, name))
		topic_apply_setting(item, name, NULL, value);
}

static void plan_creation(struct clone_run *c, const struct topic_entry *source, const struct admin_config *config)
{
	bool data = c->data;
	bool appended = strcmp(value_of(config, "message.timestamp.type", "CreateTime"), "CreateTime") != 0;
	struct topic_apply_item *item = topic_apply_add(&c->plan, TOPIC_APPLY_CREATE, c->job.target.topic);

	item->partitions = source->partitions;
	item->replication = source->replication;
	for (size_t i = 0; i < source->setting_count; i++)
		if (!data || !appended || strcmp(source->settings[i].name, "message.timestamp.type") != 0)
			topic_apply_setting(item, source->settings[i].name, NULL, source->settings[i].value);
	if (data && (appended || c->elsewhere))
		topic_apply_setting(item, "message.timestamp.type", NULL, "CreateTime");
	if (data && c->elsewhere) {
		keep_setting(item, config, "cleanup.policy");
		keep_setting(item, config, "max.message.bytes");
	}
	if (data && appended)
		clone_run_say(c,
			"topic %s has message.timestamp.type=LogAppendTime: %s gets CreateTime, else its records would not "
			"keep their timestamps; change it when the copy is done",
			c->job.source.topic, c->job.target.topic);
	if (source->replication < 0)
		clone_run_say(c,
			"topic %s: its partitions have different replication factors; the broker's default is taken",
			c->job.source.topic);
}

static void warn_of_compaction(const struct clone_run *c, const struct admin_config *config)
{
	const char *policy = value_of(config, "cleanup.policy", "delete");

	if (strstr(policy, "compact"))
		clone_run_say(c,
			"topic %s is compacted (cleanup.policy=%s), and so is the copy: do not leave a copy half done for long, "
			"it cannot go on once the source's records around its end were removed",
			c->job.source.topic, policy);
}

/* Whether a target that exists can take what the source holds. */
static bool check_target(struct clone_run *c, const struct admin_config *source, struct error *err)
{
	struct admin_config config;
	const char *type;
	int64_t takes, wanted;
	bool ok = true;

	if (!admin_read_config(c->target_admin, ADMIN_TOPIC, c->job.target.topic, &config, err))
		return false;
	type = value_of(&config, "message.timestamp.type", "CreateTime");
	takes = strtoll(value_of(&config, "max.message.bytes", "0"), NULL, 10);
	wanted = strtoll(value_of(source, "max.message.bytes", "0"), NULL, 10);
	if (strcmp(type, "CreateTime") != 0)
		ok = error_set(err, ERR_KAFKA,
			"topic %s has message.timestamp.type=%s: records would not keep their timestamps",
			c->job.target.topic, type);
	else if (takes && wanted > takes)
		ok = error_set(err, ERR_KAFKA,
			"topic %s takes max.message.bytes=%" PRId64 ", topic %s %" PRId64
			": raise it, else large records are refused",
			c->job.target.topic, takes, c->job.source.topic, wanted);
	admin_config_release(&config);
	return ok;
}

static struct clone_end make_end(const char *cluster, const char *topic, const char *id)
{
	return (struct clone_end){ mem_strdup(cluster), mem_strdup(topic), mem_strdup(id) };
}

static void begin_state(struct clone_run *c, const char *source_cluster, const char *source_id,
	const char *target_cluster, size_t partitions)
{
	c->state.source = make_end(source_cluster, c->job.source.topic, source_id);
	c->state.target = make_end(target_cluster, c->job.target.topic, "");
	c->state.parts = mem_alloc((partitions + 1) * sizeof(*c->state.parts));
	for (; c->state.part_count < partitions; c->state.part_count++)
		clone_part_init(&c->state.parts[c->state.part_count]);
}

static bool equal_end(const struct clone_end *e, const char *cluster, const char *topic, const char *id)
{
	return strcmp(e->cluster, cluster) == 0 && strcmp(e->topic, topic) == 0 && strcmp(e->id, id) == 0;
}

/* Whether the topic is the copy that this state describes. */
static bool check_state(struct clone_run *c, const char *source_cluster, const char *source_id, const char *target_id,
	size_t source_partitions, size_t target_partitions, struct error *err)
{
	const struct clone_state *s = &c->state;

	if (!s->part_count)
		return error_set(err, ERR_KAFKA,
			"topic %s exists already and was not made by weir topic clone --data here (%s): "
			"choose another name, or delete it",
			c->job.target.topic, s->path);
	if (!equal_end(&s->source, source_cluster, c->job.source.topic, source_id))
		return error_set(err, ERR_KAFKA,
			"topic %s is a copy of another topic, %s with the id %s: delete it to clone it again",
			c->job.target.topic, s->source.topic, s->source.id);
	if (*s->target.id && strcmp(s->target.id, target_id) != 0)
		return error_set(err, ERR_KAFKA,
			"topic %s was deleted and created again since it was cloned: delete it to clone it again",
			c->job.target.topic);
	if (s->part_count != source_partitions || s->part_count != target_partitions)
		return error_set(err, ERR_KAFKA,
			"topic %s has %zu partitions, topic %s %zu, and the copy began with %zu: delete it "
			"to clone it again",
			c->job.source.topic, source_partitions, c->job.target.topic, target_partitions, s->part_count);
	return true;
}

static void forget_state(struct clone_run *c)
{
	for (size_t i = 0; i < c->state.part_count; i++)
		clone_part_release(&c->state.parts[i]);
	free(c->state.parts);
	c->state.parts = NULL;
	c->state.part_count = 0;
	for (struct clone_end *e = &c->state.source; e; e = e == &c->state.source ? &c->state.target : NULL) {
		free(e->cluster);
		free(e->topic);
		free(e->id);
		*e = (struct clone_end){ 0 };
	}
}

static bool hold_state(struct clone_run *c, const struct admin_description *source, const struct admin_config *config,
	const struct admin_description *target, bool exists, const char *source_cluster, const char *target_cluster,
	struct error *err)
{
	if (!clone_state_open(&c->state, target_cluster, c->job.target.topic, err))
		return false;
	if (exists)
		return check_state(c, source_cluster, source->id, target->id, source->partition_count,
			       target->partition_count, err) &&
			check_target(c, config, err);
	forget_state(c);
	begin_state(c, source_cluster, source->id, target_cluster, source->partition_count);
	return true;
}

static bool plan_data(struct clone_run *c, const struct admin_description *source, const struct admin_config *config,
	const struct admin_description *target, bool exists, struct error *err)
{
	if (!hold_state(c, source, config, target, exists, c->source_id ? c->source_id : "",
		    c->target_id ? c->target_id : "", err))
		return false;
	warn_of_compaction(c, config);
	return clone_run_look(c, err);
}

static bool plan_both(struct clone_run *c, const struct admin_description *source, const struct topic_entry *entry,
	const struct admin_config *config, struct error *err)
{
	struct admin_description target;
	struct error why = { 0 };
	bool exists = admin_describe_topic(c->target_admin, c->job.target.topic, &target, &why), ok = true;

	c->exists = exists;
	if (!exists && why.code != ERR_NOT_FOUND) {
		*err = why;
		return false;
	}
	if (exists && *source->id && strcmp(source->id, target.id) == 0)
		ok = error_set(err, ERR_USAGE, "topic %s cannot be cloned into itself", c->job.source.topic);
	else if (exists && !c->data)
		ok = error_set(err, ERR_KAFKA, "topic %s exists already", c->job.target.topic);
	if (ok && !exists)
		plan_creation(c, entry, config);
	if (ok && c->data)
		ok = plan_data(c, source, config, &target, exists, err);
	admin_description_release(&target);
	return ok;
}

bool clone_run_plan(struct clone_run *c, struct error *err)
{
	const char *name = c->job.source.topic;
	struct admin_description source;
	struct topic_file file = { 0 };
	struct admin_config config = { 0 };
	bool ok;

	if (!admin_describe_topic(c->source_admin, name, &source, err))
		return false;
	ok = admin_read_config(c->source_admin, ADMIN_TOPIC, name, &config, err) &&
		topic_state_read(c->source_admin, name, &file, err) &&
		plan_both(c, &source, &file.topics[0], &config, err) && apply_validate(c->target_admin, &c->plan, err);
	if (ok && topic_apply_count(&c->plan, TOPIC_APPLY_FAILED))
		ok = error_set(err, ERR_KAFKA, "%s", c->plan.items[0].why);
	admin_config_release(&config);
	topic_file_release(&file);
	admin_description_release(&source);
	return ok;
}

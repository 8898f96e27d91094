/* SPDX-License-Identifier: BSD-2-Clause */
#include "change/topic_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "kafka/admin_configs.h"
#include "kafka/admin_logs.h"

/* The sum of larger topics is not worth the wait: it only feeds a warning. */
enum { COUNTED_MAX = 2000, GROUPS_MS = 10000 };

static bool count_partitions(struct admin *a, const struct admin_names *names, int64_t *sum, struct error *err)
{
	struct admin_topic *topics = mem_alloc((names->count + 1) * sizeof(*topics));
	bool ok;

	for (size_t i = 0; i < names->count; i++)
		topics[i].name = names->items[i];
	ok = admin_find_topics(a, topics, names->count, false, err);
	*sum = 0;
	for (size_t i = 0; ok && i < names->count; i++)
		*sum += topics[i].partition_count;
	for (size_t i = 0; i < names->count; i++)
		admin_topic_release(&topics[i]);
	free(topics);
	return ok;
}

bool topic_read_cluster(struct admin *a, struct arena *arena, bool count, struct topic_facts *out, struct error *err)
{
	struct admin_brokers brokers;
	struct admin_names names;
	struct topic_broker *kept;
	const char **kept_names;
	const char *id;
	bool ok = true;

	*out = (struct topic_facts){ .partitions = -1, .now_ms = clock_wall_ms() };
	if (!admin_cluster_id(a, &id, err) || !admin_list_brokers(a, &brokers, err))
		return false;
	out->cluster_id = arena_strdup(arena, id);
	kept = arena_array(arena, brokers.count, sizeof(*kept));
	for (size_t i = 0; i < brokers.count; i++)
		kept[i] = (struct topic_broker){ brokers.items[i].id, arena_strdup(arena, brokers.items[i].rack) };
	out->brokers = kept;
	out->broker_count = brokers.count;
	admin_brokers_release(&brokers);
	if (!admin_list_topics(a, &names, err))
		return false;
	kept_names = arena_array(arena, names.count, sizeof(*kept_names));
	for (size_t i = 0; i < names.count; i++)
		kept_names[i] = arena_strdup(arena, names.items[i]);
	out->names = kept_names;
	out->name_count = names.count;
	if (count && names.count <= COUNTED_MAX)
		ok = count_partitions(a, &names, &out->partitions, err);
	admin_names_release(&names);
	return ok;
}

static void take_configs(struct arena *arena, const struct admin_config *config, struct topic_fact *out)
{
	struct topic_config *kept = arena_array(arena, config->count, sizeof(*kept));

	for (size_t i = 0; i < config->count; i++) {
		const struct admin_config_entry *e = &config->entries[i];

		kept[i] = (struct topic_config){ .name = arena_strdup(arena, e->name),
			.value = arena_strdup(arena, e->value),
			.source = e->source,
			.fallback = arena_strdup(arena, e->fallback),
			.own = e->is_set,
			.is_read_only = e->read_only,
			.is_sensitive = e->sensitive };
	}
	out->configs = kept;
	out->config_count = config->count;
}

static bool read_config(struct admin *a, struct arena *arena, enum admin_resource type, struct topic_fact *out,
	struct error *err)
{
	struct admin_config config;

	if (!admin_read_config(a, type, out->name, &config, err))
		return false;
	take_configs(arena, &config, out);
	admin_config_release(&config);
	return true;
}

/* Reads both ends of each partition; what cannot be read stays unknown. */
static bool read_offsets(struct admin *a, const char *name, struct topic_part *parts, size_t count, struct error *err)
{
	struct admin_offset *asked = mem_alloc((2 * count + 1) * sizeof(*asked));
	bool ok;

	for (size_t i = 0; i < count; i++) {
		asked[i] = (struct admin_offset){ .topic = name,
			.partition = (int32_t)i,
			.leader = parts[i].leader,
			.at = ADMIN_EARLIEST };
		asked[count + i] = asked[i];
		asked[count + i].at = ADMIN_LATEST;
	}
	ok = admin_list_offsets(a, asked, 2 * count, err);
	for (size_t i = 0; ok && i < count; i++) {
		parts[i].log_start = asked[i].error ? OFFSET_UNKNOWN : asked[i].offset;
		parts[i].log_end = asked[count + i].error ? OFFSET_UNKNOWN : asked[count + i].offset;
	}
	free(asked);
	return ok;
}

static void keep_commits(struct arena *arena, const char *group, const struct admin_commits *found,
	struct topic_commit **all, size_t *count, size_t *cap)
{
	const char *kept = found->count ? arena_strdup(arena, group) : NULL;

	for (size_t i = 0; i < found->count; i++) {
		const struct admin_commit *c = &found->items[i];

		if (c->offset < 0)
			continue;
		*all = mem_grow(*all, cap, *count + 1, sizeof(**all));
		(*all)[(*count)++] =
			(struct topic_commit){ arena_strdup(arena, c->topic), { kept, c->partition, c->offset } };
	}
}

/* Each group is a request of its own, so all topics of a plan share the answers, within a time limit. */
static bool read_commits(struct admin *a, struct arena *arena, struct topic_facts *facts, struct error *err)
{
	int64_t deadline_ms = clock_mono_ms() + GROUPS_MS;
	struct topic_commit *all = NULL;
	size_t count = 0, cap = 0, asked = 0;
	struct admin_names groups;
	struct error why = { 0 };

	if (!admin_list_group_names(a, &groups, &why))
		facts->groups_error = arena_strdup(arena, why.message);
	for (; asked < groups.count && why.code != ERR_INTERRUPTED && clock_mono_ms() < deadline_ms; asked++) {
		struct admin_commits commits;

		if (admin_read_commits(a, groups.items[asked], &commits, &why)) {
			keep_commits(arena, groups.items[asked], &commits, &all, &count, &cap);
			admin_commits_release(&commits);
		} else {
			facts->groups_error = arena_strdup(arena, why.message);
		}
	}
	if (asked < groups.count && !facts->groups_error) {
		struct str text = { 0 };

		str_addf(&text, "%zu of %zu groups were asked in time", asked, groups.count);
		facts->groups_error = arena_strdup(arena, str_text(&text));
		str_release(&text);
	}
	admin_names_release(&groups);
	facts->commits = arena_dup(arena, all, count * sizeof(*all));
	facts->commit_count = count;
	facts->groups_read = true;
	free(all);
	return why.code != ERR_INTERRUPTED || error_set(err, ERR_INTERRUPTED, "interrupted");
}

static bool read_groups(struct admin *a, struct arena *arena, struct topic_facts *facts, struct topic_fact *out,
	struct error *err)
{
	struct topic_reader *readers;

	if (!facts->groups_read && !read_commits(a, arena, facts, err))
		return false;
	readers = arena_array(arena, facts->commit_count, sizeof(*readers));
	for (size_t i = 0; i < facts->commit_count; i++)
		if (strcmp(facts->commits[i].topic, out->name) == 0)
			readers[out->reader_count++] = facts->commits[i].reader;
	out->readers = readers;
	return true;
}

static struct topic_part *take_parts(struct arena *arena, const struct admin_description *d)
{
	struct topic_part *parts = arena_array(arena, d->partition_count, sizeof(*parts));

	for (size_t i = 0; i < d->partition_count; i++) {
		const struct admin_partition *p = &d->partitions[i];

		parts[i] = (struct topic_part){ .leader = p->leader,
			.replica_count = p->replica_count,
			.replicas = arena_dup(arena, p->replicas, p->replica_count * sizeof(*p->replicas)),
			.isr = arena_dup(arena, p->isr, p->isr_count * sizeof(*p->isr)),
			.isr_count = p->isr_count,
			.log_start = OFFSET_UNKNOWN,
			.log_end = OFFSET_UNKNOWN };
	}
	return parts;
}

bool topic_read_topic(struct admin *a, struct arena *arena, const char *name, unsigned what, struct topic_facts *facts,
	struct topic_fact *out, struct error *err)
{
	struct admin_description d;
	struct topic_part *parts;

	*out = (struct topic_fact){ .name = arena_strdup(arena, name), .last_write_ms = -1 };
	if (!admin_describe_topic(a, name, &d, err)) {
		if (err->code != ERR_NOT_FOUND)
			return false;
		out->error = "does not exist, or you may not describe it";
		error_clear(err);
		return true;
	}
	out->exists = true;
	out->id = *d.id ? arena_strdup(arena, d.id) : NULL;
	parts = take_parts(arena, &d);
	out->parts = parts;
	out->part_count = d.partition_count;
	admin_description_release(&d);
	if ((what & TOPIC_READ_CONFIG) && !read_config(a, arena, ADMIN_TOPIC, out, err))
		return false;
	if ((what & TOPIC_READ_OFFSETS) && !read_offsets(a, name, parts, out->part_count, err))
		return false;
	/* Only a warning depends on it. */
	if ((what & TOPIC_READ_NEWEST) && !admin_newest_ms(a, name, out->part_count, &out->last_write_ms, err) &&
		err->code == ERR_INTERRUPTED)
		return false;
	return !(what & TOPIC_READ_GROUPS) || read_groups(a, arena, facts, out, err);
}

bool topic_read_broker(struct admin *a, struct arena *arena, const char *id, struct topic_fact *out, struct error *err)
{
	*out = (struct topic_fact){ .name = arena_strdup(arena, id), .exists = true, .last_write_ms = -1 };
	return read_config(a, arena, ADMIN_BROKER, out, err);
}

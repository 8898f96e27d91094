/* SPDX-License-Identifier: BSD-2-Clause */
#include "change/topic_make.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "change/topic_execute.h"
#include "change/topic_read.h"
#include "change/topic_state.h"
#include "model/when.h"

enum { NEWEST_MS = 5000 };

struct making {
	const struct topic_asker *asker;
	const struct topic_request *request;
	struct topic_plan *plan;
	struct topic_facts facts;
};

static bool read_topic(struct making *m, const char *name, unsigned what, struct topic_fact *fact, struct error *err)
{
	return topic_read_topic(m->asker->admin, m->plan->arena, name, what, &m->facts, fact, err);
}

static bool make_create(struct making *m, const char *name, struct error *err)
{
	const struct topic_request *r = m->request;
	const struct topic_create ask = { .name = name,
		.partitions = r->partitions,
		.factor = r->factor,
		.assignment = r->assignment,
		.broker_places = r->broker_places,
		.settings = (const char *const *)r->set.items,
		.setting_count = r->set.count };

	return topic_plan_create(m->plan, &ask, &m->facts, err);
}

/* Plans an empty topic like an existing one. */
static bool make_like(struct making *m, const char *name, struct error *err)
{
	const struct topic_request *r = m->request;
	struct topic_create ask = { .name = name, .broker_places = r->broker_places, .like = r->like };
	struct topic_texts settings = { 0 };
	struct topic_file file = { 0 };
	bool ok = topic_state_read(m->asker->admin, r->like, &file, err);

	if (ok) {
		const struct topic_entry *source = &file.topics[0];

		for (size_t i = 0; i < source->setting_count; i++) {
			char *text = mem_printf("%s=%s", source->settings[i].name, source->settings[i].value);

			topic_texts_add(&settings, text);
			free(text);
		}
		ask.partitions = source->partitions;
		ask.factor = source->replication;
		ask.settings = (const char *const *)settings.items;
		ask.setting_count = settings.count;
		ok = topic_plan_create(m->plan, &ask, &m->facts, err);
	}
	topic_texts_release(&settings);
	topic_file_release(&file);
	return ok;
}

static bool make_config(struct making *m, const char *name, struct error *err)
{
	const struct topic_request *r = m->request;
	const struct topic_alter ask = { .name = name,
		.of_broker = r->of_broker,
		.add = (const char *const *)r->set.items,
		.add_count = r->set.count,
		.remove = (const char *const *)r->unset.items,
		.remove_count = r->unset.count };
	struct topic_fact fact;

	if (r->of_broker ? !topic_read_broker(m->asker->admin, m->plan->arena, name, &fact, err) :
			   !read_topic(m, name, TOPIC_READ_CONFIG, &fact, err))
		return false;
	return topic_plan_alter(m->plan, &ask, &fact, err);
}

/*
 * Plans all deletions together, because they share a sample. What takes too long to learn about many topics
 * stays unknown.
 */
static bool make_deletes(struct making *m, struct error *err)
{
	const struct topic_texts *names = &m->request->names;
	struct topic_fact *facts = arena_array(m->plan->arena, names->count, sizeof(*facts));
	int64_t deadline_ms = clock_mono_ms() + NEWEST_MS;

	for (size_t i = 0; i < names->count; i++) {
		unsigned newest = clock_mono_ms() < deadline_ms ? TOPIC_READ_NEWEST : 0;

		if (!read_topic(m, names->items[i], TOPIC_READ_OFFSETS | TOPIC_READ_GROUPS | newest, &facts[i], err))
			return false;
	}
	topic_sample_sizes(m->asker, facts, names->count);
	for (size_t i = 0; i < names->count; i++)
		topic_plan_delete(m->plan, &facts[i], &m->facts, m->request->include_internal);
	return true;
}

static bool make_partitions(struct making *m, const char *name, struct error *err)
{
	const struct topic_request *r = m->request;
	struct topic_fact fact;
	int64_t sampled = 0;
	double moved = NAN;

	if (!read_topic(m, name, TOPIC_READ_CONFIG | TOPIC_READ_OFFSETS, &fact, err))
		return false;
	if (m->asker->client && fact.exists && r->partitions > (int32_t)fact.part_count)
		moved = topic_sample_keys(m->asker, name, (int32_t)fact.part_count, r->partitions, &sampled);
	return topic_plan_partitions(m->plan, &fact, &m->facts, r->partitions, r->assignment, moved, sampled, err);
}

/* The first offset at or after the time; -1, the log end, when there is no such record. */
static bool cut_at_time(struct making *m, const struct topic_fact *fact, struct topic_cut *cuts, size_t count,
	struct error *err)
{
	const struct when_clock clock = { .now_ms = clock_wall_ms(), .utc = m->request->utc };
	const char *text = m->request->to;
	struct admin_offset *asked;
	struct when at;
	struct error why;
	bool ok;

	if (!when_parse(text, strlen(text), &clock, &at, NULL, &why))
		return error_set(err, ERR_USAGE, "truncate to %s: %s", text, why.message);
	asked = mem_alloc((count + 1) * sizeof(*asked));
	for (size_t i = 0; i < count; i++) {
		size_t p = (size_t)cuts[i].partition;

		asked[i] = (struct admin_offset){ .topic = fact->name,
			.partition = cuts[i].partition,
			.at = at.ms,
			.leader = p < fact->part_count ? fact->parts[p].leader : -1 };
	}
	ok = admin_list_offsets(m->asker->admin, asked, count, err);
	for (size_t i = 0; ok && i < count; i++) {
		if (asked[i].error)
			ok = error_set(err, ERR_KAFKA, "topic %s, partition %d: %s", fact->name,
				(int)asked[i].partition, asked[i].error);
		cuts[i].offset = asked[i].offset;
	}
	free(asked);
	return ok;
}

static bool find_cuts(struct making *m, const struct topic_fact *fact, struct topic_cut *cuts, size_t count,
	struct error *err)
{
	const char *to = m->request->to;
	char *end;
	long long offset = strtoll(to, &end, 10);

	if (strcmp(to, "latest") == 0)
		return true; /* they are -1 already */
	if (*to < '0' || *to > '9' || *end)
		return cut_at_time(m, fact, cuts, count, err);
	for (size_t i = 0; i < count; i++)
		cuts[i].offset = offset;
	return true;
}

static bool make_truncate(struct making *m, const char *name, struct error *err)
{
	const struct topic_request *r = m->request;
	unsigned what = TOPIC_READ_CONFIG | TOPIC_READ_OFFSETS | TOPIC_READ_GROUPS;
	struct topic_fact fact;
	struct topic_cut *cuts;
	size_t count;
	bool ok;

	if (!read_topic(m, name, what, &fact, err))
		return false;
	count = !fact.exists ? 0 : r->part_count ? r->part_count : fact.part_count;
	cuts = mem_alloc((count + 1) * sizeof(*cuts));
	for (size_t i = 0; i < count; i++)
		cuts[i] = (struct topic_cut){ .partition = r->part_count ? r->parts[i] : (int32_t)i, .offset = -1 };
	ok = find_cuts(m, &fact, cuts, count, err);
	if (ok)
		topic_plan_truncate(m->plan, &fact, &m->facts, cuts, count);
	free(cuts);
	return ok;
}

static bool make_elect(struct making *m, const char *name, struct error *err)
{
	struct topic_fact fact;

	if (!read_topic(m, name, 0, &fact, err))
		return false;
	topic_plan_elect(m->plan, &fact, m->request->parts, m->request->part_count);
	return true;
}

static bool make_step(struct making *m, const char *name, struct error *err)
{
	switch (m->request->kind) {
	case TOPIC_CREATE:
		return m->request->like ? make_like(m, name, err) : make_create(m, name, err);
	case TOPIC_CONFIG:
		return make_config(m, name, err);
	case TOPIC_PARTITIONS:
		return make_partitions(m, name, err);
	case TOPIC_TRUNCATE:
		return make_truncate(m, name, err);
	default:
		return make_elect(m, name, err);
	}
}

/* Frees the plan when it failed. */
static struct topic_plan *making_finish(struct making *m, bool ok, struct error *err)
{
	if (ok && topic_validate(m->asker->admin, m->plan, err)) {
		m->plan->cluster_id = m->facts.cluster_id;
		return m->plan;
	}
	topic_plan_free(m->plan);
	return NULL;
}

struct topic_plan *topic_make_plan(const struct topic_asker *asker, const struct topic_request *r, struct error *err)
{
	struct making m = { .asker = asker, .request = r };
	bool ok;

	if (!topic_request_check(r, err))
		return NULL;
	m.plan = topic_plan_new();
	ok = topic_read_cluster(asker->admin, m.plan->arena, r->kind == TOPIC_CREATE || r->kind == TOPIC_PARTITIONS,
		&m.facts, err);
	if (ok && r->kind == TOPIC_DELETE)
		ok = make_deletes(&m, err);
	for (size_t i = 0; ok && r->kind != TOPIC_DELETE && i < r->names.count; i++)
		ok = make_step(&m, r->names.items[i], err);
	return making_finish(&m, ok, err);
}

/* On another cluster, a topic or broker of the same name would be changed. */
static bool same_cluster(const struct making *m, const struct journal_entry *e, struct error *err)
{
	const char *id = m->facts.cluster_id;

	if (!e->cluster_id || !id || strcmp(e->cluster_id, id) == 0)
		return true;
	return error_set(err, ERR_USAGE, "change %s was made on cluster %s (%s), this is %s", e->id, e->cluster_id,
		e->bootstrap ? e->bootstrap : "?", id);
}

struct topic_plan *topic_make_undo(const struct topic_asker *asker, const struct journal_entry *e, struct error *err)
{
	struct making m = { .asker = asker };
	bool of_broker = strncmp(e->name, "broker:", 7) == 0;
	struct topic_fact fact;
	bool ok;

	m.plan = topic_plan_new();
	ok = topic_read_cluster(asker->admin, m.plan->arena, false, &m.facts, err) && same_cluster(&m, e, err);
	if (ok && of_broker)
		ok = topic_read_broker(asker->admin, m.plan->arena, e->name + 7, &fact, err);
	else if (ok)
		ok = read_topic(&m, e->name, TOPIC_READ_CONFIG, &fact, err);
	return making_finish(&m, ok && topic_plan_undo(m.plan, e, &fact, err), err);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Plans more partitions, and elections (model/topic_plan.h). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/topic_plan.h"

static const char *ids_text(struct topic_plan *plan, const int32_t *ids, size_t count)
{
	struct str text = { 0 };
	char *kept;

	for (size_t i = 0; i < count; i++)
		str_addf(&text, "%s%d", i ? "," : "", (int)ids[i]);
	kept = arena_strdup(plan->arena, str_text(&text));
	str_release(&text);
	return kept;
}

static bool is_compacted(const struct topic_fact *fact)
{
	const struct topic_config *policy = topic_fact_config(fact, "cleanup.policy");

	return policy && policy->value && strstr(policy->value, "compact");
}

static struct topic_placement existing_of(const struct topic_fact *fact, int32_t factor)
{
	struct topic_placement p = { .partitions = (int32_t)fact->part_count, .factor = factor };

	p.replicas = mem_alloc((fact->part_count * (size_t)factor + 1) * sizeof(*p.replicas));
	for (size_t i = 0; i < fact->part_count; i++)
		for (int32_t r = 0; r < factor; r++)
			p.replicas[i * (size_t)factor + (size_t)r] =
				(size_t)r < fact->parts[i].replica_count ? fact->parts[i].replicas[r] : -1;
	return p;
}

static bool place_partitions(struct topic_plan *plan, struct topic_step *s, const struct topic_fact *fact,
	const struct topic_facts *facts, const char *assignment, struct error *err)
{
	int32_t factor = fact->part_count ? (int32_t)fact->parts[0].replica_count : 0;
	int32_t more = s->partitions - s->partitions_before;
	struct topic_placement found, existing;
	bool ok;

	if (assignment) {
		if (!topic_place_parse(assignment, facts->brokers, facts->broker_count, &found, NULL, err))
			return false;
		ok = (found.partitions == more && found.factor == factor) ||
			error_set(err, ERR_USAGE, "--replica-assignment: give %d new partition%s of %d replicas each",
				(int)more, more == 1 ? "" : "s", (int)factor);
	} else {
		if (factor < 1 || (size_t)factor > facts->broker_count)
			return true; /* the broker places them, or says why it cannot */
		existing = existing_of(fact, factor);
		ok = topic_place(facts->brokers, facts->broker_count, more, factor, &existing, &found, err);
		topic_placement_release(&existing);
	}
	if (ok) {
		s->place = found;
		s->place.first = s->partitions_before;
		s->place.replicas = arena_dup(plan->arena, found.replicas,
			(size_t)found.partitions * (size_t)found.factor * sizeof(*found.replicas));
	}
	topic_placement_release(&found);
	return ok;
}

bool topic_plan_partitions(struct topic_plan *plan, const struct topic_fact *fact, const struct topic_facts *facts,
	int32_t total, const char *assignment, double moved, int64_t sampled, struct error *err)
{
	struct topic_step *s = topic_plan_of(plan, TOPIC_PARTITIONS, fact);

	s->partitions = total;
	s->partitions_before = (int32_t)fact->part_count;
	s->summary = topic_plan_text(plan, "from %zu to %d", fact->part_count, (int)total);
	if (!fact->exists) {
		topic_plan_refuse(plan, s, "topic %s: %s", fact->name, fact->error ? fact->error : "does not exist");
		return true;
	}
	topic_plan_row(plan, s, "partitions", topic_plan_text(plan, "%zu", fact->part_count),
		topic_plan_text(plan, "%d", (int)total), "partitions can be added but never removed");
	if (total <= s->partitions_before) {
		topic_plan_refuse(plan, s,
			"topic %s: has %zu partitions, and Kafka can only add some: give a larger number", fact->name,
			fact->part_count);
		return true;
	}
	if (!place_partitions(plan, s, fact, facts, assignment, err)) {
		plan->step_count--;
		free(s->rows);
		return false;
	}
	for (int32_t p = 0; p < s->place.partitions; p++)
		topic_plan_row(plan, s, topic_plan_text(plan, "partition %d", (int)(s->place.first + p)), NULL,
			ids_text(plan, s->place.replicas + p * s->place.factor, (size_t)s->place.factor), NULL);
	topic_plan_warn_size(plan, s, facts, total - s->partitions_before);
	if (sampled > 0 && moved > 0)
		topic_plan_warn(plan, s,
			"%.0f%% of %lld sampled keys would go to another partition from now on: the order "
			"of their records is lost",
			moved * 100, (long long)sampled);
	else if (sampled > 0)
		topic_plan_warn(plan, s, "records have keys: some will go to another partition from now on");
	if (is_compacted(fact))
		topic_plan_warn(plan, s,
			"the topic is compacted: older records of keys that move stay in their old "
			"partition and are never compacted away");
	return true;
}

void topic_plan_elect(struct topic_plan *plan, const struct topic_fact *fact, const int32_t *partitions, size_t count)
{
	struct topic_step *s = topic_plan_of(plan, TOPIC_ELECT, fact);
	struct topic_cut *cuts = arena_array(plan->arena, fact->part_count + count, sizeof(*cuts));
	size_t asked = count ? count : fact->part_count;

	s->cuts = cuts;
	s->summary = "every partition is led by its preferred replica";
	if (!fact->exists) {
		topic_plan_refuse(plan, s, "topic %s: %s", fact->name, fact->error ? fact->error : "does not exist");
		return;
	}
	for (size_t i = 0; i < asked; i++) {
		int32_t id = count ? partitions[i] : (int32_t)i;
		const struct topic_part *part;
		bool in_sync = false;

		if (id < 0 || (size_t)id >= fact->part_count) {
			topic_plan_refuse(plan, s, "topic %s: has no partition %d", fact->name, (int)id);
			continue;
		}
		part = &fact->parts[id];
		if (!part->replica_count || part->leader == part->replicas[0])
			continue;
		for (size_t r = 0; r < part->isr_count; r++)
			in_sync |= part->isr[r] == part->replicas[0];
		topic_plan_row(plan, s, topic_plan_text(plan, "partition %d", (int)id),
			part->leader < 0 ? NULL : topic_plan_text(plan, "leader %d", (int)part->leader),
			topic_plan_text(plan, "leader %d", (int)part->replicas[0]),
			in_sync ? NULL : "it is not in sync: Kafka will refuse");
		cuts[s->cut_count++] =
			(struct topic_cut){ .partition = id, .before = part->leader, .offset = part->replicas[0] };
	}
	if (s->cut_count)
		s->summary = topic_plan_text(plan, "the preferred leader of %zu partition%s", s->cut_count,
			s->cut_count == 1 ? "" : "s");
}

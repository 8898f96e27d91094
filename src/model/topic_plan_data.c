/* SPDX-License-Identifier: BSD-2-Clause */
/* Plans that remove records: deleting and truncating topics (model/topic_plan.h). */
#include <stdlib.h>
#include <string.h>

#include "model/format.h"
#include "model/topic_name.h"
#include "model/topic_plan.h"

static const char *count_text(struct topic_plan *plan, int64_t value)
{
	struct str text = { 0 };
	char *kept;

	format_count(&text, value);
	kept = arena_strdup(plan->arena, str_text(&text));
	str_release(&text);
	return kept;
}

static bool missing(struct topic_plan *plan, struct topic_step *s, const struct topic_fact *fact)
{
	if (!fact->exists)
		topic_plan_refuse(plan, s, "topic %s: %s", fact->name, fact->error ? fact->error : "does not exist");
	return !fact->exists;
}

/* Records that the group has not read yet: from its committed offset to `ends`, or to the log end when NULL. */
static int64_t unread_records(const struct topic_fact *fact, const char *group, const int64_t *ends)
{
	int64_t sum = 0;

	for (size_t i = 0; i < fact->reader_count; i++) {
		const struct topic_reader *r = &fact->readers[i];
		const struct topic_part *part = r->partition >= 0 && (size_t)r->partition < fact->part_count ?
			&fact->parts[r->partition] :
			NULL;
		int64_t end, begin;

		if (!part || strcmp(r->group, group) != 0 || part->log_end < 0 || r->committed < 0)
			continue;
		end = ends ? ends[r->partition] : part->log_end;
		begin = r->committed > part->log_start ? r->committed : part->log_start;
		if (end > begin)
			sum += end - begin;
	}
	return sum;
}

static void show_readers(struct topic_plan *plan, struct topic_step *s, const struct topic_fact *fact,
	const struct topic_facts *facts, const int64_t *ends)
{
	for (size_t i = 0; i < fact->reader_count; i++) {
		const char *group = fact->readers[i].group;
		int64_t left;

		if (i > 0 && strcmp(fact->readers[i - 1].group, group) == 0)
			continue;
		left = unread_records(fact, group, ends);
		topic_plan_row(plan, s, topic_plan_text(plan, "group %s", group_id_shown(group)), NULL,
			topic_plan_text(plan, "%s unread", count_text(plan, left)), NULL);
		if (left > 0)
			topic_plan_warn(plan, s, "group %s has not read up to %s of the records", group_id_shown(group),
				count_text(plan, left));
	}
	if (facts->groups_error)
		topic_plan_warn(plan, s, "not all groups that read it are known: %s", facts->groups_error);
}

/* NULL: empty, or not known. Kafka tells its own tools the size on disk, but librdkafka cannot ask for it. */
static const char *size_text(struct topic_plan *plan, const struct topic_fact *fact, int64_t count)
{
	struct str text = { 0 };
	const char *kept;

	if (count <= 0 || !fact->sampled)
		return NULL;
	str_add(&text, "about ");
	format_bytes(&text, (double)count * fact->record_bytes);
	kept = arena_strdup(plan->arena, str_text(&text));
	str_release(&text);
	return kept;
}

void topic_plan_delete(struct topic_plan *plan, const struct topic_fact *fact, const struct topic_facts *facts,
	bool internal_too)
{
	struct topic_step *s = topic_plan_of(plan, TOPIC_DELETE, fact);
	const char *size;
	int64_t count;

	s->wants_name = true;
	s->summary = "with all its records";
	if (missing(plan, s, fact))
		return;
	if (topic_name_is_internal(fact->name) && !internal_too)
		topic_plan_refuse(plan, s, "topic %s: is internal to Kafka; give --include-internal to delete it",
			fact->name);
	count = topic_fact_records(fact);
	topic_plan_row(plan, s, "partitions", count_text(plan, (int64_t)fact->part_count), NULL, NULL);
	topic_plan_row(plan, s, "records", count_text(plan, count), NULL, count > 0 ? "an upper bound" : NULL);
	size = size_text(plan, fact, count);
	if (size)
		topic_plan_row(plan, s, "size", size, NULL,
			topic_plan_text(plan, "estimated from the %lld newest, before compression%s",
				(long long)fact->sampled, fact->parts[0].replica_count > 1 ? ", of one replica" : ""));
	else if (count != 0)
		topic_plan_row(plan, s, "size", NULL, NULL, "unknown: no record could be read in time");
	if (fact->last_write_ms >= 0) {
		struct str at = { 0 }, ago = { 0 };

		format_datetime(&at, fact->last_write_ms, true);
		format_duration(&ago, facts->now_ms - fact->last_write_ms);
		topic_plan_row(plan, s, "last record", topic_plan_text(plan, "%s UTC", str_text(&at)), NULL,
			facts->now_ms > fact->last_write_ms ? topic_plan_text(plan, "%s ago", str_text(&ago)) : NULL);
		if (facts->now_ms - fact->last_write_ms < 3600000)
			topic_plan_warn(plan, s, "records were written to it within the last hour");
		str_release(&at);
		str_release(&ago);
	}
	show_readers(plan, s, fact, facts, NULL);
	s->summary = topic_plan_text(plan, "with %s record%s in %zu partition%s%s%s",
		count < 0 ? "an unknown number of" : count_text(plan, count), count == 1 ? "" : "s", fact->part_count,
		fact->part_count == 1 ? "" : "s", size ? ", " : "", size ? size : "");
}

static bool only_compacted(const struct topic_fact *fact)
{
	const struct topic_config *policy = topic_fact_config(fact, "cleanup.policy");

	return policy && policy->value && strstr(policy->value, "compact") && !strstr(policy->value, "delete");
}

/* False: the row tells why it is not changed. */
static bool plan_cut(struct topic_plan *plan, struct topic_step *s, const struct topic_fact *fact,
	const struct topic_cut *ask, struct topic_cut *out)
{
	const char *item = topic_plan_text(plan, "partition %d", (int)ask->partition);
	const struct topic_part *part;
	const char *note = NULL;
	int64_t to;

	if (ask->partition < 0 || (size_t)ask->partition >= fact->part_count) {
		topic_plan_refuse(plan, s, "topic %s: has no partition %d", fact->name, (int)ask->partition);
		return false;
	}
	part = &fact->parts[ask->partition];
	if (part->log_start < 0 || part->log_end < 0) {
		topic_plan_refuse(plan, s, "%s: its offsets could not be read", item);
		return false;
	}
	to = ask->offset;
	if (to < 0 || to > part->log_end) {
		note = to > part->log_end ? "clamped to the log end" : NULL;
		to = part->log_end;
	}
	if (to <= part->log_start) {
		topic_plan_row(plan, s, item, topic_plan_text(plan, "%lld", (long long)part->log_start),
			topic_plan_text(plan, "%lld", (long long)part->log_start), "nothing to delete");
		return false;
	}
	topic_plan_row(plan, s, item, topic_plan_text(plan, "%lld", (long long)part->log_start),
		topic_plan_text(plan, "%lld", (long long)to),
		topic_plan_text(plan, "deletes up to %s records%s%s", count_text(plan, to - part->log_start),
			note ? "; " : "", note ? note : ""));
	*out = (struct topic_cut){ .partition = ask->partition, .before = part->log_start, .offset = to };
	return true;
}

void topic_plan_truncate(struct topic_plan *plan, const struct topic_fact *fact, const struct topic_facts *facts,
	const struct topic_cut *cuts, size_t count)
{
	struct topic_step *s = topic_plan_of(plan, TOPIC_TRUNCATE, fact);
	struct topic_cut *kept = arena_array(plan->arena, count, sizeof(*kept));
	int64_t *ends;
	int64_t sum = 0;

	s->wants_name = true;
	s->summary = "nothing to delete";
	if (missing(plan, s, fact))
		return;
	if (only_compacted(fact))
		topic_plan_refuse(plan, s,
			"topic %s: cleanup.policy is compact without delete, and Kafka does not delete "
			"records of such a topic",
			fact->name);
	if (topic_name_is_internal(fact->name))
		topic_plan_refuse(plan, s, "topic %s: is internal to Kafka", fact->name);
	s->cuts = kept;
	ends = arena_array(plan->arena, fact->part_count, sizeof(*ends));
	for (size_t i = 0; i < count; i++) {
		if (!plan_cut(plan, s, fact, &cuts[i], &kept[s->cut_count]))
			continue;
		ends[kept[s->cut_count].partition] = kept[s->cut_count].offset;
		sum += kept[s->cut_count].offset - kept[s->cut_count].before;
		s->cut_count++;
	}
	show_readers(plan, s, fact, facts, ends);
	if (s->cut_count)
		s->summary = topic_plan_text(plan, "delete up to %s records in %zu partition%s", count_text(plan, sum),
			s->cut_count, s->cut_count == 1 ? "" : "s");
}

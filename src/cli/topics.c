/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/session.h"

#include <inttypes.h>
#include <string.h>

#include "base/json.h"
#include "model/format.h"

enum {
	TOPICS_TOPIC,
	TOPICS_ID,
	TOPICS_INTERNAL,
	TOPICS_COUNT,
	TOPICS_REPLICATION,
	TOPICS_UNDER,
	TOPICS_OFFLINE,
	TOPICS_UNDER_MIN,
	TOPICS_MIN_ISR,
	TOPICS_RECORDS,
	TOPICS_RECORDS_UNKNOWN,
	TOPICS_RETENTION_MS,
	TOPICS_RETENTION_BYTES,
	TOPICS_CLEANUP,
	TOPICS_GROUPS,
	TOPICS_LAG,
	TOPICS_LAG_UNKNOWN,
	TOPICS_WORST_GROUP,
	TOPICS_WORST_LAG,
	TOPICS_PARTITIONS,
	TOPICS_AT,
	TOPICS_ERROR,
	TOPICS_SEVERITY,
	TOPICS_PROBLEM,
	TOPICS_NOTE,
	TOPICS_COLUMN_COUNT
};

const struct column topics_columns[TOPICS_COLUMN_COUNT] = {
	[TOPICS_TOPIC] = { .name = "topic", .title = "TOPIC" },
	[TOPICS_ID] = { .name = "topic_id" },
	[TOPICS_INTERNAL] = { .name = "internal" },
	[TOPICS_COUNT] = { .name = "partitions", .title = "PARTS", .right = true },
	[TOPICS_REPLICATION] = { .name = "replication_factor", .title = "REPL", .right = true },
	[TOPICS_UNDER] = { .name = "under_replicated", .title = "UNDER-REPL", .right = true },
	[TOPICS_OFFLINE] = { .name = "offline", .title = "OFFLINE", .right = true },
	[TOPICS_UNDER_MIN] = { .name = "under_min_isr", .title = "UNDER-MIN", .right = true },
	[TOPICS_MIN_ISR] = { .name = "min_insync_replicas", .title = "MIN ISR", .right = true },
	[TOPICS_RECORDS] = { .name = "records", .title = "RECORDS", .right = true },
	[TOPICS_RECORDS_UNKNOWN] = { .name = "records_unknown" },
	[TOPICS_RETENTION_MS] = { .name = "retention_ms", .title = "RETENTION", .right = true },
	[TOPICS_RETENTION_BYTES] = { .name = "retention_bytes", .title = "BYTES", .right = true },
	[TOPICS_CLEANUP] = { .name = "cleanup_policy", .title = "CLEANUP" },
	[TOPICS_GROUPS] = { .name = "groups", .title = "GROUPS", .right = true },
	[TOPICS_LAG] = { .name = "lag", .title = "LAG", .right = true },
	[TOPICS_LAG_UNKNOWN] = { .name = "lag_unknown" },
	[TOPICS_WORST_GROUP] = { .name = "worst_group", .title = "WORST GROUP" },
	[TOPICS_WORST_LAG] = { .name = "worst_lag" },
	[TOPICS_PARTITIONS] = { .name = "partition_details", .json_only = true },
	[TOPICS_AT] = { .name = "at" },
	[TOPICS_ERROR] = { .name = "error" },
	[TOPICS_SEVERITY] = { .name = "severity" },
	[TOPICS_PROBLEM] = { .name = "problem" },
	[TOPICS_NOTE] = { .name = "note", .title = "NOTE" },
};
const size_t topics_column_count = TOPICS_COLUMN_COUNT;

static void add_ids(struct json *j, const char *name, const int32_t *ids, int32_t count)
{
	json_array(j, name);
	for (int32_t i = 0; i < count; i++)
		json_int(j, NULL, ids[i]);
	json_array_end(j);
}

static void add_offset(struct json *j, const char *name, int64_t value)
{
	if (value < 0)
		json_null(j, name);
	else
		json_int(j, name, value);
}

static const char *partition_error(const struct partition *p)
{
	if (p->error)
		return p->error;
	if (p->end_origin.error)
		return p->end_origin.error;
	return p->start_origin.error;
}

static struct value partitions_cell(struct session *s, const struct topic *t)
{
	struct str text = { 0 };
	struct json j = { .out = &text };

	json_array(&j, NULL);
	for (int32_t i = 0; i < t->partition_count; i++) {
		const struct partition *p = &t->partitions[i];

		json_object(&j, NULL);
		json_int(&j, "partition", p->id);
		add_offset(&j, "leader", p->leader);
		add_offset(&j, "leader_epoch", p->leader_epoch);
		add_ids(&j, "replicas", p->replicas, p->replica_count);
		add_ids(&j, "isr", p->isr, p->isr_count);
		add_offset(&j, "log_start_offset", p->log_start);
		add_offset(&j, "log_end_offset", p->high_watermark);
		json_string(&j, "error", partition_error(p));
		json_object_end(&j);
	}
	json_array_end(&j);

	struct value cell = { .kind = VALUE_JSON, .text = arena_strdup(s->output.arena, str_text(&text)) };

	str_release(&text);
	return cell;
}

/* Kafka writes "no limit" as -1, which means "unknown" in the snapshot. */
static struct value limit_cell(struct session *s, int64_t value, void (*format)(struct str *out, int64_t value))
{
	struct value cell = value == INT64_MAX ? value_int(-1) : value_known(value);
	struct str text = { 0 };

	format(&text, value);
	cell.shown = arena_strdup(s->output.arena, str_text(&text));
	str_release(&text);
	return cell;
}

/* A sum that leaves something out ends in ? in the table. */
static struct value partial_sum(struct session *s, int64_t sum, int32_t unknown)
{
	struct value cell = value_known(sum);
	struct str text = { 0 };

	if (sum < 0 || unknown == 0)
		return cell;
	format_count(&text, sum);
	str_add_char(&text, '?');
	cell.shown = arena_strdup(s->output.arena, str_text(&text));
	str_release(&text);
	return cell;
}

static void add_readers(struct session *s, const struct topic *t, struct value *cells)
{
	int32_t unread = s->snapshot->totals.groups_unknown;

	if (!(s->snapshot->ready & NEED_COMMITTED) || !s->snapshot->groups_origin.at_ms)
		return;
	cells[TOPICS_GROUPS] = partial_sum(s, t->reader_count, unread);
	cells[TOPICS_LAG] = partial_sum(s, t->lag, t->lag_unknown + unread);
	cells[TOPICS_LAG_UNKNOWN] = value_int(t->lag_unknown + unread);
	if (!t->worst)
		return;
	cells[TOPICS_WORST_GROUP] = value_text(t->worst->group->id);
	cells[TOPICS_WORST_GROUP].shown = group_id_shown(t->worst->group->id);
	cells[TOPICS_WORST_LAG] = value_known(t->worst->lag);
}

static void add_topic(struct session *s, const struct topic *t)
{
	struct value cells[TOPICS_COLUMN_COUNT] = { 0 };
	const char *error = t->origin.error ? t->origin.error : t->settings.origin.error;
	char id[23];

	topic_id_text(t, id);
	cells[TOPICS_TOPIC] = value_text(t->name);
	cells[TOPICS_ID] = value_text(*id ? id : NULL);
	cells[TOPICS_INTERNAL] = value_bool(t->internal);
	if (t->origin.at_ms) {
		cells[TOPICS_COUNT] = value_int(t->partition_count);
		cells[TOPICS_UNDER] = value_int(t->under_replicated);
		cells[TOPICS_OFFLINE] = value_int(t->offline);
		cells[TOPICS_RECORDS_UNKNOWN] = value_int(t->records_unknown);
	}
	cells[TOPICS_REPLICATION] = value_known(t->replication);
	cells[TOPICS_UNDER_MIN] = value_known(t->under_min_isr);
	cells[TOPICS_MIN_ISR] = value_known(t->settings.origin.at_ms ? t->settings.min_isr : -1);
	cells[TOPICS_RECORDS] = value_known(t->records);
	cells[TOPICS_RETENTION_MS] = limit_cell(s, t->settings.retention_ms, format_config_ms);
	cells[TOPICS_RETENTION_BYTES] = limit_cell(s, t->settings.retention_bytes, format_config_bytes);
	cells[TOPICS_CLEANUP] = value_text(t->settings.cleanup_policy);
	if (s->in->args->format == OUTPUT_JSON)
		cells[TOPICS_PARTITIONS] = partitions_cell(s, t);
	add_readers(s, t, cells);
	cells[TOPICS_AT] = value_time(&s->output, session_wall_ms(s, t->origin.at_ms));
	cells[TOPICS_ERROR] = value_text(error);
	session_add_verdict(s, verdict_topic(t), &cells[TOPICS_SEVERITY]);
	output_row(&s->output, cells);
	if (error)
		session_complain(s, "topic %s: %s", t->name, error);
	for (int32_t i = 0; i < t->partition_count; i++) {
		const char *why = partition_error(&t->partitions[i]);

		if (why)
			session_complain(s, "topic %s, partition %" PRId32 ": %s", t->name, t->partitions[i].id, why);
	}
}

static void add_rows(struct session *s)
{
	session_check_origin(s, &s->snapshot->metadata_origin, "brokers and topics");
	session_check_topics(s);
	if (s->snapshot->topics_visible == VISIBILITY_PARTIAL && s->in->args->topics.count == 0)
		session_note(s, "only topics you may describe are shown");
	if (s->snapshot->groups_origin.error)
		session_note(s, "GROUPS and LAG are not known: %s", s->snapshot->groups_origin.error);
	else if (s->snapshot->groups_visible == VISIBILITY_PARTIAL)
		session_note(s, "GROUPS and LAG count only groups you may describe");
	for (size_t i = 0; i < s->snapshot->topic_count; i++)
		if (session_wants_topic(s, s->snapshot->topics[i].name))
			add_topic(s, &s->snapshot->topics[i]);
}

static const struct session_kind kind = {
	.columns = topics_columns,
	.column_count = TOPICS_COLUMN_COUNT,
	.rows = add_rows,
};

int topics_run(const struct command_input *in, struct error *err)
{
	struct demand *d = session_demand_groups(in);

	if (in->args->format == OUTPUT_NAME)
		d->needs = NEED_METADATA;
	else
		d->needs |= NEED_SETTINGS | NEED_TOPIC_IDS | verdict_needs(VERDICT_TOPIC);
	d->all_partitions = in->args->format != OUTPUT_NAME;
	return session_run(in, d, &kind, err);
}

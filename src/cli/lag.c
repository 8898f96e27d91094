/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/lag_limit.h"

#include <inttypes.h>
#include <string.h>

#include "model/lag.h"

enum {
	LAG_GROUP,
	LAG_STATE,
	LAG_TYPE,
	LAG_TOPIC,
	LAG_PARTITION,
	LAG_COMMITTED,
	LAG_START,
	LAG_END,
	LAG_LAG,
	LAG_LOST,
	LAG_CLIENT,
	LAG_HOST,
	LAG_MEMBER,
	LAG_EPOCH,
	LAG_NOTE,
	LAG_AT,
	LAG_ERROR,
	LAG_COLUMN_COUNT
};

const struct column lag_columns[LAG_COLUMN_COUNT] = {
	[LAG_GROUP] = { .name = "group", .title = "GROUP" },
	[LAG_STATE] = { .name = "state" },
	[LAG_TYPE] = { .name = "type" },
	[LAG_TOPIC] = { .name = "topic", .title = "TOPIC" },
	[LAG_PARTITION] = { .name = "partition", .title = "PART", .right = true },
	[LAG_COMMITTED] = { .name = "committed_offset", .title = "COMMITTED", .right = true },
	[LAG_START] = { .name = "log_start_offset", .title = "LOG START", .right = true },
	[LAG_END] = { .name = "log_end_offset", .title = "LOG END", .right = true },
	[LAG_LAG] = { .name = "lag", .title = "LAG", .right = true },
	[LAG_LOST] = { .name = "lost", .title = "LOST", .right = true },
	[LAG_CLIENT] = { .name = "client_id", .title = "CLIENT" },
	[LAG_HOST] = { .name = "host", .title = "HOST" },
	[LAG_MEMBER] = { .name = "member_id" },
	[LAG_EPOCH] = { .name = "leader_epoch" },
	[LAG_NOTE] = { .name = "note", .title = "NOTE" },
	[LAG_AT] = { .name = "at" },
	[LAG_ERROR] = { .name = "error" },
};
const size_t lag_column_count = LAG_COLUMN_COUNT;

const char *lag_row_error(const struct snapshot *s, const struct group *g, const struct group_partition *row)
{
	const struct partition *p = row->partition_ref;

	if (row->error)
		return row->error;
	if (g->commit_origin.error)
		return g->commit_origin.error;
	if (!p)
		return row->topic_ref ? row->topic_ref->origin.error : NULL;

	const struct origin *end = s->read_committed ? &p->stable_origin : &p->end_origin;

	if (end->error)
		return end->error;
	if (p->start_origin.error)
		return p->start_origin.error;
	if (row->end < 0)
		return p->error ? p->error : p->leader < 0 ? "no leader" : "end offset not read";
	return NULL;
}

static int64_t oldest_read(const struct snapshot *s, const struct group *g, const struct group_partition *row)
{
	int64_t at = g->commit_origin.at_ms;

	if (row->partition_ref) {
		const struct partition *p = row->partition_ref;
		int64_t end = s->read_committed ? p->stable_origin.at_ms : p->end_origin.at_ms;

		if (end && (!at || end < at))
			at = end;
	}
	return at;
}

static void add_row(struct session *s, const struct group *g, const struct group_partition *row, const char *error)
{
	struct value cells[LAG_COLUMN_COUNT] = { 0 };
	struct str note = { 0 };

	cells[LAG_GROUP] = value_text(g->id);
	cells[LAG_GROUP].shown = group_id_shown(g->id);
	cells[LAG_STATE] = value_text(group_state_name(g->state));
	cells[LAG_TYPE] = value_text(group_type_name(g->type));
	cells[LAG_ERROR] = value_text(error);
	if (row) {
		const struct partition *p = row->partition_ref;

		cells[LAG_TOPIC] = value_text(row->topic);
		cells[LAG_PARTITION] = value_int(row->partition);
		cells[LAG_COMMITTED] = value_known(row->committed);
		cells[LAG_START] = value_known(p ? p->log_start : OFFSET_UNKNOWN);
		cells[LAG_END] = value_known(row->end);
		cells[LAG_LAG] = value_known(row->lag);
		cells[LAG_LOST] = value_known(row->lost);
		cells[LAG_EPOCH] = value_known(row->leader_epoch);
		cells[LAG_NOTE] = value_text(lag_note_name(row->note));
		cells[LAG_AT] = value_time(&s->output, session_wall_ms(s, oldest_read(s->snapshot, g, row)));
		if (row->member >= 0) {
			const struct member *m = &g->members[row->member];

			cells[LAG_CLIENT] = value_text(m->client_id);
			cells[LAG_HOST] = value_text(m->host);
			cells[LAG_MEMBER] = value_text(m->id);
		}
		lag_note_text(&note, row);
	}
	if (error && (!row || row->note != LAG_COMMIT_ERROR)) {
		if (note.len)
			str_add(&note, ": ");
		str_add(&note, error);
	}
	cells[LAG_NOTE].shown = arena_strdup(s->output.arena, str_text(&note));
	output_row(&s->output, cells);
	str_release(&note);
}

/* One row for all selected partitions of the group. */
static void add_total(struct session *s, const struct group *g)
{
	struct value cells[LAG_COLUMN_COUNT] = { 0 };
	struct lag_total sum = lag_total_of(s, g);
	int32_t unknown = sum.unknown + sum.never;
	bool known = sum.count > unknown || (sum.count == 0 && g->commit_origin.at_ms);
	struct str note = { 0 };

	cells[LAG_GROUP] = value_text(g->id);
	cells[LAG_GROUP].shown = group_id_shown(g->id);
	cells[LAG_STATE] = value_text(group_state_name(g->state));
	cells[LAG_TYPE] = value_text(group_type_name(g->type));
	cells[LAG_LAG] = value_known(known ? sum.lag : OFFSET_UNKNOWN);
	cells[LAG_LOST] = value_known(known ? sum.lost : OFFSET_UNKNOWN);
	cells[LAG_ERROR] = value_text(sum.error);
	cells[LAG_NOTE] = value_text(unknown ? "partly_known" : NULL);
	if (unknown)
		str_addf(&note, "without %" PRId32 " of %" PRId32 " partitions, whose lag is not known", unknown,
			sum.count);
	cells[LAG_NOTE].shown = arena_strdup(s->output.arena, str_text(&note));
	cells[LAG_AT] = value_time(&s->output, session_wall_ms(s, g->commit_origin.at_ms));
	output_row(&s->output, cells);
	str_release(&note);
}

/* Returns how many rows belong to topics that the metadata does not have. */
static int32_t add_group(struct session *s, const struct group *g)
{
	const struct origin *failed = g->commit_origin.error ? &g->commit_origin :
		g->describe_origin.error                     ? &g->describe_origin :
							       NULL;
	const char *first_error = NULL;
	int32_t errors = 0, hidden = 0;

	if (s->in->args->total)
		add_total(s, g);
	lag_check_group(s, g);

	for (int32_t i = 0; i < g->partition_count; i++) {
		const struct group_partition *row = &g->partitions[i];

		if (!session_wants_topic(s, row->topic))
			continue;
		const char *error = lag_row_error(s->snapshot, g, row);

		if (!s->in->args->total)
			add_row(s, g, row, error);
		hidden += row->note == LAG_NO_TOPIC;
		if (!error || (failed && error == failed->error))
			continue;
		first_error = first_error ? first_error : error;
		errors++;
	}
	if (failed && g->partition_count == 0 && !s->in->args->total)
		add_row(s, g, NULL, failed->error);
	if (failed)
		session_complain(s, "group %s: %s: %s", group_id_shown(g->id),
			failed == &g->commit_origin ? "committed offsets" : "members", failed->error);
	if (errors)
		session_complain(s, "group %s: %" PRId32 " partition%s not known: %s", group_id_shown(g->id), errors,
			errors == 1 ? "" : "s", first_error);
	return hidden;
}

static void add_rows(struct session *s)
{
	session_check_origin(s, &s->snapshot->groups_origin, "groups");
	session_check_origin(s, &s->snapshot->metadata_origin, "brokers and topics");
	session_check_groups(s);
	session_check_topics(s);
	int32_t hidden = 0;

	for (size_t i = 0; i < s->snapshot->group_count; i++)
		if (session_wants_group(s, s->snapshot->groups[i].id))
			hidden += add_group(s, &s->snapshot->groups[i]);
	if (hidden && s->snapshot->topics_visible == VISIBILITY_PARTIAL)
		session_note(s, "%" PRId32 " partition%s of topics that do not exist, or that you may not describe",
			hidden, hidden == 1 ? "" : "s");
}

static const struct column *columns_of(const struct command_input *in, struct column columns[LAG_COLUMN_COUNT])
{
	static const int of_partitions[] = { LAG_TOPIC, LAG_PARTITION, LAG_COMMITTED, LAG_START, LAG_END, LAG_CLIENT,
		LAG_HOST };

	if (!in->args->total)
		return lag_columns;
	memcpy(columns, lag_columns, sizeof(lag_columns));
	for (size_t i = 0; i < sizeof(of_partitions) / sizeof(of_partitions[0]); i++)
		columns[of_partitions[i]].title = NULL;
	return columns;
}

int lag_run(const struct command_input *in, struct error *err)
{
	struct column columns[LAG_COLUMN_COUNT];
	const struct session_kind kind = {
		.columns = columns_of(in, columns),
		.column_count = LAG_COLUMN_COUNT,
		.rows = add_rows,
		.is_met = in->args->wait_below > 0 ? lag_is_below : NULL,
	};

	if (in->args->wait_below > 0 && in->args->fail_over >= 0) {
		error_set(err, ERR_USAGE, "--wait-below and --fail-over exclude one another");
		return error_exit_status(err);
	}
	return session_run(in, session_demand_groups(in), &kind, err);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/session.h"

#include <inttypes.h>
#include <string.h>
enum {
	GROUPS_GROUP,
	GROUPS_TYPE,
	GROUPS_STATE,
	GROUPS_PROTOCOL,
	GROUPS_COORDINATOR,
	GROUPS_MEMBERS,
	GROUPS_TOPICS,
	GROUPS_PARTITIONS,
	GROUPS_UNASSIGNED,
	GROUPS_LAG,
	GROUPS_UNKNOWN,
	GROUPS_NEVER,
	GROUPS_MAX,
	GROUPS_LOST,
	GROUPS_SIMPLE,
	GROUPS_AT,
	GROUPS_ERROR,
	GROUPS_SEVERITY,
	GROUPS_PROBLEM,
	GROUPS_NOTE,
	GROUPS_COLUMN_COUNT
};

const struct column groups_columns[GROUPS_COLUMN_COUNT] = {
	[GROUPS_GROUP] = { .name = "group", .title = "GROUP" },
	[GROUPS_TYPE] = { .name = "type", .title = "TYPE" },
	[GROUPS_STATE] = { .name = "state", .title = "STATE" },
	[GROUPS_PROTOCOL] = { .name = "protocol", .title = "PROTOCOL" },
	[GROUPS_COORDINATOR] = { .name = "coordinator", .title = "COORD", .right = true },
	[GROUPS_MEMBERS] = { .name = "members", .title = "MEMBERS", .right = true },
	[GROUPS_TOPICS] = { .name = "topics", .title = "TOPICS", .right = true },
	[GROUPS_PARTITIONS] = { .name = "partitions", .title = "PARTS", .right = true },
	[GROUPS_UNASSIGNED] = { .name = "unassigned" },
	[GROUPS_LAG] = { .name = "lag", .title = "LAG", .right = true },
	[GROUPS_UNKNOWN] = { .name = "lag_unknown", .title = "UNKNOWN", .right = true },
	[GROUPS_NEVER] = { .name = "never_committed" },
	[GROUPS_MAX] = { .name = "max_lag", .title = "MAX LAG", .right = true },
	[GROUPS_LOST] = { .name = "lost", .title = "LOST", .right = true },
	[GROUPS_SIMPLE] = { .name = "simple" },
	[GROUPS_AT] = { .name = "at" },
	[GROUPS_ERROR] = { .name = "error" },
	[GROUPS_SEVERITY] = { .name = "severity" },
	[GROUPS_PROBLEM] = { .name = "problem" },
	[GROUPS_NOTE] = { .name = "note", .title = "NOTE" },
};
const size_t groups_column_count = GROUPS_COLUMN_COUNT;

static bool reads_wanted_topic(const struct session *s, const struct group *g)
{
	if (s->in->args->topics.count == 0)
		return true;
	for (int32_t i = 0; i < g->partition_count; i++)
		if (session_wants_topic(s, g->partitions[i].topic))
			return true;
	return false;
}

static void add_group(struct session *s, const struct group *g)
{
	struct value cells[GROUPS_COLUMN_COUNT] = { 0 };
	const struct origin *origins[] = { &g->list_origin, &g->describe_origin, &g->commit_origin };
	static const char *const what[] = { "state", "members", "committed offsets" };
	bool rows_known = g->commit_origin.at_ms != 0;
	const char *error = NULL;

	for (size_t i = 0; i < 3; i++) {
		if (!origins[i]->error)
			continue;
		error = error ? error : origins[i]->error;
		session_complain(s, "group %s: %s: %s", group_id_shown(g->id), what[i], origins[i]->error);
	}
	cells[GROUPS_GROUP] = value_text(g->id);
	cells[GROUPS_GROUP].shown = group_id_shown(g->id);
	cells[GROUPS_TYPE] = value_text(group_type_name(g->type));
	cells[GROUPS_STATE] = value_text(group_state_name(g->state));
	cells[GROUPS_PROTOCOL] = value_text(g->protocol && *g->protocol ? g->protocol : NULL);
	cells[GROUPS_COORDINATOR] = value_known(g->coordinator);
	cells[GROUPS_MEMBERS] = value_known(g->member_count);
	if (rows_known) {
		cells[GROUPS_TOPICS] = value_int(g->topic_count);
		cells[GROUPS_PARTITIONS] = value_int(g->partition_count);
		cells[GROUPS_UNKNOWN] = value_int(g->lag_unknown);
		cells[GROUPS_NEVER] = value_int(g->never_committed);
	}
	cells[GROUPS_UNASSIGNED] = value_known(g->unassigned);
	cells[GROUPS_LAG] = value_known(g->lag);
	cells[GROUPS_MAX] = value_known(g->max_lag);
	cells[GROUPS_LOST] = value_known(g->lost);
	cells[GROUPS_SIMPLE] = value_bool(g->is_simple);
	cells[GROUPS_AT] = value_time(&s->output, session_wall_ms(s, g->commit_origin.at_ms));
	cells[GROUPS_ERROR] = value_text(error);
	session_add_verdict(s, verdict_group(g), &cells[GROUPS_SEVERITY]);
	output_row(&s->output, cells);
}

static void add_rows(struct session *s)
{
	session_check_origin(s, &s->snapshot->groups_origin, "groups");
	session_check_origin(s, &s->snapshot->metadata_origin, "brokers and topics");
	session_check_groups(s);
	session_check_topics(s);
	for (size_t i = 0; i < s->snapshot->group_count; i++) {
		const struct group *g = &s->snapshot->groups[i];

		if (session_wants_group(s, g->id) && reads_wanted_topic(s, g))
			add_group(s, g);
	}
}

static const struct session_kind kind = {
	.columns = groups_columns,
	.column_count = GROUPS_COLUMN_COUNT,
	.rows = add_rows,
};

int groups_run(const struct command_input *in, struct error *err)
{
	struct demand *d = session_demand_groups(in);

	/* Which topics a group reads is known from its commits alone. */
	if (in->args->format == OUTPUT_NAME && in->args->topics.count == 0)
		d->needs = NEED_GROUPS;
	return session_run(in, d, &kind, err);
}

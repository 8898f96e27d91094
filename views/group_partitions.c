/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/lag.h"
#include "model/verdict.h"
#include "views/figures.h"
#include "views/group_rows.h"
#include "views/tables.h"

enum column {
	TOPIC,
	PART,
	COMMITTED,
	LOG_START,
	LOG_END,
	LAG,
	LOST,
	IN,
	OUT,
	CLIENT,
	HOST,
	NOTE,
	MEMBER,
	INSTANCE,
	METADATA,
	COLUMN_COUNT
};

static const struct table_column columns[COLUMN_COUNT] = {
	[TOPIC] = { "topic", "TOPIC", "topic", COLUMN_NAME, 10, 99, .searched = true },
	[PART] = { "partition", "PART", "partition", COLUMN_NUMBER, 4, 98 },
	[COMMITTED] = { "committed_offset", "COMMITTED", "next record the group will read", COLUMN_NUMBER, 12, 70 },
	[LOG_START] = { "log_start_offset", "LOG START", "oldest record that is still there", COLUMN_NUMBER, 12, 43 },
	[LOG_END] = { "log_end_offset", "LOG END", "end that lag is measured from", COLUMN_NUMBER, 12, 60 },
	[LAG] = { "lag", "LAG", "records still to be read", COLUMN_NUMBER, 11, 90 },
	[LOST] = { "lost", "LOST", "records that retention removed unread", COLUMN_NUMBER, 8, 88, .optional = true },
	[IN] = { "in_per_s", "IN/S", "records written per second, mean of 30 s", COLUMN_NUMBER, 6, 41 },
	[OUT] = { "out_per_s", "OUT/S", "records committed per second, mean of 30 s", COLUMN_NUMBER, 6, 50 },
	[CLIENT] = { "client_id", "CLIENT ID", "client.id of the member", COLUMN_NAME, 10, 55, .searched = true },
	[HOST] = { "host", "HOST", "host of the member", COLUMN_TEXT, 14, 42, .searched = true },
	[NOTE] = { "note", "NOTE", "what is wrong, or why a figure is unknown", COLUMN_NAME, 18, 85, .searched = true,
		.optional = true, .reason = true },
	[MEMBER] = { "member_id", "MEMBER", "member id", COLUMN_NAME, 12, 20, .searched = true },
	[INSTANCE] = { "instance_id", "INSTANCE", "group.instance.id of a static member", COLUMN_TEXT, 12, 10,
		.searched = true, .optional = true },
	[METADATA] = { "metadata", "COMMIT METADATA", "what the committer wrote beside the offset", COLUMN_TEXT, 16, 5,
		.searched = true, .optional = true },
};

static const struct group_partition *row_at(void *owner, size_t row)
{
	return &((const struct group_rows *)owner)->group->partitions[row];
}

static size_t rows(void *owner)
{
	const struct group_rows *r = owner;

	return r->group ? (size_t)r->group->partition_count : 0;
}

static void key(void *owner, size_t row, struct str *out)
{
	const struct group_partition *p = row_at(owner, row);

	str_addf(out, "%s-%d", p->topic, (int)p->partition);
}

static void member_cell(const struct group *g, const struct group_partition *p, enum column column, struct cell *c)
{
	bool held = p->member >= 0 && p->member < g->member_count;
	const struct member *m = held ? &g->members[p->member] : NULL;

	if (!m) {
		/* No member holds it, though the group has members. */
		if (column == CLIENT && g->member_count > 0) {
			cell_text(c, "unassigned");
			figure_mark(c, verdict_group_partition(g, p), columns[CLIENT].name);
		}
		return;
	}
	if (column == HOST)
		figure_host(c, m);
	else
		cell_text(c, column == CLIENT ? m->client_id : column == MEMBER ? m->id : m->instance_id);
	if (figure_has_failed(&g->describe_origin))
		cell_stale(c);
}

/* What is wrong, or else why a figure is unknown. */
static void note_cell(const struct group *g, const struct group_partition *p, struct cell *c)
{
	struct verdict v = verdict_group_partition(g, p);

	figure_verdict(c, v);
	if (verdict_is_problem(v) || p->note == LAG_OK)
		return;
	lag_note_text(&c->text, p);
	c->sign = '?';
}

static void check_end(const struct group_rows *r, const struct group_partition *p, struct cell *c)
{
	if (p->partition_ref)
		figure_check(c, r->s, figure_end_origin(r->s, p->partition_ref));
}

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct group_rows *r = owner;
	const struct group_partition *p = row_at(owner, row);

	switch ((enum column)column) {
	case TOPIC:
		cell_text(c, p->topic);
		break;
	case PART:
		cell_int(c, p->partition);
		break;
	case COMMITTED:
		cell_count(c, p->committed);
		figure_check(c, r->s, &r->group->commit_origin);
		break;
	case LOG_START:
		if (p->partition_ref)
			figure_partition(c, r->s, p->topic_ref, p->partition_ref, PARTITION_LOG_START);
		break;
	case LOG_END:
		cell_count(c, p->end);
		check_end(r, p, c);
		break;
	case LAG:
	case LOST:
		cell_count(c, column == LAG ? p->lag : p->lost);
		figure_mark(c, verdict_group_partition(r->group, p), columns[column].name);
		figure_check(c, r->s, &r->group->commit_origin);
		check_end(r, p, c);
		break;
	case IN:
		if (p->partition_ref)
			figure_partition(c, r->s, p->topic_ref, p->partition_ref, PARTITION_IN);
		break;
	case OUT:
		cell_real(c, p->out_per_s);
		figure_check(c, r->s, &r->group->commit_origin);
		break;
	case CLIENT:
	case HOST:
	case MEMBER:
	case INSTANCE:
		member_cell(r->group, p, (enum column)column, c);
		break;
	case NOTE:
		note_cell(r->group, p, c);
		break;
	case METADATA:
		if (p->metadata && *p->metadata)
			cell_text(c, p->metadata);
		break;
	case COLUMN_COUNT:
		break;
	}
}

static bool problem(void *owner, size_t row)
{
	const struct group_rows *r = owner;

	return verdict_is_problem(verdict_group_partition(r->group, row_at(owner, row)));
}

static bool quiet(void *owner, size_t row)
{
	return row_at(owner, row)->lag == 0;
}

static void note(void *owner, size_t row, struct str *out)
{
	const struct group_rows *r = owner;
	const struct group_partition *p = row_at(owner, row);

	figure_note(out, r->s, "committed offset", &r->group->commit_origin);
	if (p->partition_ref)
		figure_partition_stale(out, r->s, p->partition_ref);
	if (figure_has_failed(&r->group->describe_origin))
		figure_note(out, r->s, "members", &r->group->describe_origin);
}

const struct table_ops group_partitions_table = {
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.rows = rows,
	.key = key,
	.cell = cell,
	.problem = problem,
	.quiet = quiet,
	.note = note,
};

void group_partitions_add(struct view *v, struct group_rows *r)
{
	panes_add(v, "partitions", &group_partitions_table, r, NULL);
}

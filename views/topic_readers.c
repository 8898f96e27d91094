/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/verdict.h"
#include "views/figures.h"
#include "views/tables.h"
#include "views/topic_rows.h"

enum column { GROUP, STATE, MEMBERS, PARTS, LAG, LOST, NOTE, TYPE, COLUMN_COUNT };

static const struct table_column columns[COLUMN_COUNT] = {
	[GROUP] = { "group", "GROUP", "group id", COLUMN_NAME, 16, 99, .searched = true },
	[STATE] = { "state", "STATE", "as the coordinator gives it", COLUMN_TEXT, 21, 60, .searched = true },
	[MEMBERS] = { "members", "MEMBERS", "members that hold partitions of this topic", COLUMN_NUMBER, 7, 50 },
	[PARTS] = { "partitions", "PARTS", "partitions of this topic, committed or held", COLUMN_NUMBER, 5, 40 },
	[LAG] = { "lag", "LAG", "on this topic, where known", COLUMN_NUMBER, 12, 90 },
	[LOST] = { "lost", "LOST", "records of this topic that retention removed unread", COLUMN_NUMBER, 9, 56,
		.optional = true },
	[NOTE] = { "note", "NOTE", "what is wrong with the group, the worst first", COLUMN_NAME, 20, 85,
		.searched = true, .optional = true, .reason = true },
	[TYPE] = { "type", "TYPE", "classic, or consumer (KIP-848)", COLUMN_TEXT, 8, 30, .searched = true },
};

static const struct group_read *reader_at(void *owner, size_t row)
{
	return &((const struct topic_rows *)owner)->topic->readers[row];
}

static size_t rows(void *owner)
{
	const struct topic_rows *r = owner;

	return r->topic ? (size_t)r->topic->reader_count : 0;
}

static void key(void *owner, size_t row, struct str *out)
{
	str_add(out, reader_at(owner, row)->group->id);
}

static void lost_cell(struct cell *c, const struct snapshot *s, const struct group_read *read)
{
	cell_count(c, read->lost);
	if (read->lost > 0)
		figure_mark(c, verdict_group(read->group), columns[LOST].name);
	if (figure_group_is_stale(s, read->group))
		cell_stale(c);
}

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct topic_rows *r = owner;
	const struct group_read *read = reader_at(owner, row);

	switch ((enum column)column) {
	case GROUP:
		cell_text(c, group_id_shown(read->group->id));
		break;
	case STATE:
		figure_group_state(c, read->group);
		figure_check(c, r->s, &read->group->list_origin);
		break;
	case MEMBERS:
		if (read->group->member_count >= 0)
			cell_int(c, read->members);
		break;
	case PARTS:
		cell_int(c, read->partitions);
		break;
	case LAG:
		figure_sum(c, read->lag, read->lag_unknown);
		if (figure_group_is_stale(r->s, read->group))
			cell_stale(c);
		break;
	case LOST:
		lost_cell(c, r->s, read);
		break;
	case NOTE:
		figure_verdict(c, verdict_group(read->group));
		break;
	case TYPE:
		if (read->group->type != GROUP_TYPE_UNKNOWN)
			cell_text(c, group_type_name(read->group->type));
		break;
	case COLUMN_COUNT:
		break;
	}
}

static bool problem(void *owner, size_t row)
{
	return verdict_is_problem(verdict_group(reader_at(owner, row)->group));
}

static bool quiet(void *owner, size_t row)
{
	return reader_at(owner, row)->lag == 0;
}

static void note(void *owner, size_t row, struct str *out)
{
	figure_group_note(out, ((const struct topic_rows *)owner)->s, reader_at(owner, row)->group);
}

const struct table_ops topic_readers_table = {
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.rows = rows,
	.key = key,
	.cell = cell,
	.problem = problem,
	.quiet = quiet,
	.note = note,
};

void topic_readers_add(struct view *v, struct topic_rows *r)
{
	panes_add(v, "groups", &topic_readers_table, r, "lag");
}

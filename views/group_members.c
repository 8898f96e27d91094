/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "views/figures.h"
#include "views/group_rows.h"
#include "views/tables.h"

enum column { CLIENT, HOST, PARTS, LAG, ASSIGNMENT, INSTANCE, MEMBER, COLUMN_COUNT };

static const struct table_column columns[COLUMN_COUNT] = {
	[CLIENT] = { "client_id", "CLIENT ID", "client.id", COLUMN_NAME, 12, 99, .searched = true },
	[HOST] = { "host", "HOST", "where it connects from", COLUMN_TEXT, 16, 60, .searched = true },
	[PARTS] = { "partitions", "PARTS", "partitions it holds", COLUMN_NUMBER, 5, 90 },
	[LAG] = { "lag", "LAG", "over the partitions it holds, where known", COLUMN_NUMBER, 12, 80 },
	[ASSIGNMENT] = { "assignment", "HOLDS", "topics and partitions", COLUMN_NAME, 16, 70, .searched = true },
	[INSTANCE] = { "instance_id", "INSTANCE", "group.instance.id of a static member", COLUMN_TEXT, 14, 20,
		.searched = true, .optional = true },
	[MEMBER] = { "member_id", "MEMBER", "member id", COLUMN_NAME, 16, 30, .searched = true },
};

static const struct member *member_at(void *owner, size_t row)
{
	return &((const struct group_rows *)owner)->group->members[row];
}

static size_t rows(void *owner)
{
	const struct group_rows *r = owner;

	return r->group && r->group->member_count > 0 ? (size_t)r->group->member_count : 0;
}

static void key(void *owner, size_t row, struct str *out)
{
	str_add(out, member_at(owner, row)->id);
}

static void lag_cell(const struct group_rows *r, size_t row, struct cell *c)
{
	int64_t sum = OFFSET_UNKNOWN;
	int32_t unknown = 0;

	for (int32_t i = 0; i < r->group->partition_count; i++) {
		const struct group_partition *p = &r->group->partitions[i];

		if (p->member != (int32_t)row)
			continue;
		if (p->lag == OFFSET_UNKNOWN)
			unknown++;
		else
			sum = (sum == OFFSET_UNKNOWN ? 0 : sum) + p->lag;
	}
	figure_sum(c, sum, unknown);
	if (figure_group_is_stale(r->s, r->group))
		cell_stale(c);
}

/* "clicks 0-3,7  orders 1" */
static void assignment_cell(const struct member *m, struct cell *c)
{
	const struct topic_partition *a = m->assignment;

	cell_text(c, "");
	for (int32_t i = 0; i < m->assignment_count; i++) {
		bool same = i > 0 && strcmp(a[i].topic, a[i - 1].topic) == 0;
		int32_t first = i;

		while (i + 1 < m->assignment_count && strcmp(a[i + 1].topic, a[i].topic) == 0 &&
			a[i + 1].partition == a[i].partition + 1)
			i++;
		if (same)
			cell_textf(c, ",%d", (int)a[first].partition);
		else
			cell_textf(c, "%s%s %d", first > 0 ? "  " : "", a[first].topic, (int)a[first].partition);
		if (i > first)
			cell_textf(c, "-%d", (int)a[i].partition);
	}
}

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct group_rows *r = owner;
	const struct member *m = member_at(owner, row);

	switch ((enum column)column) {
	case CLIENT:
		cell_text(c, m->client_id);
		break;
	case HOST:
		figure_host(c, m);
		break;
	case PARTS:
		cell_int(c, m->assignment_count);
		figure_mark(c, verdict_member(r->group, m), columns[PARTS].name);
		break;
	case LAG:
		lag_cell(r, row, c);
		break;
	case ASSIGNMENT:
		assignment_cell(m, c);
		break;
	case INSTANCE:
		cell_text(c, m->instance_id);
		break;
	case MEMBER:
		cell_text(c, m->id);
		break;
	case COLUMN_COUNT:
		break;
	}
	if (figure_has_failed(&r->group->describe_origin) && column != LAG)
		cell_stale(c);
}

static bool problem(void *owner, size_t row)
{
	return verdict_is_problem(verdict_member(((const struct group_rows *)owner)->group, member_at(owner, row)));
}

static void note(void *owner, size_t row, struct str *out)
{
	const struct group_rows *r = owner;

	(void)row;
	if (figure_has_failed(&r->group->describe_origin))
		figure_note(out, r->s, "members", &r->group->describe_origin);
}

const struct table_ops group_members_table = {
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.rows = rows,
	.key = key,
	.cell = cell,
	.problem = problem,
	.note = note,
};

void group_members_add(struct view *v, struct group_rows *r)
{
	panes_add(v, "members", &group_members_table, r, NULL);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Step 3 of a reset: what came of it, partition by partition. */
#include <string.h>

#include "base/mem.h"
#include "model/format.h"
#include "views/reset/reset_state.h"
#include "views/wrap.h"

enum { LEAD = 3 };

enum column { TOPIC, PART, BEFORE, PLANNED, AFTER, RESULT, COLUMN_COUNT };

static const struct table_column columns[COLUMN_COUNT] = {
	[TOPIC] = { "topic", "TOPIC", "topic", COLUMN_NAME, 10, 99, .searched = true },
	[PART] = { "partition", "PART", "partition", COLUMN_NUMBER, 4, 98 },
	[BEFORE] = { "before", "BEFORE", "committed before", COLUMN_NUMBER, 11, 60 },
	[PLANNED] = { "target_offset", "TARGET", "what should have been committed", COLUMN_NUMBER, 11, 70 },
	[AFTER] = { "after", "AFTER", "committed now, as read back", COLUMN_NUMBER, 11, 80 },
	[RESULT] = { "result", "RESULT", "verified, or what differs", COLUMN_NAME, 16, 90, .searched = true },
};

static const struct reset_result_row *result_at(void *owner, size_t row)
{
	return &reset_state(owner)->finish.result->rows[row];
}

static size_t rows(void *owner)
{
	const struct reset_result *r = reset_state(owner)->finish.result;

	return r ? r->row_count : 0;
}

static void key(void *owner, size_t row, struct str *out)
{
	reset_partition_name(out, result_at(owner, row)->topic, result_at(owner, row)->partition);
}

static void offset_cell(struct cell *c, int64_t offset)
{
	if (offset == RESET_NO_OFFSET)
		cell_text(c, "none");
	else
		cell_count(c, offset);
}

static const char *result_word(const struct reset_result_row *r)
{
	return r->ok ? "verified" : r->error ? r->error : r->read_back ? "differs" : "not read back";
}

static void note(void *owner, size_t row, struct str *out)
{
	const struct reset_result_row *r = result_at(owner, row);

	reset_partition_name(out, r->topic, r->partition);
	str_addf(out, ": %s", result_word(r));
}

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct reset_result_row *r = result_at(owner, row);

	switch ((enum column)column) {
	case TOPIC:
		cell_text(c, r->topic);
		break;
	case PART:
		cell_int(c, r->partition);
		break;
	case BEFORE:
		offset_cell(c, r->before);
		break;
	case PLANNED:
		offset_cell(c, r->target);
		break;
	case AFTER:
		if (r->read_back)
			offset_cell(c, r->after);
		break;
	case RESULT:
		cell_text(c, result_word(r));
		cell_severity(c, r->ok ? SEVERITY_OK : SEVERITY_CRIT);
		break;
	case COLUMN_COUNT:
		break;
	}
}

static bool problem(void *owner, size_t row)
{
	return !result_at(owner, row)->ok;
}

const struct table_ops reset_result_table = {
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.rows = rows,
	.key = key,
	.cell = cell,
	.problem = problem,
	.note = note,
};

/* The change was begun, and Kafka refused all of it. */
static bool is_untouched(const struct reset_result *r)
{
	return r->outcome == RESET_RACE_LOST || r->outcome == RESET_REFUSED;
}

static bool is_watching(const struct reset_state *st)
{
	const struct reset_result *r = st->finish.result;

	return st->step == STEP_RESULT && r && r->outcome == RESET_DONE && r->ok_count && r->plan &&
		r->plan->request->how.strategy != RESET_DELETE_GROUP;
}

/* The commit of the group that differs from what was applied to the row; NULL: there is none. */
static const struct group_partition *find_moved(const struct group *g, const struct reset_result_row *row)
{
	for (int32_t i = 0; i < g->partition_count; i++) {
		const struct group_partition *p = &g->partitions[i];

		if (p->partition == row->partition && strcmp(p->topic, row->topic) == 0)
			return p->committed >= 0 && p->committed != row->after ? p : NULL;
	}
	return NULL;
}

void reset_result_update(struct view *v)
{
	struct reset_state *st = reset_state(v);
	const struct snapshot *s = v->ui->live.cluster;
	const struct group *g = s && is_watching(st) ? snapshot_group(s, st->request.group) : NULL;
	struct reset_result *r = st->finish.result;

	if (!g || r->resumed || g->commit_origin.at_ms <= st->finish.at_ms)
		return;
	st->finish.seen_ms = g->commit_origin.at_ms;
	for (size_t i = 0; i < r->row_count && !r->resumed; i++) {
		const struct group_partition *p = find_moved(g, &r->rows[i]);

		if (!p)
			continue;
		r->resumed = true;
		r->resumed_topic = mem_strdup(p->topic);
		r->resumed_partition = p->partition;
		r->resumed_offset = p->committed;
		/* In addition to the time that an armed reset has watched. */
		r->resumed_after_ms += g->commit_origin.at_ms - st->finish.at_ms;
	}
}

static void add_resumed(struct str *out, const struct reset_state *st)
{
	const struct reset_result *r = st->finish.result;
	int64_t ms = r->resumed_after_ms + (st->finish.seen_ms ? st->finish.seen_ms - st->finish.at_ms : 0);

	if (!r->resumed) {
		str_add(out, "the group has not committed since");
		if (ms) {
			str_add(out, " (watched for ");
			format_duration(out, ms / 1000 * 1000);
			str_add_char(out, ')');
		}
		return;
	}
	str_addf(out, "the group's first commit: %s-%d at ", r->resumed_topic, (int)r->resumed_partition);
	format_count(out, r->resumed_offset);
	str_add(out, ", ");
	format_duration(out, r->resumed_after_ms);
	str_add(out, " later");
}

void reset_result_draw(struct view *v, const struct area *a)
{
	const struct reset_state *st = reset_state(v);
	const struct reset_result *r = st->finish.result;
	enum severity severity = reset_outcome_severity(r->outcome);
	struct str text = { 0 };
	struct area head;
	int row;

	str_addf(&text, "%s", reset_outcome_name(r->outcome));
	if (r->row_count && !is_untouched(r))
		str_addf(&text, ": %zu of %zu partitions verified", r->ok_count, r->row_count);
	if (r->why)
		str_addf(&text, ": %s", r->why);
	head = area_rows(a, 0, a->rows / 2);
	draw_text(a, 0, 1, 1, severity_role(severity), severity_sign(severity));
	row = wrap_draw(&head, 0, LEAD, severity_role(severity), str_text(&text));
	row = row > head.rows ? head.rows : row;
	str_clear(&text);
	if (r->journal_id && is_untouched(r))
		str_addf(&text, "nothing was changed; recorded in the journal as %s", r->journal_id);
	else if (r->journal_id)
		str_addf(&text, "recorded in the journal as %s; z undoes it", r->journal_id);
	else
		str_add(&text, "nothing was changed");
	draw_text(a, row++, LEAD, a->cols - LEAD, ROLE_DIM, str_text(&text));
	str_clear(&text);
	if (r->journal_error)
		draw_text(a, row++, LEAD, a->cols - LEAD, ROLE_WARN, r->journal_error);
	if (is_watching(st))
		add_resumed(&text, st);
	if (text.len)
		draw_text(a, row++, LEAD, a->cols - LEAD, ROLE_TEXT, str_text(&text));
	row += a->rows - row > 4;
	panes_draw_table(v, PANE_RESULT, a, row, a->rows - row, true);
	str_release(&text);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* What weir did and asked, and what failed: newest last, followed while the cursor is on it; / searches. */
#include <inttypes.h>

#include "base/log.h"
#include "model/format.h"
#include "views/panes.h"
#include "views/views.h"
#include "views/wrap.h"

struct state {
	struct panes panes; /* first */
	struct log_line *lines;
	size_t count;
	uint64_t seq; /* of the newest line taken */
	bool wrap;    /* the line under the cursor is shown whole below */
};

enum column { TIME, LEVEL, SOURCE, TEXT, COLUMN_COUNT };

static const struct table_column columns[COLUMN_COUNT] = {
	[TIME] = { "time", "TIME", "when it was written", COLUMN_TEXT, 8, 99 },
	[LEVEL] = { "level", "LEVEL", "debug, info, warn, error", COLUMN_TEXT, 7, 50, .searched = true },
	[SOURCE] = { "source", "SOURCE", "part of weir that wrote it", COLUMN_TEXT, 10, 40, .searched = true },
	[TEXT] = { "text", "TEXT", "", COLUMN_NAME, 20, 98, .searched = true },
};

static const struct log_line *line_at(const void *owner, size_t row)
{
	return &((const struct state *)((const struct view *)owner)->state)->lines[row];
}

static size_t rows(void *owner)
{
	return ((const struct state *)((const struct view *)owner)->state)->count;
}

static void key(void *owner, size_t row, struct str *out)
{
	str_addf(out, "%" PRIu64, line_at(owner, row)->seq);
}

static bool problem(void *owner, size_t row)
{
	return line_at(owner, row)->level >= LOG_WARN;
}

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct log_line *line = line_at(owner, row);

	switch ((enum column)column) {
	case TIME:
		cell_int(c, line->wall_ms);
		format_clock(&c->text, line->wall_ms, ((const struct view *)owner)->ui->utc);
		break;
	case LEVEL:
		cell_text(c, log_level_name(line->level));
		if (line->level >= LOG_WARN)
			cell_severity(c, line->level == LOG_ERROR ? SEVERITY_CRIT : SEVERITY_WARN);
		break;
	case SOURCE:
		cell_text(c, line->source);
		break;
	case TEXT:
		cell_text(c, line->text);
		break;
	case COLUMN_COUNT:
		break;
	}
	if (line->level == LOG_DEBUG)
		c->role = ROLE_DIM;
}

static const struct table_ops ops = {
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.rows = rows,
	.key = key,
	.cell = cell,
	.problem = problem,
};

static void take_lines(struct view *v)
{
	struct state *st = v->state;
	uint64_t newest = log_last_seq();

	if (newest == st->seq)
		return;
	log_lines_free(st->lines, st->count);
	st->count = log_copy(&st->lines);
	st->seq = newest;
	table_update(panes_active(v));
}

static bool open(struct view *v, struct error *err)
{
	(void)err;
	panes_add(v, "log", &ops, v, NULL);
	table_follow(panes_active(v), true);
	table_search(panes_active(v), true);
	take_lines(v);
	return true;
}

static void close(struct view *v)
{
	struct state *st = v->state;

	log_lines_free(st->lines, st->count);
	panes_close(v);
}

static void update(struct view *v, const struct world *w)
{
	((struct panes *)v->state)->s = w->cluster;
	take_lines(v);
}

static void draw(struct view *v, const struct area *a)
{
	const struct state *st = v->state;
	const char *text = "";
	int below = 0;
	size_t row;

	draw_clear(a);
	if (st->wrap && table_current(panes_active(v), &row)) {
		text = st->lines[row].text;
		below = wrap_lines(text, a->cols - TABLE_LEAD) + 1;
		if (below > a->rows / 2)
			below = a->rows / 2;
	}
	panes_draw_table(v, 0, a, 0, a->rows - below, true);
	if (below > 1) {
		draw_hline(a, a->rows - below, 0, a->cols, ROLE_BORDER);
		wrap_draw(a, a->rows - below + 1, TABLE_LEAD, ROLE_TEXT, text);
	}
	if (st->count == 0)
		draw_text(a, 1, TABLE_LEAD, a->cols - TABLE_LEAD, ROLE_DIM, "no log lines yet");
}

static enum action_result action(struct view *v, enum action_id id, const char *arg)
{
	struct state *st = v->state;

	if (id == ACTION_WRAP || id == ACTION_OPEN) {
		st->wrap = !st->wrap;
		v->ui->calls->changed(v->ui);
		return ACTION_HANDLED;
	}
	return panes_action(v, id, arg);
}

const struct view_ops view_log = {
	.name = "log",
	.title = "log",
	.state_size = sizeof(struct state),
	.capabilities = VIEW_TABLE | VIEW_PROBLEMS | VIEW_TEXT | VIEW_UNDO,
	.open = open,
	.close = close,
	.update = update,
	.draw = draw,
	.action = action,
	.disabled = panes_disabled,
	.click = panes_click,
	.footer = panes_footer,
	.note = panes_note,
	.complete = panes_complete,
};

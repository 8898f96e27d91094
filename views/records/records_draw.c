/* SPDX-License-Identifier: BSD-2-Clause */
/* Draws the table; the lines above and below it are in records_state.c. */
#include <inttypes.h>

#include "base/clock.h"
#include "model/format.h"
#include "views/records/records.h"
#include "views/records/records_draw.h"

static void add_time(struct str *out, int64_t ms, int cols, bool utc)
{
	struct str full = { 0 };

	format_datetime(&full, ms, utc);
	/* The beginning of the date is left out as far as the column is narrower; a year of five digits is never cut to four. */
	str_add(out,
		full.len > (size_t)cols && full.len <= RECORDS_DATE_COLS ? full.p + full.len - (size_t)cols :
									   str_text(&full));
	str_release(&full);
}

static void draw_titles(const struct records *r, const struct table_column *columns, const struct area *a)
{
	for (int i = 0; i < r->columns.layout.count; i++) {
		const struct column_place *p = &r->columns.layout.places[i];
		const struct table_column *c = &columns[p->column];
		const char *title = c->title;

		if (p->column == RECORDS_TIME)
			title = r->ui->utc ? "TIME UTC" : "TIME local";
		if (c->kind == COLUMN_NUMBER)
			draw_right(a, r->columns.titles_row, p->col, p->width, ROLE_TITLE, title);
		else
			draw_text(a, r->columns.titles_row, p->col, p->width, ROLE_TITLE, title);
	}
}

static void note_outcomes(struct records *r, int64_t from, int64_t to)
{
	bool unknown = false;

	for (int64_t n = from; n < to; n++) {
		const struct records_row *row = records_row(r, n);

		unknown |= row && row->outcome == TXN_UNKNOWN;
	}
	if (!unknown)
		r->rows.unknown_ms = 0;
	else if (!r->rows.unknown_ms)
		r->rows.unknown_ms = clock_mono_ms();
}

static void draw_value(const struct records *r, const struct area *a, int row, const struct column_place *p,
	const struct records_row *record)
{
	int used = 0;

	if (record->outcome == TXN_ABORTED || record->outcome == TXN_OPEN) {
		const char *sign = record->outcome == TXN_ABORTED ? "! aborted" : "~ open";

		used = draw_text(a, row, p->col, p->width, ROLE_WARN, sign) + 1;
	} else if (record->outcome == TXN_UNKNOWN && records_wait_outcomes(r)) {
		used = draw_text(a, row, p->col, p->width, ROLE_DIM, "?") + 1;
	}
	draw_scrolled(a, row, p->col + used, p->width - used, r->columns.scroll, record->value.role,
		str_text(&record->value.text));
}

static void draw_cell(const struct records *r, const struct area *a, int row, const struct column_place *p,
	const struct records_row *record, bool here)
{
	struct str text = { 0 };
	bool right = true;
	enum role role = ROLE_TEXT;

	switch (p->column) {
	case RECORDS_TIME:
		add_time(&text, record->timestamp_ms, p->width, r->ui->utc);
		role = here ? ROLE_SELECTED : ROLE_TEXT;
		right = false;
		break;
	case RECORDS_TOPIC:
		str_add(&text, record->id.topic);
		right = false;
		break;
	case RECORDS_PARTITION:
		str_addf(&text, "%" PRId32, record->id.partition);
		break;
	case RECORDS_OFFSET:
		format_count(&text, record->id.offset);
		break;
	case RECORDS_SIZE:
		format_bytes(&text, (double)record->size);
		break;
	case RECORDS_HEADERS:
		str_addf(&text, "%zu", record->header_count);
		break;
	case RECORDS_VALUE:
		draw_value(r, a, row, p, record);
		return;
	default: {
		const struct records_cell *c =
			p->column == RECORDS_KEY ? &record->key : &record->extra[p->column - RECORDS_EXTRA];

		draw_text(a, row, p->col, p->width, c->role, str_text(&c->text));
		return;
	}
	}
	if (right)
		draw_right(a, row, p->col, p->width, role, str_text(&text));
	else
		draw_text(a, row, p->col, p->width, role, str_text(&text));
	str_release(&text);
}

static void draw_row(struct records *r, const struct area *table, int row, int64_t number)
{
	const struct records_row *record = records_row(r, number);
	bool here = number == r->window.cursor;
	struct area a = area_rows(table, row, 1);

	if (!record)
		return;
	if (here) {
		a = area_on(&a, ROLE_CURSOR);
		draw_clear(&a);
		draw_text(&a, 0, 0, 3, ROLE_SELECTED, ">  ");
	}
	if (records_is_marked(r, &record->id))
		draw_text(&a, 0, 1, 1, ROLE_MARKED, "*");
	for (int i = 0; i < r->columns.layout.count; i++)
		draw_cell(r, &a, 0, &r->columns.layout.places[i], record, here);
}

static void draw_table(struct records *r, const struct area *a, int rows)
{
	struct table_column columns[RECORDS_COLUMN_COUNT];
	unsigned off;
	int64_t to;

	window_set_page(&r->window, rows > 1 ? rows - 1 : 1);
	to = r->window.top + r->window.page;
	to = to > r->window.end ? r->window.end : to;
	records_fill(r, r->window.top, to);
	records_fit_columns(r, r->window.top, to);
	note_outcomes(r, r->window.top, to);
	records_make_columns(r, columns, &off, a->cols);
	records_lay_out(&r->columns, columns, off, a->cols);
	draw_titles(r, columns, a);
	for (int64_t n = r->window.top; n < to; n++)
		draw_row(r, a, r->columns.titles_row + 1 + (int)(n - r->window.top), n);
}

void records_draw(struct records *r, const struct area *a)
{
	int last;

	draw_clear(a);
	r->columns.titles_row = a->rows >= 4 ? 1 : 0;
	if (r->columns.titles_row)
		records_draw_state(r, a, 0);
	last = a->rows >= 6 && records_draw_below(r, a, a->rows - 1) ? 1 : 0;
	draw_table(r, a, a->rows - r->columns.titles_row - last);
	if (window_is_empty(&r->window))
		records_draw_empty(r, a, r->columns.titles_row + 1);
}

int64_t records_row_at(const struct records *r, int row)
{
	int64_t number = r->window.top + row - r->columns.titles_row - 1;

	return row > r->columns.titles_row && number < r->window.end && number < r->window.top + r->window.page ?
		number :
		-1;
}

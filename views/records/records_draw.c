/* SPDX-License-Identifier: BSD-2-Clause */
/* The picture: a line of state above, the table, and a line below it (records_state.c); the table is here. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/format.h"
#include "views/records/records.h"

enum { CLOCK_COLS = 12, DAY_COLS = 18, DATE_COLS = 23, DATE_MOST = 29, WIDE_COLS = 80, OFFSET_LEAST = 7, OFFSET_MOST = 20 };
enum { KEY_LEAST = 8, KEY_MOST = 24, KEY_WIDEST = 72, TOPIC_MOST = 24, EXTRA_LEAST = 8, EXTRA_TITLE = 14, EXTRA_MOST = 20 };
enum { VALUE_SHARE = 4 };               /* tenths of the screen */

static const struct table_column plain_columns[] = {
	[RECORDS_TIME] = { "timestamp", "TIME", "the record's timestamp", COLUMN_TEXT, CLOCK_COLS, 99 },
	[RECORDS_TOPIC] = { "topic", "TOPIC", "where it is from", COLUMN_TEXT, 8, 70 },
	[RECORDS_PARTITION] = { "partition", "PART", "its partition", COLUMN_NUMBER, 4, 60 },
	[RECORDS_OFFSET] = { "offset", "OFFSET", "its offset", COLUMN_NUMBER, OFFSET_LEAST, 75 },
	[RECORDS_SIZE] = { "size", "SIZE", "bytes of key, value and headers", COLUMN_NUMBER, 7, 30 },
	[RECORDS_HEADERS] = { "headers", "HDRS", "how many headers it has", COLUMN_NUMBER, 4, 20 },
	[RECORDS_KEY] = { "key", "KEY", "its key, decoded", COLUMN_TEXT, KEY_LEAST, 80, .most = KEY_MOST },
	[RECORDS_VALUE] = { "value", "VALUE", "its value, decoded", COLUMN_NAME, 16, 98 },
};

static const char *extra_title(const char *path)
{
	return strncmp(path, "value.", 6) == 0 ? path + 6 : path;
}

/* Wide terminals show longer keys; the value, which comes last, keeps most of the width. */
static int key_most(int cols)
{
	int most = cols * 3 / 10;

	return most < KEY_MOST ? KEY_MOST : most > KEY_WIDEST ? KEY_WIDEST : most;
}

static void make_columns(const struct records *r, struct table_column *columns, unsigned *off, int cols)
{
	memcpy(columns, plain_columns, sizeof(plain_columns));
	columns[RECORDS_TIME].width = cols < WIDE_COLS && r->time_cols > DATE_COLS ? DATE_COLS : r->time_cols;
	columns[RECORDS_OFFSET].width = r->offset_cols;
	columns[RECORDS_KEY].most = r->key_cols < key_most(cols) ? r->key_cols : key_most(cols);
	columns[RECORDS_TOPIC].most = r->topic_cols;
	*off = r->off | (records_show_topic(r) ? 0 : 1u << RECORDS_TOPIC);
	for (int i = 0; i < RECORDS_EXTRA_MAX; i++) {
		struct table_column *c = &columns[RECORDS_EXTRA + i];
		const char *path = r->extra[i] ? r->extra[i] : "";

		*c = (struct table_column){ .name = path, .title = extra_title(path),
			.kind = COLUMN_TEXT, .width = r->extra_cols[i], .priority = 78 - i };
		if (!r->extra[i])
			*off |= 1u << (RECORDS_EXTRA + i);
	}
}

void records_time(struct str *out, int64_t ms, int cols, bool utc)
{
	struct str full = {0};

	format_datetime(&full, ms, utc);
	/* The column has room for what tells these records' days from today; a year of five digits is never cut to four. */
	str_add(out, full.len > (size_t)cols && full.len <= DATE_COLS ? full.p + full.len - (size_t)cols : str_text(&full));
	str_release(&full);
}

/* Enough of the date to tell the records' days from today; it never shrinks, so columns do not jump. */
static int time_cols(const struct records *r, int64_t ms, int64_t now_ms)
{
	struct str then = {0}, now = {0};
	int cols = CLOCK_COLS;

	if (ms == RECORD_NO_TIME)
		return cols;
	format_datetime(&then, ms, r->ui->utc);
	format_datetime(&now, now_ms, r->ui->utc);
	if (then.len != DATE_COLS || now.len != DATE_COLS || memcmp(then.p, now.p, 4) != 0)
		cols = then.len > DATE_COLS ? (int)then.len : DATE_COLS;
	else if (memcmp(then.p, now.p, 10) != 0)
		cols = DAY_COLS;
	str_release(&then);
	str_release(&now);
	return cols;
}

static void widen(int *cols, int want, int most)
{
	want = want < most ? want : most;
	if (want > *cols)
		*cols = want;
}

static int count_cols(int64_t count)
{
	struct str text = {0};
	int cols;

	format_count(&text, count);
	cols = (int)text.len;
	str_release(&text);
	return cols;
}

static void fit_columns(struct records *r, int64_t from, int64_t to)
{
	int64_t now_ms = clock_wall_ms();

	widen(&r->time_cols, CLOCK_COLS, DATE_COLS);
	widen(&r->offset_cols, OFFSET_LEAST, OFFSET_MOST);
	for (int i = 0; i < RECORDS_EXTRA_MAX; i++)
		widen(&r->extra_cols[i], r->extra[i] ? text_cols(extra_title(r->extra[i])) : EXTRA_LEAST, EXTRA_TITLE);
	for (int64_t n = from; n < to; n++) {
		const struct records_row *row = records_row(r, n);

		if (!row)
			continue;
		widen(&r->time_cols, time_cols(r, row->timestamp_ms, now_ms), DATE_MOST);
		widen(&r->offset_cols, count_cols(row->id.offset), OFFSET_MOST);
		widen(&r->key_cols, text_cols(str_text(&row->key.text)), KEY_WIDEST);
		for (int i = 0; i < RECORDS_EXTRA_MAX; i++)
			widen(&r->extra_cols[i], r->extra[i] ? text_cols(str_text(&row->extra[i].text)) : 0, EXTRA_MOST);
		widen(&r->topic_cols, (int)strlen(row->id.topic), TOPIC_MOST);
	}
}

static void draw_titles(const struct records *r, const struct table_column *columns, const struct area *a)
{
	for (int i = 0; i < r->layout.count; i++) {
		const struct column_place *p = &r->layout.places[i];
		const struct table_column *c = &columns[p->column];
		const char *title = c->title;

		if (p->column == RECORDS_TIME)
			title = r->ui->utc ? "TIME UTC" : "TIME local";
		if (c->kind == COLUMN_NUMBER)
			draw_right(a, r->titles_row, p->col, p->width, ROLE_TITLE, title);
		else
			draw_text(a, r->titles_row, p->col, p->width, ROLE_TITLE, title);
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
		r->unknown_ms = 0;
	else if (!r->unknown_ms)
		r->unknown_ms = clock_mono_ms();
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
	draw_scrolled(a, row, p->col + used, p->width - used, r->scroll, record->value.role,
		str_text(&record->value.text));
}

static void draw_cell(const struct records *r, const struct area *a, int row, const struct column_place *p,
	const struct records_row *record, bool here)
{
	struct str text = {0};
	bool right = true;
	enum role role = ROLE_TEXT;

	switch (p->column) {
	case RECORDS_TIME:
		records_time(&text, record->timestamp_ms, p->width, r->ui->utc);
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
		const struct records_cell *c = p->column == RECORDS_KEY ? &record->key :
			&record->extra[p->column - RECORDS_EXTRA];

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
	for (int i = 0; i < r->layout.count; i++)
		draw_cell(r, &a, 0, &r->layout.places[i], record, here);
}

/*
 * A value takes any width, so keys and topics have what they need first, while the value keeps its share of the
 * screen. What is then left is the value's.
 */
static void lay_out(struct records *r, const struct table_column *columns, unsigned off, int cols)
{
	int natural[RECORDS_COLUMN_COUNT] = { [RECORDS_VALUE] = cols * VALUE_SHARE / 10 };
	struct column_layout *l = &r->layout;
	const struct column_place *last;
	int spare;

	columns_layout(columns, RECORDS_COLUMN_COUNT, off, natural, cols, 0, l);
	last = &l->places[l->count - 1];
	spare = cols - 1 - last->col - last->width;
	for (int i = l->count - 1; i >= 0 && spare > 0; i--) {
		if (l->places[i].column == RECORDS_VALUE) {
			l->places[i].width += spare;
			break;
		}
	}
	for (int i = 1; i < l->count; i++)
		l->places[i].col = l->places[i - 1].col + l->places[i - 1].width + TABLE_GAP;
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
	fit_columns(r, r->window.top, to);
	note_outcomes(r, r->window.top, to);
	make_columns(r, columns, &off, a->cols);
	lay_out(r, columns, off, a->cols);
	draw_titles(r, columns, a);
	for (int64_t n = r->window.top; n < to; n++)
		draw_row(r, a, r->titles_row + 1 + (int)(n - r->window.top), n);
}

void records_draw(struct records *r, const struct area *a)
{
	int last;

	draw_clear(a);
	r->titles_row = a->rows >= 4 ? 1 : 0;
	if (r->titles_row)
		records_draw_state(r, a, 0);
	last = a->rows >= 6 && records_draw_below(r, a, a->rows - 1) ? 1 : 0;
	draw_table(r, a, a->rows - r->titles_row - last);
	if (window_is_empty(&r->window))
		records_draw_empty(r, a, r->titles_row + 1);
}

int64_t records_row_at(const struct records *r, int row)
{
	int64_t number = r->window.top + row - r->titles_row - 1;

	return row > r->titles_row && number < r->window.end && number < r->window.top + r->window.page ? number : -1;
}

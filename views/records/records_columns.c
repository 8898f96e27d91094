/* SPDX-License-Identifier: BSD-2-Clause */
/* The columns of the table: which are shown, those made of paths, and how wide they are. */
#include "views/records/records_columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "codec/json_path.h"
#include "model/format.h"
#include "views/records/records.h"

enum { CLOCK_COLS = 12, DAY_COLS = 18, DATE_MOST = 29, WIDE_COLS = 80, OFFSET_LEAST = 7, OFFSET_MOST = 20 };
enum {
	KEY_LEAST = 8,
	KEY_MOST = 24,
	KEY_WIDEST = 72,
	TOPIC_MOST = 24,
	EXTRA_LEAST = 8,
	EXTRA_TITLE = 14,
	EXTRA_MOST = 20
};
enum { VALUE_SHARE = 4 }; /* tenths of the screen */

/* ---- which ---- */

static const struct {
	enum records_column column;
	const char *label, *help;
} fixed[] = {
	{ RECORDS_PARTITION, "PART", "its partition" },
	{ RECORDS_OFFSET, "OFFSET", "its offset" },
	{ RECORDS_SIZE, "SIZE", "bytes of key, value and headers" },
	{ RECORDS_HEADERS, "HDRS", "how many headers it has" },
	{ RECORDS_KEY, "KEY", "its key" },
	{ RECORDS_VALUE, "VALUE", "its value" },
};

enum { FIXED_COUNT = sizeof(fixed) / sizeof(*fixed) };

static int find_extra(const struct records *r, const char *path)
{
	for (int i = 0; i < RECORDS_EXTRA_MAX; i++)
		if (r->columns.extra[i] ? strcmp(r->columns.extra[i], path) == 0 : !*path)
			return i;
	return -1;
}

static void drop_extra(struct records *r, int i)
{
	free(r->columns.extra[i]);
	json_path_free(r->columns.extra_path[i]);
	r->columns.extra[i] = NULL;
	r->columns.extra_path[i] = NULL;
	r->columns.extra_cols[i] = 0;
}

/* *out: NULL for a header. False: *why says what is wrong with the path. */
static bool parse_extra(const char *path, struct json_path **out, struct str *why)
{
	bool part = strncmp(path, "value.", 6) == 0 || strncmp(path, "value[", 6) == 0 ||
		strncmp(path, "key.", 4) == 0 || strncmp(path, "key[", 4) == 0;
	size_t skip = path[0] == 'k' ? 3 : 5, used = 0;
	struct error err;

	*out = NULL;
	if (strncmp(path, "header.", 7) == 0 && path[7])
		return true;
	if (!part) {
		str_addf(why, "%s: give value.PATH, key.PATH or header.NAME", path);
		return false;
	}
	*out = json_path_new(path + skip, &used, &err);
	if (*out && !path[skip + used])
		return true;
	str_addf(why, "%s, column %zu: %s", path, skip + used + 1, *out ? "the path ends here" : err.message);
	json_path_free(*out);
	return false;
}

void records_add_column(struct records *r, const char *path)
{
	int i = find_extra(r, "");
	struct json_path *parsed;
	struct str why = { 0 };

	if (!path || !*path) {
		records_say(r, SEVERITY_WARN, "column which? column value.PATH, key.PATH or header.NAME");
	} else if (find_extra(r, path) >= 0) {
		return;
	} else if (i < 0) {
		records_say(r, SEVERITY_WARN, "%d columns of this kind are the most; C takes some away",
			RECORDS_EXTRA_MAX);
	} else if (!parse_extra(path, &parsed, &why)) {
		records_say(r, SEVERITY_WARN, "%s", str_text(&why));
	} else {
		r->columns.extra[i] = mem_strdup(path);
		r->columns.extra_path[i] = parsed;
		records_forget_rows(r);
	}
	str_release(&why);
}

static void take_columns(struct ui *ui, void *data, const struct choice *choices, size_t count)
{
	struct records *r = data;

	if (!choices)
		return;
	for (size_t i = 0; i < count; i++) {
		if (i < FIXED_COUNT) {
			unsigned bit = 1u << fixed[i].column;

			r->columns.off = choices[i].on ? r->columns.off & ~bit : r->columns.off | bit;
			continue;
		}
		int at = find_extra(r, choices[i].label);

		if (!choices[i].on && at >= 0)
			drop_extra(r, at);
	}
	for (size_t i = FIXED_COUNT; i < count; i++)
		if (choices[i].on)
			records_add_column(r, choices[i].label);
	records_forget_rows(r);
	ui->calls->changed(ui);
}

static bool is_seen(const struct records *r, const char *path)
{
	for (size_t i = 0; i < r->rows.paths.count; i++)
		if (strcmp(r->rows.paths.items[i], path) == 0)
			return true;
	return false;
}

void records_ask_columns(struct records *r)
{
	struct choice *choices = mem_alloc((FIXED_COUNT + RECORDS_EXTRA_MAX + PATHS_MAX) * sizeof(*choices));
	size_t count = 0;

	for (; count < FIXED_COUNT; count++)
		choices[count] = (struct choice){ fixed[count].label, fixed[count].help,
			!(r->columns.off >> fixed[count].column & 1) };
	for (int i = 0; i < RECORDS_EXTRA_MAX; i++)
		if (r->columns.extra[i] && !is_seen(r, r->columns.extra[i]))
			choices[count++] = (struct choice){ r->columns.extra[i], NULL, true };
	for (size_t i = 0; i < r->rows.paths.count; i++)
		choices[count++] =
			(struct choice){ r->rows.paths.items[i], NULL, find_extra(r, r->rows.paths.items[i]) >= 0 };
	r->ui->calls->choose(r->ui, "columns, also from what is in the records", choices, count, take_columns, r);
	free(choices);
}

void records_columns_release(struct records_columns *c)
{
	for (int i = 0; i < RECORDS_EXTRA_MAX; i++) {
		free(c->extra[i]);
		json_path_free(c->extra_path[i]);
	}
}

/* ---- how wide ---- */

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

void records_make_columns(const struct records *r, struct table_column *columns, unsigned *off, int cols)
{
	memcpy(columns, plain_columns, sizeof(plain_columns));
	columns[RECORDS_TIME].width =
		cols < WIDE_COLS && r->columns.time_cols > RECORDS_DATE_COLS ? RECORDS_DATE_COLS : r->columns.time_cols;
	columns[RECORDS_OFFSET].width = r->columns.offset_cols;
	columns[RECORDS_KEY].most = r->columns.key_cols < key_most(cols) ? r->columns.key_cols : key_most(cols);
	columns[RECORDS_TOPIC].most = r->columns.topic_cols;
	*off = r->columns.off | (records_scope_is_topic(&r->scope) ? 1u << RECORDS_TOPIC : 0);
	for (int i = 0; i < RECORDS_EXTRA_MAX; i++) {
		struct table_column *c = &columns[RECORDS_EXTRA + i];
		const char *path = r->columns.extra[i] ? r->columns.extra[i] : "";

		*c = (struct table_column){ .name = path,
			.title = extra_title(path),
			.kind = COLUMN_TEXT,
			.width = r->columns.extra_cols[i],
			.priority = 78 - i };
		if (!r->columns.extra[i])
			*off |= 1u << (RECORDS_EXTRA + i);
	}
}

/* Room for as much of the date as tells the records' days from today. */
static int time_cols(const struct records *r, int64_t ms, int64_t now_ms)
{
	struct str then = { 0 }, now = { 0 };
	int cols = CLOCK_COLS;

	if (ms == RECORD_NO_TIME)
		return cols;
	format_datetime(&then, ms, r->ui->utc);
	format_datetime(&now, now_ms, r->ui->utc);
	if (then.len != RECORDS_DATE_COLS || now.len != RECORDS_DATE_COLS || memcmp(then.p, now.p, 4) != 0)
		cols = then.len > RECORDS_DATE_COLS ? (int)then.len : RECORDS_DATE_COLS;
	else if (memcmp(then.p, now.p, 10) != 0)
		cols = DAY_COLS;
	str_release(&then);
	str_release(&now);
	return cols;
}

static void widen_column(int *cols, int want, int most)
{
	want = want < most ? want : most;
	if (want > *cols)
		*cols = want;
}

static int count_cols(int64_t count)
{
	struct str text = { 0 };
	int cols;

	format_count(&text, count);
	cols = (int)text.len;
	str_release(&text);
	return cols;
}

void records_fit_columns(struct records *r, int64_t from, int64_t to)
{
	int64_t now_ms = clock_wall_ms();

	widen_column(&r->columns.time_cols, CLOCK_COLS, RECORDS_DATE_COLS);
	widen_column(&r->columns.offset_cols, OFFSET_LEAST, OFFSET_MOST);
	for (int i = 0; i < RECORDS_EXTRA_MAX; i++)
		widen_column(&r->columns.extra_cols[i],
			r->columns.extra[i] ? text_cols(extra_title(r->columns.extra[i])) : EXTRA_LEAST, EXTRA_TITLE);
	for (int64_t n = from; n < to; n++) {
		const struct records_row *row = records_row(r, n);

		if (!row)
			continue;
		widen_column(&r->columns.time_cols, time_cols(r, row->timestamp_ms, now_ms), DATE_MOST);
		widen_column(&r->columns.offset_cols, count_cols(row->id.offset), OFFSET_MOST);
		widen_column(&r->columns.key_cols, text_cols(str_text(&row->key.text)), KEY_WIDEST);
		for (int i = 0; i < RECORDS_EXTRA_MAX; i++)
			widen_column(&r->columns.extra_cols[i],
				r->columns.extra[i] ? text_cols(str_text(&row->extra[i].text)) : 0, EXTRA_MOST);
		widen_column(&r->columns.topic_cols, (int)strlen(row->id.topic), TOPIC_MOST);
	}
}

/*
 * Keys and topics get the width they need while the value keeps its share of the screen; the value gets the rest.
 */
void records_lay_out(struct records_columns *own, const struct table_column *columns, unsigned off, int cols)
{
	int natural[RECORDS_COLUMN_COUNT] = { [RECORDS_VALUE] = cols * VALUE_SHARE / 10 };
	struct column_layout *l = &own->layout;
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

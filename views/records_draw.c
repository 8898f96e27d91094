/* SPDX-License-Identifier: BSD-2-Clause */
/* The picture: one line of state, the table, and one line about a search or what came meanwhile. */
#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "model/format.h"
#include "ui/status.h"
#include "views/command.h"
#include "views/records.h"
#include "views/wrap.h"

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

static void note_fates(struct records *r, int64_t from, int64_t to)
{
	bool unknown = false;

	for (int64_t n = from; n < to; n++) {
		const struct records_row *row = records_row(r, n);

		unknown |= row && row->fate == FATE_UNKNOWN;
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

	if (record->fate == FATE_ABORTED || record->fate == FATE_OPEN) {
		const char *sign = record->fate == FATE_ABORTED ? "! aborted" : "~ open";

		used = draw_text(a, row, p->col, p->width, ROLE_WARN, sign) + 1;
	} else if (record->fate == FATE_UNKNOWN && records_wait_fates(r)) {
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
	note_fates(r, r->window.top, to);
	make_columns(r, columns, &off, a->cols);
	lay_out(r, columns, off, a->cols);
	draw_titles(r, columns, a);
	for (int64_t n = r->window.top; n < to; n++)
		draw_row(r, a, r->titles_row + 1 + (int)(n - r->window.top), n);
}

static bool is_stale(const struct records *r)
{
	return r->now.phase == FEED_FOLLOWING && r->now.stale[0];
}

static const char *phase_words(const struct records *r, enum role *role)
{
	*role = ROLE_STRONG;
	if (r->held && (r->now.phase == FEED_FOLLOWING || r->now.phase == FEED_RESTING)) {
		*role = ROLE_WARN;
		return "paused";
	}
	switch (r->now.phase) {
	case FEED_OPENING:
		return "opening ...";
	case FEED_LOADING:
		return "loading ...";
	case FEED_FOLLOWING:
		*role = r->window.newest ? ROLE_OK : ROLE_WARN;
		return r->window.newest ? "live" : "~ live, view frozen";
	case FEED_SEARCHING:
		return "searching";
	case FEED_FAILED:
		*role = ROLE_CRIT;
		return "! failed";
	case FEED_RESTING:
		break;
	}
	return r->now.searched ? "search result" : "paged";
}

static void add_rates(const struct records *r, struct str *out)
{
	if (isnan(r->now.records_per_s) || r->now.phase == FEED_FAILED)
		return;
	format_rate(out, r->now.records_per_s);
	str_add(out, " rec/s, ");
	format_bytes(out, r->now.bytes_per_s);
	str_add(out, is_stale(r) ? "/s ?" : "/s");
}

/* What arrives in each partition, or with several topics in each topic. Those that are silent are left out. */
static void add_shares(const struct records *r, struct str *out)
{
	struct feed_rate *rates;
	size_t count = records_rates(r, &rates);
	bool topics = records_show_topic(r);

	/* What is not followed has no rate now. */
	if (isnan(r->now.records_per_s))
		count = 0;
	for (size_t i = 0, next; i < count; i = next) {
		double sum = 0;

		/* Rows stand in order of topic and partition. */
		for (next = i; next < count && (topics ? strcmp(rates[next].topic, rates[i].topic) == 0 : next == i); next++)
			sum += isnan(rates[next].records_per_s) ? 0 : rates[next].records_per_s;
		if (sum <= 0)
			continue;
		if (out->len)
			str_add(out, ", ");
		if (topics)
			text_safe(out, rates[i].topic, strlen(rates[i].topic));
		else
			str_addf(out, "p%" PRId32, rates[i].partition);
		str_add_char(out, ' ');
		format_rate(out, sum);
		if (is_stale(r))
			str_add(out, " ?");
	}
	free(rates);
}

static void add_ring(const struct records *r, struct str *out)
{
	if (r->now.seen <= 0)
		return;
	format_count(out, r->now.end - r->now.first);
	str_add(out, " kept, ");
	format_short(out, (double)r->now.seen);
	str_add(out, " seen");
	if (r->now.left > 0) {
		str_add(out, ", ");
		format_short(out, (double)r->now.left);
		str_add(out, " left the ring");
	}
}

/* Where no broker answers, who leads is not known either. */
static void add_leaderless(const struct records *r, struct str *out)
{
	size_t count = r->now.leaderless;

	if (count && !is_stale(r))
		str_addf(out, "~ %zu partition%s without a leader", count, count == 1 ? "" : "s");
}

void records_draw_state(struct records *r, const struct area *a, int row)
{
	struct str rates = {0}, shares = {0}, ring = {0}, filter = {0}, leaderless = {0};
	enum role role;
	const char *phase = phase_words(r, &role);
	char stale[sizeof(r->now.stale) + 8];

	add_rates(r, &rates);
	add_shares(r, &shares);
	add_ring(r, &ring);
	add_leaderless(r, &leaderless);
	if (is_stale(r)) {
		snprintf(stale, sizeof(stale), "~ stale %s", r->now.stale);
		phase = stale;
		role = ROLE_WARN;
	}
	if (r->now.searched && r->searched)
		str_addf(&filter, "matches: %s", r->searched);
	else if (r->filter)
		str_addf(&filter, "filter: %s", r->filter);
	const struct status_word words[] = {
		{ .text = phase, .role = role, .priority = 9, .gap = 1, .least = 12 },
		{ .text = str_text(&leaderless), .role = ROLE_WARN, .priority = 9, .gap = 3, .least = 12 },
		{ .text = r->ui->utc ? "UTC" : "local time", .role = ROLE_DIM, .priority = 8, .gap = 3 },
		{ .text = r->read_committed ? "read_committed" : "", .role = ROLE_DIM, .priority = 3, .gap = 3 },
		{ .text = str_text(&rates), .role = is_stale(r) ? ROLE_STALE : ROLE_TEXT, .priority = 6, .gap = 3 },
		{ .text = str_text(&ring), .role = ROLE_DIM, .priority = 5, .gap = 3, .least = 12 },
		{ .text = str_text(&filter), .role = ROLE_SORTED, .priority = 7, .gap = 3, .least = 12 },
		{ .text = str_text(&shares), .role = ROLE_DIM, .priority = 2, .gap = 3, .least = 10 },
	};

	status_draw(a, row, ROLE_TEXT, words, sizeof(words) / sizeof(*words));
	str_release(&rates);
	str_release(&shares);
	str_release(&ring);
	str_release(&filter);
	str_release(&leaderless);
}

static void add_eta(struct str *out, int64_t ms)
{
	if (ms >= 0)
		str_addf(out, "%" PRId64 ":%02" PRId64, ms / 60000, ms / 1000 % 60);
	else
		str_add_char(out, '-');
}

static void add_waiting(const struct records *r, struct str *out)
{
	size_t waiting = r->now.progress.rows_waiting;

	if (!*r->now.waiting || r->now.paused)
		return;
	if (waiting > 1)
		str_addf(out, "%zu partitions wait: ", waiting);
	str_add(out, r->now.waiting);
}

static void draw_progress(const struct records *r, const struct area *a, int row)
{
	const struct scan_progress *p = &r->now.progress;
	struct str percent = {0}, size = {0}, read = {0}, rate = {0}, eta = {0}, found = {0}, waiting = {0};

	str_add(&percent, r->now.paused ? "search stopped at " : "searching ");
	if (isnan(p->done))
		str_add(&percent, "- %");
	else
		str_addf(&percent, "%d %%", (int)(p->done * 100));
	format_bytes(&size, (double)p->bytes);
	if (!isnan(p->bytes_total)) {
		str_add(&size, " of ");
		format_bytes(&size, p->bytes_total);
	}
	format_count(&read, p->records);
	str_add(&read, " read");
	if (!isnan(p->records_per_s) && !r->now.paused) {
		format_short(&rate, p->records_per_s);
		str_add(&rate, " rec/s");
		str_add(&eta, "ETA ");
		add_eta(&eta, p->eta_ms);
	}
	str_add(&found, "found ");
	format_count(&found, p->matched);
	if (p->undecided > 0)
		str_addf(&found, ", %" PRId64 " undecided", p->undecided);
	add_waiting(r, &waiting);
	const struct status_word words[] = {
		{ .text = str_text(&percent), .role = ROLE_STRONG, .priority = 9, .gap = 1 },
		{ .text = str_text(&size), .role = ROLE_TEXT, .priority = 5, .gap = 2 },
		{ .text = str_text(&read), .role = ROLE_TEXT, .priority = 4, .gap = 2 },
		{ .text = str_text(&rate), .role = ROLE_TEXT, .priority = 3, .gap = 2 },
		{ .text = str_text(&eta), .role = ROLE_TEXT, .priority = 6, .gap = 2 },
		{ .text = str_text(&found), .role = ROLE_STRONG, .priority = 8, .gap = 2 },
		{ .text = str_text(&waiting), .role = ROLE_WARN, .priority = 7, .gap = 2, .least = 20 },
		{ .key = r->now.paused ? "Ctrl-s" : "Ctrl-c", .text = r->now.paused ? "goes on" : "stops it",
			.role = ROLE_HINT, .priority = 7, .gap = 2, .right = true },
	};

	status_draw(a, row, ROLE_TEXT, words, sizeof(words) / sizeof(*words));
	str_release(&percent);
	str_release(&size);
	str_release(&read);
	str_release(&rate);
	str_release(&eta);
	str_release(&found);
	str_release(&waiting);
}

/* What the last line of the pane says; nothing: the table has it. */
static bool draw_below(const struct records *r, const struct area *a, int row)
{
	int64_t below = window_below(&r->window);
	struct str text = {0};

	if (r->now.phase == FEED_SEARCHING || r->now.paused) {
		draw_progress(r, a, row);
		return true;
	}
	if (r->now.searched && r->statement.len) {
		str_add_len(&text, r->statement.p, strcspn(r->statement.p, "\n"));
		draw_text(a, row, 1, a->cols - 1, ROLE_DIM, str_text(&text));
	} else if (r->now.error.code != ERR_NONE && !r->now.error_past && !window_is_empty(&r->window)) {
		str_addf(&text, "~ %s", r->now.error.message);
		draw_text(a, row, 1, a->cols - 1, ROLE_WARN, str_text(&text));
	} else if (r->now.phase == FEED_FOLLOWING && !r->window.newest && below > 0) {
		format_count(&text, below);
		str_add(&text, " new below; f follows again");
		draw_text(a, row, 1, a->cols - 1, ROLE_STRONG, str_text(&text));
	}
	bool drawn = text.len > 0;
	str_release(&text);
	return drawn;
}

static void add_names(const struct records *r, struct str *out)
{
	for (size_t i = 0; i < r->name_count; i++)
		str_addf(out, "%s%s", i ? ", " : "", r->names[i]);
}

static void draw_denied(const struct records *r, const struct area *a, int row)
{
	const struct snapshot *s = r->ui->snapshot;
	struct str text = {0};
	bool pattern = r->names[0][0] == '^';

	command_build(&text, s, "kafka-acls", "--add", NULL, "--allow-principal", "User:NAME", "--operation", "Read",
		"--topic", pattern ? "*" : r->names[0], NULL);
	row = wrap_draw(a, row, TABLE_LEAD, ROLE_DIM, "reading needs READ on the topic; an administrator can allow it:");
	wrap_draw(a, row, TABLE_LEAD, ROLE_TEXT, str_text(&text));
	str_release(&text);
}

/* A path of the filter that no record had so far is often a slip. */
static bool find_unseen(const struct records *r, struct str *out)
{
	const char *text = r->now.searched && r->searched ? r->searched : r->filter ? r->filter : "";

	for (const char *p = text; *p; p++) {
		size_t len = strncmp(p, "value.", 6) == 0 ? 6 : strncmp(p, "key.", 4) == 0 ? 4 : 0;
		bool inside = p > text && (isalnum((unsigned char)p[-1]) || strchr("._-\"", p[-1]));

		if (len == 0 || inside)
			continue;
		len += strcspn(p + len, " .[]()=!<>~,");
		if (strncmp(p, "value.size", len) == 0 || strncmp(p, "key.size", len) == 0)
			continue;
		if (!paths_has(&r->paths, p, len)) {
			str_add_len(out, p, len);
			return true;
		}
	}
	return false;
}

/* What stands where there is no record. */
static void draw_empty(const struct records *r, const struct area *a, int row)
{
	const struct error *err = r->feed ? &r->now.error : &r->error;
	struct str text = {0};

	if (!r->feed || r->now.phase == FEED_FAILED) {
		row = wrap_draw(a, row, TABLE_LEAD, ROLE_WARN, err->message[0] ? err->message : "nothing can be read");
		if (err->code == ERR_DENIED)
			draw_denied(r, a, row);
		else
			wrap_draw(a, row, TABLE_LEAD, ROLE_DIM, "r tries again");
		return;
	}
	if (r->now.phase == FEED_RESTING && err->code == ERR_DENIED && !r->now.error_past) {
		row = wrap_draw(a, row, TABLE_LEAD, ROLE_WARN, err->message);
		draw_denied(r, a, row);
		return;
	}
	if (r->now.phase == FEED_OPENING)
		str_add(&text, "finding the newest records of ");
	else if (r->now.phase == FEED_SEARCHING)
		str_add(&text, "nothing found yet in ");
	else if (r->now.phase == FEED_LOADING)
		str_add(&text, "reading ");
	else if (r->now.searched || r->filter)
		str_add(&text, "no record matches in ");
	else
		str_add(&text, "no records in ");
	add_names(r, &text);
	if (r->now.phase == FEED_OPENING || r->now.phase == FEED_LOADING)
		str_add(&text, " ...");
	row = wrap_draw(a, row, TABLE_LEAD, ROLE_DIM, str_text(&text));
	if (err->code != ERR_NONE && !r->now.error_past)
		row = wrap_draw(a, row, TABLE_LEAD, ROLE_WARN, err->message);
	if (r->now.phase == FEED_FOLLOWING)
		row = wrap_draw(a, row, TABLE_LEAD, ROLE_DIM, "what arrives is shown at once");
	str_clear(&text);
	if (r->paths.count && (r->filter || r->now.searched) && find_unseen(r, &text)) {
		str_add(&text, " was in no record that was shown");
		row = wrap_draw(a, row, TABLE_LEAD, ROLE_WARN, str_text(&text));
	}
	if (r->filter && !r->now.searched && r->now.phase != FEED_SEARCHING)
		wrap_draw(a, row, TABLE_LEAD, ROLE_DIM, "Ctrl-s looks through the whole log, / changes the filter");
	str_release(&text);
}

void records_draw(struct records *r, const struct area *a)
{
	int last;

	draw_clear(a);
	r->titles_row = a->rows >= 4 ? 1 : 0;
	if (r->titles_row)
		records_draw_state(r, a, 0);
	last = a->rows >= 6 && draw_below(r, a, a->rows - 1) ? 1 : 0;
	draw_table(r, a, a->rows - r->titles_row - last);
	if (window_is_empty(&r->window))
		draw_empty(r, a, r->titles_row + 1);
}

int64_t records_row_at(const struct records *r, int row)
{
	int64_t number = r->window.top + row - r->titles_row - 1;

	return row > r->titles_row && number < r->window.end && number < r->window.top + r->window.page ? number : -1;
}

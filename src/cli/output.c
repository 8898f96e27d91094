/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/output.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "model/format.h"

enum { PADDED_COLS = 64, CELL_COLS = 249 };

void output_init(struct output *o, enum output_format format, const struct column *columns, size_t count)
{
	*o = (struct output){
		.format = format,
		.columns = columns,
		.column_count = count,
		.arena = arena_new(0),
		.terminal = isatty(STDOUT_FILENO),
	};
}

void output_release(struct output *o)
{
	arena_free(o->arena);
	free(o->cells);
	str_release(&o->text);
}

struct value value_text(const char *text)
{
	return (struct value){ .kind = text ? VALUE_TEXT : VALUE_NULL, .text = text };
}

struct value value_int(int64_t value)
{
	return (struct value){ .kind = VALUE_INT, .integer = value };
}

struct value value_known(int64_t value)
{
	return (struct value){ .kind = value < 0 ? VALUE_NULL : VALUE_INT, .integer = value };
}

struct value value_number(double value)
{
	return (struct value){ .kind = isnan(value) ? VALUE_NULL : VALUE_NUMBER, .number = value };
}

struct value value_bool(bool value)
{
	return (struct value){ .kind = VALUE_BOOL, .integer = value };
}

struct value value_time(struct output *o, int64_t wall_ms)
{
	struct str text = { 0 };
	const char *kept;

	if (wall_ms <= 0)
		return value_text(NULL);
	clock_add_utc(&text, wall_ms);
	kept = arena_strdup(o->arena, str_text(&text));
	str_release(&text);
	return value_text(kept);
}

static void add_table_cell(struct str *out, const struct value *cell)
{
	if (cell->shown) {
		text_safe(out, cell->shown, strlen(cell->shown));
		return;
	}
	switch (cell->kind) {
	case VALUE_TEXT:
		text_safe(out, cell->text, strlen(cell->text));
		break;
	case VALUE_INT:
		if (cell->integer < 0)
			format_signed(out, cell->integer);
		else
			format_count(out, cell->integer);
		break;
	case VALUE_NUMBER:
		str_addf(out, "%.2f", cell->number);
		break;
	case VALUE_BOOL:
		str_add(out, cell->integer ? "yes" : "no");
		break;
	case VALUE_NULL:
	case VALUE_JSON:
		str_add_char(out, '-');
		break;
	}
}

static void add_json_row(struct output *o, const struct value *cells)
{
	struct json j = { .out = &o->text };

	json_object(&j, NULL);
	for (size_t i = 0; i < o->column_count; i++) {
		const char *name = o->columns[i].name;

		switch (cells[i].kind) {
		case VALUE_NULL:
			json_null(&j, name);
			break;
		case VALUE_TEXT:
			json_string(&j, name, cells[i].text);
			break;
		case VALUE_INT:
			json_int(&j, name, cells[i].integer);
			break;
		case VALUE_NUMBER:
			json_number(&j, name, cells[i].number);
			break;
		case VALUE_BOOL:
			json_bool(&j, name, cells[i].integer);
			break;
		case VALUE_JSON:
			json_raw(&j, name, cells[i].text);
			break;
		}
	}
	json_object_end(&j);
	str_add_char(&o->text, '\n');
}

static void add_csv_cell(struct output *o, const struct value *cell)
{
	switch (cell->kind) {
	case VALUE_TEXT:
		csv_add_text(&o->text, cell->text);
		break;
	case VALUE_INT:
		str_addf(&o->text, "%" PRId64, cell->integer);
		break;
	case VALUE_NUMBER:
		str_addf(&o->text, "%.6g", cell->number);
		break;
	case VALUE_BOOL:
		str_add(&o->text, cell->integer ? "true" : "false");
		break;
	case VALUE_NULL:
	case VALUE_JSON:
		break;
	}
}

static void add_csv_header(struct output *o)
{
	const char *comma = "";

	for (size_t i = 0; i < o->column_count; i++) {
		if (o->columns[i].json_only)
			continue;
		str_add(&o->text, comma);
		csv_add(&o->text, o->columns[i].name);
		comma = ",";
	}
	str_add(&o->text, "\r\n");
	o->header_done = true;
}

static void add_csv_row(struct output *o, const struct value *cells)
{
	const char *comma = "";

	for (size_t i = 0; i < o->column_count; i++) {
		if (o->columns[i].json_only)
			continue;
		str_add(&o->text, comma);
		add_csv_cell(o, &cells[i]);
		comma = ",";
	}
	str_add(&o->text, "\r\n");
}

/* The longest topic name stays whole; a group id may have any length. */
static void cut_cell(struct str *text)
{
	size_t fits;

	if (text->len <= CELL_COLS)
		return;
	fits = text_fit(str_text(text), CELL_COLS - 3, NULL);
	if (text_cols(str_text(text)) <= CELL_COLS)
		return;
	text->len = fits;
	text->p[fits] = '\0';
	str_add(text, "...");
}

static void add_table_row(struct output *o, const struct value *cells)
{
	struct str text = { 0 };

	o->cells = mem_grow(o->cells, &o->cell_cap, o->cell_count + o->column_count, sizeof(*o->cells));
	for (size_t i = 0; i < o->column_count; i++) {
		str_clear(&text);
		if (o->columns[i].title)
			add_table_cell(&text, &cells[i]);
		if (o->columns[i].title && i + 1 < o->column_count)
			cut_cell(&text);
		o->cells[o->cell_count++] = arena_strdup(o->arena, str_text(&text));
	}
	str_release(&text);
}

static void add_name_row(struct output *o, const struct value *cells)
{
	add_table_cell(&o->text, &cells[0]);
	str_add_char(&o->text, '\n');
}

void output_row(struct output *o, const struct value *cells)
{
	switch (o->format) {
	case OUTPUT_NAME:
		add_name_row(o, cells);
		break;
	case OUTPUT_JSON:
		add_json_row(o, cells);
		break;
	case OUTPUT_CSV:
		if (!o->header_done)
			add_csv_header(o);
		add_csv_row(o, cells);
		break;
	case OUTPUT_TABLE:
	case OUTPUT_RAW:
	case OUTPUT_FORMAT_COUNT:
		add_table_row(o, cells);
		break;
	}
}

static void add_padded(struct str *line, const char *text, int width, bool right, bool *first)
{
	int cols = text_cols(text);
	size_t pad = width > cols ? (size_t)(width - cols) : 0;

	if (!*first)
		str_add(line, "  ");
	*first = false;
	if (right)
		str_add_fill(line, ' ', pad);
	str_add(line, text);
	if (!right)
		str_add_fill(line, ' ', pad);
}

static void end_line(struct str *out, struct str *line)
{
	while (line->len && line->p[line->len - 1] == ' ')
		line->p[--line->len] = '\0';
	str_add_len(out, str_text(line), line->len);
	str_add_char(out, '\n');
	str_clear(line);
}

static void lay_out_table(struct output *o)
{
	int *widths = mem_alloc(o->column_count * sizeof(*widths));
	struct str line = { 0 };
	bool first = true;

	for (size_t i = 0; i < o->column_count; i++)
		if (o->columns[i].title)
			widths[i] = text_cols(o->columns[i].title);
	for (size_t i = 0; i < o->cell_count; i++) {
		int cols = text_cols(o->cells[i]), *width = &widths[i % o->column_count];

		/* A longer name is whole in its own row, but does not widen the column for the others. */
		cols = cols > PADDED_COLS ? PADDED_COLS : cols;
		*width = cols > *width ? cols : *width;
	}
	for (size_t i = 0; i < o->column_count; i++)
		if (o->columns[i].title)
			add_padded(&line, o->columns[i].title, widths[i], o->columns[i].right, &first);
	end_line(&o->text, &line);
	for (size_t i = 0; i < o->cell_count; i++) {
		size_t column = i % o->column_count;

		if (column == 0)
			first = true;
		if (o->columns[column].title)
			add_padded(&line, o->cells[i], widths[column], o->columns[column].right, &first);
		if (column == o->column_count - 1)
			end_line(&o->text, &line);
	}
	str_release(&line);
	free(widths);
}

bool output_write(struct output *o, const char *heading, struct error *err)
{
	error_clear(err);
	if (o->format == OUTPUT_TABLE) {
		if (heading)
			str_addf(&o->text, "%s\n", heading);
		lay_out_table(o);
	} else if (o->format == OUTPUT_CSV && !o->header_done) {
		add_csv_header(o);
	}
	size_t written = fwrite(str_text(&o->text), 1, o->text.len, stdout);
	bool ok = written == o->text.len && fflush(stdout) == 0;
	int why = errno;

	str_clear(&o->text);
	o->cell_count = 0;
	arena_free(o->arena);
	o->arena = arena_new(0);
	if (!ok && why != EPIPE)
		error_set(err, ERR_SYSTEM, "standard output: %s", strerror(why));
	return ok;
}

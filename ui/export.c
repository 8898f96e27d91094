/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/export.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"

static bool is_exported(const struct table_column *c)
{
	return c->kind != COLUMN_SPARK;
}

static void add_number(struct str *out, const struct cell *c)
{
	if (c->kind == CELL_INT)
		str_addf(out, "%lld", (long long)c->integer);
	else if (c->kind == CELL_REAL)
		str_addf(out, "%.3f", c->real);
	else if (c->kind == CELL_BOOL)
		str_add(out, c->integer ? "true" : "false");
}

static void add_csv_field(struct str *out, const struct cell *c)
{
	if (c->kind == CELL_TEXT)
		csv_add_text(out, str_text(&c->text));
	else
		add_number(out, c);
}

void export_csv(const struct table_ops *ops, void *owner, const size_t *rows, size_t count, struct str *out)
{
	struct cell cell = { 0 };
	const char *separator = "";

	for (int i = 0; i < ops->column_count; i++) {
		if (!is_exported(&ops->columns[i]))
			continue;
		str_addf(out, "%s%s", separator, ops->columns[i].name);
		separator = ",";
	}
	str_add(out, "\r\n");
	for (size_t r = 0; r < count; r++) {
		separator = "";
		for (int i = 0; i < ops->column_count; i++) {
			if (!is_exported(&ops->columns[i]))
				continue;
			cell_clear(&cell);
			ops->cell(owner, rows[r], i, &cell);
			str_add(out, separator);
			add_csv_field(out, &cell);
			separator = ",";
		}
		str_add(out, "\r\n");
	}
	cell_release(&cell);
}

static void add_json_field(struct json *j, const char *name, const struct cell *c)
{
	switch (c->kind) {
	case CELL_TEXT:
		json_bytes(j, name, str_text(&c->text), c->text.len);
		break;
	case CELL_INT:
		json_int(j, name, c->integer);
		break;
	case CELL_REAL:
		json_number(j, name, c->real);
		break;
	case CELL_BOOL:
		json_bool(j, name, c->integer != 0);
		break;
	case CELL_UNKNOWN:
	case CELL_SERIES:
		json_null(j, name);
		break;
	}
}

void export_json(const struct table_ops *ops, void *owner, const size_t *rows, size_t count, struct str *out)
{
	struct cell cell = { 0 };

	for (size_t r = 0; r < count; r++) {
		struct json j = { .out = out };

		json_object(&j, NULL);
		for (int i = 0; i < ops->column_count; i++) {
			if (!is_exported(&ops->columns[i]))
				continue;
			cell_clear(&cell);
			ops->cell(owner, rows[r], i, &cell);
			add_json_field(&j, ops->columns[i].name, &cell);
		}
		json_object_end(&j);
		str_add_char(out, '\n');
	}
	cell_release(&cell);
}

void export_row(const struct table_ops *ops, void *owner, size_t row, struct str *out)
{
	struct cell cell = { 0 };
	bool first = true;

	for (int i = 0; i < ops->column_count; i++) {
		if (!is_exported(&ops->columns[i]))
			continue;
		cell_clear(&cell);
		ops->cell(owner, row, i, &cell);
		if (!first)
			str_add_char(out, '\t');
		first = false;
		if (cell.kind == CELL_TEXT)
			str_add_len(out, cell.text.p, cell.text.len);
		else
			add_number(out, &cell);
	}
	cell_release(&cell);
}

bool export_write(const char *path, const struct str *content, struct error *err)
{
	char *full = file_expand_home(path);
	int fd = file_create(full, err);
	bool ok = fd >= 0;

	if (ok && !file_write(fd, content->p, content->len))
		ok = error_set(err, ERR_SYSTEM, "%s: %s", full, strerror(errno));
	if (fd >= 0 && close(fd) != 0 && ok)
		ok = error_set(err, ERR_SYSTEM, "%s: %s", full, strerror(errno));
	free(full);
	return ok;
}

bool export_is_json(const char *path)
{
	static const char *const ends[] = { ".json", ".jsonl", ".ndjson" };
	const char *end = strrchr(path, '.');

	for (size_t i = 0; end && i < sizeof(ends) / sizeof(*ends); i++)
		if (strcmp(end, ends[i]) == 0)
			return true;
	return false;
}

void export_default_name(const char *table, struct str *out)
{
	time_t now = (time_t)(clock_wall_ms() / 1000);
	struct tm tm;
	char stamp[32];

	gmtime_r(&now, &tm);
	strftime(stamp, sizeof(stamp), "%Y%m%d-%H%M%S", &tm);
	str_addf(out, "weir-%s-%s.csv", table, stamp);
}

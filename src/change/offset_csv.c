/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads files of offsets as CSV, RFC 4180 (change/offset_file.h). */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/mem.h"
#include "base/str.h"
#include "change/offset_file_parts.h"

enum { MOST_FIELDS = 64 };

enum column { COLUMN_GROUP, COLUMN_TOPIC, COLUMN_PARTITION, COLUMN_OFFSET, COLUMN_COUNT };

struct csv {
	const char *p, *end;
	const char *line_start;
	size_t line;                 /* of p, from 1 */
	struct str fields;           /* the fields of a record, each ended by a NUL */
	size_t starts[MOST_FIELDS];  /* in `fields` */
	size_t columns[MOST_FIELDS]; /* where each field starts, from 1 */
	size_t count;
	size_t record_line;
	int places[COLUMN_COUNT]; /* index of each named column; -1: none */
	bool named;
};

static bool csv_error(size_t line, size_t column, const char *what, struct error *err)
{
	return error_set(err, ERR_USAGE, "line %zu, column %zu: %s", line, column, what);
}

static bool read_quoted(struct csv *c, struct error *err)
{
	size_t line = c->line, column = (size_t)(c->p - c->line_start) + 1;

	for (c->p++; c->p < c->end; c->p++) {
		if (*c->p == '"') {
			if (c->p + 1 == c->end || c->p[1] != '"') {
				c->p++;
				return true;
			}
			c->p++;
		}
		if (*c->p == '\n') {
			c->line++;
			c->line_start = c->p + 1;
		}
		str_add_char(&c->fields, *c->p);
	}
	return csv_error(line, column, "the quote is never closed", err);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static void skip_blanks(struct csv *c)
{
	while (c->p < c->end && is_blank(*c->p))
		c->p++;
}

static bool read_field(struct csv *c, struct error *err)
{
	if (c->count == MOST_FIELDS)
		return csv_error(c->line, (size_t)(c->p - c->line_start) + 1, "too many fields", err);
	/* As Kafka's tool reads them; topic names contain no blanks. */
	skip_blanks(c);
	c->starts[c->count] = c->fields.len;
	c->columns[c->count++] = (size_t)(c->p - c->line_start) + 1;
	if (c->p < c->end && *c->p == '"') {
		if (!read_quoted(c, err))
			return false;
		skip_blanks(c);
		if (c->p < c->end && *c->p != ',' && *c->p != '\n' && *c->p != '\r')
			return csv_error(c->line, (size_t)(c->p - c->line_start) + 1,
				"a comma was expected after the quote", err);
	} else {
		for (; c->p < c->end && *c->p != ',' && *c->p != '\n' && *c->p != '\r'; c->p++)
			str_add_char(&c->fields, *c->p);
		while (c->fields.len > c->starts[c->count - 1] && is_blank(c->fields.p[c->fields.len - 1]))
			c->fields.len--;
	}
	str_add_char(&c->fields, '\0');
	return true;
}

static bool read_record(struct csv *c, struct error *err)
{
	str_clear(&c->fields);
	c->count = 0;
	c->record_line = c->line;
	for (;;) {
		if (!read_field(c, err))
			return false;
		if (c->p == c->end || *c->p != ',')
			break;
		c->p++;
	}
	if (c->p < c->end && *c->p == '\r')
		c->p++;
	if (c->p < c->end && *c->p != '\n')
		return csv_error(c->line, (size_t)(c->p - c->line_start) + 1, "the end of the line was expected", err);
	if (c->p < c->end) {
		c->p++;
		c->line++;
		c->line_start = c->p;
	}
	return true;
}

static const char *csv_field(const struct csv *c, int i)
{
	return i >= 0 && (size_t)i < c->count ? c->fields.p + c->starts[i] : NULL;
}

/*
 * Prefers the column of a plan's target to `offset`, and that to the column in which `weir lag` prints the
 * committed offset.
 */
static bool read_names(struct csv *c)
{
	static const char *const offsets[] = { "committed_offset", "offset", "target_offset" };
	int best = -1;

	for (int i = 0; i < COLUMN_COUNT; i++)
		c->places[i] = -1;
	for (size_t i = 0; i < c->count; i++) {
		const char *name = csv_field(c, (int)i);

		if (strcmp(name, "group") == 0)
			c->places[COLUMN_GROUP] = (int)i;
		else if (strcmp(name, "topic") == 0)
			c->places[COLUMN_TOPIC] = (int)i;
		else if (strcmp(name, "partition") == 0)
			c->places[COLUMN_PARTITION] = (int)i;
		for (int k = best + 1; k < (int)(sizeof(offsets) / sizeof(*offsets)); k++)
			if (strcmp(name, offsets[k]) == 0)
				c->places[COLUMN_OFFSET] = (int)i, best = k;
	}
	return c->places[COLUMN_TOPIC] >= 0 && c->places[COLUMN_PARTITION] >= 0 && c->places[COLUMN_OFFSET] >= 0;
}

static bool take_number(const struct csv *c, int place, const char *what, int64_t most, int64_t *value,
	struct error *err)
{
	const char *text = csv_field(c, place), *p = text;

	*value = 0;
	for (; *p >= '0' && *p <= '9' && *value >= 0; p++) {
		if (__builtin_mul_overflow(*value, 10, value) || __builtin_add_overflow(*value, *p - '0', value) ||
			*value > most)
			*value = -1;
	}
	if (*text && !*p && *value >= 0)
		return true;
	return error_set(err, ERR_USAGE, "line %zu, column %zu: %s from 0 to %" PRId64 " was expected", c->record_line,
		c->columns[place], what, most);
}

static bool take_record(struct csv *c, struct offset_file *out, struct error *err)
{
	struct offset_line *l;
	int64_t partition, offset;
	const char *topic, *group;

	if (!c->named) {
		if (c->count != 3 && c->count != 4)
			return csv_error(c->record_line, 1,
				"topic,partition,offset or group,topic,partition,offset was expected", err);
		for (int i = 0; i < COLUMN_COUNT; i++)
			c->places[i] = (int)c->count - COLUMN_COUNT + i;
	}
	for (int i = COLUMN_TOPIC; i < COLUMN_COUNT; i++)
		if (!csv_field(c, c->places[i]))
			return csv_error(c->record_line, 1, "fields are missing", err);
	topic = csv_field(c, c->places[COLUMN_TOPIC]);
	group = csv_field(c, c->places[COLUMN_GROUP]);
	if (c->named) {
		topic = csv_text(topic);
		group = group ? csv_text(group) : NULL;
	}
	if (!*topic)
		return csv_error(c->record_line, c->columns[c->places[COLUMN_TOPIC]], "a topic was expected", err);
	if (!take_number(c, c->places[COLUMN_PARTITION], "a partition", INT32_MAX, &partition, err))
		return false;
	/* weir's own output leaves the target empty when there is none. */
	if (c->named && !*csv_field(c, c->places[COLUMN_OFFSET]))
		return true;
	if (!take_number(c, c->places[COLUMN_OFFSET], "an offset", INT64_MAX, &offset, err))
		return false;
	l = offset_file_add(out, c->record_line);
	l->group = mem_strdup(group);
	l->target.topic = mem_strdup(topic);
	l->target.partition = (int32_t)partition;
	l->target.offset = offset;
	return true;
}

bool offset_file_csv(struct offset_file *out, const char *text, size_t len, struct error *err)
{
	struct csv c = { .p = text, .end = text + len, .line_start = text, .line = 1 };
	bool ok = true, first = true;

	if (memchr(text, '\0', len))
		ok = csv_error(1, 1, "this is not text", err);
	while (ok && c.p < c.end) {
		ok = read_record(&c, err);
		if (!ok)
			break;
		if (c.count == 1 && !*csv_field(&c, 0))
			continue;
		if (first && read_names(&c))
			c.named = true;
		else
			ok = take_record(&c, out, err);
		first = false;
	}
	str_release(&c.fields);
	return ok;
}

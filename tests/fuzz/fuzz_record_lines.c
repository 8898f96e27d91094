/* SPDX-License-Identifier: BSD-2-Clause */
/* A line of input: a record or a fault inside it; what is read, written and read again must be the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "codec/record_lines.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool same_bytes(struct bytes a, struct bytes b)
{
	return !a.p == !b.p && a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

static bool same(const struct record *a, const struct record *b)
{
	if (a->partition != b->partition || a->offset != b->offset || a->header_count != b->header_count)
		return false;
	for (size_t i = 0; i < a->header_count; i++)
		if (strcmp(a->headers[i].name, b->headers[i].name) != 0 ||
			!same_bytes(a->headers[i].value, b->headers[i].value))
			return false;
	return same_bytes(a->key, b->key) && same_bytes(a->value, b->value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* The exact size, so that a byte too many is seen. */
	char *line = malloc(size ? size : 1);
	struct record_lines lines = { 0 }, again = { 0 };
	struct record record, back;
	struct str text = { 0 };
	struct error err = { 0 };
	size_t at = SIZE_MAX;

	memcpy(line, data, size);
	if (!record_line_read(&lines, line, size, &record, &at, &err)) {
		if (at > size || !err.message[0])
			abort();
	} else {
		record_line_write(&text, &record);
		if (!record_line_read(&again, text.p, text.len, &back, &at, &err) || !same(&record, &back))
			abort();
	}
	record_line_read_raw(line, size, "::", &record);
	if (record.value.len + record.key.len > size)
		abort();
	str_release(&text);
	record_lines_release(&lines);
	record_lines_release(&again);
	free(line);
	return 0;
}

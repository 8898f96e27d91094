/* SPDX-License-Identifier: BSD-2-Clause */
#include "change/offset_file.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "change/offset_file_parts.h"

void offset_file_release(struct offset_file *f)
{
	for (size_t i = 0; i < f->count; i++) {
		free(f->lines[i].group);
		free(f->lines[i].target.topic);
		free(f->lines[i].target.metadata);
	}
	free(f->lines);
	*f = (struct offset_file){ 0 };
}

struct offset_line *offset_file_add(struct offset_file *f, size_t line)
{
	struct offset_line *l;

	f->lines = mem_grow(f->lines, &f->cap, f->count + 1, sizeof(*f->lines));
	l = &f->lines[f->count++];
	*l = (struct offset_line){ .line = line, .target = { .offset = RESET_NO_OFFSET, .leader_epoch = -1 } };
	return l;
}

static int compare_places(const struct offset_line *x, const struct offset_line *y)
{
	int order = strcmp(x->group ? x->group : "", y->group ? y->group : "");

	return order ? order :
		       reset_compare(x->target.topic, x->target.partition, y->target.topic, y->target.partition);
}

static int compare_lines(const void *a, const void *b)
{
	const struct offset_line *x = a, *y = b;
	int order = compare_places(x, y);

	return order ? order : (x->line > y->line) - (x->line < y->line);
}

static bool check_twice(struct offset_file *f, struct error *err)
{
	if (f->count > 1)
		qsort(f->lines, f->count, sizeof(*f->lines), compare_lines);
	for (size_t i = 1; i < f->count; i++) {
		const struct offset_line *l = &f->lines[i];

		if (compare_places(l - 1, l) == 0)
			return error_set(err, ERR_USAGE,
				"line %zu, column 1: %s, partition %" PRId32 " is in line %zu already", l->line,
				l->target.topic, l->target.partition, (l - 1)->line);
	}
	return true;
}

bool offset_file_parse(struct offset_file *out, const char *text, size_t len, struct error *err)
{
	size_t blank = 0;
	bool ok;

	*out = (struct offset_file){ 0 };
	/* The byte order mark that spreadsheet programs write. */
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		text += 3, len -= 3;
	while (blank < len && strchr(" \t\r\n", text[blank]) && text[blank])
		blank++;
	if (blank < len && (text[blank] == '{' || text[blank] == '['))
		ok = offset_file_json(out, text, len, err);
	else
		ok = offset_file_csv(out, text, len, err);
	if (ok && !out->count)
		ok = error_set(err, ERR_USAGE, "line 1, column 1: the file has no offsets");
	if (ok && check_twice(out, err))
		return true;
	offset_file_release(out);
	return false;
}

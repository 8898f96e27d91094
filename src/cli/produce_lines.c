/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/produce_lines.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/search.h"

void line_set_release(struct line_set *s)
{
	free(s->ranges);
	*s = (struct line_set){ 0 };
}

static int compare_end(const void *line, const void *range)
{
	uint64_t wanted = *(const uint64_t *)line, last = ((const struct line_range *)range)->last;

	return (wanted > last) - (wanted < last);
}

/* The first range that ends at or after `line`. */
static size_t line_set_find(const struct line_set *s, uint64_t line)
{
	return search_place(&line, s->ranges, s->count, sizeof(*s->ranges), compare_end);
}

void line_set_add(struct line_set *s, uint64_t first, uint64_t last)
{
	/* Ranges that touch the new one become part of it. */
	size_t at = line_set_find(s, first ? first - 1 : 0), past = at;

	while (past < s->count && (last == LINES_NO_END || s->ranges[past].first <= last + 1)) {
		if (s->ranges[past].first < first)
			first = s->ranges[past].first;
		if (s->ranges[past].last > last)
			last = s->ranges[past].last;
		past++;
	}
	if (past == at) {
		s->ranges = mem_grow(s->ranges, &s->cap, s->count + 1, sizeof(*s->ranges));
		memmove(&s->ranges[at + 1], &s->ranges[at], (s->count - at) * sizeof(*s->ranges));
		s->count++;
	} else {
		memmove(&s->ranges[at + 1], &s->ranges[past], (s->count - past) * sizeof(*s->ranges));
		s->count -= past - at - 1;
	}
	s->ranges[at] = (struct line_range){ first, last };
}

void line_set_add_rest(struct line_set *s, const struct line_set *from, uint64_t first)
{
	for (size_t i = line_set_find(from, first); i < from->count; i++)
		line_set_add(s, from->ranges[i].first > first ? from->ranges[i].first : first, from->ranges[i].last);
}

static bool parse_number(const char **at, uint64_t *out)
{
	char *end;

	errno = 0;
	*out = strtoull(*at, &end, 10);
	if (**at < '0' || **at > '9' || errno || *out == 0 || *out == LINES_NO_END)
		return false;
	*at = end;
	return true;
}

bool line_set_parse(struct line_set *s, const char *text, struct error *err)
{
	for (const char *p = text;;) {
		uint64_t first, last;

		if (!parse_number(&p, &first))
			break;
		last = first;
		if (*p == '-' && (p[1] == '\0' || p[1] == ',')) {
			last = LINES_NO_END;
			p++;
		} else if (*p == '-') {
			p++;
			if (!parse_number(&p, &last) || last < first)
				break;
		}
		line_set_add(s, first, last);
		if (!*p)
			return true;
		if (*p++ != ',')
			break;
	}
	return error_set(err, ERR_USAGE, "--lines %s: give line numbers from 1 on, as in 3,7-9,12-", text);
}

bool line_set_has(const struct line_set *s, uint64_t line)
{
	size_t at = line_set_find(s, line);

	return at < s->count && s->ranges[at].first <= line;
}

bool line_set_ends_before(const struct line_set *s, uint64_t line)
{
	return line_set_find(s, line) == s->count;
}

uint64_t line_set_lines(const struct line_set *s)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < s->count; i++) {
		if (s->ranges[i].last == LINES_NO_END)
			return LINES_NO_END;
		sum += s->ranges[i].last - s->ranges[i].first + 1;
	}
	return sum;
}

void line_set_write(const struct line_set *s, struct str *out)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct line_range *r = &s->ranges[i];

		str_addf(out, "%s%" PRIu64, i ? "," : "", r->first);
		if (r->last == LINES_NO_END)
			str_add_char(out, '-');
		else if (r->last > r->first)
			str_addf(out, "-%" PRIu64, r->last);
	}
}

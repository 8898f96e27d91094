/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/str.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void str_release(struct str *s)
{
	free(s->p);
	*s = (struct str){ 0 };
}

void str_wipe(struct str *s)
{
	if (s->p)
		explicit_bzero(s->p, s->cap);
	str_release(s);
}

void str_clear(struct str *s)
{
	s->len = 0;
	if (s->p)
		s->p[0] = '\0';
}

char *str_take(struct str *s)
{
	char *text = s->p ? s->p : mem_alloc(1);

	*s = (struct str){ 0 };
	return text;
}

const char *str_text(const struct str *s)
{
	return s->p ? s->p : "";
}

char *str_reserve(struct str *s, size_t len)
{
	if (len > SIZE_MAX / 2 - s->len)
		mem_abort("out of memory");
	s->p = mem_grow(s->p, &s->cap, s->len + len + 1, 1);
	return s->p + s->len;
}

void str_add_fill(struct str *s, char c, size_t count)
{
	char *end = str_room(s, count);

	memset(end, c, count);
	end[count] = '\0';
	s->len += count;
}

void str_addf(struct str *s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	str_addv(s, fmt, ap);
	va_end(ap);
}

void str_addv(struct str *s, const char *fmt, va_list ap)
{
	va_list again;

	va_copy(again, ap);
	int len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (len < 0)
		return;
	vsnprintf(str_room(s, (size_t)len), (size_t)len + 1, fmt, ap);
	s->len += (size_t)len;
}

bool str_equal(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

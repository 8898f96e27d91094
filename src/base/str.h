/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A growable byte string, always terminated by a NUL that `len` does not count.
 * `struct str s = {0}` is empty and valid (p is NULL until the first addition;
 * str_text() never is). One thread at a time.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
	char *p;
	size_t len;
	size_t cap;
};

void str_release(struct str *s);
void str_wipe(struct str *s);                 /* str_release() of a secret: overwrites it first */
void str_clear(struct str *s);                /* keeps the memory */
char *str_take(struct str *s);                /* the caller frees; never NULL */
const char *str_text(const struct str *s);    /* "" when empty */
char *str_reserve(struct str *s, size_t len); /* the slow path of str_room(): it allocates */
void str_add_fill(struct str *s, char c, size_t count);
void str_addf(struct str *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void str_addv(struct str *s, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
bool str_equal(const char *a, const char *b); /* NULL equals NULL only */

/* Inline, because records are printed with these, a few dozen calls each. */

/* At least `len` bytes to write at the end; str_grown() says how many were. */
static inline char *str_room(struct str *s, size_t len)
{
	return s->cap - s->len > len ? s->p + s->len : str_reserve(s, len);
}

static inline void str_grown(struct str *s, size_t len)
{
	s->len += len;
	s->p[s->len] = '\0';
}

static inline void str_add_len(struct str *s, const char *bytes, size_t len)
{
	char *end = str_room(s, len);

	if (len)
		memcpy(end, bytes, len);
	str_grown(s, len);
}

static inline void str_add(struct str *s, const char *text)
{
	str_add_len(s, text, strlen(text));
}

static inline void str_add_char(struct str *s, char c)
{
	*str_room(s, 1) = c;
	str_grown(s, 1);
}

#endif

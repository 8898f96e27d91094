/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* Set once by the screen, before other threads start. */
static void (*restore_terminal)(void);

void mem_on_abort(void (*restore)(void))
{
	restore_terminal = restore;
}

/* No stdio: it may allocate, and another thread may hold stderr's lock. */
static void mem_say(const char *text)
{
	ssize_t n = write(STDERR_FILENO, text, strlen(text));

	(void)n;
}

_Noreturn void mem_abort(const char *why)
{
	if (restore_terminal)
		restore_terminal();
	mem_say("weir: ");
	mem_say(why);
	mem_say("\n");
	abort();
}

static void *mem_checked(void *p)
{
	if (!p)
		mem_abort("out of memory");
	return p;
}

void *mem_alloc(size_t size)
{
	return mem_checked(calloc(1, size ? size : 1));
}

void *mem_realloc(void *p, size_t size)
{
	return mem_checked(realloc(p, size ? size : 1));
}

char *mem_strdup(const char *s)
{
	return s ? mem_strndup(s, strlen(s)) : NULL;
}

void mem_replace(char **text, const char *with)
{
	char *copy = mem_strdup(with);

	free(*text);
	*text = copy;
}

char *mem_strndup(const char *s, size_t len)
{
	if (!s)
		return NULL;
	len = strnlen(s, len);
	char *copy = mem_alloc(len + 1);

	memcpy(copy, s, len);
	return copy;
}

void mem_wipe(char *secret)
{
	if (secret)
		explicit_bzero(secret, strlen(secret));
	free(secret);
}

char *mem_printf(const char *fmt, ...)
{
	va_list ap;
	char *text = NULL;

	va_start(ap, fmt);
	int len = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (len < 0)
		mem_abort("out of memory");
	return text;
}

void *mem_grow(void *items, size_t *cap, size_t need, size_t item_size)
{
	if (need <= *cap)
		return items;
	size_t grown = *cap ? *cap : 8;

	while (grown < need) {
		if (grown > SIZE_MAX / 2)
			mem_abort("out of memory");
		grown *= 2;
	}
	if (item_size && grown > SIZE_MAX / item_size)
		mem_abort("out of memory");
	*cap = grown;
	return mem_realloc(items, grown * item_size);
}

void mem_trim(void)
{
#ifdef __GLIBC__
	malloc_trim(0);
#endif
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Heap allocation that never returns NULL: without memory the program restores
 * the terminal, prints one line on standard error and aborts. Any thread.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

void *mem_alloc(size_t size); /* zeroed; size 0 gives a unique pointer */
void *mem_realloc(void *p, size_t size);
char *mem_strdup(const char *s); /* NULL gives NULL */
/* Puts a copy of `with` there (NULL: none) and frees the text before, of which `with` may be a part. */
void mem_replace(char **text, const char *with);
char *mem_strndup(const char *s, size_t len);
void mem_wipe(char *secret); /* overwrites the text and frees it; NULL is fine */
char *mem_printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/*
 * Grows a heap array so that `need` elements fit, doubling its capacity:
 *     v->items = mem_grow(v->items, &v->cap, v->count + 1, sizeof(*v->items));
 */
void *mem_grow(void *items, size_t *cap, size_t need, size_t item_size);

/* Returns freed memory to the system, where the C library can: call it after freeing something large. */
void mem_trim(void);

/* Called once before the process aborts; the screen registers its restore here. */
void mem_on_abort(void (*restore)(void));
_Noreturn void mem_abort(const char *why);

#endif

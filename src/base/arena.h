/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory that is freed as a whole. A snapshot lives in one arena. One thread
 * fills it; once published it is read only and any thread may read it.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena;

struct arena *arena_new(size_t first_block_bytes);   /* 0: a default of 64 KiB */
void arena_free(struct arena *arena);                /* NULL is allowed */
void *arena_alloc(struct arena *arena, size_t size); /* zeroed, aligned for any type */
void *arena_array(struct arena *arena, size_t count, size_t item_size);
void *arena_dup(struct arena *arena, const void *bytes, size_t size);
char *arena_strdup(struct arena *arena, const char *s); /* NULL gives NULL */
char *arena_strndup(struct arena *arena, const char *s, size_t len);
size_t arena_bytes(const struct arena *arena); /* reserved in total */

#endif

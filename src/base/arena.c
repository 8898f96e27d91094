/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Blocks that double in size up to a limit, newest first. A request larger
 * than a block gets a block of its own behind the current one, so that the
 * room left in the current one is not wasted. Blocks come zeroed from calloc.
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { FIRST_BLOCK = 64 * 1024, LARGEST_BLOCK = 1024 * 1024 };

struct block {
	struct block *next;
	size_t used, size;
	alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct block *blocks;
	size_t next_size;
	size_t reserved;
};

static struct block *arena_block_new(struct arena *arena, size_t size)
{
	struct block *block = mem_alloc(sizeof(*block) + size);

	block->size = size;
	arena->reserved += sizeof(*block) + size;
	return block;
}

struct arena *arena_new(size_t first_block_bytes)
{
	struct arena *arena = mem_alloc(sizeof(*arena));

	arena->next_size = first_block_bytes ? first_block_bytes : FIRST_BLOCK;
	arena->blocks = arena_block_new(arena, arena->next_size);
	return arena;
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	struct block *next;

	for (struct block *b = arena->blocks; b; b = next) {
		next = b->next;
		free(b);
	}
	free(arena);
}

static void *arena_take(struct arena *arena, size_t size, size_t align)
{
	struct block *b = arena->blocks;
	size_t at = (b->used + align - 1) & ~(align - 1);

	if (at <= b->size && size <= b->size - at) {
		b->used = at + size;
		return b->bytes + at;
	}
	if (size > SIZE_MAX - sizeof(struct block))
		mem_abort("out of memory");
	if (arena->next_size < LARGEST_BLOCK)
		arena->next_size *= 2;
	if (size > arena->next_size / 2) {
		struct block *own = arena_block_new(arena, size);

		own->used = size;
		own->next = b->next;
		b->next = own;
		return own->bytes;
	}
	struct block *fresh = arena_block_new(arena, arena->next_size);

	fresh->next = b;
	fresh->used = size;
	arena->blocks = fresh;
	return fresh->bytes;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	return arena_take(arena, size ? size : 1, alignof(max_align_t));
}

void *arena_array(struct arena *arena, size_t count, size_t item_size)
{
	if (item_size && count > SIZE_MAX / item_size)
		mem_abort("out of memory");
	return arena_alloc(arena, count * item_size);
}

void *arena_dup(struct arena *arena, const void *bytes, size_t size)
{
	void *copy = arena_alloc(arena, size);

	if (size)
		memcpy(copy, bytes, size);
	return copy;
}

char *arena_strdup(struct arena *arena, const char *s)
{
	return s ? arena_strndup(arena, s, strlen(s)) : NULL;
}

char *arena_strndup(struct arena *arena, const char *s, size_t len)
{
	if (!s)
		return NULL;
	len = strnlen(s, len);
	char *copy = arena_take(arena, len + 1, 1);

	memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

size_t arena_bytes(const struct arena *arena)
{
	return arena->reserved;
}

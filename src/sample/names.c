/* SPDX-License-Identifier: BSD-2-Clause */
#include "sample/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { FIRST_BUCKETS = 256 };

static uint32_t names_hash(const char *text)
{
	uint32_t h = 2166136261u; /* FNV-1a */

	for (; *text; text++)
		h = (h ^ (unsigned char)*text) * 16777619u;
	return h;
}

void names_init(struct names *n)
{
	n->bucket_count = FIRST_BUCKETS;
	n->buckets = mem_alloc(n->bucket_count * sizeof(*n->buckets));
	n->count = 0;
}

void names_release(struct names *n)
{
	for (size_t i = 0; i < n->bucket_count; i++) {
		while (n->buckets[i]) {
			struct name *name = n->buckets[i];

			n->buckets[i] = name->next;
			free(name);
		}
	}
	free(n->buckets);
	memset(n, 0, sizeof(*n));
}

static void names_grow(struct names *n)
{
	size_t count = n->bucket_count * 2;
	struct name **buckets = mem_alloc(count * sizeof(*buckets));

	for (size_t i = 0; i < n->bucket_count; i++) {
		while (n->buckets[i]) {
			struct name *name = n->buckets[i];
			struct name **to = &buckets[name->hash & (count - 1)];

			n->buckets[i] = name->next;
			name->next = *to;
			*to = name;
		}
	}
	free(n->buckets);
	n->buckets = buckets;
	n->bucket_count = count;
}

static struct name *names_lookup(const struct names *n, const char *text, uint32_t hash)
{
	struct name *name = n->buckets[hash & (n->bucket_count - 1)];

	while (name && (name->hash != hash || strcmp(name->text, text) != 0))
		name = name->next;
	return name;
}

struct name *names_find(const struct names *n, const char *text)
{
	return text ? names_lookup(n, text, names_hash(text)) : NULL;
}

struct name *name_of(const char *text)
{
	return text ? (struct name *)(uintptr_t)(text - offsetof(struct name, text)) : NULL;
}

const char *names_get(struct names *n, const char *text)
{
	struct name *name, **bucket;
	uint32_t hash;
	size_t size;

	if (!text)
		return NULL;
	hash = names_hash(text);
	name = names_lookup(n, text, hash);
	if (name)
		return name->text;
	if (n->count >= n->bucket_count)
		names_grow(n);
	size = strlen(text) + 1;
	name = mem_alloc(sizeof(*name) + size);
	memcpy(name->text, text, size);
	name->hash = hash;
	bucket = &n->buckets[hash & (n->bucket_count - 1)];
	name->next = *bucket;
	*bucket = name;
	n->count++;
	return name->text;
}

const char *name_copy(const char *text, struct arena *arena, uint64_t seq)
{
	struct name *name = name_of(text);

	if (!name)
		return NULL;
	if (name->copy_seq != seq) {
		name->copy_seq = seq;
		name->copy = arena_strdup(arena, name->text);
	}
	return name->copy;
}

void name_keep(const struct names *n, const char *text)
{
	if (text)
		name_of(text)->kept = n->sweeps + 1;
}

void names_sweep(struct names *n)
{
	n->sweeps++;
	for (size_t i = 0; i < n->bucket_count; i++) {
		struct name **at = &n->buckets[i];

		while (*at) {
			struct name *name = *at;

			if (name->kept == n->sweeps || name->pins || name->topic || name->group) {
				at = &name->next;
				continue;
			}
			*at = name->next;
			free(name);
			n->count--;
		}
	}
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/clone.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void clone_part_init(struct clone_part *p)
{
	*p = (struct clone_part){ .source = -1 };
}

void clone_part_release(struct clone_part *p)
{
	free(p->found);
	free(p->pending);
	clone_part_init(p);
}

void clone_part_forget(struct clone_part *p)
{
	free(p->found);
	free(p->pending);
	*p = (struct clone_part){ .source = p->source, .target = p->target, .hash = p->hash };
}

/* FNV-1a over 64 bits. */
static void mix(uint64_t *hash, const void *bytes, size_t len)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < len; i++)
		*hash = (*hash ^ p[i]) * 0x100000001b3u;
}

/* The length goes first, so that "ab","c" differs from "a","bc"; null has a length of its own. */
static void mix_bytes(uint64_t *hash, const struct bytes *b)
{
	int64_t len = b->p ? (int64_t)b->len : -1;

	mix(hash, &len, sizeof(len));
	if (b->p)
		mix(hash, b->p, b->len);
}

uint64_t clone_hash(const struct record *r)
{
	uint64_t hash = 0xcbf29ce484222325u;

	mix(&hash, &r->timestamp_ms, sizeof(r->timestamp_ms));
	mix_bytes(&hash, &r->key);
	mix_bytes(&hash, &r->value);
	for (size_t i = 0; i < r->header_count; i++) {
		mix(&hash, r->headers[i].name, strlen(r->headers[i].name) + 1);
		mix_bytes(&hash, &r->headers[i].value);
	}
	return hash ? hash : 1;
}

bool clone_part_found(struct clone_part *p, int64_t offset, uint64_t hash)
{
	if (offset < p->target)
		return offset < p->target - 1 || hash == p->hash;
	while (p->found_count <= (size_t)(offset - p->target)) {
		p->found = mem_grow(p->found, &p->found_cap, p->found_count + 1, sizeof(*p->found));
		p->found[p->found_count++] = 0;
	}
	p->found[p->found_count - 1] = hash;
	return true;
}

bool clone_part_found_end(struct clone_part *p, int64_t end)
{
	if (end < p->target)
		return false;
	while (p->found_count < (size_t)(end - p->target)) {
		p->found = mem_grow(p->found, &p->found_cap, p->found_count + 1, sizeof(*p->found));
		p->found[p->found_count++] = 0;
	}
	return true;
}

bool clone_part_is_aligned(const struct clone_part *p)
{
	return p->compared == p->found_count;
}

static void clone_part_advance(struct clone_part *p, int64_t offset, uint64_t hash)
{
	p->source = offset;
	p->hash = hash;
	p->target++;
}

enum clone_match clone_part_next(struct clone_part *p, int64_t offset, uint64_t hash)
{
	if (clone_part_is_aligned(p))
		return CLONE_SEND;
	if (p->found[p->compared] && p->found[p->compared] != hash)
		return CLONE_DIFFERS;
	p->compared++;
	clone_part_advance(p, offset, hash);
	return CLONE_THERE;
}

static void make_room(struct clone_part *p)
{
	size_t cap = p->cap ? p->cap * 2 : 1024;
	struct clone_pending *ring = mem_alloc(cap * sizeof(*ring));

	for (size_t i = 0; i < p->count; i++)
		ring[i] = p->pending[(p->first + i) & (p->cap - 1)];
	free(p->pending);
	p->pending = ring;
	p->first = 0;
	p->cap = cap;
}

void clone_part_sent(struct clone_part *p, int64_t offset, uint64_t hash)
{
	if (p->count == p->cap)
		make_room(p);
	p->pending[(p->first + p->count++) & (p->cap - 1)] = (struct clone_pending){ offset, hash };
}

void clone_part_not_sent(struct clone_part *p)
{
	p->count--;
}

bool clone_part_delivered(struct clone_part *p, int64_t offset)
{
	struct clone_pending head;

	if (p->count == 0 || offset != p->target)
		return false;
	head = p->pending[p->first];
	p->first = (p->first + 1) & (p->cap - 1);
	p->count--;
	clone_part_advance(p, head.offset, head.hash);
	return true;
}

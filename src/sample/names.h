/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One copy of every name and error text the store refers to: equal texts are
 * one `struct name`, so the store compares pointers. What is kept is the text
 * itself, so that the structs of a snapshot can be kept as they are; name_of()
 * leads back. A snapshot gets its own copy of each, made once per snapshot
 * however often it occurs.
 *
 * A name lives while something holds it. What comes and goes, as an open call,
 * pins the names it holds. The fields of the store are too many for that: before
 * a sweep all of them are walked and name_keep() is called for each name there
 * (store_names.c), and names_sweep() frees the names that nobody kept or pinned.
 * A name is never freed at any other time. Sampler thread only.
 */
#ifndef SAMPLE_NAMES_H
#define SAMPLE_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct store_topic;
struct store_group;

struct name {
	struct name *next; /* in its bucket */
	uint32_t hash;
	uint32_t pins;
	uint64_t kept;    /* the sweep that it was last kept for; 0: none */
	const char *copy; /* in the arena of build `copy_seq` */
	uint64_t copy_seq;
	struct store_topic *topic; /* the topic of this name, or NULL */
	struct store_group *group; /* the group of this name, or NULL */
	char text[];
};

struct names {
	struct name **buckets;
	size_t bucket_count; /* a power of two */
	size_t count;
	uint64_t sweeps; /* that were done */
};

void names_init(struct names *n);
void names_release(struct names *n);
/* The text of the name that is equal; made when it is new. NULL gives NULL. */
const char *names_get(struct names *n, const char *text);
struct name *names_find(const struct names *n, const char *text); /* NULL when there is none */
/* From here on `text` is one that names_get() gave, or NULL, which gives NULL or does nothing. */
struct name *name_of(const char *text);
/* Its copy in the arena of build `seq`. */
const char *name_copy(const char *text, struct arena *arena, uint64_t seq);
/* Keeps it in the sweep that follows. */
void name_keep(const struct names *n, const char *text);
/* Frees every name that was not kept since the last sweep, is not pinned, and is no topic's or group's. */
void names_sweep(struct names *n);

#endif

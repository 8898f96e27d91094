/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One copy of every name and error text the store refers to: equal texts are
 * one `struct name`, so the store compares pointers. A snapshot gets its own
 * copy of each, made once per snapshot however often it occurs.
 *
 * A name lives while a snapshot build copies it or something pins it:
 * names_sweep() frees what the newest build did not meet. So whoever keeps a
 * name between builds either hands it to every build or pins it.
 * Sampler thread only.
 */
#ifndef KAFKA_NAMES_H
#define KAFKA_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct store_topic;
struct store_group;

struct name {
	struct name *next;            /* in its bucket */
	uint32_t hash;
	uint32_t pins;
	const char *copy;             /* in the arena of build `copy_seq` */
	uint64_t copy_seq;
	struct store_topic *topic;    /* the topic of this name, or NULL */
	struct store_group *group;    /* the group of this name, or NULL */
	char text[];
};

struct names {
	struct name **buckets;
	size_t bucket_count;          /* a power of two */
	size_t count;
};

void names_init(struct names *n);
void names_release(struct names *n);
struct name *names_get(struct names *n, const char *text);           /* NULL gives NULL */
struct name *names_find(const struct names *n, const char *text);    /* NULL when there is none */
/* The copy of `name` (NULL gives NULL) in the arena of build `seq`. */
const char *name_copy(struct name *name, struct arena *arena, uint64_t seq);
void names_sweep(struct names *n, uint64_t seq);

#endif

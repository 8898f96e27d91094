/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Members of an object that share a name: fields of Protobuf by number, map
 * keys 1 and "1" of CBOR, JSON that repeats a name. In JSON that weir writes
 * they become one member, an array of their values in order, in the place of
 * the first. Plain values, any thread.
 */
#ifndef CODEC_MEMBERS_H
#define CODEC_MEMBERS_H

#include <stddef.h>

#include "codec/node.h"

struct members;

/* NULL when no name of the object is repeated. */
struct members *members_repeated(const struct node *object);
/* For the first member of a name, at `place` (from 0): how many members have it, and which; 0 for all others. */
size_t members_of_name(const struct members *members, size_t place, const struct node *const **same);
void members_free(struct members *members); /* NULL is allowed */

#endif

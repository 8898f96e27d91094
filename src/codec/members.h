/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Members of an object that have the same name: fields of Protobuf by number,
 * map keys 1 and "1" of CBOR, JSON that says a name twice. In JSON that weir
 * writes they become one member, an array of their values in order, in the
 * place of the first. Plain values, any thread.
 */
#ifndef CODEC_MEMBERS_H
#define CODEC_MEMBERS_H

#include <stddef.h>

#include "codec/node.h"

struct members;

/* NULL when every name of the object is there once. */
struct members *members_repeated(const struct node *object);
/* How many have the name of member `place` (from 0), and which: for the first of them; 0 for the others. */
size_t members_of_name(const struct members *members, size_t place, const struct node *const **same);
void members_free(struct members *members);   /* NULL is allowed */

#endif

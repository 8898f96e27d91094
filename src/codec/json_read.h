/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * JSON (RFC 8259, strict) to a tree in which nothing is lost: numbers exactly
 * as they stand, repeated names, order, the escapes of strings. An own reader,
 * since those at hand turn numbers into doubles and keep one of two equal
 * names. Pure; any thread.
 */
#ifndef CODEC_JSON_READ_H
#define CODEC_JSON_READ_H

#include "codec/node.h"

/* One document and nothing behind it. NULL and tree->reason, with the byte it is about, when it is none. */
struct node *json_read(struct tree *tree, const char *bytes, size_t len);

#endif

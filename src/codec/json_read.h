/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads JSON (RFC 8259, strict) into a tree in which nothing is lost: the text
 * of numbers, repeated names, order, the escapes of strings. weir has its own
 * reader because jansson and json-c turn numbers into doubles and keep one of
 * two equal names; yajl would keep both but is no longer maintained. Pure; any
 * thread.
 */
#ifndef CODEC_JSON_READ_H
#define CODEC_JSON_READ_H

#include "codec/node.h"

/* One document and nothing after it. NULL when it is not JSON; tree->reason tells the byte. */
struct node *json_read(struct tree *tree, const char *bytes, size_t len);

#endif

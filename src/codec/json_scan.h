/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Steps over JSON in raw bytes without building anything. RFC 8259 with two
 * freedoms: in a skipped value brackets are counted, not matched, and UTF-8 is
 * not checked. Every function takes [p, end) and returns NULL where the bytes
 * end or are not JSON. Pure; any thread.
 */
#ifndef CODEC_JSON_SCAN_H
#define CODEC_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "codec/node.h"

static inline const char *json_scan_space(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
		p++;
	return p;
}

/* Past a byte order mark, which RFC 8259 allows readers to ignore. */
static inline const char *json_scan_bom(const char *p, const char *end)
{
	return end - p >= 3 && p[0] == '\xef' && p[1] == '\xbb' && p[2] == '\xbf' ? p + 3 : p;
}

const char *json_scan_string(const char *p, const char *end); /* p after the opening quote; returns the closing one */
const char *json_scan_number(const char *p, const char *end); /* past the number, whose grammar is checked */
const char *json_scan_literal(const char *p, const char *end, enum node_kind *kind); /* true, false, null */
const char *json_scan_value(const char *p, const char *end);                         /* past the value */
/* Compares the text between quotes, with escapes undone, with plain UTF-8. */
bool json_scan_equal(const char *text, size_t len, const char *plain, size_t plain_len);

#endif

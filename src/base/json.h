/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writes JSON values into a string and adds commas and quotes (RFC 8259). Bytes
 * that are not UTF-8 are written as base64 under `name`_base64, or as
 * {"base64":"..."} in an array. Start each line with a fresh struct.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct json {
	struct str *out;
	bool comma; /* the next value needs a comma before it */
};

void json_object(struct json *j, const char *name); /* name NULL: inside an array or at the top */
void json_object_end(struct json *j);
void json_array(struct json *j, const char *name);
void json_array_end(struct json *j);
void json_string(struct json *j, const char *name, const char *text); /* NULL writes null */
/* Writes `name`, or `name`_base64 when the bytes are not UTF-8. */
void json_bytes(struct json *j, const char *name, const char *bytes, size_t len);
void json_int(struct json *j, const char *name, int64_t value);
void json_number(struct json *j, const char *name, double value); /* NaN writes null */
void json_bool(struct json *j, const char *name, bool value);
void json_null(struct json *j, const char *name);
void json_raw(struct json *j, const char *name, const char *value); /* `value` is JSON already */

/*
 * Appends one JSON string. False, with nothing written, when the bytes are not UTF-8. *controls (may be NULL)
 * becomes true when they hold a control or hidden character other than tab and line ends.
 */
bool json_quote(struct str *out, const char *text, size_t len, bool *controls);
void base64_add(struct str *out, const void *bytes, size_t len); /* RFC 4648 section 4 */
/*
 * Writes the bytes to `out`, which may be `text` itself. False: the text is not padded
 * base64 without other characters.
 */
bool base64_read(const char *text, size_t len, char *out, size_t *out_len);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One record as a line of JSON: what `weir tail -o json` prints, the messages
 * view saves and copies, and `weir produce` reads. Bytes that are not UTF-8 are
 * base64, followed by what a decoder makes of them. Masked parts are masked
 * here too, and the line then ends in "masked":true. Each thread has its own
 * struct record_json.
 */
#ifndef CODEC_RECORD_JSON_H
#define CODEC_RECORD_JSON_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"
#include "codec/codec.h"
#include "codec/mask.h"
#include "model/record.h"

enum { RECORD_JSON_DIGITS = 24 }; /* enough for any int64_t */

struct record_json {
	const struct codec_choice *key, *value; /* may change from record to record */
	const struct mask *mask;                /* NULL: nothing is masked */
	struct arena *arena;                    /* of one record's decoding, NULL: none */
	const char *topic; /* topic of `prefix`, by its address: set it to NULL when another may lie there */
	int32_t partition;
	enum codec_id of_topic; /* an internal topic's own decoder, CODEC_AUTO: none */
	struct str prefix;
	int64_t second; /* the second that `second_text` shows, 0: none */
	char second_text[RECORD_JSON_DIGITS];
	size_t second_len;
	struct str masked;
	bool is_masked; /* something was masked in the record being added */
};

/* Appends the record with its line end. True: something in it was masked. */
bool record_json_add(struct record_json *j, const struct record *record, struct str *out);
void record_json_release(struct record_json *j);

#endif

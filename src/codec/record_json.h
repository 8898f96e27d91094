/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One record as a line of JSON: what `weir tail -o json` prints, the messages
 * view saves and copies, and `weir produce` reads. Bytes that are not UTF-8 are
 * base64; what a decoder makes of them stands beside them. What is masked is
 * masked here too, and the line then ends in "masked":true. Each thread has its own struct record_json.
 */
#ifndef CODEC_RECORD_JSON_H
#define CODEC_RECORD_JSON_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"
#include "codec/codec.h"
#include "codec/mask.h"
#include "model/record.h"

enum { RECORD_JSON_DIGITS = 24 };        /* of any int64_t, and more */

struct record_json {
	const struct codec_choice *key, *value;   /* may change from record to record */
	const struct mask *mask;                  /* NULL: nothing is masked */
	struct arena *arena;     /* of one record's decoding, NULL: none */
	const char *topic;       /* that `prefix` is for, by its address: NULL it when another may lie there */
	int32_t partition;
	enum codec_id of_topic;  /* an internal topic's own decoder, CODEC_AUTO: none */
	struct str prefix;
	int64_t second;          /* that `second_text` is, 0: none */
	char second_text[RECORD_JSON_DIGITS];
	size_t second_len;
	struct str masked;
	bool is_masked;          /* of the record that is being added */
};

/* Appends the record, line end included. True: something in it was masked. */
bool record_json_add(struct record_json *j, const struct record *record, struct str *out);
void record_json_release(struct record_json *j);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The parts of a record's JSON line: strings, numbers, values that mean their
 * own text. Inside this layer, for record_lines.c.
 */
#ifndef CODEC_RECORD_TEXT_H
#define CODEC_RECORD_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "model/record.h"

/* The most bytes that record_text_string() writes past the end of its text. */
enum { RECORD_TEXT_MARGIN = 16 };

struct record_lines;

struct record_text {
	const char *p, *end; /* not read yet */
	char *to;            /* where the next string goes: has room for the rest of the line and a margin */
	const char *at;      /* where the error is */
	struct error *err;
	struct record_lines *lines; /* the caller's */
};

/* All return false and set `at` and *err when the text is not as expected. */
bool record_text_fail(struct record_text *t, const char *at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void record_text_skip_space(struct record_text *t);
bool record_text_expect(struct record_text *t, char wanted);
bool record_text_string(struct record_text *t, struct bytes *out); /* at its opening quote; terminated too */
bool record_text_string_or_null(struct record_text *t, const char *what, struct bytes *out);
bool record_text_base64(struct record_text *t, const char *what, struct bytes *out); /* or null; not terminated */
bool record_text_bytes(struct record_text *t, struct bytes *out);                    /* any value, see record_lines.h */
bool record_text_integer(struct record_text *t, const char *what, int64_t max, int64_t *out); /* null leaves *out */
bool record_text_signed(struct record_text *t, const char *what, int64_t max, int64_t *out);  /* from -max on */
bool record_text_bool(struct record_text *t, const char *what, bool *out);                    /* null leaves *out */
bool record_text_pass_over(struct record_text *t);
bool record_text_at_null(const struct record_text *t);

#endif

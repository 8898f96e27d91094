/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Formats one record as `weir tail` prints it. A struct tail_format is shared
 * and immutable; each thread has its own struct tail_printer.
 */
#ifndef CLI_TAIL_FORMAT_H
#define CLI_TAIL_FORMAT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"
#include "cli/command.h"
#include "codec/codec_choices.h"
#include "codec/record_json.h"
#include "model/record.h"

struct tail_format {
	enum output_format form;
	bool utc;
	bool terminal;                 /* standard output is a terminal: control characters are made safe */
	bool ascii;                    /* the terminal does not show UTF-8 */
	bool show_topic;               /* the table has a column for it */
	int cols;                      /* of the terminal; 0: lines are not cut */
	struct codec_choices *choices; /* how each topic is decoded */
	const struct mask *mask;       /* NULL: nothing is masked */
};

struct tail_printer {
	const struct tail_format *format;
	const char *topic; /* topic of the next members, by its address */
	struct codec_choice key, value;
	struct arena *arena; /* of one record's decoding, NULL: none */
	struct str scratch, safe, line;
	struct str clock; /* local time of the newest record, which was within `second` */
	int64_t second;
	struct record_json json;
};

void tail_print_heading(const struct tail_format *format, struct str *out);
/* Appends the record with its line end. True: something printed was masked. */
bool tail_print(struct tail_printer *p, const struct record *record, struct str *out);
void tail_printer_release(struct tail_printer *p);

#endif

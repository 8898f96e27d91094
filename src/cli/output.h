/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows of a command as a table, as JSON (one object a line), as CSV (RFC 4180)
 * or as the names of the first column, from one description of the columns. Rows are kept until they are
 * written. Text from a cluster is made safe in tables and escaped in JSON; CSV
 * keeps its bytes, except on a terminal. Main thread.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "cli/command.h"

enum value_kind { VALUE_NULL, VALUE_TEXT, VALUE_INT, VALUE_NUMBER, VALUE_BOOL, VALUE_JSON };

struct value {
	enum value_kind kind;
	const char *text;  /* VALUE_TEXT: a string; VALUE_JSON: a value ready to print */
	int64_t integer;   /* VALUE_INT, VALUE_BOOL */
	double number;     /* VALUE_NUMBER */
	const char *shown; /* shown in the table instead; NULL: the value itself */
};

struct output {
	enum output_format format;
	const struct column *columns;
	size_t column_count;
	struct arena *arena; /* texts of the rows; emptied by output_write() */
	char **cells;        /* of the table, column_count a row */
	size_t cell_count, cell_cap;
	struct str text;  /* JSON and CSV lines */
	bool terminal;    /* standard output is a terminal */
	bool header_done; /* the CSV header was written */
};

void output_init(struct output *o, enum output_format format, const struct column *columns, size_t count);
void output_release(struct output *o);
void output_row(struct output *o, const struct value *cells);
/*
 * Prints the rows; `heading` (NULL: none) is printed above a table. False: nobody reads standard output any
 * more (ERR_NONE) or a write failed (ERR_SYSTEM).
 */
bool output_write(struct output *o, const char *heading, struct error *err);

struct value value_text(const char *text); /* NULL: VALUE_NULL */
struct value value_int(int64_t value);
struct value value_known(int64_t value); /* negative: VALUE_NULL */
struct value value_number(double value); /* NaN: VALUE_NULL */
struct value value_bool(bool value);
/* "2026-11-22T14:01:58.123Z", or VALUE_NULL. The text lives until output_write(). */
struct value value_time(struct output *o, int64_t wall_ms);

#endif

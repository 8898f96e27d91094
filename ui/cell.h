/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One figure of a table: its raw value, which is sorted by and exported, and
 * how it is drawn. Unknown is a kind of its own, drawn as a dash and never
 * sorted among known values. UI thread.
 */
#ifndef UI_CELL_H
#define UI_CELL_H

#include <stdint.h>

#include "base/str.h"
#include "model/series.h"
#include "model/severity.h"
#include "ui/draw.h"
#include "ui/theme.h"

enum cell_kind { CELL_UNKNOWN, CELL_TEXT, CELL_INT, CELL_REAL, CELL_BOOL, CELL_SERIES };

struct cell {
	enum cell_kind kind;
	int64_t integer;             /* CELL_INT, CELL_BOOL */
	double real;                 /* CELL_REAL */
	const struct series *series; /* CELL_SERIES: valid until the next update */
	enum spark_scale scale;
	struct str text;   /* CELL_TEXT: any bytes. Else drawn instead of the value */
	const char *brief; /* a literal for a text that does not fit with its sign; NULL: the text is cut */
	enum role role;    /* ROLE_TEXT unless set */
	char sign;         /* '!', '~', '?' or 0 */
};

void cell_release(struct cell *c);
void cell_clear(struct cell *c);                  /* unknown again; keeps the memory */
void cell_text(struct cell *c, const char *text); /* NULL stays unknown */
void cell_textf(struct cell *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void cell_int(struct cell *c, int64_t value);
void cell_count(struct cell *c, int64_t value); /* negative: unknown */
void cell_real(struct cell *c, double value);   /* NaN: unknown */
void cell_bool(struct cell *c, bool value, const char *drawn);
void cell_series(struct cell *c, const struct series *s, enum spark_scale scale);
enum role severity_role(enum severity severity);            /* ROLE_TEXT for SEVERITY_NONE */
const char *severity_sign(enum severity severity);          /* "!", "~" or " " */
void cell_severity(struct cell *c, enum severity severity); /* sets role and sign; keeps a worse one */
void cell_stale(struct cell *c);                            /* leaves unknown values and the sign of a severity */

/*
 * The text as drawn; where it is wider than `cols`, numbers in short form and texts as their `brief`. A dash
 * for unknown.
 */
void cell_draw_text(const struct cell *c, int cols, struct str *out);

#endif

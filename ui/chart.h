/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One or a few series over time, with axes: dots of braille, eighths of blocks
 * where a terminal's font is known to lack braille, letters in ASCII. The axis
 * begins at 0 and ends at a round figure, so that it rarely changes while the
 * line moves; the time begins with the first figure that is known. Unknown slots
 * are gaps. Only draws. UI thread.
 */
#ifndef UI_CHART_H
#define UI_CHART_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "model/series.h"
#include "ui/draw.h"

enum { CHART_LINES_MAX = 4, CHART_ROWS_LEAST = 4, CHART_COLS_LEAST = 24 };

struct chart_line {
	const char *label;              /* "in" */
	enum role role;
	const struct series *series;
	bool unknown;                   /* the figure is not known now, even where the newest slot still holds one */
};

struct chart {
	const char *name;               /* "partition 3", before the title: cut where there is no room; or NULL */
	enum role name_role;
	const char *title;              /* "records/s": ", last 5m" comes behind it; NULL with a name: neither */
	const struct chart_line *lines;
	int count;
	double top;                     /* the axis goes at least up to it, and */
	int slots;                      /* the time at least so far back; 0: as the lines need it */
	void (*format)(struct str *out, double value);   /* as the figures of the axis and the legend read */
	int64_t mono_ms, wall_ms;       /* one moment by both clocks: gives the slots their time of day */
	bool utc;
};

/* Nothing where the area is smaller than the least. */
void chart_draw(const struct area *a, const struct chart *c);
/* What a series needs of both axes; 0 where nothing is known. */
double chart_highest(const struct series *s);
int chart_slots(const struct series *s);
/* The round figure the axis ends at: 1, 2, 2.5 or 5 times a power of ten, at least `top`. */
double chart_ceiling(double top);

#endif

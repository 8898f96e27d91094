/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One or a few series over time, with axes: braille dots, eighths of blocks
 * where a terminal's font is known to lack braille, letters in ASCII. The axis
 * begins at 0 and ends at a round figure, so that it rarely changes while the
 * line moves; time begins with the first known figure. Unknown slots are gaps.
 * Only draws. UI thread.
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
	const char *label; /* "in" */
	enum role role;
	const struct series *series;
	bool unknown; /* the figure is unknown now, even if the newest slot has one */
};

struct chart {
	const char *name; /* "partition 3", before the title: cut where there is no room; or NULL */
	enum role name_role;
	const char *title; /* "records/s": ", last 5m" follows it; NULL with a name: neither */
	const struct chart_line *lines;
	int count;
	double top;                                    /* minimum end of the axis */
	int slots;                                     /* minimum time that is shown; 0: what the lines need */
	void (*format)(struct str *out, double value); /* format of the figures on the axis and in the legend */
	int64_t mono_ms, wall_ms; /* the same moment by both clocks: gives the slots their time of day */
	bool utc;
};

/* Draws nothing when the area is too small. */
void chart_draw(const struct area *a, const struct chart *c);
/* The highest value of a series; 0: nothing is known. */
double chart_highest(const struct series *s);
int chart_slots(const struct series *s);
/* The round figure at which the axis ends: 1, 2, 2.5 or 5 times a power of ten, at least `top`. */
double chart_ceiling(double top);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/partition_charts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/format.h"

enum {
	BLANK_ROWS = 1,  /* below the tables */
	LARGE_MOST = 15, /* rows: a higher chart says no more */
	SMALL_LEAST = 7,
	SMALL_MOST = 11,
	SMALL_COLS = 40, /* at least */
	GAP_COLS = 2,
	HELD_PERIODS = 3, /* of the sampler: the figures of histories are held as long */
};

struct layout {
	bool beside;               /* the partition under the cursor has a chart */
	int large;                 /* rows of the upper charts */
	int small, bands, columns; /* rows of a small one; bands 0: there are none */
	size_t most;               /* so many small ones */
};

int64_t partition_charts_hold_ms(const struct snapshot *s)
{
	return (int64_t)HELD_PERIODS * s->interval_ms;
}

/* Below one another in bands that are as even as can be. */
static void lay_out_small(struct layout *l, int rest, int cols, int partitions)
{
	int across = cols / SMALL_COLS, down = rest / SMALL_LEAST;

	if (down < 1)
		return;
	if (partitions > across * down)
		partitions = across * down;
	l->most = (size_t)partitions;
	l->bands = (partitions + across - 1) / across;
	l->columns = (partitions + l->bands - 1) / l->bands;
	l->small = rest / l->bands < SMALL_MOST ? rest / l->bands : SMALL_MOST;
	/* With an odd number of rows half of the axis has a row of its own. */
	l->small -= l->small % 2 == 0;
}

static struct layout lay_out(const struct view *v, const struct area *a, const struct partition_charts *c)
{
	int partitions = (int)table_shown(panes_table(v, c->partitions)),
	    more = (int)table_shown(panes_table(v, c->beside));
	int rows = (partitions > more ? partitions : more) + 2, room = a->rows - rows - BLANK_ROWS;
	int least = panes_chart_least(a);
	struct layout l = { .beside = true };

	/* With one partition, its chart would repeat the whole one. */
	if (a->cols < PANES_BESIDE_COLS || c->trends->count < 2)
		return (struct layout){ .large = panes_chart_rows(v, a) };
	if (room < least)
		l.large = panes_chart_first(a) || room + BLANK_ROWS >= least ? least : 0;
	else
		l.large = least == 0 ? 0 : room < LARGE_MOST ? room : LARGE_MOST;
	if (l.large && partitions > 1)
		lay_out_small(&l, room - l.large, a->cols, partitions);
	return l;
}

int partition_charts_rows(const struct view *v, const struct area *a, const struct partition_charts *c)
{
	struct layout l = lay_out(v, a, c);

	return l.large + l.bands * l.small;
}

static bool of_several_topics(const struct trends *t)
{
	return t->count > 0 && t->items[0]->topic && strcmp(t->items[0]->topic, t->items[t->count - 1]->topic) != 0;
}

static void draw_partition(const struct view *v, const struct area *a, const struct partition_charts *c,
	const struct trend *trend, struct chart chart, const char *topic)
{
	struct chart_line line = c->whole.lines[0];
	struct str name = { 0 };

	str_addf(&name, "partition %d", (int)trend->partition);
	if (topic)
		str_addf(&name, " of %s", topic);
	line.series = &trend->series;
	line.unknown = isnan(trend->now);
	chart.name = str_text(&name);
	chart.format = c->whole.format;
	chart.lines = &line;
	chart.count = 1;
	panes_draw_chart(v, a, &chart);
	str_release(&name);
}

static void draw_current(const struct view *v, const struct area *a, const struct partition_charts *c, size_t row)
{
	if (row < c->trends->count) {
		const struct trend *trend = c->trends->items[row];

		draw_partition(v, a, c, trend, (struct chart){ .title = c->whole.title, .name_role = ROLE_DIM },
			trend->topic);
	} else {
		struct str why = { 0 };

		str_add(&why, "no history of this partition: it is kept of the first ");
		format_count(&why, TRENDS_MAX);
		draw_text(a, 0, 1, a->cols - 1, ROLE_DIM, str_text(&why));
		str_release(&why);
	}
}

static double highest_of(const struct partition_charts *c, size_t row)
{
	return chart_highest(&c->trends->items[row]->series);
}

/*
 * The rows with the largest figures, at most `most` of them, in the order of the table. By the largest ever
 * drawn: partitions that are much alike would change places with each new figure.
 */
static size_t choose_rows(const struct view *v, const struct partition_charts *c, size_t *rows, size_t shown,
	size_t most)
{
	size_t count = 0;

	shown = table_visible(panes_table(v, c->partitions), rows, shown);
	for (size_t i = 0; i < shown; i++)
		if (rows[i] < c->trends->count)
			rows[count++] = rows[i];
	while (count > most) {
		size_t least = count - 1;

		for (size_t i = count - 1; i-- > 0;)
			if (highest_of(c, rows[i]) < highest_of(c, rows[least]))
				least = i;
		memmove(&rows[least], &rows[least + 1], (--count - least) * sizeof(*rows));
	}
	return count;
}

static void draw_small(const struct view *v, const struct area *a, const struct partition_charts *c,
	const struct layout *l)
{
	const struct table *t = panes_table(v, c->partitions);
	size_t shown = table_shown(t), *rows = mem_alloc((shown + 1) * sizeof(*rows)), current = SIZE_MAX;
	size_t count = choose_rows(v, c, rows, shown, l->most);
	bool several = of_several_topics(c->trends);
	struct chart axes = { 0 };

	table_current(t, &current);
	for (size_t i = 0; i < count; i++) {
		const struct series *s = &c->trends->items[rows[i]]->series;
		int slots = chart_slots(s);

		axes.top = chart_highest(s) > axes.top ? chart_highest(s) : axes.top;
		axes.slots = slots > axes.slots ? slots : axes.slots;
	}
	for (size_t i = 0; i < count; i++) {
		const struct trend *trend = c->trends->items[rows[i]];
		int column = (int)i % l->columns, from = a->cols * column / l->columns;
		struct area band = area_rows(a, (int)i / l->columns * l->small, l->small);
		struct area cell = area_cols(&band, from, a->cols * (column + 1) / l->columns - from - GAP_COLS);

		axes.name_role = rows[i] == current ? ROLE_STRONG : ROLE_DIM;
		draw_partition(v, &cell, c, trend, axes, several ? trend->topic : NULL);
	}
	free(rows);
}

void partition_charts_draw(const struct view *v, const struct area *a, const struct partition_charts *c)
{
	struct layout l = lay_out(v, a, c);
	int rows = l.large + l.bands * l.small;
	struct area upper = area_rows(a, a->rows - rows, l.large);
	struct area lower = area_rows(a, a->rows - l.bands * l.small, l.bands * l.small);
	size_t row;

	if (!l.large)
		return;
	if (l.beside && table_current(panes_table(v, c->partitions), &row)) {
		struct area left = area_cols(&upper, 0, upper.cols / 2 - GAP_COLS);
		struct area right = area_cols(&upper, upper.cols / 2, upper.cols - upper.cols / 2 - GAP_COLS);

		panes_draw_chart(v, &left, &c->whole);
		draw_current(v, &right, c, row);
	} else {
		panes_draw_chart(v, &upper, &c->whole);
	}
	if (l.bands)
		draw_small(v, &lower, c, &l);
}

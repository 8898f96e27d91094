/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which columns of a table fit in a width, and their positions. Pure; any
 * thread.
 */
#ifndef UI_TABLE_COLUMNS_H
#define UI_TABLE_COLUMNS_H

#include "ui/table.h"

enum {
	TABLE_GAP = 2,        /* between columns; the first of them holds a figure's sign */
	TABLE_SPARK_MAX = 30, /* a sparkline grows up to this where there is room */
};

struct column_place {
	int column;     /* index into the columns */
	int col, width; /* within the area */
};

struct column_layout {
	struct column_place places[TABLE_COLUMNS_MAX];
	int count;
	int hidden; /* columns dropped because of the width, not by the user */
};

/*
 * `off`: bit i hides column i on the user's choice (never the first). `natural`: cells of the widest content of
 * each column, 0: not measured. The first column is always shown, shortened if necessary; the others are added
 * by priority while the names keep their share: for the first of them two fifths of the screen and `wide` cells
 * more. Names get spare room before all other columns.
 */
void columns_layout(const struct table_column *columns, int count, unsigned off, const int *natural, int cols, int wide,
	struct column_layout *out);
/* Cells of the names in a layout. */
int columns_name_cells(const struct table_column *columns, const struct column_layout *l);

#endif

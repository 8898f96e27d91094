/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads the virtual screen back as text: characters, and how each cell looks. For the screen tests. */
#ifndef TESTS_SCREEN_CELLS_H
#define TESTS_SCREEN_CELLS_H

#include "base/str.h"

/*
 * For each row `T|text|`, then, when a cell is not plain, `S|letters|` with a
 * letter for each cell's look ('.' plain), and at the end what the letters mean.
 */
void cells_dump(struct str *out);

#endif

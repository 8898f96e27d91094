/* SPDX-License-Identifier: BSD-2-Clause */
/* The picture of a view of records. */
#ifndef VIEWS_RECORDS_DRAW_H
#define VIEWS_RECORDS_DRAW_H

#include "ui/draw.h"

struct records;
struct str;

void records_draw(struct records *r, const struct area *a);
int64_t records_row_at(const struct records *r, int row); /* the number drawn there; -1 */
/* records_state.c */
void records_draw_state(struct records *r, const struct area *a, int row);
/* Draws the last line of the pane; false: there is nothing to say, so the table gets the line. */
bool records_draw_below(const struct records *r, const struct area *a, int row);
/* records_empty.c */
void records_draw_empty(const struct records *r, const struct area *a, int row);

#endif

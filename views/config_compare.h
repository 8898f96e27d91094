/* SPDX-License-Identifier: BSD-2-Clause */
/* The way into the view that compares configurations (config_compare.c). UI thread. */
#ifndef VIEWS_CONFIG_COMPARE_H
#define VIEWS_CONFIG_COMPARE_H

#include "ui/table.h"
#include "ui/view.h"

/*
 * Compares the marked rows of a table whose keys are topics or broker ids and whose owner is the view. With
 * fewer than two marked, compares the rows on the screen if `all_else`, or else says how to mark.
 */
void config_compare_open(struct view *v, const struct table *t,
	void (*row_key)(void *owner, size_t row, struct str *out), bool all_else);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writes the rows of a table to a file: CSV (base/csv.h) or, when the name ends
 * in .json or .jsonl, one JSON object a line. Raw values under the columns'
 * stable names, unknown ones as an empty field or null; all columns, including
 * those not on the screen. UI thread.
 */
#ifndef UI_EXPORT_H
#define UI_EXPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/str.h"
#include "ui/table.h"

void export_csv(const struct table_ops *ops, void *owner, const size_t *rows, size_t count, struct str *out);
void export_json(const struct table_ops *ops, void *owner, const size_t *rows, size_t count, struct str *out);
/* Tab-separated values of one row, in the order of the columns. */
void export_row(const struct table_ops *ops, void *owner, size_t row, struct str *out);
/* Creates `path` ("~/" is the home folder); never overwrites. */
bool export_write(const char *path, const struct str *content, struct error *err);
/* .json, .jsonl, .ndjson: one object a line; else CSV. */
bool export_is_json(const char *path);
/* "weir-groups-20261122-140158.csv" */
void export_default_name(const char *table, struct str *out);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* What the readers of both forms share (change/offset_file.h). */
#ifndef CHANGE_OFFSET_FILE_PARTS_H
#define CHANGE_OFFSET_FILE_PARTS_H

#include "change/offset_file.h"

/* Appends a line, whose strings the caller fills. */
struct offset_line *offset_file_add(struct offset_file *f, size_t line);
bool offset_file_csv(struct offset_file *out, const char *text, size_t len, struct error *err);
bool offset_file_json(struct offset_file *out, const char *text, size_t len, struct error *err);

#endif

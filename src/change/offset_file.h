/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads files of offsets: the CSV that kafka-consumer-groups --export writes
 * (lines of topic,partition,offset or group,topic,partition,offset), CSV with a
 * line of column names and JSON as `weir reset` and `weir lag` print them, and
 * lines of the journal, which give the previously committed offsets. Pure; any
 * thread.
 */
#ifndef CHANGE_OFFSET_FILE_H
#define CHANGE_OFFSET_FILE_H

#include "base/error.h"
#include "model/reset.h"

/* A larger file is refused. */
enum { OFFSET_FILE_MAX = 64 << 20 };

struct offset_line {
	char *group; /* NULL: the file names none on this line */
	struct reset_target target;
	size_t line; /* line in the file, from 1 */
};

struct offset_file {
	struct offset_line *lines;
	size_t count, cap;
};

/* False with "line N, column M: what is wrong" and *out empty. A partition that is given twice is wrong, too. */
bool offset_file_parse(struct offset_file *out, const char *text, size_t len, struct error *err);
void offset_file_release(struct offset_file *f);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads the lines of a descriptor, one after another, without ever blocking on
 * one: the caller polls the descriptor along with others. A line may be up to
 * LINE_BYTES_MAX long. Main thread.
 */
#ifndef CLI_PRODUCE_INPUT_H
#define CLI_PRODUCE_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum { LINE_BYTES_MAX = 1 << 30 };

enum input_state { INPUT_LINE, INPUT_NONE, INPUT_END, INPUT_FAILED };

struct input { /* `= { .fd = 0 }` is valid */
	int fd;
	char *buffer;
	size_t start, looked, len, cap; /* [start, len) is not taken yet; no line end before `looked` */
	bool ended;
	uint64_t line; /* number of the newest line, from 1 */
};

void input_release(struct input *in);
/*
 * The next line that was read already; INPUT_NONE: poll, then call input_fill(). The line is valid until the
 * next call of either.
 */
enum input_state input_next(struct input *in, const char **line, size_t *len);
/* Reads once; blocks when nothing is there. False: an error, or a line that is too long. */
bool input_fill(struct input *in, struct error *err);

#endif

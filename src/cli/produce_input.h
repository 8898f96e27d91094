/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The lines of a descriptor, one after another, without ever waiting for one:
 * whoever reads polls it beside other things. A line may be as long as memory
 * allows, up to LINE_BYTES_MAX. Main thread.
 */
#ifndef CLI_PRODUCE_INPUT_H
#define CLI_PRODUCE_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum { LINE_BYTES_MAX = 1 << 30 };

enum input_state { INPUT_LINE, INPUT_NONE, INPUT_END, INPUT_FAILED };

struct input {                          /* `= { .fd = 0 }` is valid */
	int fd;
	char *buffer;
	size_t start, looked, len, cap;  /* [start, len) is not taken yet, up to `looked` there is no line end */
	bool ended;
	uint64_t line;                  /* number of the newest line, from 1 */
};

void input_release(struct input *in);
/* The next line that is here already; INPUT_NONE: poll, then input_fill(). Valid until the next call of either. */
enum input_state input_next(struct input *in, const char **line, size_t *len);
/* Reads once; waits when nothing is there. False: an error, or a line that is too long. */
bool input_fill(struct input *in, struct error *err);

#endif

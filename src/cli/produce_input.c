/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/produce_input.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

enum { CHUNK = 256 << 10 };

void input_release(struct input *in)
{
	free(in->buffer);
	in->buffer = NULL;
}

enum input_state input_next(struct input *in, const char **line, size_t *len)
{
	const char *end = in->len > in->looked ? memchr(in->buffer + in->looked, '\n', in->len - in->looked) : NULL;

	if (!end && (!in->ended || in->start == in->len)) {
		in->looked = in->len;
		return in->ended ? INPUT_END : INPUT_NONE;
	}
	*line = in->buffer + in->start;
	*len = end ? (size_t)(end - *line) : in->len - in->start;
	in->start += *len + (end ? 1 : 0);
	in->looked = in->start;
	in->line++;
	return INPUT_LINE;
}

bool input_fill(struct input *in, struct error *err)
{
	size_t left = in->len - in->start;
	ssize_t n;

	if (left > LINE_BYTES_MAX)
		return error_set(err, ERR_USAGE, "line %" PRIu64 ": longer than %d MiB", in->line + 1,
			LINE_BYTES_MAX >> 20);
	if (in->start > 0)
		memmove(in->buffer, in->buffer + in->start, left);
	in->looked -= in->start;
	in->len = left;
	in->start = 0;
	if (in->cap - in->len < CHUNK) {
		in->cap = in->len * 2 + 2 * CHUNK;
		in->buffer = mem_realloc(in->buffer, in->cap);
	}
	n = read(in->fd, in->buffer + in->len, in->cap - in->len);
	if (n < 0 && errno != EINTR && errno != EAGAIN)
		return error_set(err, ERR_SYSTEM, "standard input: %s", strerror(errno));
	if (n == 0)
		in->ended = true;
	if (n > 0)
		in->len += (size_t)n;
	return true;
}

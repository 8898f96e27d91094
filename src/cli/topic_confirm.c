/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/topic_confirm.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "model/topic_plan.h"

static bool is_interrupted(const struct topic_question *q)
{
	return atomic_load(&q->wake->bits) != 0;
}

/* Reads a line from the terminal, without its end; false: there is none, or interrupted. */
static bool read_line(const struct topic_question *q, struct str *line)
{
	for (;;) {
		struct pollfd fds[2] = { { .fd = STDIN_FILENO, .events = POLLIN },
			{ .fd = q->wake->read_fd, .events = POLLIN } };
		char c;

		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			return false;
		if (is_interrupted(q))
			return false;
		if (!fds[0].revents)
			continue;
		if (read(STDIN_FILENO, &c, 1) != 1)
			return false;
		if (c == '\n')
			return true;
		str_add_char(line, c);
	}
}

static bool topic_confirm_ask(const struct topic_question *q, const char *wanted, struct error *err)
{
	struct str safe = { 0 }, typed = { 0 };
	bool ok;

	text_safe(&safe, wanted, strlen(wanted));
	fprintf(stderr, "type \"%s\" to confirm: ", safe.p);
	ok = read_line(q, &typed) && strcmp(str_text(&typed), wanted) == 0;
	if (is_interrupted(q))
		ok = error_set(err, ERR_INTERRUPTED, "interrupted");
	else if (!ok)
		error_set(err, ERR_USAGE, "that is not the %s; nothing was changed",
			q->count > TOPIC_NAMED_MOST ? "number" : "name");
	str_release(&safe);
	str_release(&typed);
	return ok;
}

bool topic_confirm(const struct topic_question *q, struct error *err)
{
	const char *given = q->in->args->confirm, *names = str_text(q->names), *wanted = names;
	struct str number = { 0 };
	bool ok = true;

	str_addf(&number, "%zu", q->count);
	if (q->count > TOPIC_NAMED_MOST)
		wanted = str_text(&number);
	if (q->count && given)
		ok = strcmp(given, names) == 0 || strcmp(given, wanted) == 0 ||
			error_set(err, ERR_USAGE, "--confirm %s: the name to confirm is %s", given, names);
	else if (q->count && isatty(STDIN_FILENO) && isatty(STDERR_FILENO))
		ok = topic_confirm_ask(q, wanted, err);
	else if (q->count)
		ok = error_set(err, ERR_USAGE, "add --confirm %s", wanted);
	str_release(&number);
	return ok;
}

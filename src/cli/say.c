/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/say.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/str.h"
#include "base/text.h"
#include "model/format.h"

void command_vsay(const char *fmt, va_list ap)
{
	struct str text = { 0 }, safe = { 0 };
	const char *message;

	str_addv(&text, fmt, ap);
	message = str_text(&text);
	/* "weir lag needs ..." already begins with the name. */
	if (strncmp(message, "weir ", 5) == 0)
		message += 5;
	text_safe(&safe, message, strlen(message));
	fprintf(stderr, "weir: %s\n", str_text(&safe));
	str_release(&text);
	str_release(&safe);
}

void command_say(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	command_vsay(fmt, ap);
	va_end(ap);
}

_Noreturn void command_leave_threads(int status, const struct error *err)
{
	if (err->code != ERR_NONE && err->code != ERR_INTERRUPTED)
		command_say("%s", err->message);
	fflush(NULL);
	_exit(status);
}

/*
 * A time without zone is UTC, as for Kafka's tool, but weir tail prints local time: a time copied from there
 * would be off by the zone.
 */
void command_say_datetime(const char *text, int64_t ms, const char *future)
{
	struct str line = { 0 }, local = { 0 }, utc = { 0 };

	format_datetime(&local, ms, false);
	format_datetime(&utc, ms, true);
	str_addf(&line, "--to-datetime %s is %s UTC", text, str_text(&utc));
	if (strcmp(str_text(&local), str_text(&utc)) != 0) {
		str_addf(&line, ", which is %s here (", str_text(&local));
		format_zone(&line, ms, false);
		str_add_char(&line, ')');
	}
	if (ms > clock_wall_ms())
		command_say("%s: warning: that time is still to come, so %s", str_text(&line), future);
	else if (strcmp(str_text(&local), str_text(&utc)) != 0)
		command_say("%s", str_text(&line));
	str_release(&line);
	str_release(&local);
	str_release(&utc);
}

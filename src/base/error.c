/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool error_set(struct error *err, enum error_code code, const char *fmt, ...)
{
	if (!err)
		return false;
	/* The arguments may point into err->message itself: "%s: %s" around an inner error. */
	char message[sizeof(err->message)];
	va_list ap;

	va_start(ap, fmt);
	int len = vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	if (len < 0)
		message[0] = '\0';
	if (len >= (int)sizeof(message))
		memcpy(message + sizeof(message) - 4, "...", 4);
	for (char *p = message; *p; p++)
		if (*p == '\n' || *p == '\r')
			*p = ' ';
	memcpy(err->message, message, sizeof(message));
	err->code = code;
	err->retriable = code == ERR_CONNECT || code == ERR_TIMEOUT;
	return false;
}

void error_clear(struct error *err)
{
	if (!err)
		return;
	err->code = ERR_NONE;
	err->retriable = false;
	err->message[0] = '\0';
}

int error_exit_status(const struct error *err)
{
	switch (err->code) {
	case ERR_NONE:
		return 0;
	case ERR_USAGE:
		return 2;
	case ERR_CONNECT:
		return 3;
	case ERR_INTERRUPTED:
		return 130;
	default:
		return 1;
	}
}

bool error_is_unanswered(const struct error *err)
{
	return err->code == ERR_TIMEOUT || error_ends_all(err);
}

bool error_ends_all(const struct error *err)
{
	return err->code == ERR_CONNECT || err->code == ERR_OTHER_CLUSTER || err->code == ERR_INTERRUPTED;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An error: a code and `retriable` for the caller, a message for a person (one
 * line that names the object and, where possible, what to do). A plain value:
 * nothing to release. Any thread.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

enum error_code {
	ERR_NONE,
	ERR_USAGE,         /* bad command line or configuration: exit status 2 */
	ERR_CONNECT,       /* could not reach the cluster in time: exit status 3 */
	ERR_KAFKA,         /* the cluster refused the request or an item of it: exit status 1 */
	ERR_DENIED,        /* authorization failed: exit status 1 */
	ERR_TIMEOUT,       /* no answer before the deadline */
	ERR_NOT_FOUND,     /* an unknown topic, group or broker */
	ERR_OTHER_CLUSTER, /* the cluster that answers has another id than expected: exit status 1 */
	ERR_SYSTEM,        /* errno */
	ERR_INTERRUPTED,   /* cancelled by the user: exit status 130 */
	ERR_CODE_COUNT
};

struct error {
	enum error_code code;
	bool retriable;    /* the same call may succeed later */
	char message[512]; /* longer ones end in "..." */
};

/* Fills *err (which may be NULL) and returns false, so that a failure is one line. */
bool error_set(struct error *err, enum error_code code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void error_clear(struct error *err);
int error_exit_status(const struct error *err);
/* There was no answer to the request: it may have been executed all the same. */
bool error_is_unanswered(const struct error *err);
/* The error concerns the connection, not the request: every further request would fail too. */
bool error_ends_all(const struct error *err);

#endif

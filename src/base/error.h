/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What went wrong, for the caller to act on (code, retriable) and for a person
 * to read (message: one line, names what it concerns and, where it can, what
 * to do). A plain value: no release. Any thread.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>

enum error_code {
	ERR_NONE,
	ERR_USAGE,        /* bad command line or configuration: exit status 2 */
	ERR_CONNECT,      /* could not reach the cluster in time: exit status 3 */
	ERR_KAFKA,        /* the cluster or one item said no: exit status 1 */
	ERR_DENIED,       /* authorization failed: exit status 1 */
	ERR_TIMEOUT,      /* no answer before the deadline */
	ERR_NOT_FOUND,    /* an unknown topic, group or broker */
	ERR_OTHER_CLUSTER, /* another cluster answers than the one that is meant: exit status 1 */
	ERR_SYSTEM,       /* errno */
	ERR_INTERRUPTED,  /* cancelled by the user: exit status 130 */
	ERR_CODE_COUNT
};

struct error {
	enum error_code code;
	bool retriable;      /* the same call may succeed later */
	char message[512];   /* longer ones end in "..." */
};

/* Fills *err (which may be NULL) and returns false, so that a failure is one line. */
bool error_set(struct error *err, enum error_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void error_clear(struct error *err);
int error_exit_status(const struct error *err);
/* The one that was asked did not answer: what it was asked to do may have been done. */
bool error_is_unanswered(const struct error *err);
/* It is about the connection, not about what was asked: whatever is asked next ends likewise. */
bool error_ends_all(const struct error *err);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What all commands that print figures share: start the sampler, wait until the
 * snapshot has what is needed or the time is up, print, repeat with --watch;
 * signals and the exit status. Main thread.
 */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "base/wake.h"
#include "cli/command.h"
#include "cli/output.h"
#include "model/demand.h"
#include "model/snapshot.h"
#include "model/verdict.h"

struct session_kind;

struct session {
	const struct command_input *in;
	const struct session_kind *kind;
	struct sampler *sampler;
	struct wake wake;                /* raised by a snapshot or a signal */
	unsigned needs;                  /* the demand's needs: what a complete snapshot has */
	const struct snapshot *snapshot; /* to be printed */
	struct output output;
	int status;             /* 0, or 1 after an item was refused */
	int64_t wall_offset_ms; /* wall less monotonic clock; kept: equal times print equally */
	size_t complaints;      /* lines written to standard error in this round */
	bool stop;              /* the command wants no further round (--fail-over) */
};

/* Adds the rows of session->snapshot to session->output. */
typedef void session_rows_fn(struct session *session);

/* Whether the condition that the command waits for holds; if not, replaces *why by the reason. */
typedef bool session_met_fn(const struct session *session, struct str *why);

struct session_kind {
	const struct column *columns;
	size_t column_count;
	session_rows_fn *rows;
	session_met_fn *is_met; /* NULL: the command waits for nothing */
};

/*
 * Takes the demand, whose needs say what to wait for. Returns the exit status; *err is set for a failure that
 * was not reported as a complaint. With `is_met` nothing is printed before it holds, except with --watch; after
 * in->wait_limit_ms weir complains and prints.
 */
int session_run(const struct command_input *in, struct demand *demand, const struct session_kind *kind,
	struct error *err);

/* A demand for the lag of the groups of -g, or of all groups. */
struct demand *session_demand_groups(const struct command_input *in);

/* One line on standard error, made safe; the exit status becomes 1. */
void session_complain(struct session *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The same for information that is not a failure: the exit status stays. */
void session_note(struct session *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Complains when the newest attempt failed: "what: why". */
void session_check_origin(struct session *s, const struct origin *origin, const char *what);
/* Complains about each -g or -t that the snapshot does not know. */
void session_check_groups(struct session *s);
void session_check_topics(struct session *s);
/*
 * Three cells that stand side by side: severity (null while data is missing and nothing bad is known), name of the
 * worst rule that holds, and the reasons of all.
 */
void session_add_verdict(struct session *s, struct verdict v, struct value cells[3]);
bool session_wants_group(const struct session *s, const char *id);
bool session_wants_topic(const struct session *s, const char *name);
/* A time of the snapshot's monotonic clock as wall time; 0 stays 0: never. */
int64_t session_wall_ms(const struct session *s, int64_t mono_ms);

#endif

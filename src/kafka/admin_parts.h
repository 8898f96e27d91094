/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the admin_*.c files share: the handle, sending calls and waiting for
 * their answers. Each call has a number, which is the opaque value of its
 * answer; answers to calls that nobody waits for any more are dropped when they
 * come.
 */
#ifndef KAFKA_ADMIN_PARTS_H
#define KAFKA_ADMIN_PARTS_H

#include <librdkafka/rdkafka.h>

#include "kafka/admin.h"

struct admin {
	rd_kafka_t *rk;
	rd_kafka_queue_t *queue;
	const struct client_config *client; /* borrowed */
	const char *bootstrap;              /* borrowed, for messages */
	int64_t timeout_ms;
	bool (*cancelled)(void *context);
	void *context;
	uintptr_t last;    /* number of the newest call */
	char *cluster_id;  /* as answered last */
	char *bound;       /* the cluster that the handle is bound to; NULL: the first that answers */
	bool may_change;   /* see admin_let_change() */
	bool is_other;     /* a broker reported another id: nothing more is asked or sent */
	char other[128];   /* its id; "" when it has none */
	bool connected;    /* some call was answered */
	char trouble[256]; /* the newest error of a connection, "" when none */
};

/* At the head of every change, before anything is made or sent. */
bool admin_may_change(const struct admin *a, struct error *err);
/* Options of the next call, whose number is a->last afterwards. The caller destroys them. */
rd_kafka_AdminOptions_t *admin_options(struct admin *a, rd_kafka_admin_op_t op);
int64_t admin_deadline(const struct admin *a);
/* The next answer to any call from number `first` on. NULL and *err: none before the deadline, or cancelled. */
rd_kafka_event_t *admin_wait(struct admin *a, uintptr_t first, int64_t deadline_ms, struct error *err);
/* The answer to the newest call. NULL also when the whole call failed. */
rd_kafka_event_t *admin_answer(struct admin *a, int64_t deadline_ms, const char *what, rd_kafka_resp_err_t *code,
	struct error *err);
/*
 * Describes the cluster. A broker that has just started lists no brokers, not even itself, for a moment: it is
 * asked again until it does.
 */
rd_kafka_event_t *admin_describe_cluster(struct admin *a, const char *what, struct error *err);
/* Sets *err to "what: why" from librdkafka's code and text. Always false. */
bool admin_error(struct error *err, rd_kafka_resp_err_t code, const char *what, const char *why);
/* The topic does not exist, or no topic can have such a name. */
bool admin_is_missing(rd_kafka_resp_err_t code);
/* The user lacks the permission. */
bool admin_denied(rd_kafka_resp_err_t code);
/*
 * Appends the permission to the refusal that admin_error() wrote: " (needs ALTER on the topic)". Does nothing
 * for other codes.
 */
void admin_needs(struct error *err, rd_kafka_resp_err_t code, const char *right);
/* An error of librdkafka's own, or of a broker that stopped waiting: the change may have been made. */
bool admin_unsure(rd_kafka_resp_err_t code);
/* The coordinator is being found or loaded: ask again. */
bool admin_passes(rd_kafka_resp_err_t code);
/* Pauses before asking again. False: no time is left, or cancelled (*err is set then). */
bool admin_again(struct admin *a, int64_t deadline_ms, struct error *err);

/*
 * A question, which may safely be asked twice: it is repeated when a connection broke or no answer came for a
 * while.
 */
struct admin_question {
	int64_t deadline_ms;
	int64_t patience_ms;        /* how long one attempt waits; grows with each */
	int64_t attempt_ms;         /* when the present attempt ends */
	rd_kafka_resp_err_t passes; /* one more code after which it is repeated; 0: none */
};

void admin_question_begin(struct admin *a, struct admin_question *q);
/* After an attempt that ended with `code`; *err is reported when it was the last. False: it was. */
bool admin_question_again(struct admin *a, struct admin_question *q, rd_kafka_resp_err_t code, struct error *err);
/*
 * The two halves of the call above, for callers that must destroy an answer in between: the second may close
 * the handle.
 */
bool admin_question_goes_on(struct admin *a, const struct admin_question *q, rd_kafka_resp_err_t code,
	struct error *err);
void admin_question_anew(struct admin *a, struct admin_question *q, rd_kafka_resp_err_t code);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the admin_*.c files share: the handle, and sending and awaiting of calls.
 * Each call has a number, the opaque of its answer; answers to calls that were
 * given up are dropped as they come.
 */
#ifndef KAFKA_ADMIN_PARTS_H
#define KAFKA_ADMIN_PARTS_H

#include <librdkafka/rdkafka.h>

#include "kafka/admin.h"

struct admin {
	rd_kafka_t *rk;
	rd_kafka_queue_t *queue;
	const struct client_config *client;  /* borrowed */
	const char *bootstrap;               /* borrowed, for messages */
	int64_t timeout_ms;
	bool (*cancelled)(void *context);
	void *context;
	uintptr_t last;                      /* number of the newest call */
	char *cluster_id;                    /* as answered last */
	char *bound;                         /* the cluster of the handle; NULL: the first that answers */
	bool is_other;                       /* a broker told another id: nothing more is asked or sent */
	char other[128];                     /* that one; "" it told none */
	bool connected;                      /* some call was answered */
	char trouble[256];                   /* the newest error of a connection, "" when none */
};

/* For the next call; its number is a->last then. The caller destroys it. */
rd_kafka_AdminOptions_t *admin_options(struct admin *a, rd_kafka_admin_op_t op);
int64_t admin_deadline(const struct admin *a);
/* The next answer to one of the calls from number `first` on. NULL and *err: none till the deadline, or cancelled. */
rd_kafka_event_t *admin_wait(struct admin *a, uintptr_t first, int64_t deadline_ms, struct error *err);
/* The answer to the newest call; NULL also when it is an error as a whole. */
rd_kafka_event_t *admin_answer(struct admin *a, int64_t deadline_ms, const char *what, rd_kafka_resp_err_t *code,
	struct error *err);
/* A broker that just began or woke up lists no brokers, itself included, for moments: it is asked again till then. */
rd_kafka_event_t *admin_describe_cluster(struct admin *a, const char *what, struct error *err);
/* *err from librdkafka's code and text: "what: why". Always false. */
bool admin_error(struct error *err, rd_kafka_resp_err_t code, const char *what, const char *why);
/* There is no such topic, or it has a name that none can have. */
bool admin_is_missing(rd_kafka_resp_err_t code);
/* The user may not do it. */
bool admin_denied(rd_kafka_resp_err_t code);
/* Names the right in what admin_error() made of a refusal: " (needs ALTER on the topic)". Other codes: nothing. */
void admin_needs(struct error *err, rd_kafka_resp_err_t code, const char *right);
/* An error of librdkafka's own, or of a broker that gave up waiting: what was asked may have been done. */
bool admin_unsure(rd_kafka_resp_err_t code);
/* The coordinator is only being found or loaded: ask again. */
bool admin_passes(rd_kafka_resp_err_t code);
/* Before asking again. False: no time is left, or cancelled (*err is set then). */
bool admin_again(struct admin *a, int64_t deadline_ms, struct error *err);

/* A question, which does no harm twice: asked anew when a connection broke, or when nobody answered for a while. */
struct admin_question {
	int64_t deadline_ms;
	int64_t patience_ms;                 /* with one attempt; longer with each */
	int64_t attempt_ms;                  /* when this one is given up */
	rd_kafka_resp_err_t passes;          /* asked again, besides what admin_passes() says; 0: nothing is */
};

void admin_question_begin(struct admin *a, struct admin_question *q);
/* After an attempt that came to `code`; *err is what is said when it was the last. False: it was. */
bool admin_question_again(struct admin *a, struct admin_question *q, rd_kafka_resp_err_t code, struct error *err);
/* Its two halves, for who holds an answer: that is destroyed between them, because the second may close the handle. */
bool admin_question_goes_on(struct admin *a, const struct admin_question *q, rd_kafka_resp_err_t code, struct error *err);
void admin_question_anew(struct admin *a, struct admin_question *q, rd_kafka_resp_err_t code);

#endif

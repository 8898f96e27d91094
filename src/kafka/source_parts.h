/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Questions as calls of librdkafka, for the source*.c files. A question becomes
 * one call or many; each call is one piece of its answer, and the last one ends it.
 * librdkafka ends a call after ANSWER_MS at the latest; where it does not
 * (quirks.h) the sampler gives the question up, and has the session renewed where
 * it hangs for long. Sampler thread only.
 */
#ifndef KAFKA_SOURCE_PARTS_H
#define KAFKA_SOURCE_PARTS_H

#include <librdkafka/rdkafka.h>

#include "kafka/codes.h"
#include "kafka/session.h"
#include "sample/source.h"

struct call {                      /* the opaque of its answer */
	struct call *next, **slot; /* in the session's list of open calls */
	struct question *question;
	struct name *group;                    /* descriptions, commits: which of the question's */
	rd_kafka_topic_partition_list_t *list; /* ASK_OFFSETS: what was asked */
};

struct call *call_new(struct session *s, struct question *q);
rd_kafka_AdminOptions_t *call_options(struct session *s, struct call *c, rd_kafka_admin_op_t op);
/* The fault of an answer; its code is FAULT_NONE when it has none. */
struct fault call_fault(const struct call *c, rd_kafka_event_t *ev);
/* Tells what an event of the queue answers; false when it answers no call. Does not destroy it. */
bool call_answered(struct flight *f, rd_kafka_event_t *ev);
void call_free_all(struct session *s); /* forgets them: their answers must not be looked at */

void send_cluster(struct session *s, struct question *q);
void send_topic_ids(struct session *s, struct question *q);
void send_configs(struct session *s, struct question *q);
void send_group_list(struct session *s, struct question *q);
void send_descriptions(struct session *s, struct question *q);
void send_commits(struct session *s, struct question *q);
void send_offsets(struct session *s, struct question *q);

/* Each is told as a whole, or in part with faults; an answer that is nothing but a fault is told by call_answered(). */
void answer_cluster(struct flight *f, struct call *c, rd_kafka_event_t *ev);
void answer_topic_ids(struct flight *f, struct call *c, rd_kafka_event_t *ev);
void answer_configs(struct flight *f, struct call *c, rd_kafka_event_t *ev);
void answer_group_list(struct flight *f, struct call *c, rd_kafka_event_t *ev);
void answer_descriptions(struct flight *f, struct call *c, rd_kafka_event_t *ev);
void answer_commits(struct flight *f, struct call *c, rd_kafka_event_t *ev);
void answer_offsets(struct flight *f, struct call *c, rd_kafka_event_t *ev);
/* What came of a metadata call. */
void answer_metadata(struct flight *f, struct question *q, const rd_kafka_metadata_t *md, rd_kafka_resp_err_t err);

#endif

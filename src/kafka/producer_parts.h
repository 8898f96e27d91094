/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the producer share. The owner's thread. */
#ifndef KAFKA_PRODUCER_PARTS_H
#define KAFKA_PRODUCER_PARTS_H

#include <librdkafka/rdkafka.h>
#include <pthread.h>
#include <stdatomic.h>

#include "kafka/producer.h"

enum { PRODUCER_STEP_MS = 50 };         /* how long a cancel may go unnoticed */

struct producer_topic {
	char *name;
	rd_kafka_topic_t *rkt;
	int32_t partitions;             /* 0: see err */
	int64_t batch_bytes;            /* max.message.bytes: what it takes at once; INT64_MAX: not known */
	struct error err;
};

struct producer {
	struct producer_setup setup;
	rd_kafka_t *rk;
	rd_kafka_queue_t *queue;        /* reports come through it */
	int64_t batch_bytes;            /* of the handle: the most that goes into one batch */
	struct producer_topic *topics;
	size_t topic_count, topic_cap;
	size_t newest;                  /* the topic of the last record */
	size_t in_flight, in_flight_bytes;
	unsigned since_served;
	int64_t begun_us;               /* of the rate; 0: no record yet */
	uint64_t sent;
	rd_kafka_vu_t *args;            /* of producev */
	size_t arg_cap;
	char last_error[256];           /* of the connection, "" none */
	int64_t trouble_ms;             /* monotonic, of the last one; 0: none */
	char *cluster_id;               /* of the first answer; NULL: none yet, or it told none */
	bool is_met;                    /* there was a first answer */
	atomic_bool is_elsewhere;       /* a broker told of another cluster: */
	pthread_mutex_t lock;           /* librdkafka's threads write the log */
	char other[128];                /* that one; "" without an id */
	bool given_up;                  /* what lay waiting for it */
	bool turned_away;               /* by some broker, for a password or a certificate */
	bool refused;                   /* and no broker is left */
};

static inline bool producer_is_cancelled(const struct producer *p)
{
	return p->setup.cancelled(p->setup.context);
}

/* producer_topic.c: asks for the topic when it is not known yet; its err says why it has no partitions. */
struct producer_topic *producer_topic_find(struct producer *p, const char *name);
/* Asks anew, and which cluster it is that answers. */
void producer_topic_ask(struct producer *p, struct producer_topic *t);
void producer_topics_free(struct producer *p);   /* after their handles */
/* The handle is another one now: the topics need handles of their own from it. */
void producer_topics_renew(struct producer *p);
/* After an answer: whether it came from the cluster that may be written to. */
bool producer_check_cluster(struct producer *p, struct error *err);
size_t producer_cost(size_t key_len, size_t value_len);   /* what a record in flight counts for, in bytes */
/* producer_handle.c: a handle for the cluster of the setup's pin, or of the first answer. */
bool producer_handle_open(struct producer *p, struct error *err);
void producer_handle_close(struct producer *p);
/* producer_error.c: what librdkafka's code means for a topic. Always false. */
bool producer_error(struct producer *p, struct error *err, const char *topic, rd_kafka_resp_err_t code);

#endif

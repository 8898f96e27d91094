/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the producer share. Only the owner's thread uses it. */
#ifndef KAFKA_PRODUCER_PARTS_H
#define KAFKA_PRODUCER_PARTS_H

#include <librdkafka/rdkafka.h>
#include <pthread.h>
#include <stdatomic.h>

#include "kafka/producer.h"

enum { PRODUCER_STEP_MS = 50 }; /* the longest time until a cancel is noticed */

struct producer_topic {
	char *name;
	rd_kafka_topic_t *rkt;
	int32_t partitions;  /* 0: see err */
	int64_t batch_bytes; /* largest batch it takes (max.message.bytes); INT64_MAX: not known */
	struct error err;
};

struct producer {
	struct producer_setup setup;
	rd_kafka_t *rk;
	rd_kafka_queue_t *queue; /* reports come through it */
	int64_t batch_bytes;     /* batch.size of the handle */
	struct producer_topic *topics;
	size_t topic_count, topic_cap;
	size_t newest; /* index of the topic of the last record */
	size_t in_flight, in_flight_bytes;
	unsigned since_served;
	int64_t begun_us; /* when the rate began to count; 0: no record yet */
	uint64_t sent;
	rd_kafka_vu_t *args; /* for rd_kafka_produceva() */
	size_t arg_cap;
	char last_error[256];         /* of a connection, "" none */
	int64_t trouble_ms;           /* monotonic time of the last error; 0: none */
	char *cluster_id;             /* of the first answer; NULL: none yet, or the cluster has no id */
	bool is_met;                  /* a first answer came */
	atomic_bool on_other_cluster; /* a broker reported another cluster */
	pthread_mutex_t lock;         /* of `other`, which librdkafka's threads write */
	char other[128];              /* the id of the other cluster, "" without one */
	bool given_up;                /* the records in flight were given up */
	bool turned_away;             /* a broker refused the password or certificate */
	bool refused;                 /* ... and no broker is left */
};

static inline bool producer_is_cancelled(const struct producer *p)
{
	return p->setup.cancelled(p->setup.context);
}

/* producer_topic.c: looks the topic up unless it is known; its err says why it has no partitions. */
struct producer_topic *producer_topic_find(struct producer *p, const char *name);
/* Asks again, and checks which cluster answers. */
void producer_topic_ask(struct producer *p, struct producer_topic *t);
void producer_topics_free(struct producer *p); /* call it after the handle was closed */
/* Gives the topics handles from the new librdkafka handle. */
void producer_topics_renew(struct producer *p);
/* After an answer: whether it came from the cluster that may be written to. */
bool producer_check_cluster(struct producer *p, struct error *err);
size_t producer_cost(size_t key_len, size_t value_len); /* bytes that a record in flight counts for */
/* producer_handle.c: bound to the cluster of the setup's pin, or to the first that answers. */
bool producer_handle_open(struct producer *p, struct error *err);
void producer_handle_close(struct producer *p);
/* producer_error.c: what librdkafka's code means for a topic. Always false. */
bool producer_error(struct producer *p, struct error *err, const char *topic, rd_kafka_resp_err_t code);

#endif

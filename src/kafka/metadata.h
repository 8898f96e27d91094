/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The metadata of all topics. librdkafka offers only a call that waits for it,
 * so a thread of its own makes that call and hands the answer to the sampler's
 * thread, which metadata_ask() and metadata_take() are for.
 */
#ifndef KAFKA_METADATA_H
#define KAFKA_METADATA_H

#include <pthread.h>
#include <stdbool.h>

#include <librdkafka/rdkafka.h>

#include "base/error.h"

struct question;

struct metadata {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t asked_or_stopped;
	rd_kafka_t *rk;
	rd_kafka_queue_t *queue; /* woken when there is an answer */
	bool asked;              /* not yet taken up by the thread */
	bool stopping;
	struct question *question; /* the open one; NULL: none; sampler thread only */
	bool answered;
	rd_kafka_resp_err_t err;
	const rd_kafka_metadata_t *answer;
};

bool metadata_start(struct metadata *m, rd_kafka_t *rk, rd_kafka_queue_t *queue, struct error *err);
void metadata_ask(struct metadata *m, struct question *q); /* one at a time */
/* The question that was answered, by *md, to be freed with rd_kafka_metadata_destroy(), or by *err; NULL: none was. */
struct question *metadata_take(struct metadata *m, const rd_kafka_metadata_t **md, rd_kafka_resp_err_t *err);
/* Waits for a call that is open, up to its deadline. */
void metadata_stop(struct metadata *m);

#endif

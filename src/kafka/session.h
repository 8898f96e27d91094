/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One client handle with its queue, its metadata thread and its open calls.
 * A source has one; where librdkafka no longer answers, it lets go of that one
 * and opens another. Sampler thread only.
 */
#ifndef KAFKA_SESSION_H
#define KAFKA_SESSION_H

#include "kafka/client_rd.h"
#include "kafka/conn_stats.h"
#include "kafka/metadata.h"

struct call;

struct session {
	rd_kafka_t *rk;
	rd_kafka_queue_t *queue;
	struct conn_stats *stats;
	struct conn_tap *tap;
	struct call *calls; /* open ones, the newest first */
	struct metadata metadata;
};

struct session *session_open(const struct client_config *config, struct conn_stats *stats, struct error *err);
/* Waits for a metadata call that is open, up to its deadline. NULL is allowed. */
void session_close(struct session *s);
/* Closes it in a thread of its own; never waits. */
void session_abandon(struct session *s);
bool session_any_abandoned(void); /* one that is not closed yet; any thread */

#endif

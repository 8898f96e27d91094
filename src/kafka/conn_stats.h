/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Statistics of the connections to a cluster: state of each broker, requests and
 * bytes that weir causes, round trips. A tap on each client handle feeds them:
 * interceptors of librdkafka, which are exact and come without the delay of its
 * periodic statistics. The interceptors run in librdkafka's threads, everything
 * else in the sampler thread; a mutex guards the table and is never held over a
 * call that waits.
 */
#ifndef KAFKA_CONN_STATS_H
#define KAFKA_CONN_STATS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include <librdkafka/rdkafka.h>

#include "model/snapshot.h"

enum { CONN_SECONDS = 60 }; /* seconds that the cost is a mean over */

struct conn_broker {
	int32_t id;      /* -1: all bootstrap connections together */
	int up_count;    /* connections that are up */
	bool listed;     /* in the newest metadata */
	bool failed;     /* the newest connection, or attempt at one, failed */
	int64_t rtt_us;  /* moving mean; -1 unknown */
	char error[256]; /* newest error, "" when none */
};

struct conn_second {
	int64_t second;
	uint32_t requests;
	uint64_t bytes;
};

struct conn_stats {
	pthread_mutex_t lock;
	struct conn_broker *brokers; /* a handful, in no order */
	size_t count, cap;
	bool changed, failed; /* since conn_stats_take_change() */
	enum connection_state state;
	int64_t since_ms; /* when `state` was entered */
	char error[256];  /* newest error of the connection as a whole, "" when none */
	bool served;      /* some broker gave metadata */
	bool turned_away; /* by some broker, for a password or a certificate */
	bool refused;     /* and now all are down */
	struct conn_second seconds[CONN_SECONDS];
	int64_t started_ms;
	int32_t throttle_ms;
	int64_t throttled_at_ms;
};

/* The interceptors of one client handle. It may outlive the statistics once it is detached. */
struct conn_tap;

void conn_stats_init(struct conn_stats *stats);
void conn_stats_release(struct conn_stats *stats);
/* Registers the interceptors; before rd_kafka_new(). */
struct conn_tap *conn_tap_new(struct conn_stats *stats, rd_kafka_conf_t *conf);
/* From now on changes wake `queue`. */
void conn_tap_wake(struct conn_tap *tap, rd_kafka_queue_t *queue);
/* From now on the handle's threads change and wake nothing. Its connections no longer count. NULL is allowed. */
void conn_tap_detach(struct conn_tap *tap);
void conn_tap_free(struct conn_tap *tap); /* after rd_kafka_destroy(); NULL is allowed */

/* True when something changed that a user should see; *failed: a connection ended or could not be made. */
bool conn_stats_take_change(struct conn_stats *stats, bool *failed);
/* An error event or a log line of librdkafka: "HOST:PORT/ID: what happened". */
void conn_stats_error(struct conn_stats *stats, rd_kafka_resp_err_t err, const char *line);
/* Some broker gave metadata. What was wrong with a broker that the cluster lists again says nothing now. */
void conn_stats_metadata(struct conn_stats *stats, const rd_kafka_metadata_t *md);
bool conn_stats_unreachable(struct conn_stats *stats); /* some broker of the cluster cannot be reached */
void conn_stats_throttled(struct conn_stats *stats, int32_t throttle_ms);

/* The texts these give point into `error`. */
void conn_stats_fill_broker(void *stats, int32_t id, struct broker *b, char error[256]);
struct connection conn_stats_connection(struct conn_stats *stats, char error[256]);
struct cost conn_stats_cost(struct conn_stats *stats, int64_t now_ms);

#endif

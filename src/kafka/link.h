/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What librdkafka's threads say about the connections: state of each broker,
 * requests and bytes that weir causes, round trips. Told by interceptors, so
 * it is exact and at once, without the periodic statistics. The interceptors
 * run in librdkafka's threads, everything else in the sampler thread; a mutex
 * guards the table and is never held over a call that waits.
 */
#ifndef KAFKA_LINK_H
#define KAFKA_LINK_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include <librdkafka/rdkafka.h>

#include "model/snapshot.h"

enum { LINK_SLOTS = 60 };   /* seconds that the cost is a mean over */

struct link_broker {
	int32_t id;              /* -1: all bootstrap connections together */
	int up_count;            /* connections that are up */
	bool listed;             /* in the newest metadata */
	bool failed;             /* the newest connection, or attempt at one, failed */
	int64_t rtt_us;          /* moving mean; -1 unknown */
	char error[256];         /* newest error, "" when none */
};

struct link_slot {
	int64_t second;
	uint32_t requests;
	uint64_t bytes;
};

struct link {
	pthread_mutex_t lock;
	struct link_broker *brokers;    /* a handful, in no order */
	size_t count, cap;
	bool changed, failed;           /* since link_take_change() */
	enum connection_state state;
	int64_t since_ms;               /* when `state` was entered */
	char error[256];                /* newest error of the connection as a whole, "" when none */
	bool served;                    /* some broker gave metadata */
	bool turned_away;               /* by some broker, for a password or a certificate */
	bool refused;                   /* and now all are down */
	struct link_slot slots[LINK_SLOTS];
	int64_t started_ms;
	int32_t throttle_ms;
	int64_t throttled_at_ms;
};

/* What one client handle tells: its interceptors' opaque. It may outlive the link once it is detached. */
struct link_feed;

void link_init(struct link *link);
void link_release(struct link *link);
/* Registers the interceptors; before rd_kafka_new(). */
struct link_feed *link_attach(struct link *link, rd_kafka_conf_t *conf);
/* From now on changes wake `queue`. */
void link_wake(struct link_feed *feed, rd_kafka_queue_t *queue);
/* From now on the handle's threads change and wake nothing. Its connections no longer count. NULL is allowed. */
void link_detach(struct link_feed *feed);
void link_feed_free(struct link_feed *feed);   /* after rd_kafka_destroy(); NULL is allowed */

/* True when something changed that a user should see; *failed: a connection ended or could not be made. */
bool link_take_change(struct link *link, bool *failed);
/* An error event or a log line of librdkafka: "HOST:PORT/ID: what happened". */
void link_error(struct link *link, rd_kafka_resp_err_t err, const char *line);
/* Some broker gave metadata. What was wrong with a broker that the cluster lists again says nothing now. */
void link_metadata(struct link *link, const rd_kafka_metadata_t *md);
bool link_in_trouble(struct link *link);       /* some broker of the cluster cannot be reached */
void link_throttled(struct link *link, int32_t throttle_ms);

/* The texts these give point into `error`. */
void link_fill_broker(void *link, int32_t id, struct broker *b, char error[256]);
struct connection link_connection(struct link *link, char error[256]);
struct cost link_cost(struct link *link, int64_t now_ms);

#endif

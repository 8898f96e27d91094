/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sends records, each exactly once to its partition (an idempotent producer),
 * and reports each that was taken, once: delivered with its offset, or failed
 * with the reason. A topic must exist: none is ever created. What is in flight
 * is bounded; sending waits while there is no room. All go to one cluster: when
 * another one answers, what is not delivered yet is given up (kafka/cluster_gate.h,
 * by which producers are opened).
 *
 * One thread owns a producer; reports come to that thread, inside the calls
 * below.
 */
#ifndef KAFKA_PRODUCER_H
#define KAFKA_PRODUCER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "kafka/client.h"
#include "model/cluster_pin.h"
#include "model/record.h"

struct producer;

enum producer_status {
	PRODUCER_DELIVERED,
	PRODUCER_FAILED,               /* it is not in the log */
	PRODUCER_UNCERTAIN             /* it was sent, and no answer came: it may be in the log */
};

struct producer_report {
	uint64_t id;                   /* as given to producer_send() */
	enum producer_status status;
	const char *topic;
	int32_t partition;             /* -1: none was chosen yet */
	int64_t offset;                /* -1: unknown */
	struct error err;              /* of what was not delivered */
};

struct producer_setup {                /* strings are borrowed until producer_free() */
	const struct client_config *client;
	const char *bootstrap;         /* for messages */
	const struct cluster_pin *pin; /* the cluster that may be written to; the first that answers when it admits any */
	const char *partitioner;       /* librdkafka's names; NULL: as configured, else murmur2_random like Java's */
	const char *compression;       /* none, gzip, snappy, lz4, zstd; NULL: as configured */
	double per_s;                  /* at most so many records a second; 0: no limit */
	size_t in_flight, in_flight_bytes;   /* 0: 100,000 records, 64 MiB; one record is always let in */
	/*
	 * In its partition no record is written behind one that failed: the first failure ends all, and nothing times
	 * out but waits for the leader to come back.
	 */
	bool gapless;
	int64_t timeout_ms;            /* to find a topic */
	void (*report)(void *context, const struct producer_report *report);
	bool (*cancelled)(void *context);   /* asked while producer_topic() and producer_send() wait */
	void (*ready)(void *context);  /* producer_serve() has something to do; any thread, must not wait; or NULL */
	void *context;
};

struct producer *producer_new(const struct producer_setup *setup, struct error *err);
/* What is not reported yet is reported as failed or uncertain. NULL is allowed. */
void producer_free(struct producer *p);

/* The number of its partitions; 0 and *err when it cannot be produced to. Asks once, then remembers. */
int32_t producer_topic(struct producer *p, const char *topic, struct error *err);
/*
 * Takes a copy of the record's topic, key, value, headers, partition (-1: the partitioner's) and timestamp
 * (TIMESTAMP_NONE: now; else the number, RECORD_NO_TIME as none). Waits for room and for the rate. False: it was not
 * taken, there will be no report; *err says why, ERR_INTERRUPTED when it was cancelled.
 */
bool producer_send(struct producer *p, const struct record *record, uint64_t id, struct error *err);
/* False: librdkafka would write another timestamp; *err (ERR_KAFKA) says so. producer_send() looks itself. */
bool producer_can_date(const struct record *record, struct error *err);
/* Reports what is known; waits up to `wait_ms` for the first. */
void producer_serve(struct producer *p, int wait_ms);
/* Sends what lies waiting and waits for all reports. False: some are missing still. */
bool producer_flush(struct producer *p, int64_t wait_ms);
size_t producer_in_flight(const struct producer *p);
/* The id of its cluster; NULL: no topic was found yet, or the cluster tells none. */
const char *producer_cluster_id(const struct producer *p);
/* Another cluster answers at the same address: true, and *err says which. Nothing more is sent. */
bool producer_is_elsewhere(struct producer *p, struct error *err);
/* What its connections last complained of since a record was delivered; "" nothing. */
const char *producer_trouble(const struct producer *p);
int64_t producer_trouble_ms(const struct producer *p);   /* monotonic: when a connection failed last; 0: none did */

#endif

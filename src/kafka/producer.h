/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sends records, each exactly once to its partition (an idempotent producer),
 * and reports each accepted record once: delivered with its offset, or failed
 * with the reason. The topic must exist: none is ever created. Records in
 * flight are bounded; sending waits for room. All records go to one cluster:
 * when another cluster answers, records that are not delivered yet are given up
 * (kafka/cluster_gate.h, which opens producers).
 *
 * One thread owns a producer; reports are made on that thread, inside the calls
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
	PRODUCER_FAILED,   /* it is not in the log */
	PRODUCER_UNCERTAIN /* it was sent and no answer came: it may be in the log */
};

struct producer_report {
	uint64_t id; /* as given to producer_send() */
	enum producer_status status;
	const char *topic;
	int32_t partition; /* -1: none was chosen yet */
	int64_t offset;    /* -1: unknown */
	struct error err;  /* set unless delivered */
};

struct producer_setup { /* strings are borrowed until producer_free() */
	const struct client_config *client;
	const char *bootstrap;         /* for messages */
	const struct cluster_pin *pin; /* the cluster that may be written to; without an id, the first that answers */
	const char *partitioner;       /* librdkafka's names; NULL: as configured, else murmur2_random like Java's */
	const char *compression;       /* none, gzip, snappy, lz4, zstd; NULL: as configured */
	double per_s;                  /* maximum of records per second; 0: no limit */
	size_t in_flight, in_flight_bytes; /* maxima; 0: 100,000 records, 64 MiB; one record is always accepted */
	/*
	 * No record is written to a partition after one that failed: the first failure ends everything, and
	 * nothing times out but waits until the leader is back.
	 */
	bool gapless;
	int64_t timeout_ms; /* for looking up a topic */
	void (*report)(void *context, const struct producer_report *report);
	bool (*cancelled)(void *context); /* asked while producer_topic() and producer_send() wait */
	void (*ready)(void *context);     /* producer_serve() has something to do; any thread, must not wait; or NULL */
	void *context;
};

struct producer *producer_new(const struct producer_setup *setup, struct error *err);
/* Records without a report yet are reported as failed or uncertain. NULL is allowed. */
void producer_free(struct producer *p);

/* The number of partitions; 0 and *err when the topic cannot be written to. Asks once, then remembers. */
int32_t producer_topic(struct producer *p, const char *topic, struct error *err);
/*
 * Copies the record's topic, key, value, headers, partition (-1: the partitioner chooses) and timestamp
 * (TIMESTAMP_NONE: now; else its number, RECORD_NO_TIME: none). Waits for room and for the rate. False: the
 * record was not accepted and gets no report; *err says why, ERR_INTERRUPTED when cancelled.
 */
bool producer_send(struct producer *p, const struct record *record, uint64_t id, struct error *err);
/* False: librdkafka would write another timestamp; *err (ERR_KAFKA) says so. producer_send() checks this itself. */
bool producer_can_date(const struct record *record, struct error *err);
/* Makes the reports that are due; waits up to `wait_ms` for the first. */
void producer_serve(struct producer *p, int wait_ms);
/* Sends all waiting records and waits for their reports. False: some are still missing. */
bool producer_flush(struct producer *p, int64_t wait_ms);
size_t producer_in_flight(const struct producer *p);
/* The id of the cluster; NULL: no topic was found yet, or the cluster has no id. */
const char *producer_cluster_id(const struct producer *p);
/* True: another cluster answers at the same address; *err names it. Nothing more is sent. */
bool producer_on_other_cluster(struct producer *p, struct error *err);
/* The newest error of its connections since a record was last delivered; "": none. */
const char *producer_trouble(const struct producer *p);
int64_t producer_trouble_ms(const struct producer *p); /* monotonic: when a connection failed last; 0: none did */

#endif

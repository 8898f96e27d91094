/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A sampler on librdkafka's mock cluster of three brokers, inside this process.
 * The mock answers Metadata and ListOffsets, so the sampler asks for these only,
 * as for a command. Every wait has a deadline and a condition.
 */
#ifndef TESTS_FAULT_MOCK_H
#define TESTS_FAULT_MOCK_H

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include "kafka/source.h"

enum { MOCK_BROKERS = 3, MOCK_INTERVAL_MS = 200, MOCK_WAIT_MS = 15000 };

struct mock {
	rd_kafka_t *rk; /* carries the mock cluster, and produces */
	rd_kafka_mock_cluster_t *cluster;
	struct wake wake;
	struct sampler *sampler;
	const struct snapshot *last; /* the newest snapshot taken, with a reference */
};

/*
 * A cmocka test whose state is a struct mock with a running cluster; the cluster is
 * stopped after any outcome.
 */
#define MOCK_TEST(test) cmocka_unit_test_setup_teardown(test, mock_setup, mock_teardown)
int mock_setup(void **state);
int mock_teardown(void **state);
/* A topic of `partitions`, partition i led by broker i % 3 + 1 and replicated on all. */
void mock_topic(struct mock *m, const char *name, int partitions);
void mock_produce(struct mock *m, const char *topic, int32_t partition, int count);
void mock_sample(struct mock *m); /* starts the sampler */
/* Takes snapshots until `holds` is true of one, and returns it; fails the test after MOCK_WAIT_MS. */
const struct snapshot *mock_until(struct mock *m, bool (*holds)(const struct snapshot *s, const void *arg),
	const void *arg, const char *what);
/* Waits until all threads of abandoned samplers have ended. */
void mock_await_threads(struct mock *m);

#endif

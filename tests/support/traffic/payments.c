/* SPDX-License-Identifier: BSD-2-Clause */
/* The transactional topic: about one transaction a second, every tenth aborted. */
#include "traffic.h"

#include <pthread.h>
#include <stdio.h>

static pthread_t thread;
static bool started;

static rd_kafka_t *open_producer(const struct options *options)
{
	rd_kafka_conf_t *conf = client_conf(options, "payment-gateway");

	conf_set(conf, "transactional.id", "payment-gateway");
	conf_set(conf, "transaction.timeout.ms", "10000");
	return client_new(RD_KAFKA_PRODUCER, conf);
}

/* True when done; what failed may be tried again, unless `fatal`. */
static bool check(rd_kafka_error_t *error, bool *fatal)
{
	if (error == NULL)
		return true;
	*fatal = rd_kafka_error_is_fatal(error);
	rd_kafka_error_destroy(error);
	return false;
}

static bool run_transaction(rd_kafka_t *rk, int records, bool commit, int64_t at_ms, bool *fatal)
{
	const struct topic_plan *plan = topic_plan_find("payments");
	bool done;

	if (!check(rd_kafka_begin_transaction(rk), fatal))
		return false;
	for (int i = 0; i < records; i++)
		record_send(rk, plan->name, plan->kind, at_ms);
	/* Records of an aborted transaction must have reached the log, or there is nothing to hide there. */
	if (!commit)
		rd_kafka_flush(rk, 5000);
	done = check(commit ? rd_kafka_commit_transaction(rk, 5000) : rd_kafka_abort_transaction(rk, 5000), fatal);
	if (!done && !*fatal)
		check(rd_kafka_abort_transaction(rk, 5000), fatal);
	return done;
}

/* A producer with a working transactional id, or NULL when told to stop. */
static rd_kafka_t *connect_producer(const struct options *options)
{
	rd_kafka_t *rk = open_producer(options);
	bool fatal = false;

	while (!stopping) {
		if (check(rd_kafka_init_transactions(rk, 2000), &fatal))
			return rk;
		if (fatal) {
			rd_kafka_destroy(rk);
			rk = open_producer(options);
		}
		pause_ms(100);
	}
	rd_kafka_destroy(rk);
	return NULL;
}

static void *write_history(void *arg)
{
	enum { TRANSACTIONS = 6 };
	int each = topic_plan_find("payments")->history / TRANSACTIONS;
	int64_t end_ms = now_ms();
	bool fatal = false;
	rd_kafka_t *rk = connect_producer(arg);

	for (int i = 0; rk != NULL && i < TRANSACTIONS && !stopping && !fatal; i++)
		run_transaction(rk, each, i != 3, end_ms - (TRANSACTIONS - i) * 600 * 1000, &fatal);
	if (rk != NULL)
		rd_kafka_destroy(rk);
	return NULL;
}

static void *work(void *arg)
{
	const struct options *options = arg;
	rd_kafka_t *rk = NULL;

	for (unsigned turn = 0; !stopping; turn++) {
		bool fatal = false;
		if (rk == NULL && (rk = connect_producer(options)) == NULL)
			break;
		run_transaction(rk, topic_plan_find("payments")->per_s, turn % 10 != 9, now_ms(), &fatal);
		if (fatal) {
			rd_kafka_destroy(rk);
			rk = NULL;
		}
		for (int i = 0; i < 10 && !stopping; i++)
			pause_ms(100);
	}
	if (rk != NULL)
		rd_kafka_destroy(rk);
	return NULL;
}

static void start(void *(*run)(void *), const struct options *options)
{
	started = pthread_create(&thread, NULL, run, (void *)options) == 0;
}

void payments_start_history(const struct options *options)
{
	start(write_history, options);
}

void payments_start(const struct options *options)
{
	start(work, options);
}

void payments_join(void)
{
	if (started)
		pthread_join(thread, NULL);
	started = false;
}

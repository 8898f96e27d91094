/* SPDX-License-Identifier: BSD-2-Clause */
/* Records, outside of transactions and in ones that commit, abort or stay open. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "seed.h"

static void append(rd_kafka_t *rk, const char *topic, int partition, long count)
{
	rd_kafka_topic_t *handle = rd_kafka_topic_new(rk, topic, NULL);

	for (long i = 0; i < count; i++) {
		char value[64];
		int len = snprintf(value, sizeof(value), "record %ld", i);

		while (rd_kafka_produce(handle, partition, RD_KAFKA_MSG_F_COPY, value, (size_t)len, NULL, 0, NULL)) {
			if (rd_kafka_last_error() != RD_KAFKA_RESP_ERR__QUEUE_FULL)
				die("produce %s: %s", topic, rd_kafka_err2str(rd_kafka_last_error()));
			rd_kafka_poll(rk, 10);
		}
	}
	if (rd_kafka_flush(rk, WAIT_MS))
		die("produce %s: not delivered", topic);
	rd_kafka_topic_destroy(handle);
}

void on_delivery(rd_kafka_t *rk, const rd_kafka_message_t *message, void *opaque)
{
	(void)rk;
	(void)opaque;
	if (message->err)
		die("produce: %s", rd_kafka_err2str(message->err));
}

void do_produce(struct seed *s, char **w, int n)
{
	(void)n;
	append(s->rk, w[0], atoi(w[1]), atol(w[2]));
}

static void check_step(const char *what, rd_kafka_error_t *error)
{
	if (error)
		die("%s: %s", what, rd_kafka_error_string(error));
}

void do_open(struct seed *s, char **w, int n)
{
	(void)n;
	if (!s->transactional) {
		rd_kafka_conf_t *conf = conf_new(s->argc, s->argv, s->argv[1]);

		set(conf, "transactional.id", "seed");
		set(conf, "transaction.timeout.ms", "600000");
		rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
		s->transactional = client_new(RD_KAFKA_PRODUCER, conf);
		check_step("open", rd_kafka_init_transactions(s->transactional, WAIT_MS));
		check_step("open", rd_kafka_begin_transaction(s->transactional));
	}
	append(s->transactional, w[0], atoi(w[1]), atol(w[2]));
	puts("open");
	fflush(stdout);
}

void do_record(struct seed *s, char **w, int n)
{
	rd_kafka_headers_t *headers = rd_kafka_headers_new(4);
	char *key = strcmp(w[3], "~") ? w[3] : NULL, *value = strcmp(w[4], "~") ? w[4] : NULL;
	rd_kafka_resp_err_t err;

	for (int i = 5; i < n; i++) {
		char *eq = strchr(w[i], '=');

		if (!eq)
			die("record %s: %s is no NAME=VALUE", w[0], w[i]);
		*eq = '\0';
		rd_kafka_header_add(headers, w[i], -1, strcmp(eq + 1, "~") ? eq + 1 : NULL, -1);
	}
	while ((err = rd_kafka_producev(s->rk, RD_KAFKA_V_TOPIC(w[0]), RD_KAFKA_V_PARTITION(atoi(w[1])),
			RD_KAFKA_V_TIMESTAMP(atoll(w[2])), RD_KAFKA_V_KEY(key, key ? strlen(key) : 0),
			RD_KAFKA_V_VALUE(value, value ? strlen(value) : 0), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
			RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_END)) == RD_KAFKA_RESP_ERR__QUEUE_FULL)
		rd_kafka_poll(s->rk, 100);
	if (err)
		die("record %s: %s", w[0], rd_kafka_err2str(err));
	s->unflushed = true;
}

void do_fill(struct seed *s, char **w, int n)
{
	size_t len = (size_t)atol(w[2]);
	char *value = malloc(len);
	rd_kafka_resp_err_t err;

	(void)n;
	memset(value, 'x', len);
	err = rd_kafka_producev(s->rk, RD_KAFKA_V_TOPIC(w[0]), RD_KAFKA_V_PARTITION(atoi(w[1])),
		RD_KAFKA_V_VALUE(value, len), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
	if (err)
		die("fill %s: %s", w[0], rd_kafka_err2str(err));
	free(value);
	s->unflushed = true;
}

static void transaction(struct seed *s, char **w, bool commit)
{
	rd_kafka_conf_t *conf = conf_new(s->argc, s->argv, s->argv[1]);
	rd_kafka_t *rk;

	set(conf, "transactional.id", commit ? "seed-commits" : "seed-aborts");
	rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
	rk = client_new(RD_KAFKA_PRODUCER, conf);
	check_step("init", rd_kafka_init_transactions(rk, WAIT_MS));
	check_step("begin", rd_kafka_begin_transaction(rk));
	append(rk, w[0], atoi(w[1]), atol(w[2]));
	check_step("end", commit ? rd_kafka_commit_transaction(rk, WAIT_MS) : rd_kafka_abort_transaction(rk, WAIT_MS));
	rd_kafka_destroy(rk);
}

void do_commits(struct seed *s, char **w, int n)
{
	(void)n;
	transaction(s, w, true);
}

void do_aborts(struct seed *s, char **w, int n)
{
	(void)n;
	transaction(s, w, false);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The reference of tests/bench/tail and produce: librdkafka's bare loops, and
 * what fills the topics they read and write.
 *
 *   consume BOOTSTRAP fill TOPIC PARTITIONS COUNT   create TOPIC, append COUNT JSON records of 200 bytes
 *   consume BOOTSTRAP read TOPIC PARTITIONS COUNT   read COUNT records; prints seconds from start to end
 *   consume BOOTSTRAP write TOPIC PARTITIONS COUNT  the same records by an idempotent producer and murmur2, each
 *                                                   counted when it is delivered; prints seconds
 *   consume - print - 0 COUNT                       the same records as JSON lines
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <librdkafka/rdkafka.h>

enum { BATCH = 1000, RECORD_BYTES = 200, WAIT_MS = 60000 };

static void die(const char *what, const char *why)
{
	fprintf(stderr, "consume: %s: %s\n", what, why);
	exit(1);
}

static rd_kafka_t *client_new(rd_kafka_type_t type, const char *bootstrap, const char *const settings[][2],
	size_t count)
{
	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	rd_kafka_t *rk;
	char why[512];

	if (rd_kafka_conf_set(conf, "bootstrap.servers", bootstrap, why, sizeof(why)))
		die("bootstrap.servers", why);
	for (size_t i = 0; i < count; i++)
		if (rd_kafka_conf_set(conf, settings[i][0], settings[i][1], why, sizeof(why)))
			die(settings[i][0], why);
	rk = rd_kafka_new(type, conf, why, sizeof(why));
	if (!rk)
		die("client", why);
	return rk;
}

static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void create(rd_kafka_t *rk, const char *topic, int partitions)
{
	char why[256];
	rd_kafka_NewTopic_t *new_topic = rd_kafka_NewTopic_new(topic, partitions, 1, why, sizeof(why));
	rd_kafka_queue_t *queue = rd_kafka_queue_new(rk);
	rd_kafka_event_t *event;

	rd_kafka_CreateTopics(rk, &new_topic, 1, NULL, queue);
	event = rd_kafka_queue_poll(queue, WAIT_MS);
	if (!event || rd_kafka_event_error(event))
		die(topic, event ? rd_kafka_event_error_string(event) : "no answer");
	rd_kafka_event_destroy(event);
	rd_kafka_queue_destroy(queue);
	rd_kafka_NewTopic_destroy(new_topic);
}

/* One record in 200,000 holds "needle-7", one in 1,000 has a total of 999. */
static int make_record(char *out, long i)
{
	int len = snprintf(out, RECORD_BYTES + 1,
		"{\"order\":\"o-%08ld\",\"customer\":{\"id\":%ld,\"country\":\"SE\"},\"total\":%ld,"
		"\"state\":\"%s\",\"items\":[{\"sku\":\"W-%ld\",\"n\":%ld}],\"note\":\"",
		i, i % 5003, i % 1000, i % 200000 == 77777 ? "needle-7" : "shipped", i % 97, i % 7);

	while (len < RECORD_BYTES - 2)
		out[len] = (char)('a' + (i + len) % 26), len++;
	memcpy(out + len, "\"}", 2);
	return RECORD_BYTES;
}

static void fill(const char *bootstrap, const char *topic, int partitions, long count)
{
	static const char *const settings[][2] = {
		{ "linger.ms", "20" },
		{ "batch.num.messages", "10000" },
		{ "queue.buffering.max.messages", "500000" },
	};
	rd_kafka_t *rk = client_new(RD_KAFKA_PRODUCER, bootstrap, settings, 3);
	rd_kafka_topic_t *handle;
	char value[RECORD_BYTES + 1], key[32];

	create(rk, topic, partitions);
	handle = rd_kafka_topic_new(rk, topic, NULL);
	for (long i = 0; i < count; i++) {
		int len = make_record(value, i), key_len = snprintf(key, sizeof(key), "c-%ld", i % 5003);

		while (rd_kafka_produce(handle, (int)(i % partitions), RD_KAFKA_MSG_F_COPY, value, (size_t)len, key,
			(size_t)key_len, NULL)) {
			if (rd_kafka_last_error() != RD_KAFKA_RESP_ERR__QUEUE_FULL)
				die(topic, rd_kafka_err2str(rd_kafka_last_error()));
			rd_kafka_poll(rk, 10);
		}
	}
	if (rd_kafka_flush(rk, WAIT_MS))
		die(topic, "not delivered");
	rd_kafka_topic_destroy(handle);
	rd_kafka_destroy(rk);
}

static void delivered(rd_kafka_t *rk, const rd_kafka_message_t *m, void *opaque)
{
	(void)rk;
	*(long *)opaque += !m->err;
}

static void write_all(const char *bootstrap, const char *topic, int partitions, long count)
{
	static const char *const settings[][2] = {
		{ "enable.idempotence", "true" },
		{ "partitioner", "murmur2_random" },
	};
	double begun = now_s();
	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	rd_kafka_t *rk;
	rd_kafka_topic_t *handle;
	char value[RECORD_BYTES + 1], key[32], why[512];
	long done = 0;

	(void)partitions;
	for (size_t i = 0; i < 2; i++)
		rd_kafka_conf_set(conf, settings[i][0], settings[i][1], why, sizeof(why));
	rd_kafka_conf_set(conf, "bootstrap.servers", bootstrap, why, sizeof(why));
	rd_kafka_conf_set_opaque(conf, &done);
	rd_kafka_conf_set_dr_msg_cb(conf, delivered);
	rk = rd_kafka_new(RD_KAFKA_PRODUCER, conf, why, sizeof(why));
	if (!rk)
		die("client", why);
	handle = rd_kafka_topic_new(rk, topic, NULL);
	for (long i = 0; i < count; i++) {
		int len = make_record(value, i), key_len = snprintf(key, sizeof(key), "c-%ld", i % 5003);

		while (rd_kafka_produce(handle, RD_KAFKA_PARTITION_UA, RD_KAFKA_MSG_F_COPY, value, (size_t)len, key,
			(size_t)key_len, NULL)) {
			if (rd_kafka_last_error() != RD_KAFKA_RESP_ERR__QUEUE_FULL)
				die(topic, rd_kafka_err2str(rd_kafka_last_error()));
			rd_kafka_poll(rk, 10);
		}
		if (i % 256 == 0)
			rd_kafka_poll(rk, 0);
	}
	if (rd_kafka_flush(rk, WAIT_MS) || done != count)
		die(topic, "not delivered");
	printf("%.3f\n", now_s() - begun);
	rd_kafka_topic_destroy(handle);
	rd_kafka_destroy(rk);
}

static void print_lines(long count)
{
	char value[RECORD_BYTES + 1];

	for (long i = 0; i < count; i++) {
		make_record(value, i);
		value[RECORD_BYTES] = '\0';
		printf("{\"topic\":\"million\",\"partition\":%ld,\"offset\":%ld,\"timestamp\":1700000000000,"
		       "\"timestamp_type\":\"CreateTime\",\"key\":\"c-%ld\",\"value\":\"",
			i % 12, i / 12, i % 5003);
		for (const char *p = value; *p; p++)
			printf(*p == '"' ? "\\%c" : "%c", *p);
		puts("\",\"headers\":[]}");
	}
}

static void read_all(const char *bootstrap, const char *topic, int partitions, long count)
{
	static const char *const settings[][2] = { { "fetch.queue.backoff.ms", "10" } };
	double begun = now_s();
	rd_kafka_t *rk = client_new(RD_KAFKA_CONSUMER, bootstrap, settings, 1);
	rd_kafka_topic_t *handle = rd_kafka_topic_new(rk, topic, NULL);
	rd_kafka_queue_t *queue = rd_kafka_queue_new(rk);
	const rd_kafka_metadata_t *md;
	rd_kafka_message_t *messages[BATCH];
	long bytes = 0;

	/* Connected first: a start at offset 0 on a cold client waits 500 ms. */
	if (rd_kafka_metadata(rk, 0, handle, &md, WAIT_MS))
		die(topic, "no metadata");
	rd_kafka_metadata_destroy(md);
	for (int i = 0; i < partitions; i++)
		rd_kafka_consume_start_queue(handle, i, 0, queue);
	for (long left = count; left > 0;) {
		ssize_t n = rd_kafka_consume_batch_queue(queue, 100, messages, BATCH);

		for (ssize_t i = 0; i < n; i++) {
			left -= !messages[i]->err;
			bytes += (long)messages[i]->len;
			rd_kafka_message_destroy(messages[i]);
		}
	}
	printf("%.3f\n", now_s() - begun);
	for (int i = 0; i < partitions; i++)
		rd_kafka_consume_stop(handle, i);
	rd_kafka_queue_destroy(queue);
	rd_kafka_topic_destroy(handle);
	rd_kafka_destroy(rk);
}

int main(int argc, char **argv)
{
	if (argc != 6) {
		fputs("usage: consume BOOTSTRAP fill|read|write|print TOPIC PARTITIONS COUNT\n", stderr);
		return 2;
	}
	if (strcmp(argv[2], "fill") == 0)
		fill(argv[1], argv[3], atoi(argv[4]), atol(argv[5]));
	else if (strcmp(argv[2], "write") == 0)
		write_all(argv[1], argv[3], atoi(argv[4]), atol(argv[5]));
	else if (strcmp(argv[2], "print") == 0)
		print_lines(atol(argv[5]));
	else
		read_all(argv[1], argv[3], atoi(argv[4]), atol(argv[5]));
	return 0;
}

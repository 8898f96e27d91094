/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * traffic -b HOST:PORT,... [-X NAME=VALUE]... [--seed-only | --quiet]
 *
 * Creates the topics and their history where they are missing, prints "ready",
 * and produces and consumes until SIGTERM. --seed-only leaves the same fixed
 * data and commits behind and exits. --quiet keeps the members connected as
 * well, but nothing is produced, read or committed any more.
 */
#include "traffic.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TURN_MS = 50 };

volatile sig_atomic_t stopping;

int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return ts.tv_sec * (int64_t)1000 + ts.tv_nsec / 1000000;
}

void pause_ms(int ms)
{
	nanosleep(&(struct timespec){ .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L }, NULL);
}

void conf_set(rd_kafka_conf_t *conf, const char *name, const char *value)
{
	char why[512];

	if (rd_kafka_conf_set(conf, name, value, why, sizeof(why)) == RD_KAFKA_CONF_OK)
		return;
	fprintf(stderr, "traffic: %s\n", why);
	exit(2);
}

rd_kafka_conf_t *client_conf(const struct options *options, const char *client_id)
{
	rd_kafka_conf_t *conf = rd_kafka_conf_new();

	conf_set(conf, "bootstrap.servers", options->bootstrap);
	conf_set(conf, "client.id", client_id);
	conf_set(conf, "log_level", "2"); /* a broker that is away is part of the show */
	conf_set(conf, "reconnect.backoff.max.ms", "2000");
	for (int i = 0; i < options->property_count; i++) {
		char name[256];
		const char *equals = strchr(options->properties[i], '=');
		if (equals == NULL || equals - options->properties[i] >= (int)sizeof(name)) {
			fprintf(stderr, "traffic: -X %s: not NAME=VALUE\n", options->properties[i]);
			exit(2);
		}
		snprintf(name, sizeof(name), "%.*s", (int)(equals - options->properties[i]), options->properties[i]);
		conf_set(conf, name, equals + 1);
	}
	return conf;
}

rd_kafka_t *client_new(rd_kafka_type_t type, rd_kafka_conf_t *conf_take)
{
	char why[512];
	rd_kafka_t *rk = rd_kafka_new(type, conf_take, why, sizeof(why));

	if (rk == NULL) {
		fprintf(stderr, "traffic: %s\n", why);
		exit(1);
	}
	return rk;
}

static void on_signal(int signo)
{
	(void)signo;
	stopping = 1;
}

static void parse_arguments(struct options *options, int argc, char **argv)
{
	static const struct option longs[] = { { "seed-only", no_argument, NULL, 's' },
		{ "quiet", no_argument, NULL, 'q' }, { 0 } };
	int option;

	while ((option = getopt_long(argc, argv, "b:X:", longs, NULL)) != -1) {
		switch (option) {
		case 'b':
			options->bootstrap = optarg;
			break;
		case 's':
			options->seed_only = true;
			break;
		case 'q':
			options->quiet = true;
			break;
		case 'X':
			if (options->property_count <
				(int)(sizeof(options->properties) / sizeof(options->properties[0]))) {
				options->properties[options->property_count++] = optarg;
				break;
			}
			/* fall through */
		default:
			exit(2);
		}
	}
	if (options->bootstrap == NULL || optind != argc) {
		fputs("usage: traffic -b HOST:PORT,... [-X NAME=VALUE]... [--seed-only | --quiet]\n", stderr);
		exit(2);
	}
}

static rd_kafka_t *open_producer(const struct options *options)
{
	rd_kafka_conf_t *conf = client_conf(options, "shop");

	conf_set(conf, "linger.ms", "100");
	conf_set(conf, "compression.type", "lz4");
	conf_set(conf, "message.timeout.ms", "30000");
	conf_set(conf, "partitioner", "murmur2_random"); /* as the Java clients do, and the same every time */
	return client_new(RD_KAFKA_PRODUCER, conf);
}

static void announce(const char *what, int64_t since_ms)
{
	printf("%s after %lld ms\n", what, (long long)(now_ms() - since_ms));
	fflush(stdout);
}

int main(int argc, char **argv)
{
	struct options options = { .bootstrap = NULL };
	struct sigaction action = { .sa_handler = on_signal };
	int64_t start_ms = now_ms();
	rd_kafka_t *rk;
	bool fresh, settled = false;

	parse_arguments(&options, argc, argv);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGHUP, &action, NULL);

	rk = open_producer(&options);
	fresh = topics_create(rk, &options);
	announce("topics", start_ms);
	if (fresh) {
		payments_start_history(&options); /* mostly waits, so it runs beside the others */
		topics_write_history(rk);
		payments_join();
		announce("history", start_ms);
		groups_seed(rk, &options);
		announce("commits", start_ms);
	}
	groups_start(&options);
	if (!options.quiet && !options.seed_only)
		payments_start(&options);
	while (!stopping) {
		groups_turn(now_ms());
		if (!options.quiet && !options.seed_only)
			topics_produce(rk, now_ms());
		if (!settled && groups_settled()) {
			settled = true;
			announce("ready", start_ms);
			stopping |= options.seed_only;
		}
		pause_ms(TURN_MS);
	}
	if (options.seed_only)
		groups_leave();
	else
		groups_abandon(1000);
	payments_join();
	rd_kafka_flush(rk, 200);
	/* Without destroying the clients: with brokers gone that may wait for them, and all is said. */
	_exit(0);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fills a cluster for the tests: commands from standard input, one a line,
 * words split at blanks, \xNN for any byte. Stops at the first that fails.
 *
 *   seed BOOTSTRAP [-X KEY=VALUE]...
 *     topic NAME PARTITIONS REPLICATION [KEY=VALUE]...   create, wait for leaders
 *     many PREFIX COUNT PARTITIONS REPLICATION           create PREFIX-0000 and so on, at once
 *     place NAME ID[,ID]... [ID[,ID]...]...              create, replicas of each partition given
 *     grow NAME PARTITIONS                               add partitions
 *     leaders NAME COUNT                                 wait until COUNT partitions have a leader
 *     delete NAME                                        delete, wait until it is gone
 *     produce NAME PARTITION COUNT                       append COUNT small records
 *     record NAME PARTITION MS KEY VALUE [NAME=VALUE]... append one record: Unix ms (0: now), headers;
 *                                                        ~ is null, partition -1 lets the key decide
 *     fill NAME PARTITION BYTES                          append one record of so many bytes
 *     commits|aborts NAME PARTITION COUNT                append COUNT records in a transaction that ends so
 *     open NAME PARTITION COUNT                          the same in a transaction that stays open
 *                                                        until this program's input ends
 *     trim NAME PARTITION OFFSET                         move the log start
 *     commit GROUP NAME PARTITION OFFSET [METADATA [EPOCH]]   of a group without members
 *     committed GROUP                                    print NAME PARTITION OFFSET EPOCH METADATA
 *     drop GROUP                                         delete the group
 *     allow|deny PRINCIPAL topic|group|cluster NAME OPERATION   an ACL: describe, read, all, ...
 *
 *   seed BOOTSTRAP --member GROUP TOPIC[,TOPIC]... [-X KEY=VALUE]...
 *     a group member that commits nothing, unless enable.auto.commit=true; prints "assigned N", ends when its input
 *     ends. TOPIC:PARTITION is assigned, not subscribed to: the group has no members then
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "seed.h"

enum { WORDS_MAX = 64 };

void die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputs("seed: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(1);
}

void set(rd_kafka_conf_t *conf, const char *name, const char *value)
{
	char why[512];

	if (rd_kafka_conf_set(conf, name, value, why, sizeof(why)) != RD_KAFKA_CONF_OK)
		die("%s", why);
}

static void quiet(const rd_kafka_t *rk, int level, const char *facility, const char *line)
{
	(void)rk;
	if (getenv("SEED_VERBOSE"))
		fprintf(stderr, "seed: %d %s %s\n", level, facility, line);
}

/* Applies -X KEY=VALUE from the arguments. */
rd_kafka_conf_t *conf_new(int argc, char **argv, const char *bootstrap)
{
	rd_kafka_conf_t *conf = rd_kafka_conf_new();

	set(conf, "bootstrap.servers", bootstrap);
	set(conf, "client.id", "seed");
	rd_kafka_conf_set_log_cb(conf, quiet);
	for (int i = 0; i + 1 < argc; i++) {
		char *eq;

		if (strcmp(argv[i], "-X") || !(eq = strchr(argv[i + 1], '=')))
			continue;
		*eq = '\0';
		set(conf, argv[i + 1], eq + 1);
		*eq = '=';
	}
	return conf;
}

rd_kafka_t *client_new(rd_kafka_type_t type, rd_kafka_conf_t *conf)
{
	char why[512];
	rd_kafka_t *rk = rd_kafka_new(type, conf, why, sizeof(why));

	if (!rk)
		die("%s", why);
	return rk;
}

/* The answer to the call just made; dies when the call as a whole failed. */
rd_kafka_event_t *any_answer(struct seed *s, const char *what)
{
	rd_kafka_event_t *event = rd_kafka_queue_poll(s->queue, WAIT_MS);

	if (!event)
		die("%s: no answer", what);
	return event;
}

rd_kafka_event_t *answer(struct seed *s, const char *what)
{
	rd_kafka_event_t *event = any_answer(s, what);

	if (rd_kafka_event_error(event))
		die("%s: %s", what, rd_kafka_event_error_string(event));
	return event;
}

static const struct command {
	const char *name;
	int words; /* that it needs after its name */
	command_fn *run;
} commands[] = {
	{ "topic", 3, do_topic },
	{ "many", 4, do_many },
	{ "place", 2, do_place },
	{ "leaders", 2, do_leaders },
	{ "grow", 2, do_grow },
	{ "delete", 1, do_delete },
	{ "produce", 3, do_produce },
	{ "record", 5, do_record },
	{ "fill", 3, do_fill },
	{ "commits", 3, do_commits },
	{ "aborts", 3, do_aborts },
	{ "open", 3, do_open },
	{ "trim", 3, do_trim },
	{ "commit", 4, do_commit },
	{ "committed", 1, do_committed },
	{ "drop", 1, do_drop },
	{ "allow", 4, do_allow },
	{ "deny", 4, do_deny },
};

/* \xNN in place. */
static void unescape(char *word)
{
	char *to = word;

	for (const char *from = word; *from; to++) {
		unsigned byte;

		if (from[0] == '\\' && from[1] == 'x' && sscanf(from + 2, "%2x", &byte) == 1) {
			*to = (char)byte;
			from += 4;
		} else {
			*to = *from++;
		}
	}
	*to = '\0';
}

static void run_line(struct seed *s, char *line)
{
	char *words[WORDS_MAX], *save;
	int count = 0;

	for (char *w = strtok_r(line, " \t\n", &save); w && count < WORDS_MAX; w = strtok_r(NULL, " \t\n", &save)) {
		unescape(w);
		words[count++] = w;
	}
	if (count == 0 || words[0][0] == '#')
		return;
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		if (strcmp(commands[i].name, words[0]))
			continue;
		if (count - 1 < commands[i].words)
			die("%s: too few words", words[0]);
		if (s->unflushed && strcmp(words[0], "record") && rd_kafka_flush(s->rk, WAIT_MS))
			die("%s: earlier records not delivered", words[0]);
		commands[i].run(s, words + 1, count - 1);
		return;
	}
	die("unknown command %s", words[0]);
}

static int run_commands(int argc, char **argv)
{
	rd_kafka_conf_t *conf = conf_new(argc, argv, argv[1]);
	struct seed s = { .argc = argc, .argv = argv };
	char *line = NULL;
	size_t room = 0;

	set(conf, "linger.ms", "1");
	/* Records stay in the order of the script when a leader is not ready and a request is sent again. */
	set(conf, "max.in.flight", "1");
	set(conf, "message.max.bytes", "20000000");
	set(conf, "partitioner", "murmur2_random");
	rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
	s.rk = client_new(RD_KAFKA_PRODUCER, conf);
	s.queue = rd_kafka_queue_new(s.rk);
	while (getline(&line, &room, stdin) > 0)
		run_line(&s, line);
	free(line);
	if (rd_kafka_flush(s.rk, WAIT_MS))
		die("records not delivered");
	if (s.transactional) {
		rd_kafka_abort_transaction(s.transactional, WAIT_MS);
		rd_kafka_destroy(s.transactional);
	}
	rd_kafka_queue_destroy(s.queue);
	rd_kafka_destroy(s.rk);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc >= 5 && !strcmp(argv[2], "--member"))
		return run_member(argc, argv);
	if (argc < 2)
		die("usage: seed BOOTSTRAP [--member GROUP TOPICS] [-X KEY=VALUE]...");
	return run_commands(argc, argv);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the seed program share. See main.c for what it does. */
#ifndef SEED_H
#define SEED_H

#include <stdbool.h>

#include <librdkafka/rdkafka.h>

enum { WAIT_MS = 70000 };

struct seed {
	rd_kafka_t *rk; /* producer, also the admin client */
	rd_kafka_queue_t *queue;
	rd_kafka_t *transactional; /* holds an open transaction, or NULL */
	bool unflushed;            /* records are on their way */
	int argc;
	char **argv;
};

void die(const char *fmt, ...) __attribute__((noreturn, format(printf, 1, 2)));
void set(rd_kafka_conf_t *conf, const char *name, const char *value);
/* Applies -X KEY=VALUE from the arguments. */
rd_kafka_conf_t *conf_new(int argc, char **argv, const char *bootstrap);
rd_kafka_t *client_new(rd_kafka_type_t type, rd_kafka_conf_t *conf);
/* The answer to the admin call just made; answer() dies when the call as a whole failed. */
rd_kafka_event_t *any_answer(struct seed *s, const char *what);
rd_kafka_event_t *answer(struct seed *s, const char *what);
void on_delivery(rd_kafka_t *rk, const rd_kafka_message_t *message, void *opaque);

/* The commands: their words, without the command's name. */
typedef void command_fn(struct seed *s, char **words, int count);
command_fn do_topic, do_many, do_place, do_leaders, do_grow, do_delete, do_trim;
command_fn do_commit, do_committed, do_drop, do_allow, do_deny;
command_fn do_produce, do_record, do_fill, do_commits, do_aborts, do_open;

int run_member(int argc, char **argv);

#endif

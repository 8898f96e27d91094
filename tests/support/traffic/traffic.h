/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The traffic of the demo cluster: a small shop whose topics and groups show
 * every state that weir must tell apart. topics.c says which topics there are,
 * groups.c which groups, records.c what a record looks like.
 *
 * One thread runs everything but the transactional producer (payments.c),
 * whose calls block. The two share nothing but `stopping`.
 */
#ifndef TRAFFIC_H
#define TRAFFIC_H

#include <librdkafka/rdkafka.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct options {
	const char *bootstrap;
	const char *properties[32]; /* NAME=VALUE for every client */
	int property_count;
	bool seed_only; /* topics, history, commits; then exit */
	bool quiet;     /* the same, but members stay and nothing moves */
};

extern volatile sig_atomic_t stopping;

int64_t now_ms(void); /* wall clock */
void pause_ms(int ms);
/* A configuration with all that `options` says. weir shows `client_id`. */
rd_kafka_conf_t *client_conf(const struct options *options, const char *client_id);
/* Set a property that is known to be right; says why and exits when it is not. */
void conf_set(rd_kafka_conf_t *conf, const char *name, const char *value);
rd_kafka_t *client_new(rd_kafka_type_t type, rd_kafka_conf_t *conf_take);

/* --- records.c --- */
enum record_kind { RECORD_ORDER, RECORD_PAYMENT, RECORD_CLICK, RECORD_AUDIT, RECORD_CUSTOMER, RECORD_READING };

/* Produce the next record of `kind`. The same calls give the same keys and texts, but for the times in them. */
void record_send(rd_kafka_t *rk, const char *topic, enum record_kind kind, int64_t at_ms);

/* --- topics.c --- */
struct topic_plan {
	const char *name;
	int partitions;
	enum record_kind kind;
	int history;           /* records there from the start */
	int per_s;             /* mean rate of new records; 0 for an idle topic */
	int burst_s;           /* >0: they come within this part of every 20 s */
	bool transactional;    /* written by payments.c */
	bool short_lived;      /* `config` only applies while records keep coming */
	const char *config[9]; /* name, value, ..., NULL */
};

extern const struct topic_plan topic_plans[];
extern const size_t topic_plan_count;

const struct topic_plan *topic_plan_find(const char *name);
/* Create what is missing, trying until the brokers can. True when all were new; false also when told to stop. */
bool topics_create(rd_kafka_t *rk, const struct options *options);
/* Write the history of every topic that is not transactional. */
void topics_write_history(rd_kafka_t *rk);
/* Produce what has become due since the last call. */
void topics_produce(rd_kafka_t *rk, int64_t at_ms);

/* --- payments.c --- */
/* Each starts a thread; payments_join waits for it. The first ends by itself, the second once `stopping`. */
void payments_start_history(const struct options *options);
void payments_start(const struct options *options);
void payments_join(void);

/* --- groups.c --- */
/* Commit where the groups of a new cluster stand. */
void groups_seed(rd_kafka_t *rk, const struct options *options);
void groups_start(const struct options *options);
/* Every member does what is due. */
void groups_turn(int64_t at_ms);
/* All members have partitions, or have had them and left. */
bool groups_settled(void);
/* Every member leaves its group, one after the other, and the brokers know. */
void groups_leave(void);
/* The same for all at once, and for no longer than this: the brokers may be leaving too. */
void groups_abandon(int patience_ms);

#endif

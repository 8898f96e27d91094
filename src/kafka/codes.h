/* SPDX-License-Identifier: BSD-2-Clause */
/* librdkafka's codes as the model's and in Kafka's own words. Any thread. */
#ifndef KAFKA_CODES_H
#define KAFKA_CODES_H

#include <stdbool.h>

#include <librdkafka/rdkafka.h>

#include "model/snapshot.h"
#include "sample/told.h"

/* How long a topic that was just created may be unknown to a broker. */
enum { CODE_NEW_TOPIC_MS = 1000 };

/* GROUP_STATE_UNKNOWN also for Assigning and Reconciling (KIP-848), which librdkafka 2.14 has no code for. */
enum group_state code_group_state(rd_kafka_consumer_group_state_t state);
/* Which right is missing for what was asked, in words that name it: DESCRIBE. NULL: `code` is no refusal. */
const char *code_refusal(rd_kafka_resp_err_t code);
/* What code_refusal() says, else librdkafka's words; NULL: `code` is no error. */
const char *code_text(rd_kafka_resp_err_t code);
/*
 * The error of an answer in a line for a person: what code_refusal() says, else the broker's own words, else librdkafka's
 * for the code without its prefix. `text` (NULL: none) is what librdkafka said; the fault may point into it.
 */
struct fault code_fault(rd_kafka_resp_err_t code, const char *text);
struct fault code_configs_fault(rd_kafka_resp_err_t code, const char *text); /* they need DESCRIBE_CONFIGS */
struct fault code_error_fault(const rd_kafka_error_t *error);                /* NULL: no fault */
/* The broker knows no such topic, or one that may not be described. */
bool code_is_unknown_topic(rd_kafka_resp_err_t code);
/*
 * A record that a broker refuses leaves a gap, which is fatal for an idempotent producer. librdkafka's reason is a
 * text that holds the broker's: its code, 0 where `reason` is another or about another topic.
 */
rd_kafka_resp_err_t code_of_gap(const char *reason, const char *topic);
/*
 * The group with the empty id: old clients commit under it, no consumer can join it, and so ConsumerGroupDescribe
 * refuses to speak of it. It has no members.
 */
bool code_is_nameless(const char *group, rd_kafka_resp_err_t code);
enum group_type code_group_type(rd_kafka_consumer_group_type_t type);
const char *code_config_source(rd_kafka_ConfigSource_t source); /* NULL where librdkafka has no code either */

#endif

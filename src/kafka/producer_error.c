/* SPDX-License-Identifier: BSD-2-Clause */
/* What librdkafka's error codes mean to somebody who writes to a topic. */
#include "kafka/codes.h"
#include "kafka/producer_parts.h"

static enum error_code code_of(rd_kafka_resp_err_t err)
{
	switch (err) {
	case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
	case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
	case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
		return ERR_DENIED;
	case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
	case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
	case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
		return ERR_NOT_FOUND;
	case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT:
	case RD_KAFKA_RESP_ERR__TIMED_OUT:
		return ERR_TIMEOUT;
	case RD_KAFKA_RESP_ERR__PURGE_QUEUE:
	case RD_KAFKA_RESP_ERR__PURGE_INFLIGHT:
		return ERR_INTERRUPTED;
	default:
		return ERR_KAFKA;
	}
}

/* NULL: librdkafka's own text is good enough. */
static const char *words_of(rd_kafka_resp_err_t code)
{
	switch (code) {
	case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
		return "you may not write with an idempotent producer (needs WRITE on the topic; before Kafka 2.8 "
		       "IDEMPOTENT_WRITE on the cluster)";
	case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
		return "you may not write to it (needs WRITE on the topic)";
	case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
	case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
		return "does not exist, or you may not describe it";
	case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
		return "has no such partition";
	case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
		return "larger than the topic takes (max.message.bytes)";
	case RD_KAFKA_RESP_ERR__PURGE_QUEUE:
		return "given up before it was sent";
	case RD_KAFKA_RESP_ERR__PURGE_INFLIGHT:
		return "given up while it waited for the answer";
	default:
		return NULL;
	}
}

/* After a fatal error everything is given up, and the fatal error is the reason. */
static bool fatal_error(struct error *err, const char *topic, rd_kafka_resp_err_t fatal, const char *text)
{
	rd_kafka_resp_err_t refused = code_of_gap(text, topic);
	const char *words = words_of(refused ? refused : fatal);

	if (!refused)
		return error_set(err, code_of(fatal), "topic %s: %s", topic, words ? words : text);
	return error_set(err, code_of(refused), "topic %s: given up after a record that was refused: %s", topic,
		words ? words : rd_kafka_err2str(refused));
}

bool producer_error(struct producer *p, struct error *err, const char *topic, rd_kafka_resp_err_t code)
{
	char text[512];
	rd_kafka_resp_err_t fatal = rd_kafka_fatal_error(p->rk, text, sizeof(text));
	const char *words = words_of(code);

	/* Records given up because another cluster answers have that as their reason. */
	if (code_of(code) == ERR_INTERRUPTED && producer_on_other_cluster(p, err))
		return false;
	if (fatal && (code == RD_KAFKA_RESP_ERR__FATAL || code == fatal || code_of(code) == ERR_INTERRUPTED))
		return fatal_error(err, topic, fatal, text);
	if (code == RD_KAFKA_RESP_ERR__MSG_TIMED_OUT)
		return error_set(err, ERR_TIMEOUT, "topic %s: no answer before message.timeout.ms%s%s", topic,
			*p->last_error ? ": " : "", p->last_error);
	return error_set(err, code_of(code), "topic %s: %s", topic, words ? words : rd_kafka_err2str(code));
}

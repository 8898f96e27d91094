/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/codes.h"

#include <stdio.h>
#include <string.h>

#include "sample/source.h"

enum group_state code_group_state(rd_kafka_consumer_group_state_t state)
{
	switch (state) {
	case RD_KAFKA_CONSUMER_GROUP_STATE_PREPARING_REBALANCE:
		return GROUP_PREPARING_REBALANCE;
	case RD_KAFKA_CONSUMER_GROUP_STATE_COMPLETING_REBALANCE:
		return GROUP_COMPLETING_REBALANCE;
	case RD_KAFKA_CONSUMER_GROUP_STATE_STABLE:
		return GROUP_STABLE;
	case RD_KAFKA_CONSUMER_GROUP_STATE_DEAD:
		return GROUP_DEAD;
	case RD_KAFKA_CONSUMER_GROUP_STATE_EMPTY:
		return GROUP_EMPTY;
	default:
		return GROUP_STATE_UNKNOWN;
	}
}

const char *code_refusal(rd_kafka_resp_err_t code)
{
	switch (code) {
	case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
		return "Topic authorization failed (needs DESCRIBE on the topic)";
	case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
		return "Group authorization failed (needs DESCRIBE on the group)";
	case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
		return "Cluster authorization failed (needs DESCRIBE on the cluster)";
	default:
		return NULL;
	}
}

const char *code_text(rd_kafka_resp_err_t code)
{
	const char *refusal = code_refusal(code);

	return !code || refusal ? refusal : rd_kafka_err2str(code);
}

static const char *without_prefix(const char *text)
{
	static const char *const prefixes[] = { "Broker: ", "Local: " };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++) {
		if (strncmp(text, prefixes[i], strlen(prefixes[i])) == 0)
			return text + strlen(prefixes[i]);
	}
	return text;
}

#define TEXT_OF_VALUE(number) #number
#define TEXT_OF(number)       TEXT_OF_VALUE(number)

static const char *fault_text(rd_kafka_resp_err_t code, const char *text)
{
	/* "ConsumerGroupDescribe: " is the name of a request without a reason behind it. */
	if (!text || !*text || text[strlen(text) - 1] == ' ')
		text = rd_kafka_err2str(code);
	/* librdkafka names the step that it was at: nothing to anyone but itself. */
	if (code == RD_KAFKA_RESP_ERR__TIMED_OUT && strstr(text, "imed out"))
		return "timed out after " TEXT_OF(ANSWER_SECONDS) " s";
	return without_prefix(text);
}

static struct fault make_fault(rd_kafka_resp_err_t code, const char *refusal, const char *text)
{
	return (struct fault){ .code = code > 0 ? (int)code :
			code                    ? FAULT_LOCAL :
						  FAULT_NONE,
		.denied = refusal != NULL,
		.text = refusal ? refusal :
			code    ? fault_text(code, text) :
				  NULL };
}

struct fault code_fault(rd_kafka_resp_err_t code, const char *text)
{
	return make_fault(code, code_refusal(code), text);
}

static const char *configs_refusal(rd_kafka_resp_err_t code)
{
	switch (code) {
	case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
		return "Topic authorization failed (needs DESCRIBE_CONFIGS on the topic)";
	case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
		return "Cluster authorization failed (needs DESCRIBE_CONFIGS on the cluster)";
	default:
		return NULL;
	}
}

struct fault code_configs_fault(rd_kafka_resp_err_t code, const char *text)
{
	const char *refusal = configs_refusal(code);

	return make_fault(code, refusal ? refusal : code_refusal(code), text);
}

struct fault code_error_fault(const rd_kafka_error_t *error)
{
	return error ? code_fault(rd_kafka_error_code(error), rd_kafka_error_string(error)) :
		       (struct fault){ .code = FAULT_NONE };
}

bool code_is_unknown_topic(rd_kafka_resp_err_t code)
{
	return code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART || code == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC;
}

/* "ProduceRequest for TOPIC [0] with 1 message(s) failed: TEXT (broker 1 PID{Id:1,Epoch:0}, base seq 300): ..." */
rd_kafka_resp_err_t code_of_gap(const char *reason, const char *topic)
{
	const struct rd_kafka_err_desc *known;
	const char *text = strstr(reason, " failed: ");
	char begin[300];
	size_t count;

	snprintf(begin, sizeof(begin), "ProduceRequest for %s [", topic);
	if (!text || !strstr(text, "gap-less guarantee") || strncmp(reason, begin, strlen(begin)) != 0)
		return RD_KAFKA_RESP_ERR_NO_ERROR;
	text += strlen(" failed: ");
	rd_kafka_get_err_descs(&known, &count);
	for (size_t i = 0; i < count; i++) {
		size_t len = known[i].desc ? strlen(known[i].desc) : 0;

		if (len && strncmp(text, known[i].desc, len) == 0 && strncmp(text + len, " (broker ", 9) == 0)
			return known[i].code;
	}
	return RD_KAFKA_RESP_ERR_NO_ERROR;
}

bool code_is_nameless(const char *group, rd_kafka_resp_err_t code)
{
	return !*group && code == RD_KAFKA_RESP_ERR_INVALID_GROUP_ID;
}

enum group_type code_group_type(rd_kafka_consumer_group_type_t type)
{
	switch (type) {
	case RD_KAFKA_CONSUMER_GROUP_TYPE_CLASSIC:
		return GROUP_TYPE_CLASSIC;
	case RD_KAFKA_CONSUMER_GROUP_TYPE_CONSUMER:
		return GROUP_TYPE_CONSUMER;
	default:
		return GROUP_TYPE_UNKNOWN;
	}
}

const char *code_config_source(rd_kafka_ConfigSource_t source)
{
	switch (source) {
	case RD_KAFKA_CONFIG_SOURCE_DYNAMIC_TOPIC_CONFIG:
		return "DYNAMIC_TOPIC_CONFIG";
	case RD_KAFKA_CONFIG_SOURCE_DYNAMIC_BROKER_CONFIG:
		return "DYNAMIC_BROKER_CONFIG";
	case RD_KAFKA_CONFIG_SOURCE_DYNAMIC_DEFAULT_BROKER_CONFIG:
		return "DYNAMIC_DEFAULT_BROKER_CONFIG";
	case RD_KAFKA_CONFIG_SOURCE_STATIC_BROKER_CONFIG:
		return "STATIC_BROKER_CONFIG";
	case RD_KAFKA_CONFIG_SOURCE_DEFAULT_CONFIG:
		return "DEFAULT_CONFIG";
	case RD_KAFKA_CONFIG_SOURCE_GROUP_CONFIG:
		return "GROUP_CONFIG";
	default:
		return NULL;
	}
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Options of the commands that change topics and brokers. */
#include <errno.h>
#include <stdlib.h>

#include "setup/options.h"

static bool parse_factor(const char *text, int64_t *value, struct error *err)
{
	char *end;
	long number = strtol(text, &end, 10);

	if (*text < '1' || *text > '9' || *end || number > INT16_MAX)
		return error_set(err, ERR_USAGE, "--replication-factor %s: give a number from 1 to %d", text, INT16_MAX);
	*value = number;
	return true;
}

bool options_apply_topic(struct options *o, enum option_id id, const char *value, struct error *err)
{
	struct topic_options *t = &o->topic;

	switch (id) {
	case OPTION_TOPIC_CONFIG:
		options_append(&t->settings, &t->setting_count, value);
		return true;
	case OPTION_ADD_CONFIG:
		options_append(&t->add, &t->add_count, value);
		return true;
	case OPTION_DELETE_CONFIG:
		options_append(&t->remove, &t->remove_count, value);
		return true;
	case OPTION_REPLICATION_FACTOR:
		return parse_factor(value, &t->replication, err);
	case OPTION_REPLICA_ASSIGNMENT:
		t->assignment = value;
		return true;
	case OPTION_BROKER_PLACEMENT:
		t->broker_places = true;
		return true;
	case OPTION_INCLUDE_INTERNAL:
		t->include_internal = true;
		return true;
	case OPTION_DATA:
		o->copy.data = true;
		return true;
	case OPTION_TO_BOOTSTRAP:
		o->copy.to_bootstrap = value;
		return true;
	case OPTION_TO_CONTEXT:
		o->copy.to_context = value;
		return true;
	case OPTION_TO_CONFIG:
		o->copy.to_file = value;
		return true;
	case OPTION_PRUNE:
		o->copy.prune = true;
		return true;
	default:
		return false;
	}
}

/*
 * --config is a file of client properties, as in -F, and a setting of a new topic, as in kafka-topics. Options may
 * stand before the command, so only now it is known which.
 */
void options_settle_config(struct options *o)
{
	struct topic_options *t = &o->topic;
	bool is_setting = o->command && option_works_in(&option_table[OPTION_TOPIC_CONFIG], o->command);

	if (is_setting)
		return;
	t->setting_count = 0;
	if (o->config)
		o->file = o->config;
}

void options_release_topic(struct options *o)
{
	free(o->topic.settings);
	free(o->topic.add);
	free(o->topic.remove);
	o->topic = (struct topic_options){.replication = -1};
}

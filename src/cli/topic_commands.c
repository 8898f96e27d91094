/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `weir topic create`, `alter`, `delete`, `partitions`, `truncate`, `elect` and
 * `weir broker alter`: turn options into requests.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "cli/say.h"
#include "cli/topic.h"
#include "model/when.h"

enum { PARTITION_MOST = 1000000 };

static bool parse_number(const char *text, int32_t *value, struct error *err)
{
	char *end;
	long number;

	errno = 0;
	number = strtol(text, &end, 10);
	if (*text < '1' || *text > '9' || *end || errno || number > PARTITION_MOST)
		return error_set(err, ERR_USAGE, "--partitions %s: give a number from 1 on", text);
	*value = (int32_t)number;
	return true;
}

static void topic_request_begin(struct topic_request *r, enum topic_step_kind kind, const struct command_input *in)
{
	topic_request_init(r, kind);
	r->utc = true;
	for (size_t i = 0; i < in->args->topics.count; i++)
		topic_texts_add(&r->names, in->args->topics.items[i]);
}

/* Plans and executes the request, unless it could not be made. Releases it. */
static int topic_command_run(const struct command_input *in, struct topic_request *request, bool ok, struct error *err)
{
	struct topic_change c;
	int status;

	ok = ok && topic_request_check(request, err) && topic_change_open(&c, in, err);
	if (ok) {
		c.plan = topic_make_plan(&c.asker, request, err);
		status = c.plan ? topic_change_plan(&c, NULL, err) : error_exit_status(err);
		topic_change_close(&c);
	} else {
		status = error_exit_status(err);
	}
	topic_request_release(request);
	return status;
}

int topic_create_run(const struct command_input *in, struct error *err)
{
	const struct topic_args *o = &in->args->topic;
	struct topic_request r;
	bool ok = true;

	error_clear(err);
	topic_request_begin(&r, TOPIC_CREATE, in);
	r.factor = (int32_t)o->replication;
	r.assignment = mem_strdup(o->assignment);
	r.broker_places = o->broker_places;
	for (size_t i = 0; i < o->config.count; i++)
		topic_texts_add(&r.set, o->config.items[i]);
	if (in->args->partitions)
		ok = parse_number(in->args->partitions, &r.partitions, err);
	return topic_command_run(in, &r, ok, err);
}

/* Splits the "a,b" of each option into names. */
static void split_names(const struct text_list *options, struct topic_texts *out)
{
	for (size_t i = 0; i < options->count; i++) {
		for (const char *p = options->items[i]; *p; p += *p == ',') {
			size_t len = strcspn(p, ",");
			char *name = mem_strndup(p, len);

			if (len)
				topic_texts_add(out, name);
			free(name);
			p += len;
		}
	}
}

static int alter(const struct command_input *in, bool of_broker, struct error *err)
{
	const struct topic_args *o = &in->args->topic;
	struct topic_request r;
	bool ok = true;

	error_clear(err);
	topic_request_begin(&r, TOPIC_CONFIG, in);
	r.of_broker = of_broker;
	for (size_t i = 0; ok && i < o->add_config.count; i++)
		ok = topic_settings_split(o->add_config.items[i], &r.set.items, &r.set.count, &r.set.cap, err);
	split_names(&o->delete_config, &r.unset);
	return topic_command_run(in, &r, ok, err);
}

int topic_alter_run(const struct command_input *in, struct error *err)
{
	return alter(in, false, err);
}

int broker_alter_run(const struct command_input *in, struct error *err)
{
	return alter(in, true, err);
}

int topic_delete_run(const struct command_input *in, struct error *err)
{
	struct topic_request r;

	error_clear(err);
	topic_request_begin(&r, TOPIC_DELETE, in);
	r.include_internal = in->args->topic.include_internal;
	return topic_command_run(in, &r, true, err);
}

static bool check_one(const struct command_input *in, const char *command, struct error *err)
{
	return in->args->topics.count == 1 || error_set(err, ERR_USAGE, "weir topic %s takes one TOPIC", command);
}

int topic_partitions_run(const struct command_input *in, struct error *err)
{
	struct topic_request r;
	bool ok;

	error_clear(err);
	topic_request_begin(&r, TOPIC_PARTITIONS, in);
	r.assignment = mem_strdup(in->args->topic.assignment);
	ok = check_one(in, "partitions", err) &&
		(in->args->partitions ||
			error_set(err, ERR_USAGE, "weir topic partitions needs --partitions N, the new total")) &&
		parse_number(in->args->partitions, &r.partitions, err);
	return topic_command_run(in, &r, ok, err);
}

int topic_elect_run(const struct command_input *in, struct error *err)
{
	struct topic_request r;

	error_clear(err);
	topic_request_begin(&r, TOPIC_ELECT, in);
	return topic_command_run(in, &r, topic_request_parts(&r, in->args->partitions, err), err);
}

/* The plan refuses a time that cannot be read. */
static void say_moment(const char *text)
{
	const struct when_clock clock = { .now_ms = clock_wall_ms(), .utc = true };
	struct when when;

	if (when_parse(text, strlen(text), &clock, &when, NULL, NULL))
		command_say_datetime(text, when.ms, "all records are deleted");
}

int topic_truncate_run(const struct command_input *in, struct error *err)
{
	const struct strategy_args *to = &in->args->strategy;
	struct topic_request r;
	bool ok;

	error_clear(err);
	topic_request_begin(&r, TOPIC_TRUNCATE, in);
	ok = check_one(in, "truncate", err);
	if (ok && (!to->option || to->other))
		ok = error_set(err, ERR_USAGE,
			"weir topic truncate needs one of --to-offset N, --to-datetime T, --to-latest");
	if (ok && strcmp(to->option, "to-offset") == 0 && to->value[strspn(to->value, "0123456789")])
		ok = error_set(err, ERR_USAGE, "--to-offset %s: give an offset", to->value);
	if (ok)
		r.to = mem_strdup(strcmp(to->option, "to-latest") == 0 ? "latest" : to->value);
	if (ok && strcmp(to->option, "to-datetime") == 0)
		say_moment(to->value);
	return topic_command_run(in, &r, ok && topic_request_parts(&r, in->args->partitions, err), err);
}

int topic_undo_run(const struct command_input *in, const struct journal_entry *e, struct error *err)
{
	struct topic_change c;
	int status;

	if (!topic_change_open(&c, in, err))
		return error_exit_status(err);
	if (e->undone_by)
		command_say("change %s was undone before, by %s", e->id, e->undone_by);
	c.plan = topic_make_undo(&c.asker, e, err);
	status = c.plan ? topic_change_plan(&c, e->id, err) : error_exit_status(err);
	topic_change_close(&c);
	return status;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Turns the options of `weir reset` into the request for one group. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "change/offset_file.h"
#include "cli/reset.h"
#include "cli/say.h"
#include "model/when.h"

static const struct {
	const char *option;
	enum reset_strategy strategy;
} strategies[] = {
	{ "to-earliest", RESET_EARLIEST },
	{ "to-latest", RESET_LATEST },
	{ "to-offset", RESET_OFFSET },
	{ "to-datetime", RESET_DATETIME },
	{ "by-duration", RESET_DURATION },
	{ "shift-by", RESET_SHIFT },
	{ "to-current", RESET_CURRENT },
	{ "from-group", RESET_GROUP },
	{ "from-file", RESET_TARGETS },
	{ "skip", RESET_SKIP },
};

static bool parse_integer(const char *option, const char *text, int64_t least, int64_t *value, struct error *err)
{
	size_t sign = *text == '+' || *text == '-', digits = strspn(text + sign, "0123456789");
	char *end;

	if (!digits || text[sign + digits])
		return error_set(err, ERR_USAGE, "--%s %s: column %zu: a whole number was expected", option, text,
			digits ? sign + digits + 1 : sign + 1);
	errno = 0;
	*value = strtoll(text, &end, 10);
	if (errno == ERANGE)
		return error_set(err, ERR_USAGE, "--%s %s: column 1: this number is too large", option, text);
	if (*value < least)
		return error_set(err, ERR_USAGE, "--%s %s: column 1: at least %" PRId64 " was expected", option, text,
			least);
	return true;
}

static bool parse_value(const struct strategy_args *o, struct reset_how *how, struct error *err)
{
	struct when_clock clock = { .now_ms = clock_wall_ms(), .utc = true };
	struct error why;
	struct when when;
	bool ok = true;

	switch (how->strategy) {
	case RESET_OFFSET:
		return parse_integer(o->option, o->value, 0, &how->number, err);
	case RESET_SHIFT:
		return parse_integer(o->option, o->value, INT64_MIN, &how->number, err);
	case RESET_SKIP:
		return parse_integer(o->option, o->value, 1, &how->number, err);
	case RESET_DATETIME:
		ok = when_parse(o->value, strlen(o->value), &clock, &when, NULL, &why);
		how->number = ok ? when.ms : 0;
		if (ok && when.note[0] && when.ms <= clock.now_ms)
			command_say("--to-datetime %s: %s", o->value, when.note);
		break;
	case RESET_DURATION:
		ok = when_parse_duration(o->value, strlen(o->value), &how->number, NULL, &why);
		if (ok && how->number < 0)
			how->number = -how->number;
		break;
	default:
		break;
	}
	return ok || error_set(err, ERR_USAGE, "--%s %s: %s", o->option, o->value, why.message);
}

static bool parse_strategy(const struct strategy_args *o, struct reset_how *how, struct error *err)
{
	if (!o->option)
		return error_set(err, ERR_USAGE,
			"weir reset needs a strategy: --to-earliest, --to-latest, --to-offset, "
			"--to-datetime, --by-duration, --shift-by, --to-current, --from-group, --from-file or --skip");
	if (o->other)
		return error_set(err, ERR_USAGE, "--%s and --%s: give one strategy", o->other, o->option);
	*how = (struct reset_how){ RESET_NONE, 0 };
	for (size_t i = 0; i < sizeof(strategies) / sizeof(strategies[0]); i++)
		if (strcmp(strategies[i].option, o->option) == 0)
			how->strategy = strategies[i].strategy;
	return parse_value(o, how, err);
}

static bool add_scope(const struct command_input *in, struct reset_request *request, struct error *err)
{
	struct error why;

	for (size_t i = 0; i < in->args->topics.count; i++)
		if (!reset_parse_scope(request, in->args->topics.items[i], &why))
			return error_set(err, ERR_USAGE, "-t %s: %s", in->args->topics.items[i], why.message);
	if (in->args->reset.all_topics && in->args->topics.count)
		return error_set(err, ERR_USAGE, "-t and --all-topics: give one of them");
	if (!in->args->reset.all_topics && !in->args->topics.count && request->how.strategy != RESET_TARGETS)
		return error_set(err, ERR_USAGE, "weir reset needs a scope: -t TOPIC[:P,P] or --all-topics");
	request->all_topics = in->args->reset.all_topics;
	return true;
}

static void add_targets(struct reset_request *request, const struct offset_file *file)
{
	for (size_t i = 0; i < file->count; i++)
		if (!file->lines[i].group || strcmp(file->lines[i].group, request->group) == 0)
			reset_add_target(request, &file->lines[i].target);
}

bool reset_make_request(const struct command_input *in, const char *group, const struct offset_file *file,
	struct reset_request *request, struct error *err)
{
	*request = (struct reset_request){ .group = mem_strdup(group),
		.new_topics = in->args->reset.allow_new_topics,
		.create = in->args->reset.create };
	if (!parse_strategy(&in->args->strategy, &request->how, err) || !add_scope(in, request, err)) {
		reset_request_release(request);
		return false;
	}
	if (request->how.strategy == RESET_DATETIME && in->args->groups.count && group == in->args->groups.items[0])
		command_say_datetime(in->args->strategy.value, request->how.number,
			"each partition goes to its log end");
	if (request->how.strategy == RESET_GROUP)
		request->from_group = mem_strdup(in->args->strategy.value);
	if (request->how.strategy == RESET_TARGETS)
		add_targets(request, file);
	return true;
}

static bool is_asked(const struct command_input *in, const char *group)
{
	for (size_t i = 0; i < in->args->groups.count; i++)
		if (strcmp(in->args->groups.items[i], group) == 0)
			return true;
	return false;
}

/* A file may name groups or not; each named group must be one of -g. */
static bool check_groups(const struct command_input *in, const struct offset_file *file, struct error *err)
{
	for (size_t i = 0; i < file->count; i++) {
		const char *group = file->lines[i].group;

		if (group && !is_asked(in, group))
			return error_set(err, ERR_USAGE, "line %zu, column 1: group %s was not asked for with -g",
				file->lines[i].line, group);
		if (!group && in->args->groups.count > 1)
			return error_set(err, ERR_USAGE, "line %zu, column 1: no group is named here, and -g names %zu",
				file->lines[i].line, in->args->groups.count);
	}
	return true;
}

bool reset_read_file(const struct command_input *in, struct offset_file *out, struct error *err)
{
	const char *path = in->args->strategy.value;
	struct str text = { 0 };
	struct error why;
	bool ok;

	*out = (struct offset_file){ 0 };
	if (!in->args->strategy.option || strcmp(in->args->strategy.option, "from-file") != 0)
		return true;
	ok = file_read_input(path, OFFSET_FILE_MAX, &text, err);
	if (ok && !(offset_file_parse(out, str_text(&text), text.len, &why) && check_groups(in, out, &why))) {
		offset_file_release(out);
		ok = error_set(err, ERR_USAGE, "%s: %s", path, why.message);
	}
	str_release(&text);
	return ok;
}

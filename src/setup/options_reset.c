/* SPDX-License-Identifier: BSD-2-Clause */
/* Options of the commands that change committed offsets. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "setup/options.h"

enum { MOST_PEEKED = 10000, LONGEST_WAIT_S = 86400 };

/* One strategy only: that there was another one is said by the command. */
static bool set_strategy(struct options *o, enum option_id id, const char *value)
{
	static const char *const names[OPTION_COUNT] = {
		[OPTION_TO_EARLIEST] = "--to-earliest", [OPTION_TO_LATEST] = "--to-latest",
		[OPTION_TO_OFFSET] = "--to-offset", [OPTION_TO_DATETIME] = "--to-datetime",
		[OPTION_BY_DURATION] = "--by-duration", [OPTION_SHIFT_BY] = "--shift-by",
		[OPTION_TO_CURRENT] = "--to-current", [OPTION_FROM_GROUP] = "--from-group",
		[OPTION_FROM_FILE] = "--from-file", [OPTION_SKIP] = "--skip",
	};

	if (o->reset.strategy)
		o->reset.second = o->reset.strategy;
	o->reset.strategy = names[id];
	o->reset.value = value;
	return true;
}

static bool parse_wait(const char *name, const char *text, bool zero, int64_t *ms, struct error *err)
{
	char *end;
	double seconds = strtod(text, &end);

	if (end == text || *end || !isfinite(seconds) || seconds < 0 || (seconds == 0 && !zero) || seconds > LONGEST_WAIT_S)
		return error_set(err, ERR_USAGE, "%s %s: give seconds, up to %d", name, text, LONGEST_WAIT_S);
	*ms = (int64_t)(seconds * 1000 + 0.5);
	return true;
}

static bool parse_peek(const char *text, int64_t *count, struct error *err)
{
	char *end;
	long value = strtol(text, &end, 10);

	if (end == text || *end || value < 1 || value > MOST_PEEKED)
		return error_set(err, ERR_USAGE, "--peek %s: give a number from 1 to %d", text, MOST_PEEKED);
	*count = value;
	return true;
}

bool options_apply_reset(struct options *o, enum option_id id, const char *value, struct error *err)
{
	switch (id) {
	case OPTION_TO_EARLIEST:
	case OPTION_TO_LATEST:
	case OPTION_TO_OFFSET:
	case OPTION_TO_DATETIME:
	case OPTION_BY_DURATION:
	case OPTION_SHIFT_BY:
	case OPTION_TO_CURRENT:
	case OPTION_FROM_GROUP:
	case OPTION_FROM_FILE:
	case OPTION_SKIP:
		return set_strategy(o, id, value);
	case OPTION_ALL_TOPICS:
		o->reset.all_topics = true;
		return true;
	case OPTION_ALLOW_NEW_TOPICS:
		o->reset.allow_new_topics = true;
		return true;
	case OPTION_CREATE:
		o->reset.create = true;
		return true;
	case OPTION_EXPORT:
		o->reset.export_file = value;
		return true;
	case OPTION_WAIT_EMPTY:
		return parse_wait("--wait-empty", value, false, &o->reset.wait_empty_ms, err);
	case OPTION_WATCH_COMMITS:
		o->reset.watch_given = true;
		return parse_wait("--watch-commits", value, true, &o->reset.watch_ms, err);
	case OPTION_PEEK:
		return parse_peek(value, &o->reset.peek, err);
	case OPTION_EXECUTE:
		o->change.execute = true;
		return true;
	case OPTION_CONFIRM:
		o->change.confirm = value;
		return true;
	default:
		return false;
	}
}

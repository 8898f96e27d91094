/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/session.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/wake.h"
#include "cli/interrupt.h"
#include "cli/say.h"
#include "kafka/source.h"
#include "model/format.h"

enum { WAKE_SNAPSHOT = 1, WAKE_SIGNAL = 2 };
enum { STOP_WAIT_MS = 500, COMPLAINTS_MAX = 20, WAIT_PERIOD_MS = 2000 };

void session_note(struct session *s, const char *fmt, ...)
{
	va_list ap;

	if (++s->complaints > COMPLAINTS_MAX)
		return;
	va_start(ap, fmt);
	command_vsay(fmt, ap);
	va_end(ap);
}

void session_complain(struct session *s, const char *fmt, ...)
{
	va_list ap;

	s->status = 1;
	if (++s->complaints > COMPLAINTS_MAX)
		return;
	va_start(ap, fmt);
	command_vsay(fmt, ap);
	va_end(ap);
}

void session_check_origin(struct session *s, const struct origin *origin, const char *what)
{
	if (origin->failed_at_ms || origin->error)
		session_complain(s, "%s: %s", what, origin->error ? origin->error : "not read");
}

void session_add_verdict(struct session *s, struct verdict v, struct value cells[3])
{
	unsigned needs = verdict_needs(v.of.subject);
	struct str words = { 0 };

	if (verdict_is_problem(v) || (s->snapshot->ready & needs) == needs)
		cells[0] = value_text(verdict_severity_name(v.severity));
	cells[1] = value_text(v.rule);
	verdict_reasons(v, &words);
	cells[2] = value_text(words.len ? arena_strdup(s->output.arena, str_text(&words)) : NULL);
	str_release(&words);
}

struct demand *session_demand_groups(const struct command_input *in)
{
	struct demand *d = demand_new();

	d->needs = NEED_METADATA | NEED_CLUSTER | NEED_LAG | NEED_MEMBERS |
		(in->settings->read_committed ? NEED_STABLE : 0);
	d->read_committed = in->settings->read_committed;
	d->other_groups = in->args->groups.count ? DEMAND_OTHERS_NEVER : DEMAND_OTHERS_DESCRIBED;
	for (size_t i = 0; i < in->args->groups.count; i++)
		demand_add_group(d, in->args->groups.items[i]);
	return d;
}

bool session_wants_group(const struct session *s, const char *id)
{
	return text_list_admits(&s->in->args->groups, id);
}

bool session_wants_topic(const struct session *s, const char *name)
{
	return text_list_admits(&s->in->args->topics, name);
}

void session_check_groups(struct session *s)
{
	bool partial = s->snapshot->groups_visible == VISIBILITY_PARTIAL;

	for (size_t i = 0; i < s->in->args->groups.count; i++)
		if (!snapshot_group(s->snapshot, s->in->args->groups.items[i]))
			session_complain(s,
				"group %s: no such consumer group (share, streams and Connect groups are not listed)%s",
				group_id_shown(s->in->args->groups.items[i]),
				partial ? ", or you may not describe it" : "");
	if (partial && s->in->args->groups.count == 0)
		session_note(s, "only groups you may describe are shown");
}

void session_check_topics(struct session *s)
{
	bool partial = s->snapshot->topics_visible == VISIBILITY_PARTIAL;

	for (size_t i = 0; i < s->in->args->topics.count; i++)
		if (!snapshot_topic(s->snapshot, s->in->args->topics.items[i]))
			session_complain(s, "topic %s: does not exist%s", s->in->args->topics.items[i],
				partial ? ", or you may not describe it" : "");
}

int64_t session_wall_ms(const struct session *s, int64_t mono_ms)
{
	return mono_ms ? mono_ms + s->wall_offset_ms : 0;
}

static void take_newest(struct session *s)
{
	const struct snapshot *newer = sampler_take(s->sampler);

	if (!newer)
		return;
	snapshot_unref(s->snapshot);
	s->snapshot = newer;

	int64_t offset_ms = newer->wall_ms - newer->mono_ms;

	if (offset_ms - s->wall_offset_ms > 1000 || s->wall_offset_ms - offset_ms > 1000)
		s->wall_offset_ms = offset_ms; /* the first time, or the clock was set */
}

/* Waits for the next snapshot until the deadline, and takes it; false after a signal. */
static bool wait_for_snapshot(struct session *s, int64_t deadline_ms)
{
	int64_t left = deadline_ms - clock_mono_ms();
	struct pollfd fd = { .fd = s->wake.read_fd, .events = POLLIN };

	if (left > 0)
		poll(&fd, 1, left > 1000000 ? 1000000 : (int)left);
	if (wake_drain(&s->wake) & WAKE_SIGNAL)
		return false;
	take_newest(s);
	return true;
}

static bool is_complete(const struct session *s)
{
	return s->snapshot && (s->snapshot->ready & s->needs) == s->needs;
}

static bool cannot_connect(const struct session *s, struct error *err)
{
	const char *why = s->snapshot ? s->snapshot->connection.error : NULL;

	if (why && s->snapshot->connection.refused)
		return error_set(err, ERR_CONNECT, "could not connect to %s: %s", s->in->bootstrap, why);
	return error_set(err, ERR_CONNECT, "could not reach %s within %g s%s%s", s->in->bootstrap,
		(double)s->in->settings->timeout_ms / 1000, why ? ": " : "", why ? why : "");
}

static const char *missing_part(unsigned missing)
{
	static const struct {
		unsigned need;
		const char *name;
	} parts[] = {
		{ NEED_METADATA, "brokers and topics" },
		{ NEED_GROUPS, "the list of groups" },
		{ NEED_MEMBERS, "members of groups" },
		{ NEED_COMMITTED, "committed offsets" },
		{ NEED_ENDS, "end offsets" },
		{ NEED_STABLE, "last stable offsets" },
		{ NEED_STARTS, "log start offsets" },
		{ NEED_SETTINGS, "topic settings" },
		{ NEED_TOPIC_IDS, "topic ids" },
		{ NEED_CLUSTER, "racks and rights" },
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (missing & parts[i].need)
			return parts[i].name;
	return "answers";
}

/* Waits until a complete snapshot can be printed; when the time is up, takes the present one. */
static bool wait_until_complete(struct session *s, struct error *err)
{
	int64_t deadline_ms = clock_mono_ms() + s->in->settings->timeout_ms;

	while (!is_complete(s)) {
		if (s->snapshot && s->snapshot->connection.state == CONNECTION_CONNECTING &&
			s->snapshot->connection.refused)
			return cannot_connect(s, err);
		if (clock_mono_ms() >= deadline_ms) {
			if (!s->snapshot || s->snapshot->connection.state == CONNECTION_CONNECTING)
				return cannot_connect(s, err);
			session_complain(s, "no answer within %g s: %s not complete",
				(double)s->in->settings->timeout_ms / 1000,
				missing_part(s->needs & ~s->snapshot->ready));
			return true;
		}
		if (!wait_for_snapshot(s, deadline_ms))
			return error_set(err, ERR_INTERRUPTED, "interrupted");
	}
	return true;
}

static bool print_round(struct session *s, bool first, struct error *err)
{
	struct str heading = { 0 };

	s->kind->rows(s);
	if (s->complaints > COMPLAINTS_MAX)
		fprintf(stderr, "weir: and %zu more\n", s->complaints - COMPLAINTS_MAX);
	s->complaints = 0;
	if (s->in->args->watch_ms) {
		str_add(&heading, first ? "" : "\n");
		format_datetime(&heading, s->snapshot->wall_ms, s->in->settings->utc);
	}
	bool ok = output_write(&s->output, s->in->args->watch_ms ? str_text(&heading) : NULL, err);

	str_release(&heading);
	return ok;
}

/* When the sampler last finished a round of what the command shows. */
static int64_t round_ms(const struct session *s)
{
	return s->needs & NEED_ENDS ? s->snapshot->offsets_origin.at_ms : s->snapshot->metadata_origin.at_ms;
}

/*
 * Waits for the condition of the command, up to wait_limit_ms, then prints. The condition is checked once per
 * round: between rounds nothing changes.
 */
static bool wait_until_met(struct session *s, struct error *err)
{
	int64_t end_ms = s->in->wait_limit_ms ? clock_mono_ms() + s->in->wait_limit_ms : INT64_MAX, seen_ms = 0;
	struct str why = { 0 };
	bool met = false, first = true, ok = true, printed = false;

	while (ok && !met && !s->stop) {
		int64_t now_ms = clock_mono_ms();

		if (round_ms(s) > seen_ms) {
			seen_ms = round_ms(s);
			met = s->kind->is_met(s, &why);
			printed = !met && s->in->args->watch_ms;
			if (printed) {
				ok = print_round(s, first, err);
				first = false;
			}
		}
		if (met || !ok)
			break;
		if (now_ms >= end_ms) {
			session_complain(s, "not reached within %g s: %s", (double)s->in->wait_limit_ms / 1000,
				str_text(&why));
			break;
		}
		if (!wait_for_snapshot(s, end_ms - now_ms > 1000 ? now_ms + 1000 : end_ms))
			ok = error_set(err, ERR_INTERRUPTED, "interrupted");
	}
	str_release(&why);
	return ok && (printed || print_round(s, first, err));
}

/*
 * Prints each round as it ends, while its figures are fresh; the sampler's rounds have the period of --watch. A
 * round that does not end (a broker is away) is printed half a period late, with what is known.
 */
static bool watch(struct session *s, struct error *err)
{
	int64_t period_ms = s->in->args->watch_ms, printed_ms = clock_mono_ms();
	int64_t printed_round_ms = round_ms(s);

	while (!s->stop) {
		if (!wait_for_snapshot(s, printed_ms + period_ms * 3 / 2))
			return error_set(err, ERR_INTERRUPTED, "interrupted");
		int64_t age_ms = clock_mono_ms() - printed_ms;
		bool new_round = round_ms(s) > printed_round_ms;

		if (age_ms < (new_round ? period_ms / 2 : period_ms * 3 / 2))
			continue;
		printed_ms += age_ms;
		printed_round_ms = round_ms(s);
		if (!print_round(s, false, err))
			return false;
	}
	return true;
}

/* Whether each group of -g exists: a wait for a missing one would never end. */
static bool has_all_groups(struct session *s)
{
	for (size_t i = 0; i < s->in->args->groups.count; i++)
		if (!snapshot_group(s->snapshot, s->in->args->groups.items[i]))
			return false;
	return true;
}

int session_run(const struct command_input *in, struct demand *demand, const struct session_kind *kind,
	struct error *err)
{
	struct session s = { .in = in, .kind = kind, .needs = demand->needs };

	demand->mode = DEMAND_COMMAND;
	demand->interval_ms = (int32_t)(in->args->watch_ms ? in->args->watch_ms : kind->is_met ? WAIT_PERIOD_MS : 0);
	error_clear(err);
	if (!wake_init(&s.wake, err)) {
		demand_free(demand);
		return error_exit_status(err);
	}
	interrupt_catch(&s.wake, WAKE_SIGNAL);
	s.sampler = kafka_sampler_start(in->client, demand, &s.wake, WAKE_SNAPSHOT, err);
	demand_free(demand);
	if (!s.sampler) {
		wake_release(&s.wake);
		return error_exit_status(err);
	}
	output_init(&s.output, in->args->format, kind->columns, kind->column_count);
	if (!wait_until_complete(&s, err))
		; /* *err says why */
	else if (kind->is_met && has_all_groups(&s))
		wait_until_met(&s, err);
	else if (print_round(&s, true, err) && in->args->watch_ms && !kind->is_met)
		watch(&s, err);
	output_release(&s.output);
	snapshot_unref(s.snapshot);
	sampler_stop(s.sampler, STOP_WAIT_MS);
	wake_release(&s.wake);
	return err->code == ERR_NONE ? s.status : error_exit_status(err);
}

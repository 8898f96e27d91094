/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Watches for other committers: before a change to a group that never had
 * members, and after a change that waited for an empty group.
 */
#include <unistd.h>

#include "change/reset_apply.h"
#include "cli/handle.h"
#include "cli/reset.h"
#include "cli/say.h"

/* Before: a little longer than the pause between automatic commits (auto.commit.interval.ms, 5 s). */
enum { BEFORE_MS = 6000, AFTER_MS = 60000 };

static int64_t watch_ms(const struct reset_run *r, int64_t otherwise)
{
	int64_t given_ms = r->in->args->reset.watch_ms;

	return given_ms >= 0 ? given_ms : otherwise;
}

static bool is_cancelled(void *context)
{
	struct reset_run *r = context;

	return handle_interrupted(&r->wake);
}

static void say_moved(const char *group, const struct reset_moved *moved)
{
	struct str text = { 0 };

	str_addf(&text, "group %s: %s, partition %d was committed within %.1f s: ", group_id_shown(group), moved->topic,
		(int)moved->partition, (double)moved->after_ms / 1000);
	if (moved->from >= 0)
		str_addf(&text, "%lld, then ", (long long)moved->from);
	str_addf(&text, "%lld; a consumer that uses assign() is active and would overwrite these offsets",
		(long long)moved->to);
	command_say("%s", str_text(&text));
	str_release(&text);
}

bool reset_watch_others(struct reset_run *r, const struct reset_plan *plan)
{
	int64_t ms = watch_ms(r, r->in->args->execute ? BEFORE_MS : 0);
	const char *group = plan->request->group;
	struct reset_moved moved;

	if (!plan->is_simple || !plan->listed || plan->member_count || plan->refusal != RESET_ALLOWED)
		return false;
	if (!ms) {
		command_say(
			"group %s has no subscribed members; consumers that use assign() are invisible here and could "
			"overwrite these offsets",
			group_id_shown(group));
		return false;
	}
	command_say("group %s has no subscribed members: watching %g s for commits by consumers that use assign()",
		group_id_shown(group), (double)ms / 1000);
	if (!reset_watch_before(r->admin, plan, ms, &moved))
		return false;
	say_moved(group, &moved);
	return true;
}

/* For a group in which somebody committed before: checks whether the change is overwritten. */
static void watch_over(struct reset_run *r, struct reset_result *result, int64_t ms)
{
	const struct reset_host host = { .gate = &r->in->gate, .cancelled = is_cancelled, .data = r };
	const char *group = result->plan->request->group;

	reset_watch(r->admin, ms, &host, result);
	if (!result->resumed) {
		command_say("group %s: no other commit within %g s", group_id_shown(group),
			(double)result->resumed_after_ms / 1000);
		return;
	}
	command_say(
		"group %s: overwritten after %.1f s: %s, partition %d is at %lld; stop the consumer that commits and try again",
		group, (double)result->resumed_after_ms / 1000, result->resumed_topic, (int)result->resumed_partition,
		(long long)result->resumed_offset);
	r->status = 1;
}

/* After an armed reset, for a user who watches: shows where the group continues. */
static void watch_resumed(struct reset_run *r, struct reset_result *result, int64_t ms)
{
	const struct reset_host host = { .gate = &r->in->gate, .cancelled = is_cancelled, .data = r };
	const char *group = result->plan->request->group;

	command_say("waiting %g s for the group's next commit; Ctrl-c stops waiting", (double)ms / 1000);
	reset_watch(r->admin, ms, &host, result);
	if (result->resumed)
		command_say("group %s continues: %s, partition %d committed %lld after %.1f s", group_id_shown(group),
			result->resumed_topic, (int)result->resumed_partition, (long long)result->resumed_offset,
			(double)result->resumed_after_ms / 1000);
	else
		command_say("group %s has not committed anything since", group_id_shown(group));
}

void reset_watch_after(struct reset_run *r, struct reset_result *result, bool others)
{
	int64_t after_ms = watch_ms(r, isatty(STDERR_FILENO) ? AFTER_MS : 0);

	if (result->outcome != RESET_DONE)
		return;
	if (others)
		watch_over(r, result, watch_ms(r, BEFORE_MS));
	else if (r->in->args->reset.wait_empty_ms && after_ms)
		watch_resumed(r, result, after_ms);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Compares the confirmed plan with the one that would be executed now (model/reset_plan.h). */
#include <inttypes.h>
#include <string.h>

#include "model/format.h"
#include "model/reset_plan.h"

enum { LEAST_ROOM = 1000 };

static int64_t with_room(int64_t total)
{
	int64_t room = total / 2 > LEAST_ROOM ? total / 2 : LEAST_ROOM;

	return total > INT64_MAX - room ? INT64_MAX : total + room;
}

struct reset_bounds reset_plan_bounds(const struct reset_plan *plan)
{
	return (struct reset_bounds){ with_room(plan->again), with_room(plan->skipped) };
}

static bool has_member(const struct reset_plan *plan, const char *id)
{
	for (size_t i = 0; i < plan->member_count; i++) {
		if (strcmp(plan->members[i].id, id) == 0)
			return true;
	}
	return false;
}

static const struct reset_member *new_member(const struct reset_plan *was, const struct reset_plan *now)
{
	for (size_t i = 0; i < now->member_count; i++) {
		if (!has_member(was, now->members[i].id))
			return &now->members[i];
	}
	return NULL;
}

/*
 * The first row of `a` that `b` lacks, or has with another action. A row that has nothing left to do is not a
 * change.
 */
static const struct reset_row *row_lost(const struct reset_plan *a, const struct reset_plan *b)
{
	for (size_t i = 0; i < a->row_count; i++) {
		const struct reset_row *other = reset_plan_find(b, a->rows[i].topic, a->rows[i].partition);

		if (!other || (other->action == RESET_EXCLUDED) != (a->rows[i].action == RESET_EXCLUDED))
			return &a->rows[i];
	}
	return NULL;
}

/* -1 back, 1 forward, 0 neither: not moved, or nothing was committed. */
static int direction(const struct reset_row *row)
{
	if (row->action != RESET_COMMIT || row->committed < 0)
		return 0;
	return (row->target > row->committed) - (row->target < row->committed);
}

static bool same_metadata(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool committed_since(const struct reset_row *was, const struct reset_row *now)
{
	return was->committed != now->committed || was->leader_epoch != now->leader_epoch ||
		!same_metadata(was->metadata, now->metadata);
}

static void say_row(struct str *why, const struct reset_row *row, const char *what)
{
	if (why)
		str_addf(why, "%s, partition %" PRId32 " %s", row->topic, row->partition, what);
}

static enum reset_change compare_rows(const struct reset_plan *confirmed, const struct reset_plan *now, bool armed,
	struct str *why)
{
	for (size_t i = 0; i < now->row_count; i++) {
		const struct reset_row *row = &now->rows[i];
		const struct reset_row *was = reset_plan_find(confirmed, row->topic, row->partition);

		if (!armed && committed_since(was, row)) {
			say_row(why, row, "was committed by another client in the meantime");
			return RESET_CHANGED_COMMIT;
		}
		/* A plan without skips was confirmed more lightly than one that skips. */
		if (direction(was) * direction(row) < 0 || (direction(row) > 0 && !confirmed->forward)) {
			say_row(why, row, direction(row) > 0 ? "would skip records now" : "would be re-read now");
			return RESET_CHANGED_DIRECTION;
		}
	}
	return RESET_SAME;
}

static bool exceeds(int64_t now, int64_t most, const char *what, struct str *why)
{
	if (now <= most)
		return false;
	if (why) {
		str_addf(why, "it would now %s ", what);
		format_count(why, now);
		str_add(why, " records, more than the ");
		format_count(why, most);
		str_add(why, " confirmed");
	}
	return true;
}

enum reset_change reset_plan_compare(const struct reset_plan *confirmed, const struct reset_plan *now,
	const struct reset_bounds *bounds, bool armed, struct str *why)
{
	const struct reset_member *member = armed ? NULL : new_member(confirmed, now);
	const struct reset_row *row = row_lost(now, confirmed);
	enum reset_change change;

	if (member) {
		if (why)
			str_addf(why, "member %s (%s) at %s has joined", member->id, member->client_id, member->host);
		return RESET_CHANGED_MEMBERS;
	}
	if (row || (row = row_lost(confirmed, now))) {
		say_row(why, row,
			reset_plan_find(now, row->topic, row->partition) ?
				reset_plan_find(confirmed, row->topic, row->partition) ?
				"can no longer be changed, or only now" :
				"is new" :
				"is gone");
		return RESET_CHANGED_PARTITIONS;
	}
	change = compare_rows(confirmed, now, armed, why);
	if (change != RESET_SAME)
		return change;
	if (exceeds(now->skipped, bounds->most_skipped, "skip up to", why) ||
		exceeds(now->again, bounds->most_again, "re-read up to", why))
		return RESET_CHANGED_BOUNDS;
	return RESET_SAME;
}

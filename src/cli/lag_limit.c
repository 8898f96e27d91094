/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/lag_limit.h"

#include <inttypes.h>

#include "model/format.h"
#include "model/lag.h"

/* The partition has no records, so a consumer would find none wherever it begins. */
static bool is_empty(const struct group_partition *row)
{
	return row->partition_ref && row->end >= 0 && row->partition_ref->log_start == row->end;
}

struct lag_total lag_total_of(const struct session *s, const struct group *g)
{
	struct lag_total sum = { .error = g->commit_origin.error };

	for (int32_t i = 0; i < g->partition_count; i++) {
		const struct group_partition *row = &g->partitions[i];
		const char *error = lag_row_error(s->snapshot, g, row);

		if (!session_wants_topic(s, row->topic))
			continue;
		sum.count++;
		sum.error = sum.error ? sum.error : error;
		if (row->lag >= 0)
			sum.lag += row->lag;
		else if (row->note != LAG_NO_COMMIT)
			sum.unknown++;
		else if (!is_empty(row))
			sum.never++;
		if (row->lost > 0)
			sum.lost += row->lost;
	}
	return sum;
}

/* An unknown lag may be large: it is reported, but does not fail the command by itself. */
static void check_row(struct session *s, const struct group *g, const struct group_partition *row)
{
	const char *group = group_id_shown(g->id);

	if (row->lag > s->in->args->fail_over) {
		session_complain(s, "group %s, %s-%" PRId32 ": lag %" PRId64 " exceeds %" PRId64, group, row->topic,
			row->partition, row->lag, s->in->args->fail_over);
		s->stop = true;
	} else if (row->lag < 0 && row->note != LAG_NO_COMMIT) {
		session_note(s, "group %s, %s-%" PRId32 ": lag not known, not compared", group, row->topic,
			row->partition);
	}
}

static void check_total(struct session *s, const struct group *g, const struct lag_total *sum)
{
	const char *group = group_id_shown(g->id);

	if (sum->lag > s->in->args->fail_over) {
		session_complain(s, "group %s: total lag %" PRId64 " exceeds %" PRId64, group, sum->lag,
			s->in->args->fail_over);
		s->stop = true;
	} else if (sum->unknown) {
		session_note(s, "group %s: the lag of %" PRId32 " partition%s is not known and not in the total", group,
			sum->unknown, sum->unknown == 1 ? "" : "s");
	}
}

void lag_check_group(struct session *s, const struct group *g)
{
	int32_t never = 0;

	if (s->in->args->fail_over < 0)
		return;
	if (s->in->args->total) {
		struct lag_total sum = lag_total_of(s, g);

		check_total(s, g, &sum);
		never = sum.never;
	}
	for (int32_t i = 0; !s->in->args->total && i < g->partition_count; i++) {
		if (!session_wants_topic(s, g->partitions[i].topic))
			continue;
		check_row(s, g, &g->partitions[i]);
		never += g->partitions[i].note == LAG_NO_COMMIT;
	}
	if (never)
		session_note(s, "group %s: %" PRId32 " partition%s never committed, not compared",
			group_id_shown(g->id), never, never == 1 ? "" : "s");
}

static bool total_is_below(const struct session *s, const struct group *g, struct str *why)
{
	struct lag_total sum = lag_total_of(s, g);

	str_addf(why, "group %s: ", group_id_shown(g->id));
	if (sum.error) {
		str_add(why, sum.error);
	} else if (sum.unknown || sum.never) {
		str_addf(why, "the lag of %" PRId32 " partition%s is not known%s", sum.unknown + sum.never,
			sum.unknown + sum.never == 1 ? "" : "s", sum.unknown ? "" : ", never committed");
	} else {
		str_add(why, "total lag ");
		format_count(why, sum.lag);
	}
	return !sum.error && !sum.unknown && !sum.never && sum.lag < s->in->args->wait_below;
}

static bool row_is_below(const struct session *s, const struct group *g, const struct group_partition *row,
	struct str *why)
{
	const char *error = lag_row_error(s->snapshot, g, row);

	if (!error && row->note == LAG_NO_COMMIT && is_empty(row))
		return true;
	str_addf(why, "group %s, %s-%" PRId32 ": ", group_id_shown(g->id), row->topic, row->partition);
	if (error) {
		str_add(why, error);
	} else if (row->lag < 0) {
		lag_note_text(why, row);
	} else {
		str_add(why, "lag ");
		format_count(why, row->lag);
	}
	return !error && row->lag >= 0 && row->lag < s->in->args->wait_below;
}

bool lag_is_below(const struct session *s, struct str *why)
{
	const struct snapshot *snap = s->snapshot;

	str_clear(why);
	if (snap->groups_origin.error || snap->metadata_origin.error) {
		str_add(why, snap->groups_origin.error ? snap->groups_origin.error : snap->metadata_origin.error);
		return false;
	}
	for (size_t i = 0; i < snap->group_count; i++) {
		const struct group *g = &snap->groups[i];

		if (!session_wants_group(s, g->id))
			continue;
		if (s->in->args->total && !total_is_below(s, g, why))
			return false;
		for (int32_t k = 0; !s->in->args->total && k < g->partition_count; k++) {
			str_clear(why);
			if (session_wants_topic(s, g->partitions[k].topic) &&
				!row_is_below(s, g, &g->partitions[k], why))
				return false;
		}
		if (g->commit_origin.error) {
			str_addf(why, "group %s: %s", group_id_shown(g->id), g->commit_origin.error);
			return false;
		}
		str_clear(why);
	}
	return true;
}

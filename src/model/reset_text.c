/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/reset_text.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/csv.h"
#include "base/shell.h"
#include "model/format.h"

static void add_moment(struct str *out, int64_t ms, bool utc)
{
	str_add(out, "to ");
	format_datetime(out, ms, utc);
	str_add_char(out, ' ');
	format_zone(out, ms, utc);
}

void reset_describe_how(struct str *out, const struct reset_how *how, const struct reset_request *r, bool utc)
{
	switch (how->strategy) {
	case RESET_EARLIEST:
		str_add(out, "to the log start");
		break;
	case RESET_LATEST:
		str_add(out, "to the log end");
		break;
	case RESET_OFFSET:
		str_addf(out, "to offset %" PRId64, how->number);
		break;
	case RESET_DATETIME:
		add_moment(out, how->number, utc);
		break;
	case RESET_DURATION:
		format_duration(out, how->number);
		str_add(out, " back");
		if (r->since_ms) {
			str_add(out, ", ");
			add_moment(out, reset_moment(r, how), utc);
		}
		break;
	case RESET_SHIFT:
		str_addf(out, "shift by %+" PRId64, how->number);
		break;
	case RESET_CURRENT:
		str_add(out, "to the current offsets");
		break;
	case RESET_GROUP:
		str_addf(out, "to the offsets of group %s", r->from_group ? group_id_shown(r->from_group) : "?");
		break;
	case RESET_TARGETS:
		str_add(out, "to given offsets");
		break;
	case RESET_SKIP:
		str_addf(out, "skip %" PRId64 " record%s", how->number, how->number == 1 ? "" : "s");
		break;
	case RESET_DELETE:
		str_add(out, "delete committed offsets");
		break;
	case RESET_DELETE_GROUP:
		str_add(out, "delete the group");
		break;
	default:
		str_add(out, "unchanged");
		break;
	}
}

static void add_partitions(struct str *out, size_t count)
{
	str_add(out, " in ");
	format_count(out, (int64_t)count);
	str_add(out, count == 1 ? " partition" : " partitions");
}

/* "skip up to N records in M partitions" */
static void add_part(struct str *out, bool *any, const char *what, int64_t records, size_t partitions)
{
	if (!partitions)
		return;
	str_add(out, *any ? ", " : "");
	*any = true;
	if (records == 0) {
		/* what lies between is outside the log */
		str_addf(out, "%s nothing", what);
		add_partitions(out, partitions);
		return;
	}
	str_addf(out, "%s up to ", what);
	format_count(out, records);
	str_add(out, records == 1 ? " record" : " records");
	add_partitions(out, partitions);
}

static void add_count(struct str *out, bool *any, const char *what, size_t partitions)
{
	if (!partitions)
		return;
	str_add(out, *any ? ", " : "");
	str_add(out, what);
	add_partitions(out, partitions);
	*any = true;
}

void reset_plan_effect(struct str *out, const struct reset_plan *plan, const char *where)
{
	size_t moved = plan->forward + plan->backward + plan->uncommitted;
	bool any = false;

	if (plan->request->how.strategy == RESET_DELETE_GROUP) {
		str_add(out, "delete");
		any = true;
	} else {
		add_part(out, &any, "skip", plan->skipped, plan->forward);
		add_part(out, &any, "re-read", plan->again, plan->backward);
		add_count(out, &any, "commit for the first time", plan->uncommitted);
		add_count(out, &any, "commit again without moving", plan->commits - moved);
		add_count(out, &any, "delete the committed offset", plan->removals);
	}
	str_addf(out, "%s group %s",
		any ? plan->request->how.strategy == RESET_DELETE_GROUP ? "" : " of" : "change nothing of",
		group_id_shown(plan->request->group));
	if (plan->request->how.strategy == RESET_DELETE_GROUP && plan->removals) {
		str_add(out, " with the committed offsets");
		add_partitions(out, plan->removals);
	}
	if (where)
		str_addf(out, " on %s", where);
}

static void add_members(struct str *out, const struct reset_plan *plan)
{
	for (size_t i = 0; i < plan->member_count && i < 5; i++) {
		const struct reset_member *m = &plan->members[i];

		str_addf(out, "%s%s (client %s) at %s", i ? ", " : "", m->id, m->client_id, m->host);
	}
	if (plan->member_count > 5)
		str_addf(out, " and %zu more", plan->member_count - 5);
}

void reset_plan_refusal(struct str *out, const struct reset_plan *plan)
{
	const char *group = group_id_shown(plan->request->group);

	switch (plan->refusal) {
	case RESET_OTHER_CLUSTER:
		str_addf(out, "group %s: the plan is for cluster %s, but this is cluster %s", group,
			plan->request->cluster_id, plan->cluster_id);
		break;
	case RESET_ACTIVE:
		str_addf(out, "group %s is not empty (%s): ", group, group_state_name(plan->state));
		add_members(out, plan);
		if (!plan->member_count)
			str_add(out, "its members are joining or leaving");
		break;
	case RESET_OTHER_KIND:
		str_addf(out, "group %s is a share, streams or Connect group; weir changes only consumer groups",
			group);
		break;
	case RESET_UNKNOWN_GROUP:
		str_addf(out, "no such consumer group: %s, or you may not see it (needs DESCRIBE on the group)", group);
		if (plan->request->how.strategy != RESET_DELETE_GROUP && plan->request->how.strategy != RESET_DELETE)
			str_add(out, "; --create commits offsets for a group that does not exist yet");
		break;
	case RESET_UNKNOWN_SOURCE:
		str_addf(out, "no such consumer group: %s, or you may not see it (needs DESCRIBE on the group)",
			plan->request->from_group ? group_id_shown(plan->request->from_group) : "");
		break;
	case RESET_STATE_UNREAD:
		str_addf(out, "group %s: could not read whether it has members", group);
		break;
	case RESET_NOTHING:
		str_addf(out, "group %s: there is nothing to change", group);
		if (plan->excluded)
			str_add(out, " except partitions that are excluded");
		break;
	default:
		break;
	}
}

static const struct {
	unsigned note;
	const char *text;
} note_texts[] = {
	{ RESET_NOTE_MISSING, "no such topic or partition: excluded" },
	{ RESET_NOTE_NO_LEADER, "no leader: excluded" },
	{ RESET_NOTE_NEW_TOPIC, "the group has committed nothing for this topic: excluded" },
	{ RESET_NOTE_NOTHING_TO_SHIFT, "no committed offset: excluded" },
	{ RESET_NOTE_NO_TARGET, "no offset given for this partition: excluded" },
	{ RESET_NOTE_NOT_READ, "offsets could not be read: excluded" },
	{ RESET_NOTE_CLAMPED_START, "before log start, clamped" },
	{ RESET_NOTE_CLAMPED_END, "beyond log end, clamped" },
	{ RESET_NOTE_AFTER_ALL, "no record at or after that time: log end" },
	{ RESET_NOTE_OUTSIDE, "outside the log" },
	{ RESET_NOTE_NO_COMMIT, "never committed" },
	{ RESET_NOTE_LOST, "committed before log start" },
	{ RESET_NOTE_BEYOND, "committed beyond log end" },
	{ RESET_NOTE_SUBSCRIBED, "deletes the commit; Kafka refuses while a member subscribes to the topic" },
	{ RESET_NOTE_EMPTY, "no records" },
	{ RESET_NOTE_COMPACTED, "compacted: offsets are not records" },
	{ RESET_NOTE_EDITED, "edited" },
};

void reset_row_note(struct str *out, const struct reset_row *row)
{
	size_t begin = out->len;

	for (size_t i = 0; i < sizeof(note_texts) / sizeof(note_texts[0]); i++) {
		/* "no committed offset" already says it */
		if (!(row->notes & note_texts[i].note) ||
			(note_texts[i].note == RESET_NOTE_NO_COMMIT && row->notes & RESET_NOTE_NOTHING_TO_SHIFT))
			continue;
		str_addf(out, "%s%s", out->len > begin ? "; " : "", note_texts[i].text);
	}
	if (row->error)
		str_addf(out, "%s%s", out->len > begin ? "; " : "", row->error);
}

void reset_plan_catch_up(struct str *out, const struct reset_plan *plan)
{
	double ms = plan->rate_per_s > 0 ? (double)plan->left_to_read / plan->rate_per_s * 1000 : NAN;

	if (isnan(ms) || ms > 1e15)
		str_add_char(out, '-');
	else
		format_duration(out, (int64_t)ms);
}

static void add_option(struct str *out, const char *option, const char *value)
{
	str_addf(out, " %s ", option);
	shell_quote(out, value);
}

/* Whether rows from `begin` to `end`, all of one topic, are its only rows: then partitions need not be named. */
static bool whole_topic(const struct reset_plan *plan, size_t begin, size_t end, enum reset_action kind)
{
	for (size_t i = begin; i < end; i++) {
		if (plan->rows[i].action != kind)
			return false;
	}
	return reset_in_scope(plan->request, plan->rows[begin].topic, -1);
}

/* --topic t:0,1 for what the plan changes. `kind`: the rows to be committed, or those whose commit is deleted. */
static void add_topics(struct str *out, const struct reset_plan *plan, enum reset_action kind)
{
	struct str word = { 0 };

	for (size_t begin = 0, end; begin < plan->row_count; begin = end) {
		const char *topic = plan->rows[begin].topic;
		size_t any = 0;

		for (end = begin; end < plan->row_count && strcmp(plan->rows[end].topic, topic) == 0;)
			end++;
		bool whole = whole_topic(plan, begin, end, kind);

		str_clear(&word);
		str_add(&word, topic);
		for (size_t i = begin; i < end; i++) {
			if (plan->rows[i].action != kind)
				continue;
			if (!whole)
				str_addf(&word, "%c%" PRId32, any ? ',' : ':', plan->rows[i].partition);
			any++;
		}
		if (any)
			add_option(out, "--topic", str_text(&word));
	}
	str_release(&word);
}

static void add_time(struct str *out, int64_t ms)
{
	str_add(out, " --to-datetime ");
	clock_add_utc(out, ms);
}

/* False when Kafka's tool has no such strategy. */
static bool add_strategy(struct str *out, const struct reset_how *how, const struct reset_request *r)
{
	switch (how->strategy) {
	case RESET_EARLIEST:
		str_add(out, " --to-earliest");
		return true;
	case RESET_LATEST:
		str_add(out, " --to-latest");
		return true;
	case RESET_CURRENT:
		str_add(out, " --to-current");
		return true;
	case RESET_OFFSET:
		str_addf(out, " --to-offset %" PRId64, how->number);
		return true;
	case RESET_SHIFT:
	case RESET_SKIP:
		str_addf(out, " --shift-by %" PRId64, how->number);
		return true;
	case RESET_DURATION:
	case RESET_DATETIME:
		/* --by-duration counts back from when it is run, and would give other offsets than the plan */
		add_time(out, reset_moment(r, how));
		return true;
	default:
		return false;
	}
}

static bool has_strategy(const struct reset_plan *plan)
{
	struct str none = { 0 };
	bool has = !plan->request->edit_count && add_strategy(&none, &plan->request->how, plan->request);

	str_release(&none);
	return has;
}

void reset_plan_command(struct str *out, const struct reset_plan *plan, const char *bootstrap, const char *file,
	bool *needs_file)
{
	const struct reset_request *r = plan->request;
	bool by_file = false;

	str_add(out, "kafka-consumer-groups");
	add_option(out, "--bootstrap-server", bootstrap);
	add_option(out, "--group", r->group);
	if (r->how.strategy == RESET_DELETE_GROUP) {
		str_add(out, " --delete");
	} else if (plan->removals && !plan->commits) {
		str_add(out, " --delete-offsets");
		add_topics(out, plan, RESET_REMOVE);
	} else {
		str_add(out, " --reset-offsets");
		by_file = !has_strategy(plan);
		if (by_file) {
			add_option(out, "--from-file", file ? file : "FILE");
		} else {
			if (r->all_topics && plan->commits == plan->row_count)
				str_add(out, " --all-topics");
			else
				add_topics(out, plan, RESET_COMMIT);
			add_strategy(out, &r->how, r);
		}
		str_add(out, " --execute");
	}
	if (needs_file)
		*needs_file = by_file;
}

void reset_plan_csv(struct str *out, const struct reset_plan *plan, bool with_group)
{
	for (size_t i = 0; i < plan->row_count; i++) {
		const struct reset_row *row = &plan->rows[i];

		if (row->action != RESET_COMMIT)
			continue;
		if (with_group) {
			csv_add(out, plan->request->group);
			str_add_char(out, ',');
		}
		csv_add(out, row->topic);
		str_addf(out, ",%" PRId32 ",%" PRId64 "\n", row->partition, row->target);
	}
}

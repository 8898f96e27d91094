/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/verdict.h"

#include <inttypes.h>

#include "model/format.h"
#include "model/lag.h"

/* What a rule is about; only what its kind names is set. */
enum kind { OF_GROUP, OF_ROW, OF_TOPIC, OF_PARTITION };

struct subject {
	const struct group *group;
	const struct group_partition *row;
	const struct topic *topic;
	const struct partition *partition;
};

struct rule {
	enum kind kind;
	const char *name;
	enum severity severity;
	bool (*holds)(const struct subject *of, struct str *why);   /* adds the reason when it does */
};

static bool add_count(struct str *why, int32_t count, const char *one, const char *many)
{
	if (count > 0)
		str_addf(why, "%" PRId32 " %s", count, count == 1 ? one : many);
	return count > 0;
}

/* Whole minutes from one minute on: the text of a row that stands still must not change in every round. */
static void add_age(struct str *why, int64_t ms)
{
	int64_t minutes = ms / 60000;

	if (minutes < 1)
		str_addf(why, "%" PRId64 "s", ms / 5000 * 5);
	else if (minutes < 60)
		str_addf(why, "%" PRId64 "m", minutes);
	else if (minutes < 24 * 60)
		str_addf(why, "%" PRId64 "h%02" PRId64 "m", minutes / 60, minutes % 60);
	else
		format_duration(why, ms);
}

/* How long ago the committed offset was first read as it still is, when it was read last. */
static int64_t still_ms(const struct group *g, const struct group_partition *row)
{
	return g->commit_origin.at_ms - row->still_since_ms;
}

bool verdict_stands_still(const struct snapshot *s, const struct group *g, const struct group_partition *row)
{
	int64_t least_ms = VERDICT_STILL_READS * (int64_t)s->interval_ms;

	if (least_ms < VERDICT_STILL_MS)
		least_ms = VERDICT_STILL_MS;
	return row->member >= 0 && row->lag > 0 && row->arrived > 0 && row->still_since_ms &&
		row->still_reads >= VERDICT_STILL_READS && still_ms(g, row) >= least_ms;
}

static bool group_refused(const struct subject *of, struct str *why)
{
	if (of->group->refused > 0)
		str_add(why, "commit error in ");
	return add_count(why, of->group->refused, "partition", "partitions");
}

static bool group_leaderless(const struct subject *of, struct str *why)
{
	if (of->group->leaderless > 0)
		str_add(why, "no leader in ");
	return add_count(why, of->group->leaderless, "partition", "partitions");
}

static bool group_not_moving(const struct subject *of, struct str *why)
{
	if (of->group->not_moving == 0 || of->group->moving > 0)
		return false;
	str_add(why, "not moving for ");
	add_age(why, of->group->not_moving_ms);
	return true;
}

static bool group_lost(const struct subject *of, struct str *why)
{
	if (of->group->lost <= 0)
		return false;
	str_add(why, "lost ");
	format_count(why, of->group->lost);
	str_addf(why, " record%s", of->group->lost == 1 ? "" : "s");
	return true;
}

static bool group_partly_not_moving(const struct subject *of, struct str *why)
{
	if (of->group->not_moving == 0 || of->group->moving == 0)
		return false;
	str_addf(why, "not moving in %" PRId32 " of %" PRId32 " partitions for ", of->group->not_moving,
		of->group->partition_count);
	add_age(why, of->group->not_moving_ms);
	return true;
}

static bool group_commits_unread(const struct subject *of, struct str *why)
{
	if (of->group->commit_origin.error)
		str_addf(why, "offsets not readable: %s", of->group->commit_origin.error);
	return of->group->commit_origin.error != NULL;
}

static bool group_rebalancing(const struct subject *of, struct str *why)
{
	if (of->group->state != GROUP_PREPARING_REBALANCE && of->group->state != GROUP_COMPLETING_REBALANCE &&
		of->group->state != GROUP_ASSIGNING && of->group->state != GROUP_RECONCILING)
		return false;
	str_add(why, "rebalancing");
	return true;
}

static bool group_dead(const struct subject *of, struct str *why)
{
	if (of->group->state == GROUP_DEAD)
		str_add(why, "dead");
	return of->group->state == GROUP_DEAD;
}

static bool group_empty(const struct subject *of, struct str *why)
{
	if (of->group->state != GROUP_EMPTY || of->group->lag <= 0)
		return false;
	str_add(why, "no members");
	return true;
}

static bool group_unassigned(const struct subject *of, struct str *why)
{
	if (of->group->unassigned > 0)
		str_add(why, "unassigned: ");
	return add_count(why, of->group->unassigned, "partition", "partitions");
}

static bool group_beyond_end(const struct subject *of, struct str *why)
{
	if (of->group->beyond_end > 0)
		str_add(why, "beyond the end in ");
	return add_count(why, of->group->beyond_end, "partition", "partitions");
}

static bool group_no_topic(const struct subject *of, struct str *why)
{
	if (of->group->no_topic > 0)
		str_add(why, "topic missing: ");
	return add_count(why, of->group->no_topic, "partition", "partitions");
}

static bool row_commit_error(const struct subject *of, struct str *why)
{
	if (of->row->note == LAG_COMMIT_ERROR)
		lag_note_text(why, of->row);
	return of->row->note == LAG_COMMIT_ERROR;
}

static bool row_leaderless(const struct subject *of, struct str *why)
{
	if (!of->row->partition_ref || of->row->partition_ref->leader >= 0)
		return false;
	str_add(why, "no leader");
	return true;
}

static bool row_not_moving(const struct subject *of, struct str *why)
{
	if (!of->row->not_moving)
		return false;
	str_add(why, "not moving for ");
	add_age(why, still_ms(of->group, of->row));
	return true;
}

static bool row_lost(const struct subject *of, struct str *why)
{
	if (of->row->lost <= 0)
		return false;
	str_add(why, "lost ");
	format_count(why, of->row->lost);
	str_addf(why, " record%s", of->row->lost == 1 ? "" : "s");
	return true;
}

static bool row_unassigned(const struct subject *of, struct str *why)
{
	if (of->row->member >= 0 || of->group->member_count <= 0)
		return false;
	str_add(why, "no member holds it");
	return true;
}

static bool row_odd(const struct subject *of, struct str *why)
{
	bool holds = of->row->note == LAG_BEYOND_END || of->row->note == LAG_NO_TOPIC;

	if (holds)
		lag_note_text(why, of->row);
	return holds;
}

/* Nobody committed, though members are there and so are records. */
static bool row_never_committed(const struct subject *of, struct str *why)
{
	const struct partition *p = of->row->partition_ref;

	if (of->row->note != LAG_NO_COMMIT || of->group->member_count <= 0)
		return false;
	if (!p || p->log_start < 0 || of->row->end <= p->log_start)
		return false;
	lag_note_text(why, of->row);
	return true;
}

static bool topic_error(const struct subject *of, struct str *why)
{
	if (of->topic->origin.error)
		str_add(why, of->topic->origin.denied ? "not allowed" : of->topic->origin.error);
	return of->topic->origin.error != NULL;
}

static bool topic_offline(const struct subject *of, struct str *why)
{
	return add_count(why, of->topic->offline, "offline", "offline");
}

static bool topic_under_min_isr(const struct subject *of, struct str *why)
{
	return add_count(why, of->topic->under_min_isr, "under min ISR", "under min ISR");
}

static bool topic_under_replicated(const struct subject *of, struct str *why)
{
	return add_count(why, of->topic->under_replicated, "under-repl.", "under-repl.");
}

static bool topic_not_preferred(const struct subject *of, struct str *why)
{
	return add_count(why, of->topic->not_preferred, "not preferred", "not preferred");
}

static bool partition_leaderless(const struct subject *of, struct str *why)
{
	if (of->partition->leader < 0)
		str_add(why, "no leader");
	return of->partition->leader < 0;
}

static bool partition_error(const struct subject *of, struct str *why)
{
	if (!of->partition->error || of->partition->leader < 0)
		return false;
	str_add(why, of->partition->error);
	return true;
}

static bool partition_under_min_isr(const struct subject *of, struct str *why)
{
	int32_t least = of->topic->settings.min_isr;

	if (of->partition->leader < 0 || least <= 0 || of->partition->isr_count >= least)
		return false;
	str_addf(why, "ISR %" PRId32 " < min %" PRId32, of->partition->isr_count, least);
	return true;
}

static bool partition_under_replicated(const struct subject *of, struct str *why)
{
	bool said = of->topic->settings.min_isr > 0 && of->partition->isr_count < of->topic->settings.min_isr;

	if (of->partition->isr_count >= of->partition->replica_count || said || of->partition->leader < 0)
		return false;
	str_addf(why, "%" PRId32 " out of ISR", of->partition->replica_count - of->partition->isr_count);
	return true;
}

/* One that is out of sync cannot lead now; that it is out of sync says another rule. */
static bool partition_not_preferred(const struct subject *of, struct str *why)
{
	const struct partition *p = of->partition;

	if (!partition_led_by_another(p))
		return false;
	for (int32_t i = 0; i < p->isr_count; i++) {
		if (p->isr[i] == p->replicas[0]) {
			str_addf(why, "preferred leader is %" PRId32, p->replicas[0]);
			return true;
		}
	}
	return false;
}

/* Of each kind the worst stand first. */
static const struct rule rules[] = {
	{ OF_GROUP, "commit_error", SEVERITY_CRIT, group_refused },
	{ OF_GROUP, "no_leader", SEVERITY_CRIT, group_leaderless },
	{ OF_GROUP, "not_moving", SEVERITY_CRIT, group_not_moving },
	{ OF_GROUP, "records_lost", SEVERITY_CRIT, group_lost },
	{ OF_GROUP, "partly_not_moving", SEVERITY_WARN, group_partly_not_moving },
	{ OF_GROUP, "commits_unread", SEVERITY_WARN, group_commits_unread },
	{ OF_GROUP, "rebalancing", SEVERITY_WARN, group_rebalancing },
	{ OF_GROUP, "dead", SEVERITY_WARN, group_dead },
	{ OF_GROUP, "no_members", SEVERITY_WARN, group_empty },
	{ OF_GROUP, "unassigned", SEVERITY_WARN, group_unassigned },
	{ OF_GROUP, "beyond_end", SEVERITY_WARN, group_beyond_end },
	{ OF_GROUP, "no_topic", SEVERITY_WARN, group_no_topic },
	{ OF_ROW, "commit_error", SEVERITY_CRIT, row_commit_error },
	{ OF_ROW, "no_leader", SEVERITY_CRIT, row_leaderless },
	{ OF_ROW, "not_moving", SEVERITY_CRIT, row_not_moving },
	{ OF_ROW, "records_lost", SEVERITY_CRIT, row_lost },
	{ OF_ROW, "unassigned", SEVERITY_WARN, row_unassigned },
	{ OF_ROW, "odd_offset", SEVERITY_WARN, row_odd },
	{ OF_ROW, "never_committed", SEVERITY_WARN, row_never_committed },
	{ OF_TOPIC, "error", SEVERITY_CRIT, topic_error },
	{ OF_TOPIC, "offline", SEVERITY_CRIT, topic_offline },
	{ OF_TOPIC, "under_min_isr", SEVERITY_CRIT, topic_under_min_isr },
	{ OF_TOPIC, "under_replicated", SEVERITY_WARN, topic_under_replicated },
	{ OF_TOPIC, "not_preferred", SEVERITY_WARN, topic_not_preferred },
	{ OF_PARTITION, "no_leader", SEVERITY_CRIT, partition_leaderless },
	{ OF_PARTITION, "error", SEVERITY_CRIT, partition_error },
	{ OF_PARTITION, "under_min_isr", SEVERITY_CRIT, partition_under_min_isr },
	{ OF_PARTITION, "under_replicated", SEVERITY_WARN, partition_under_replicated },
	{ OF_PARTITION, "not_preferred", SEVERITY_WARN, partition_not_preferred },
};

static struct verdict judge(enum kind kind, const struct subject *of, struct str *why)
{
	struct verdict v = { SEVERITY_NONE, NULL };
	struct str reason = { 0 };

	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++) {
		if (rules[i].kind != kind)
			continue;
		str_clear(&reason);
		if (!rules[i].holds(of, &reason))
			continue;
		if (why)
			str_addf(why, "%s%s", v.rule ? "; " : "", str_text(&reason));
		if (!v.rule)
			v = (struct verdict){ rules[i].severity, rules[i].name };
		/* HEALTH of a topic is narrow, and its partitions say the rest. */
		if (!why || kind == OF_TOPIC)
			break;
	}
	str_release(&reason);
	return v;
}

struct verdict verdict_group(const struct group *g, struct str *why)
{
	return judge(OF_GROUP, &(struct subject){ .group = g }, why);
}

struct verdict verdict_group_partition(const struct group *g, const struct group_partition *row, struct str *why)
{
	return judge(OF_ROW, &(struct subject){ .group = g, .row = row }, why);
}

struct verdict verdict_topic(const struct topic *t, struct str *why)
{
	return judge(OF_TOPIC, &(struct subject){ .topic = t }, why);
}

struct verdict verdict_partition(const struct topic *t, const struct partition *p, struct str *why)
{
	return judge(OF_PARTITION, &(struct subject){ .topic = t, .partition = p }, why);
}

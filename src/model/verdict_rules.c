/* SPDX-License-Identifier: BSD-2-Clause */
/* Every rule: when it holds, and the table that gives it a name, a severity and words. */
#include "model/verdict.h"

#include "model/demand.h"

static bool found_count(struct verdict_found *found, int64_t count)
{
	found->count = count;
	return count > 0;
}

static bool found_why(struct verdict_found *found, const char *why)
{
	found->why = why;
	return why != NULL;
}

/* The connection: refused and lost exclude one another */

static bool connection_refused(const struct verdict_of *of, struct verdict_found *found)
{
	found->why = of->connection->error ? of->connection->error : "refused";
	return of->connection->state == CONNECTION_CONNECTING && of->connection->refused;
}

static bool connection_lost(const struct verdict_of *of, struct verdict_found *found)
{
	found->why = of->connection->error ? of->connection->error : "no broker answers";
	return of->connection->state == CONNECTION_LOST;
}

static bool connection_failing(const struct verdict_of *of, struct verdict_found *found)
{
	return found_why(found, of->connection->error) && of->connection->state == CONNECTION_CONNECTING &&
		!of->connection->refused;
}

/* The cluster as a whole */

static bool cluster_offline(const struct verdict_of *of, struct verdict_found *found)
{
	return found_count(found, of->snapshot->totals.offline);
}

static bool cluster_under_min_isr(const struct verdict_of *of, struct verdict_found *found)
{
	return found_count(found, of->snapshot->totals.under_min_isr);
}

static bool cluster_under_replicated(const struct verdict_of *of, struct verdict_found *found)
{
	return found_count(found, of->snapshot->totals.under_replicated);
}

static bool cluster_broker_missing(const struct verdict_of *of, struct verdict_found *found)
{
	return found_count(found, of->snapshot->totals.brokers_known - of->snapshot->totals.brokers_up);
}

/* The cluster still counts on a broker that weir cannot reach: it just went, or something stands between. */
static void find_unreachable(const struct snapshot *s, struct verdict_found *found)
{
	for (size_t i = 0; i < s->broker_count; i++) {
		if (s->brokers[i].state != BROKER_UP || s->brokers[i].reachable)
			continue;
		found->count++;
		found->broker = s->brokers[i].id;
	}
}

static bool cluster_broker_unreachable(const struct verdict_of *of, struct verdict_found *found)
{
	find_unreachable(of->snapshot, found);
	return found->count == 1;
}

static bool cluster_brokers_unreachable(const struct verdict_of *of, struct verdict_found *found)
{
	find_unreachable(of->snapshot, found);
	return found->count > 1;
}

/* Brokers */

static bool broker_missing(const struct verdict_of *of, struct verdict_found *found)
{
	(void)found;
	return of->broker->state == BROKER_MISSING;
}

static bool broker_unreachable(const struct verdict_of *of, struct verdict_found *found)
{
	(void)found;
	return of->broker->state == BROKER_UP && !of->broker->reachable;
}

static bool broker_out_of_sync(const struct verdict_of *of, struct verdict_found *found)
{
	return found_count(found, of->broker->replicas - of->broker->in_sync);
}

/* Topics */

static bool topic_error(const struct verdict_of *of, struct verdict_found *found)
{
	return found_why(found,
		of->topic->origin.error && of->topic->origin.denied ? "not allowed" : of->topic->origin.error);
}

static bool topic_offline(const struct verdict_of *of, struct verdict_found *found)
{
	return found_count(found, of->topic->offline);
}

static bool topic_under_min_isr(const struct verdict_of *of, struct verdict_found *found)
{
	return found_count(found, of->topic->under_min_isr);
}

static bool topic_under_replicated(const struct verdict_of *of, struct verdict_found *found)
{
	return found_count(found, of->topic->under_replicated);
}

static bool topic_not_preferred(const struct verdict_of *of, struct verdict_found *found)
{
	return found_count(found, of->topic->not_preferred);
}

/* Partitions: one without a leader is nothing else */

static bool partition_leaderless(const struct verdict_of *of, struct verdict_found *found)
{
	(void)found;
	return of->partition->leader < 0;
}

static bool partition_error(const struct verdict_of *of, struct verdict_found *found)
{
	return found_why(found, of->partition->error) && of->partition->leader >= 0;
}

static bool partition_under_min_isr(const struct verdict_of *of, struct verdict_found *found)
{
	found->count = of->partition->isr_count;
	found->total = of->topic->settings.min_isr;
	return of->partition->leader >= 0 && found->total > 0 && found->count < found->total;
}

static bool partition_under_replicated(const struct verdict_of *of, struct verdict_found *found)
{
	struct verdict_found min_isr;

	return found_count(found, of->partition->replica_count - of->partition->isr_count) &&
		of->partition->leader >= 0 && !partition_under_min_isr(of, &min_isr);
}

/* One that is out of sync cannot lead now; that it is out of sync says another rule. */
static bool partition_not_preferred(const struct verdict_of *of, struct verdict_found *found)
{
	const struct partition *p = of->partition;

	if (!partition_led_by_another(p))
		return false;
	found->broker = p->replicas[0];
	return partition_in_isr(p, p->replicas[0]);
}

static bool partition_led_by_other(const struct verdict_of *of, struct verdict_found *found)
{
	(void)found;
	return partition_led_by_another(of->partition);
}

static bool partition_replica_missing(const struct verdict_of *of, struct verdict_found *found)
{
	return found_count(found, of->partition->offline);
}

/* Groups */

int64_t verdict_still_ms(const struct group *g, const struct group_partition *row)
{
	return g->commit_origin.at_ms - row->still_since_ms;
}

bool verdict_stands_still(const struct snapshot *s, const struct group *g, const struct group_partition *row)
{
	int64_t least_ms = VERDICT_STILL_READS * (int64_t)s->interval_ms;

	if (least_ms < VERDICT_STILL_MS)
		least_ms = VERDICT_STILL_MS;
	return row->member >= 0 && row->lag > 0 && row->arrived > 0 && row->still_since_ms &&
		row->still_reads >= VERDICT_STILL_READS && verdict_still_ms(g, row) >= least_ms;
}

static bool group_commit_error(const struct verdict_of *of, struct verdict_found *found)
{
	return found_count(found, of->group->refused);
}

static bool group_leaderless(const struct verdict_of *of, struct verdict_found *found)
{
	return found_count(found, of->group->leaderless);
}

static bool group_not_moving(const struct verdict_of *of, struct verdict_found *found)
{
	found->age_ms = of->group->not_moving_ms;
	return found_count(found, of->group->not_moving) && of->group->moving == 0;
}

static bool group_lost(const struct verdict_of *of, struct verdict_found *found)
{
	return found_count(found, of->group->lost);
}

static bool group_partly_not_moving(const struct verdict_of *of, struct verdict_found *found)
{
	found->age_ms = of->group->not_moving_ms;
	found->total = of->group->partition_count;
	return found_count(found, of->group->not_moving) && of->group->moving > 0;
}

static bool group_commits_unread(const struct verdict_of *of, struct verdict_found *found)
{
	return found_why(found, of->group->commit_origin.error);
}

static bool group_rebalancing(const struct verdict_of *of, struct verdict_found *found)
{
	enum group_state state = of->group->state;

	(void)found;
	return state == GROUP_PREPARING_REBALANCE || state == GROUP_COMPLETING_REBALANCE || state == GROUP_ASSIGNING ||
		state == GROUP_RECONCILING;
}

static bool group_dead(const struct verdict_of *of, struct verdict_found *found)
{
	(void)found;
	return of->group->state == GROUP_DEAD;
}

static bool group_no_members(const struct verdict_of *of, struct verdict_found *found)
{
	(void)found;
	return of->group->state == GROUP_EMPTY && of->group->lag > 0;
}

static bool group_unassigned(const struct verdict_of *of, struct verdict_found *found)
{
	return found_count(found, of->group->unassigned);
}

static bool group_beyond_end(const struct verdict_of *of, struct verdict_found *found)
{
	return found_count(found, of->group->beyond_end);
}

static bool group_no_topic(const struct verdict_of *of, struct verdict_found *found)
{
	return found_count(found, of->group->no_topic);
}

static bool group_uneven(const struct verdict_of *of, struct verdict_found *found)
{
	const struct group *g = of->group;
	int32_t least = INT32_MAX, most = 0;

	(void)found;
	for (int32_t i = 0; i < g->member_count; i++) {
		int32_t held = g->members[i].assignment_count;

		least = held < least ? held : least;
		most = held > most ? held : most;
	}
	return g->member_count > 0 && most - least > 1;
}

/* Partitions of a group */

static bool row_commit_error(const struct verdict_of *of, struct verdict_found *found)
{
	found->why = of->row->error ? of->row->error : "error";
	return of->row->note == LAG_COMMIT_ERROR;
}

static bool row_leaderless(const struct verdict_of *of, struct verdict_found *found)
{
	(void)found;
	return of->row->partition_ref && of->row->partition_ref->leader < 0;
}

static bool row_not_moving(const struct verdict_of *of, struct verdict_found *found)
{
	found->age_ms = verdict_still_ms(of->group, of->row);
	return of->row->not_moving;
}

static bool row_lost(const struct verdict_of *of, struct verdict_found *found)
{
	return found_count(found, of->row->lost);
}

static bool row_unassigned(const struct verdict_of *of, struct verdict_found *found)
{
	(void)found;
	return of->row->member < 0 && of->group->member_count > 0;
}

static bool row_beyond_end(const struct verdict_of *of, struct verdict_found *found)
{
	found->count = of->row->beyond;
	return of->row->note == LAG_BEYOND_END;
}

static bool row_no_topic(const struct verdict_of *of, struct verdict_found *found)
{
	(void)found;
	return of->row->note == LAG_NO_TOPIC;
}

/* Nobody committed, though members are there and so are records. */
static bool row_never_committed(const struct verdict_of *of, struct verdict_found *found)
{
	const struct partition *p = of->row->partition_ref;

	(void)found;
	return of->row->note == LAG_NO_COMMIT && of->group->member_count > 0 && p && p->log_start >= 0 &&
		of->row->end > p->log_start;
}

/* Members, settings, events */

static bool member_idle(const struct verdict_of *of, struct verdict_found *found)
{
	(void)found;
	return of->member->assignment_count == 0;
}

static bool setting_differs(const struct verdict_of *of, struct verdict_found *found)
{
	(void)found;
	return of->setting->kind == CONFIG_DIFF_DIFFERS;
}

static bool event_topic_deleted(const struct verdict_of *of, struct verdict_found *found)
{
	(void)found;
	return of->event == EVENT_TOPIC_DELETED;
}

static bool event_topic_recreated(const struct verdict_of *of, struct verdict_found *found)
{
	(void)found;
	return of->event == EVENT_TOPIC_RECREATED;
}

/* Whether or not it has lag: there may be some by the time somebody reads of it. */
static bool event_members_left(const struct verdict_of *of, struct verdict_found *found)
{
	(void)found;
	return of->event == EVENT_GROUP_STATE && (of->group->state == GROUP_EMPTY || of->group->state == GROUP_DEAD);
}

static bool event_offsets_rewound(const struct verdict_of *of, struct verdict_found *found)
{
	(void)found;
	return of->event == EVENT_OFFSETS_REWOUND;
}

const struct verdict_rule verdict_rules[] = {
	{ "refused", VERDICT_CONNECTION, SEVERITY_CRIT, 0, NULL, connection_refused, "{why}" },
	{ "lost", VERDICT_CONNECTION, SEVERITY_CRIT, 0, NULL, connection_lost, "{why}" },
	{ "failing", VERDICT_CONNECTION, SEVERITY_WARN, 0, NULL, connection_failing, "{why}" },

	{ "offline", VERDICT_CLUSTER, SEVERITY_CRIT, NEED_METADATA, "offline", cluster_offline, "{count} offline" },
	{ "under_min_isr", VERDICT_CLUSTER, SEVERITY_CRIT, NEED_METADATA | NEED_SETTINGS, "under_min_isr",
		cluster_under_min_isr, "{count} under min ISR" },
	{ "under_replicated", VERDICT_CLUSTER, SEVERITY_WARN, NEED_METADATA, "under_replicated",
		cluster_under_replicated, "{count} under-replicated" },
	/* Of the broker itself this is critical; the cluster goes on while no partition says otherwise. */
	{ "broker_missing", VERDICT_CLUSTER, SEVERITY_WARN, NEED_METADATA, NULL, cluster_broker_missing,
		"broker missing" },
	{ "broker_unreachable", VERDICT_CLUSTER, SEVERITY_WARN, NEED_METADATA, NULL, cluster_broker_unreachable,
		"broker {broker} unreachable" },
	{ "brokers_unreachable", VERDICT_CLUSTER, SEVERITY_WARN, NEED_METADATA, NULL, cluster_brokers_unreachable,
		"{count} brokers unreachable" },

	{ "missing", VERDICT_BROKER, SEVERITY_CRIT, NEED_METADATA, "state", broker_missing, "missing" },
	{ "unreachable", VERDICT_BROKER, SEVERITY_CRIT, NEED_METADATA, "state", broker_unreachable, "unreachable" },
	{ "out_of_sync", VERDICT_BROKER, SEVERITY_WARN, NEED_METADATA, "out_of_sync", broker_out_of_sync,
		"{count} replica(s) out of sync" },

	{ "error", VERDICT_TOPIC, SEVERITY_CRIT, NEED_METADATA, NULL, topic_error, "{why}" },
	{ "offline", VERDICT_TOPIC, SEVERITY_CRIT, NEED_METADATA, NULL, topic_offline, "{count} offline" },
	{ "under_min_isr", VERDICT_TOPIC, SEVERITY_CRIT, NEED_METADATA | NEED_SETTINGS, NULL, topic_under_min_isr,
		"{count} under min ISR" },
	{ "under_replicated", VERDICT_TOPIC, SEVERITY_WARN, NEED_METADATA, NULL, topic_under_replicated,
		"{count} under-repl." },
	{ "not_preferred", VERDICT_TOPIC, SEVERITY_WARN, NEED_METADATA, NULL, topic_not_preferred,
		"{count} not preferred" },

	{ "no_leader", VERDICT_PARTITION, SEVERITY_CRIT, NEED_METADATA, "leader", partition_leaderless, "no leader" },
	{ "error", VERDICT_PARTITION, SEVERITY_CRIT, NEED_METADATA, NULL, partition_error, "{why}" },
	{ "under_min_isr", VERDICT_PARTITION, SEVERITY_CRIT, NEED_METADATA | NEED_SETTINGS, NULL,
		partition_under_min_isr, "ISR {count} < min {total}" },
	{ "under_replicated", VERDICT_PARTITION, SEVERITY_WARN, NEED_METADATA, NULL, partition_under_replicated,
		"{count} out of ISR" },
	{ "not_preferred", VERDICT_PARTITION, SEVERITY_WARN, NEED_METADATA, NULL, partition_not_preferred,
		"preferred leader is {broker}" },
	{ "led_by_another", VERDICT_PARTITION, SEVERITY_WARN, NEED_METADATA, "leader", partition_led_by_other, NULL,
		.advice = true },
	{ "replica_missing", VERDICT_PARTITION, SEVERITY_WARN, NEED_METADATA, "replicas", partition_replica_missing,
		NULL, .advice = true },

	{ "commit_error", VERDICT_GROUP, SEVERITY_CRIT, NEED_COMMITTED, NULL, group_commit_error,
		"commit error in {count} partition(s)" },
	{ "no_leader", VERDICT_GROUP, SEVERITY_CRIT, NEED_COMMITTED | NEED_METADATA, NULL, group_leaderless,
		"no leader in {count} partition(s)" },
	{ "not_moving", VERDICT_GROUP, SEVERITY_CRIT, NEED_LAG | NEED_MEMBERS, NULL, group_not_moving,
		"not moving for {age}" },
	{ "records_lost", VERDICT_GROUP, SEVERITY_CRIT, NEED_LAG, "lost", group_lost, "lost {count} record(s)" },
	{ "partly_not_moving", VERDICT_GROUP, SEVERITY_WARN, NEED_LAG | NEED_MEMBERS, NULL, group_partly_not_moving,
		"not moving in {count} of {total} partitions for {age}" },
	{ "commits_unread", VERDICT_GROUP, SEVERITY_WARN, NEED_COMMITTED, NULL, group_commits_unread,
		"offsets not readable: {why}" },
	{ "rebalancing", VERDICT_GROUP, SEVERITY_WARN, NEED_GROUPS, "state", group_rebalancing, "rebalancing" },
	{ "dead", VERDICT_GROUP, SEVERITY_WARN, NEED_GROUPS, "state", group_dead, "dead" },
	{ "no_members", VERDICT_GROUP, SEVERITY_WARN, NEED_LAG, "state", group_no_members, "no members" },
	{ "unassigned", VERDICT_GROUP, SEVERITY_WARN, NEED_COMMITTED | NEED_MEMBERS, "unassigned", group_unassigned,
		"unassigned: {count} partition(s)" },
	{ "beyond_end", VERDICT_GROUP, SEVERITY_WARN, NEED_LAG, NULL, group_beyond_end,
		"beyond the end in {count} partition(s)" },
	{ "no_topic", VERDICT_GROUP, SEVERITY_WARN, NEED_COMMITTED | NEED_METADATA, NULL, group_no_topic,
		"topic missing: {count} partition(s)" },
	{ "uneven", VERDICT_GROUP, SEVERITY_WARN, NEED_MEMBERS, "spread", group_uneven, NULL, .advice = true },

	{ "commit_error", VERDICT_GROUP_PARTITION, SEVERITY_CRIT, NEED_COMMITTED, NULL, row_commit_error,
		"committed offset: {why}" },
	{ "no_leader", VERDICT_GROUP_PARTITION, SEVERITY_CRIT, NEED_METADATA, NULL, row_leaderless, "no leader" },
	{ "not_moving", VERDICT_GROUP_PARTITION, SEVERITY_CRIT, NEED_LAG | NEED_MEMBERS, NULL, row_not_moving,
		"not moving for {age}" },
	{ "records_lost", VERDICT_GROUP_PARTITION, SEVERITY_CRIT, NEED_LAG, "lost", row_lost,
		"lost {count} record(s)" },
	{ "unassigned", VERDICT_GROUP_PARTITION, SEVERITY_WARN, NEED_COMMITTED | NEED_MEMBERS, "client_id",
		row_unassigned, "no member holds it" },
	{ "beyond_end", VERDICT_GROUP_PARTITION, SEVERITY_WARN, NEED_LAG, NULL, row_beyond_end,
		"committed {count} beyond the end" },
	{ "no_topic", VERDICT_GROUP_PARTITION, SEVERITY_WARN, NEED_COMMITTED | NEED_METADATA, NULL, row_no_topic,
		"topic does not exist or may not be described" },
	{ "never_committed", VERDICT_GROUP_PARTITION, SEVERITY_WARN, NEED_LAG | NEED_MEMBERS, NULL, row_never_committed,
		"never committed" },

	{ "idle", VERDICT_MEMBER, SEVERITY_WARN, NEED_MEMBERS, "partitions", member_idle, "holds no partition" },

	{ "differs", VERDICT_SETTING, SEVERITY_WARN, NEED_BROKER_CONFIG, "state", setting_differs,
		"differs between brokers" },

	{ "topic_deleted", VERDICT_EVENT, SEVERITY_WARN, NEED_METADATA, NULL, event_topic_deleted, NULL },
	{ "topic_recreated", VERDICT_EVENT, SEVERITY_WARN, NEED_METADATA | NEED_TOPIC_IDS, NULL, event_topic_recreated,
		NULL },
	{ "members_left", VERDICT_EVENT, SEVERITY_WARN, NEED_GROUPS, NULL, event_members_left, NULL },
	{ "offsets_rewound", VERDICT_EVENT, SEVERITY_WARN, NEED_COMMITTED, NULL, event_offsets_rewound, NULL },
};

const size_t verdict_rule_count = sizeof(verdict_rules) / sizeof(verdict_rules[0]);

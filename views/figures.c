/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/figures.h"

#include "model/format.h"

void figure_verdict(struct cell *c, struct verdict v)
{
	cell_text(c, "");
	verdict_reasons(v, &c->text);
	cell_severity(c, v.severity);
}

void figure_mark(struct cell *c, struct verdict v, const char *column)
{
	cell_severity(c, verdict_figure(v, column));
}

bool figure_is_stale(const struct snapshot *s, const struct origin *o)
{
	/* Without a connection nothing is fresh, however young. */
	return o->at_ms && (s->connection.state == CONNECTION_LOST || origin_is_stale(o, s->mono_ms, s->interval_ms));
}

bool figure_has_failed(const struct origin *o)
{
	return o->error != NULL || o->outdated;
}

void figure_check(struct cell *c, const struct snapshot *s, const struct origin *o)
{
	if (figure_is_stale(s, o))
		cell_stale(c);
}

void figure_note(struct str *out, const struct snapshot *s, const char *what, const struct origin *o)
{
	bool lost = s->connection.state == CONNECTION_LOST;
	const char *why = o->error ? o->error : lost ? s->connection.error : NULL;

	if (!o->error && !figure_is_stale(s, o))
		return;
	if (out->len)
		str_add(out, "  ");
	str_addf(out, "%s ", what);
	if (o->outdated) {
		str_add(out, "from before a change, read again now");
	} else if (o->at_ms) {
		format_duration(out, s->mono_ms - o->at_ms);
		str_add(out, " old");
	} else {
		str_add(out, "unknown");
	}
	if (why)
		str_addf(out, ": %s", why);
}

const struct origin *figure_end_origin(const struct snapshot *s, const struct partition *p)
{
	return s->read_committed ? &p->stable_origin : &p->end_origin;
}

static void add_ids(struct cell *c, const int32_t *ids, int32_t count)
{
	c->kind = CELL_TEXT;
	for (int32_t i = 0; i < count; i++)
		str_addf(&c->text, "%s%d", i ? "," : "", (int)ids[i]);
}

static void add_missing(struct cell *c, const struct snapshot *s, const struct partition *p)
{
	for (int32_t i = 0; i < p->replica_count; i++) {
		const struct broker *b = snapshot_broker(s, p->replicas[i]);

		if (!b || b->state == BROKER_MISSING)
			cell_textf(c, ", broker %d missing", (int)p->replicas[i]);
	}
}

static void partition_note(struct cell *c, const struct snapshot *s, const struct topic *t, const struct partition *p)
{
	figure_verdict(c, verdict_partition(t, p));
	if (p->offline > 0)
		add_missing(c, s, p);
}

static void leader_cell(struct cell *c, const struct topic *t, const struct partition *p)
{
	if (p->leader < 0)
		cell_text(c, "none");
	else
		cell_int(c, p->leader);
	figure_mark(c, verdict_partition(t, p), "leader");
}

void figure_partition(struct cell *c, const struct snapshot *s, const struct topic *t, const struct partition *p,
	enum partition_figure figure)
{
	switch (figure) {
	case PARTITION_LEADER:
		leader_cell(c, t, p);
		figure_check(c, s, &s->metadata_origin);
		if (t->origin.outdated)
			cell_stale(c);
		break;
	case PARTITION_EPOCH:
		cell_count(c, p->leader_epoch);
		break;
	case PARTITION_REPLICAS:
		add_ids(c, p->replicas, p->replica_count);
		figure_mark(c, verdict_partition(t, p), "replicas");
		figure_check(c, s, &s->metadata_origin);
		break;
	case PARTITION_ISR:
		add_ids(c, p->isr, p->isr_count);
		if (p->isr_count < p->replica_count)
			cell_severity(c, verdict_partition(t, p).severity);
		figure_check(c, s, &s->metadata_origin);
		break;
	case PARTITION_LOG_START:
		cell_count(c, p->log_start);
		figure_check(c, s, &p->start_origin);
		break;
	case PARTITION_LOG_END:
		cell_count(c, p->high_watermark);
		figure_check(c, s, &p->end_origin);
		break;
	case PARTITION_LAST_STABLE:
		cell_count(c, p->last_stable);
		figure_check(c, s, &p->stable_origin);
		break;
	case PARTITION_RECORDS:
		if (p->high_watermark != OFFSET_UNKNOWN && p->log_start != OFFSET_UNKNOWN)
			cell_count(c, p->high_watermark - p->log_start);
		figure_check(c, s, &p->end_origin);
		break;
	case PARTITION_IN:
		cell_real(c, p->in_per_s);
		figure_check(c, s, &p->end_origin);
		break;
	case PARTITION_NOTE:
		partition_note(c, s, t, p);
		break;
	}
}

void figure_partition_stale(struct str *out, const struct snapshot *s, const struct partition *p)
{
	figure_note(out, s, "log end offset", &p->end_origin);
	figure_note(out, s, "log start offset", &p->start_origin);
}

void figure_sum(struct cell *c, int64_t sum, int32_t unknown)
{
	cell_count(c, sum);
	if (c->kind == CELL_INT && unknown > 0)
		c->sign = '?';
}

/* Half a word of Kafka's says more than a cut one. */
static const char *brief_state(enum group_state state)
{
	return state == GROUP_PREPARING_REBALANCE   ? "Preparing" :
		state == GROUP_COMPLETING_REBALANCE ? "Completing" :
						      NULL;
}

void figure_group_state(struct cell *c, const struct group *g)
{
	cell_text(c, group_state_name(g->state));
	c->brief = brief_state(g->state);
	figure_mark(c, verdict_group(g), "state");
}

void figure_group_spread(struct cell *c, const struct group *g)
{
	int32_t least = INT32_MAX, most = 0;

	if (g->member_count <= 0)
		return;
	for (int32_t i = 0; i < g->member_count; i++) {
		int32_t held = g->members[i].assignment_count;

		least = held < least ? held : least;
		most = held > most ? held : most;
	}
	cell_int(c, most - least);
	str_addf(&c->text, least == most ? "%d" : "%d-%d", (int)least, (int)most);
	figure_mark(c, verdict_group(g), "spread");
}

void figure_host(struct cell *c, const struct member *m)
{
	cell_text(c, m->host && *m->host == '/' ? m->host + 1 : m->host);
}

static const struct origin *stale_end(const struct snapshot *s, const struct group *g)
{
	for (int32_t i = 0; i < g->partition_count; i++) {
		const struct partition *p = g->partitions[i].partition_ref;

		if (p && figure_is_stale(s, figure_end_origin(s, p)))
			return figure_end_origin(s, p);
	}
	return NULL;
}

bool figure_group_is_stale(const struct snapshot *s, const struct group *g)
{
	return figure_is_stale(s, &g->commit_origin) || stale_end(s, g) != NULL;
}

void figure_group_note(struct str *out, const struct snapshot *s, const struct group *g)
{
	const struct origin *end = stale_end(s, g);

	if (g->lag_unknown > 0) {
		str_addf(out, "lag of %d partition%s unknown", (int)g->lag_unknown, g->lag_unknown == 1 ? "" : "s");
		if (g->never_committed > 0)
			str_addf(out, ", %d never committed", (int)g->never_committed);
	}
	figure_note(out, s, "committed offsets", &g->commit_origin);
	if (end)
		figure_note(out, s, "an end offset", end);
	if (figure_has_failed(&g->describe_origin))
		figure_note(out, s, "members", &g->describe_origin);
	figure_note(out, s, "state", &g->list_origin);
}

enum severity figure_brokers_up(const struct snapshot *s)
{
	enum severity worst = SEVERITY_NONE;

	for (size_t i = 0; i < s->broker_count; i++) {
		enum severity severity = verdict_broker(&s->brokers[i]).severity;

		if (s->brokers[i].state != BROKER_UP && severity > worst)
			worst = severity;
	}
	return worst;
}

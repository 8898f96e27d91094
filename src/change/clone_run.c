/* SPDX-License-Identifier: BSD-2-Clause */
#include "change/clone_run.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "change/apply_execute.h"
#include "change/journal.h"
#include "kafka/admin_topics.h"
#include "model/format.h"
#include "model/topic_name.h"

enum { KNOWN_MS = 10000, LOOK_MS = 100 };

/* Opening */

/* From here on the side belongs to this cluster, whatever other cluster may answer at its address. */
static bool bind_side(struct admin *a, struct clone_side *side, char **id, struct error *err)
{
	const char *told;

	if (!admin_cluster_id(a, &told, err) || !cluster_pin_admits(&side->gate.pin, told, err))
		return false;
	*id = mem_strdup(told);
	side->gate = cluster_gate_planned(&side->gate, *id);
	return true;
}

static struct admin *open_admin(const struct clone_run *c, const struct clone_side *side, struct error *err)
{
	return cluster_gate_admin(&side->gate, c->job.interrupted, c->job.context, err);
}

bool clone_run_open(struct clone_run *c, struct error *err)
{
	const char *target = c->job.target.topic, *fault = topic_name_fault(target, strlen(target));
	bool is_same = c->job.target.gate.client == c->job.source.gate.client;

	c->state.lock = -1;
	c->job.state = &c->state;
	/* The name is also the name of a file. */
	if (fault)
		return error_set(err, ERR_USAGE, "the name %s %s", target, fault);
	c->source_admin = open_admin(c, &c->job.source, err);
	if (!c->source_admin)
		return false;
	c->target_admin = is_same ? c->source_admin : open_admin(c, &c->job.target, err);
	if (!c->target_admin || !bind_side(c->source_admin, &c->job.source, &c->source_id, err) ||
		!bind_side(c->target_admin, &c->job.target, &c->target_id, err))
		return false;
	c->elsewhere = !str_equal(c->source_id, c->target_id);
	return true;
}

void clone_run_release(struct clone_run *c)
{
	if (c->target_admin != c->source_admin)
		admin_close(c->target_admin);
	admin_close(c->source_admin);
	topic_apply_release(&c->plan);
	clone_state_release(&c->state);
	free(c->source_id);
	free(c->target_id);
	free(c->ends);
	free(c->starts);
	free(c->stops);
}

/* Reporting */

void clone_run_say(const struct clone_run *c, const char *fmt, ...)
{
	struct str text = { 0 };
	va_list ap;

	va_start(ap, fmt);
	str_addv(&text, fmt, ap);
	va_end(ap);
	c->job.note(c->job.context, str_text(&text));
	str_release(&text);
}

int64_t clone_run_expected(const struct clone_run *c, size_t i)
{
	const struct clone_part *p = &c->state.parts[i];
	int64_t from = p->source >= c->starts[i] ? p->source + 1 : c->starts[i];
	int64_t left = c->stops[i] > from ? c->stops[i] - from - (c->ends[i] - p->target) : 0;

	return c->ends[i] + (left > 0 ? left : 0);
}

void clone_run_describe(struct str *out, const struct clone_progress *p)
{
	format_count(out, p->delivered);
	str_add(out, " records, ");
	format_bytes(out, (double)p->bytes);
	str_add(out, " copied in ");
	format_duration(out, p->ms);
	str_add(out, ", ");
	format_rate(out, p->ms > 0 ? (double)p->delivered * 1000 / (double)p->ms : 0);
	str_add(out, "/s");
}

/* Executing */

/* Some brokers learn of a new topic later than others. */
static bool describe_made(struct clone_run *c, struct admin_description *made, struct error *err)
{
	int64_t deadline_ms = clock_mono_ms() + KNOWN_MS;

	while (!admin_describe_topic(c->target_admin, c->job.target.topic, made, err)) {
		if (err->code != ERR_NOT_FOUND || clock_mono_ms() >= deadline_ms ||
			!admin_pause(c->target_admin, LOOK_MS))
			return false;
		admin_description_release(made);
	}
	return true;
}

/* The state is written before the topic is created: so a topic without a state was not made by weir. */
static bool create_target(struct clone_run *c, struct error *err)
{
	const struct apply_host host = { &c->job.target.gate, c->job.interrupted, c->job.context };
	struct topic_apply_item *item = &c->plan.items[0];
	struct admin_description made;
	bool ok;

	if (c->data && !clone_state_save(&c->state, err))
		return false;
	apply_execute(c->target_admin, &c->plan, &host);
	if (item->state != TOPIC_APPLY_DONE)
		return error_set(err, item->state == TOPIC_APPLY_LEFT ? ERR_INTERRUPTED : ERR_KAFKA, "%s", item->why);
	if (!c->data)
		return true;
	ok = describe_made(c, &made, err);
	if (ok) {
		free(c->state.target.id);
		c->state.target.id = mem_strdup(made.id);
		ok = clone_state_save(&c->state, err);
	}
	admin_description_release(&made);
	return ok;
}

static struct journal_change *begin_entry(const struct clone_run *c, struct journal_entry *e, struct error *err)
{
	struct str summary = { 0 };
	int64_t left = 0;

	*e = (struct journal_entry){ .kind = JOURNAL_TOPIC_CLONE };
	e->kind_name = mem_strdup(journal_kind_name(e->kind));
	e->cluster_id = mem_strdup(c->target_id);
	e->bootstrap = mem_strdup(c->job.target.gate.pin.bootstrap);
	e->context = mem_strdup(c->job.target.gate.pin.context);
	e->name = mem_strdup(c->job.target.topic);
	for (size_t i = 0; i < c->state.part_count; i++) {
		struct journal_item *item = journal_add_item(e, c->job.target.topic, (int32_t)i);

		item->before = c->ends[i];
		item->after = clone_run_expected(c, i);
		left += item->after - item->before;
	}
	str_add(&summary, "up to ");
	format_count(&summary, left);
	str_addf(&summary, " records of %s", c->job.source.topic);
	if (c->elsewhere)
		str_addf(&summary, " at %s", c->job.source.gate.pin.bootstrap);
	str_addf(&summary, ", %s", c->exists ? "going on" : "from its start");
	e->summary = str_take(&summary);
	return journal_begin(e, err);
}

static void end_entry(const struct clone_run *c, struct journal_change *open, struct journal_entry *e,
	const struct error *why)
{
	struct str message = { 0 };
	struct error err;

	e->state = why->code == ERR_NONE ? JOURNAL_DONE : c->job.now.delivered ? JOURNAL_PARTIAL : JOURNAL_FAILED;
	clone_run_describe(&message, &c->job.now);
	if (why->code != ERR_NONE)
		str_addf(&message, "; %s", why->message);
	e->message = str_take(&message);
	if (!journal_end(open, e, &err))
		clone_run_say(c, "%s", err.message);
}

/* Compares the copy's own count with the offsets of the brokers. */
static bool check_counts(struct clone_run *c, struct error *err)
{
	int64_t *now = mem_alloc((c->state.part_count + 1) * sizeof(*now));
	bool ok = clone_run_ends(c, now, err);

	for (size_t i = 0; ok && i < c->state.part_count; i++)
		if (now[i] != c->state.parts[i].target)
			ok = error_set(err, ERR_KAFKA,
				"topic %s: partition %zu ends at %" PRId64 " and should end at %" PRId64,
				c->job.target.topic, i, now[i], c->state.parts[i].target);
	free(now);
	return ok;
}

static void look_at_source(void *context, int32_t partition, struct str *out)
{
	struct clone_run *c = context;
	struct admin_description d;
	struct error err;

	if (!admin_describe_topic(c->target_admin, c->job.target.topic, &d, &err)) {
		str_addf(out, "; %s", err.message);
		return;
	}
	if ((size_t)partition < d.partition_count && d.partitions[partition].leader < 0)
		str_add(out, "; it has no leader");
	else if ((size_t)partition < d.partition_count)
		str_addf(out, "; its leader is broker %d, %zu of %zu replicas are in sync",
			(int)d.partitions[partition].leader, d.partitions[partition].isr_count,
			d.partitions[partition].replica_count);
	admin_description_release(&d);
}

static bool is_gone(void *context)
{
	struct clone_run *c = context;
	struct admin_description d;
	struct error err;
	bool found = admin_describe_topic(c->target_admin, c->job.target.topic, &d, &err);
	bool gone = found ? strcmp(d.id, c->state.target.id) != 0 : err.code == ERR_NOT_FOUND;

	admin_description_release(&d);
	return gone;
}

/* After a broker is lost, waits for it; then the target's own log tells what it has. */
static bool copy_all(struct clone_run *c, struct error *err)
{
	/* A topic created just now is empty, and some brokers do not know it yet. */
	while (((c->exists || c->job.rounds) && !clone_align(&c->job, err)) || !clone_copy(&c->job, err)) {
		if (!c->job.lost)
			return false;
		c->job.lost = false;
		c->job.rounds++;
		clone_run_say(c, "%s; once it answers, what it holds is read and it goes on", err->message);
		if (!clone_run_wait(c, err))
			return false;
		for (size_t i = 0; i < c->state.part_count; i++)
			clone_part_forget(&c->state.parts[i]);
		clone_run_say(c, "topic %s: it answers again", c->job.target.topic);
	}
	return true;
}

static bool copy_partitions(struct clone_run *c, struct error *err)
{
	struct journal_entry entry;
	struct journal_change *open;
	bool ok = false;

	if (!cluster_gate_allow(&c->job.target.gate, c->target_admin, err))
		return false;
	open = begin_entry(c, &entry, err);

	c->job.look = look_at_source;
	c->job.gone = is_gone;
	c->job.look_context = c;
	if (open) {
		ok = copy_all(c, err) && check_counts(c, err);
		if (ok)
			error_clear(err);
		end_entry(c, open, &entry, err);
	}
	journal_entry_release(&entry);
	return ok;
}

bool clone_run_execute(struct clone_run *c, struct error *err)
{
	error_clear(err);
	return (!c->plan.count || create_target(c, err)) && (!c->data || copy_partitions(c, err));
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* The starts and ends of the logs of both topics (change/clone_run.h). */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "change/clone_run.h"
#include "kafka/admin_topics.h"

enum { SETTLE_MS = 1000, SETTLE_LOOK_MS = 200, AGAIN_MS = 1000, GONE_MS = 30000 };

static bool list_ends(struct admin *a, const char *topic, int64_t at, int64_t *out, size_t count, struct error *err)
{
	struct admin_topic found = { .name = topic };
	struct admin_offset *asked;
	bool ok = admin_find_topics(a, &found, 1, false, err);

	if (ok && (found.error || (size_t)found.partition_count != count))
		ok = error_set(err, ERR_KAFKA, "topic %s: %s", topic,
			found.error ? found.error : "has more partitions now");
	asked = mem_alloc((count + 1) * sizeof(*asked));
	for (size_t i = 0; ok && i < count; i++)
		asked[i] = (struct admin_offset){ .topic = topic,
			.partition = (int32_t)i,
			.leader = found.leaders[i],
			.at = at };
	ok = ok && admin_list_offsets(a, asked, count, err);
	for (size_t i = 0; ok && i < count; i++) {
		if (asked[i].error)
			ok = error_set(err, ERR_KAFKA, "topic %s: partition %zu: %s", topic, i, asked[i].error);
		out[i] = asked[i].offset;
	}
	free(asked);
	admin_topic_release(&found);
	return ok;
}

/*
 * Records that a killed run sent may still arrive: the target's end is trusted only after it has not moved for
 * a while.
 */
static bool wait_for_settled_ends(struct clone_run *c, int64_t *ends, struct error *err)
{
	size_t count = c->state.part_count;
	int64_t *before = mem_alloc((count + 1) * sizeof(*before));
	int64_t still_ms = clock_mono_ms();
	bool ok = list_ends(c->target_admin, c->job.target.topic, ADMIN_LATEST, before, count, err);

	while (ok && clock_mono_ms() - still_ms < SETTLE_MS) {
		if (!admin_pause(c->target_admin, SETTLE_LOOK_MS))
			ok = admin_stopped(c->target_admin, err);
		ok = ok && list_ends(c->target_admin, c->job.target.topic, ADMIN_LATEST, ends, count, err);
		if (ok && memcmp(before, ends, count * sizeof(*before)) != 0) {
			memcpy(before, ends, count * sizeof(*before));
			still_ms = clock_mono_ms();
		}
	}
	free(before);
	return ok;
}

bool clone_run_ends(struct clone_run *c, int64_t *out, struct error *err)
{
	return list_ends(c->target_admin, c->job.target.topic, ADMIN_LATEST, out, c->state.part_count, err);
}

static int64_t *make_offsets(const struct clone_run *c)
{
	return mem_alloc((c->state.part_count + 1) * sizeof(int64_t));
}

/* Reports records that an earlier run did not reach before retention removed them. */
static void say_gaps(const struct clone_run *c)
{
	for (size_t i = 0; i < c->state.part_count; i++) {
		int64_t next = c->state.parts[i].source + 1;

		if (next > 0 && next < c->starts[i])
			clone_run_say(c,
				"topic %s: partition %zu: retention removed offsets %" PRId64 " to %" PRId64
				" before they "
				"were copied: the copy lacks them",
				c->job.source.topic, i, next, c->starts[i] - 1);
	}
}

/* Records of an open transaction may still be aborted. */
static bool check_transactions(const struct clone_run *c, struct error *err)
{
	int64_t *ends = make_offsets(c);
	bool ok = list_ends(c->source_admin, c->job.source.topic, ADMIN_LATEST, ends, c->state.part_count, err);

	for (size_t i = 0; ok && i < c->state.part_count; i++)
		if (c->stops[i] < ends[i])
			clone_run_say(c,
				"topic %s: partition %zu: a transaction is open at offset %" PRId64
				": the records after it, "
				"up to %" PRId64 " of them, are not copied",
				c->job.source.topic, i, c->stops[i], ends[i] - c->stops[i]);
	free(ends);
	return ok;
}

bool clone_run_look(struct clone_run *c, struct error *err)
{
	size_t count = c->state.part_count;
	const char *source = c->job.source.topic;

	c->ends = make_offsets(c);
	c->starts = make_offsets(c);
	c->stops = make_offsets(c);
	if ((c->exists && !wait_for_settled_ends(c, c->ends, err)) ||
		!list_ends(c->source_admin, source, ADMIN_EARLIEST, c->starts, count, err) ||
		!list_ends(c->source_admin, source, ADMIN_STABLE, c->stops, count, err) || !check_transactions(c, err))
		return false;
	say_gaps(c);
	return true;
}

struct waiting {
	bool other;      /* the name belongs to another topic now */
	int64_t gone_ms; /* since when it is reported not to exist; 0: it exists */
};

/* Whether the target is the same topic, not another one of its name. */
static bool is_same(struct clone_run *c, struct waiting *w, struct error *err)
{
	struct admin_description d;
	bool ok = admin_describe_topic(c->target_admin, c->job.target.topic, &d, err);

	w->other = ok && strcmp(d.id, c->state.target.id) != 0;
	if (w->other)
		ok = error_set(err, ERR_KAFKA, "topic %s was deleted and created again meanwhile", c->job.target.topic);
	else if (ok || err->code != ERR_NOT_FOUND)
		w->gone_ms = 0;
	else if (!w->gone_ms)
		w->gone_ms = clock_mono_ms();
	admin_description_release(&d);
	return ok;
}

bool clone_run_wait(struct clone_run *c, struct error *err)
{
	int64_t *ends = make_offsets(c);
	struct waiting w = { 0 };
	bool ok = false, tired = false;

	while (!tired && !(ok = is_same(c, &w, err) && wait_for_settled_ends(c, ends, err))) {
		/* Brokers that have just started know no topics for a moment. */
		tired = w.other || err->code == ERR_INTERRUPTED || err->code == ERR_OTHER_CLUSTER ||
			(w.gone_ms && clock_mono_ms() - w.gone_ms >= GONE_MS);
		if (!tired && !admin_pause(c->target_admin, AGAIN_MS))
			tired = !admin_stopped(c->target_admin, err);
	}
	free(ends);
	return ok;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "change/reset_apply.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "change/reset_read.h"
#include "model/reset_text.h"

/* How often to ask whether a group is empty, and whether it has committed again. */
enum { LOOK_MS = 200, WATCH_MS = 500 };

static struct reset_result *reset_result_of(struct reset_plan *plan, enum reset_outcome outcome, const char *why)
{
	struct reset_result *result = mem_alloc(sizeof(*result));

	result->outcome = outcome;
	result->plan = plan;
	result->why = mem_strdup(why);
	return result;
}

static struct reset_result *end_of_error(struct reset_plan *plan, const struct error *err)
{
	return reset_result_of(plan, err->code == ERR_INTERRUPTED ? RESET_CANCELLED : RESET_REFUSED, err->message);
}

static struct reset_result *reset_refused_result(struct reset_plan *plan)
{
	struct str why = { 0 };
	struct reset_result *result;

	reset_plan_refusal(&why, plan);
	result = reset_result_of(plan, RESET_REFUSED, str_text(&why));
	str_release(&why);
	return result;
}

static void reset_tell_phase(const struct reset_host *host, enum reset_phase phase, const struct admin_group *group,
	int64_t left_ms)
{
	struct reset_progress *p;

	if (!host->progress)
		return;
	p = mem_alloc(sizeof(*p));
	p->phase = phase;
	p->left_ms = left_ms;
	p->state = group ? group->state : GROUP_STATE_UNKNOWN;
	p->member_count = group ? group->member_count : 0;
	p->members = mem_alloc((p->member_count + 1) * sizeof(*p->members));
	for (size_t i = 0; i < p->member_count; i++)
		p->members[i] = (struct reset_member){ mem_strdup(group->members[i].id),
			mem_strdup(group->members[i].client_id), mem_strdup(group->members[i].host) };
	host->progress(host->data, p);
}

static bool is_empty(const struct admin_group *g)
{
	return !g->member_count && (g->state == GROUP_EMPTY || g->state == GROUP_DEAD);
}

/* A coordinator that does not answer for a while does not end the wait; another cluster does. */
static enum reset_outcome wait_empty(struct admin *a, const char *id, int64_t wait_ms, const struct reset_host *host,
	struct error *err)
{
	int64_t deadline_ms = clock_mono_ms() + wait_ms;

	for (;;) {
		struct admin_group group;
		bool known = admin_describe_group(a, id, &group, err);
		bool empty = known && is_empty(&group);
		int64_t left_ms = deadline_ms - clock_mono_ms();

		if (known)
			reset_tell_phase(host, RESET_PHASE_WAITING, &group, left_ms > 0 ? left_ms : 0);
		admin_group_release(&group);
		if (empty)
			return RESET_DONE;
		if (!known && (err->code == ERR_DENIED || err->code == ERR_OTHER_CLUSTER))
			return RESET_REFUSED;
		if (left_ms <= 0) {
			if (known)
				error_set(err, ERR_TIMEOUT, "group %s was not empty within %g s; nothing was changed",
					group_id_shown(id), (double)wait_ms / 1000);
			return RESET_WAITED;
		}
		if (!admin_pause(a, LOOK_MS)) {
			if (admin_other_cluster(a)) {
				admin_stopped(a, err);
				return RESET_REFUSED;
			}
			error_set(err, ERR_INTERRUPTED, "interrupted while waiting; nothing was changed");
			return RESET_CANCELLED;
		}
	}
}

static bool commit_moved(const struct admin_commits *now, struct reset_result *result)
{
	for (size_t i = 0; i < now->count; i++) {
		for (size_t k = 0; k < result->row_count; k++) {
			const struct reset_result_row *row = &result->rows[k];

			if (row->partition != now->items[i].partition || strcmp(row->topic, now->items[i].topic) != 0 ||
				row->after == now->items[i].offset)
				continue;
			result->resumed = true;
			result->resumed_topic = mem_strdup(row->topic);
			result->resumed_partition = row->partition;
			result->resumed_offset = now->items[i].offset;
			return true;
		}
	}
	return false;
}

bool reset_watch_before(struct admin *a, const struct reset_plan *plan, int64_t watch_ms, struct reset_moved *moved)
{
	int64_t begun_ms = clock_mono_ms();
	bool found = false;

	while (!found && clock_mono_ms() - begun_ms < watch_ms && admin_pause(a, WATCH_MS)) {
		struct admin_commits now;

		if (!admin_read_commits(a, plan->request->group, &now, NULL))
			continue;
		for (size_t i = 0; i < now.count && !found; i++) {
			const struct reset_row *row = reset_plan_find(plan, now.items[i].topic, now.items[i].partition);

			found = row && row->committed != now.items[i].offset;
			if (found)
				*moved = (struct reset_moved){ row->topic, row->partition, row->committed,
					now.items[i].offset, clock_mono_ms() - begun_ms };
		}
		admin_commits_release(&now);
	}
	return found;
}

void reset_watch(struct admin *a, int64_t watch_ms, const struct reset_host *host, struct reset_result *result)
{
	const char *id = result->plan->request->group;
	int64_t begun_ms = clock_mono_ms();
	bool moved = false;

	reset_tell_phase(host, RESET_PHASE_WATCHING, NULL, watch_ms);
	while (!moved && clock_mono_ms() - begun_ms < watch_ms && admin_pause(a, WATCH_MS)) {
		struct admin_commits now;

		if (!admin_read_commits(a, id, &now, NULL))
			continue;
		moved = commit_moved(&now, result);
		admin_commits_release(&now);
	}
	result->resumed_after_ms = clock_mono_ms() - begun_ms;
}

static struct reset_result *apply_now(struct admin *a, const struct reset_apply_input *in, struct reset_plan *plan,
	bool armed, const struct reset_host *host)
{
	const struct cluster_gate gate = cluster_gate_planned(host->gate, in->confirmed->cluster_id);
	struct str why = { 0 };
	enum reset_change change;
	struct reset_result *result;
	struct error err;

	/* Another cluster may have the same groups and topics, but it is not the cluster that was confirmed. */
	if (!cluster_pin_admits(&gate.pin, plan->cluster_id, &err))
		return reset_result_of(plan, RESET_REFUSED, err.message);
	if (plan->refusal != RESET_ALLOWED && plan->refusal != RESET_ACTIVE)
		return reset_refused_result(plan);
	change = in->unchecked ? RESET_SAME : reset_plan_compare(in->confirmed, plan, &in->bounds, armed, &why);
	if (change != RESET_SAME) {
		result = reset_result_of(plan, RESET_CHANGED, str_text(&why));
		result->change = change;
	} else if (plan->refusal == RESET_ACTIVE && armed) {
		result = reset_refused_result(plan);
		result->outcome = RESET_RACE_LOST;
	} else if (plan->refusal == RESET_ACTIVE) {
		result = reset_refused_result(plan);
	} else {
		result = reset_execute(a, plan, host);
	}
	str_release(&why);
	return result;
}

struct reset_result *reset_apply(struct admin *a, const struct reset_apply_input *in, const struct reset_host *host)
{
	const struct reset_request *request = in->confirmed->request;
	struct error err = { 0 };
	struct reset_result *result;
	struct reset_plan *plan;
	bool armed = in->wait_ms > 0;

	admin_on_cancel(a, host->cancelled, host->data);
	reset_tell_phase(host, RESET_PHASE_PLANNING, NULL, 0);
	plan = reset_read(a, request, in->confirmed->rate_per_s, &err);
	if (plan && plan->refusal == RESET_ACTIVE && armed) {
		enum reset_outcome waited;

		reset_plan_free(plan);
		plan = NULL;
		waited = wait_empty(a, request->group, in->wait_ms, host, &err);
		if (waited != RESET_DONE)
			return reset_result_of(NULL, waited, err.message);
		plan = reset_read(a, request, in->confirmed->rate_per_s, &err);
	}
	if (!plan)
		return end_of_error(NULL, &err);
	result = apply_now(a, in, plan, armed, host);
	if (in->watch_ms > 0 && result->outcome == RESET_DONE)
		reset_watch(a, in->watch_ms, host, result);
	return result;
}

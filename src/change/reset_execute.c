/* SPDX-License-Identifier: BSD-2-Clause */
/* Executes one plan and reads the offsets back (change/reset_apply.h). */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/search.h"
#include "change/journal.h"
#include "change/reset_apply.h"

enum { BEHIND_MS = 3000, AGAIN_MS = 200 };

struct execution {
	const struct cluster_gate *gate; /* of the plan */
	struct admin *admin;
	const struct reset_plan *plan;
	struct reset_result *result;
	struct admin_commits commits, removals; /* what is sent; sorted afterwards */
	bool sent;                              /* something may have reached the coordinator */
	bool unsure;                            /* it is not known whether it was done */
	bool is_previous;                       /* the offsets read last are the previous ones */
	bool race;
	struct error why;
};

static void tell_phase(const struct reset_host *host, enum reset_phase phase)
{
	struct reset_progress *progress;

	if (!host->progress)
		return;
	progress = mem_alloc(sizeof(*progress));
	progress->phase = phase;
	host->progress(host->data, progress);
}

static void make_rows(struct execution *x)
{
	const struct reset_plan *plan = x->plan;
	struct reset_result *result = x->result;
	bool whole = plan->request->how.strategy == RESET_DELETE_GROUP;

	result->rows = mem_alloc((plan->row_count + 1) * sizeof(*result->rows));
	for (size_t i = 0; i < plan->row_count; i++) {
		const struct reset_row *row = &plan->rows[i];

		if (row->action != RESET_COMMIT && row->action != RESET_REMOVE)
			continue;
		result->rows[result->row_count++] = (struct reset_result_row){ .topic = mem_strdup(row->topic),
			.partition = row->partition,
			.before = row->committed,
			.target = row->target,
			.after = RESET_NO_OFFSET };
		if (row->action == RESET_COMMIT) {
			struct admin_commit *c = admin_commits_add(&x->commits, row->topic, row->partition);

			c->offset = row->target;
			c->leader_epoch = row->target_epoch;
			c->metadata = mem_strdup(row->target_metadata);
		} else if (!whole) {
			admin_commits_add(&x->removals, row->topic, row->partition);
		}
	}
}

static void reset_send(struct execution *x)
{
	const char *group = x->plan->request->group;
	struct admin_change change = { 0 };
	bool ok;

	if (x->plan->request->how.strategy == RESET_DELETE_GROUP) {
		ok = admin_delete_group(x->admin, group, &change, &x->why);
	} else {
		ok = admin_alter_commits(x->admin, group, &x->commits, &change, &x->why);
		x->sent = change.sent;
		if (ok)
			ok = admin_delete_commits(x->admin, group, &x->removals, &change, &x->why);
	}
	x->sent |= change.sent;
	x->race = change.race;
	x->unsure = !ok && change.unsure;
}

static int compare_result_rows(const void *a, const void *b)
{
	const struct reset_result_row *x = a, *y = b;

	return reset_compare(x->topic, x->partition, y->topic, y->partition);
}

static struct reset_result_row *find_row(struct reset_result *result, const char *topic, int32_t partition)
{
	const struct reset_result_row key = { .topic = (char *)(uintptr_t)topic, .partition = partition };

	return search_find(&key, result->rows, result->row_count, sizeof(key), compare_result_rows);
}

static void take_errors(struct execution *x, const struct admin_commits *items)
{
	for (size_t i = 0; i < items->count; i++) {
		struct reset_result_row *row = find_row(x->result, items->items[i].topic, items->items[i].partition);

		if (!row || !items->items[i].error)
			continue;
		free(row->error);
		row->error = mem_strdup(items->items[i].error);
		x->race |= items->items[i].race;
	}
}

/* A group that is gone has no committed offsets; one that cannot be asked has unknown ones. */
static bool read_once(struct execution *x, struct error *err)
{
	const char *group = x->plan->request->group;
	struct reset_result *result = x->result;
	struct admin_commits now = { 0 };

	if (x->plan->request->how.strategy == RESET_DELETE_GROUP) {
		struct admin_listed listed;

		if (!admin_list_groups(x->admin, &group, &listed, 1, err))
			return false;
		if (listed.listed && x->why.code == ERR_NONE)
			error_set(&x->why, ERR_KAFKA, "group %s is still there", group_id_shown(group));
	}
	if (!admin_read_commits(x->admin, group, &now, err))
		return false;
	for (size_t i = 0; i < result->row_count; i++) {
		result->rows[i].read_back = true;
		result->rows[i].after = RESET_NO_OFFSET;
	}
	for (size_t i = 0; i < now.count; i++) {
		struct reset_result_row *row = find_row(result, now.items[i].topic, now.items[i].partition);
		const struct reset_row *planned = row ? reset_plan_find(x->plan, row->topic, row->partition) : NULL;

		if (!row)
			continue;
		row->after = now.items[i].offset;
		if (row->after == row->target && planned->target_metadata && !row->error &&
			(!now.items[i].metadata || strcmp(now.items[i].metadata, planned->target_metadata) != 0))
			row->error = mem_strdup("the commit's metadata differs");
	}
	admin_commits_release(&now);
	result->ok_count = 0;
	for (size_t i = 0; i < result->row_count; i++) {
		struct reset_result_row *row = &result->rows[i];

		row->ok = !row->error && row->after == row->target;
		result->ok_count += row->ok;
	}
	return true;
}

/*
 * Kafka confirmed the change, and the offsets read are those of the plan or the previous ones: nobody else has
 * committed.
 */
static bool reads_previous_offsets(const struct execution *x)
{
	const struct reset_result *result = x->result;

	for (size_t i = 0; i < result->row_count; i++) {
		const struct reset_result_row *row = &result->rows[i];

		if (!row->ok && (row->error || row->after != row->before))
			return false;
	}
	return x->why.code == ERR_NONE && result->ok_count < result->row_count;
}

/*
 * Sends the change once more, to the same cluster; Kafka refuses it for the same reasons as the first time.
 * False: another cluster answers, so nothing is sent, and what was read from it means nothing.
 */
static bool send_again(struct execution *x, struct error *err)
{
	const char *group = x->plan->request->group;
	struct admin_change change = { 0 };

	if (x->plan->request->how.strategy == RESET_DELETE_GROUP)
		return true;
	if (!cluster_gate_allow(x->gate, x->admin, err))
		return err->code != ERR_OTHER_CLUSTER;
	log_write(LOG_WARN, "reset", "group %s: accepted, but the offsets are as before: sent again",
		group_id_shown(group));
	if (admin_alter_commits(x->admin, group, &x->commits, &change, err))
		admin_delete_commits(x->admin, group, &x->removals, &change, err);
	return true;
}

/*
 * A coordinator that takes over returns offsets only up to the high watermark it knows: for a moment, or until
 * somebody commits, a commit that the previous coordinator confirmed may be missing.
 */
static bool read_back(struct execution *x, struct error *err)
{
	for (int times = 0; times < 2; times++) {
		int64_t until_ms = clock_mono_ms() + BEHIND_MS;

		if (times > 0 && !send_again(x, err))
			return false;
		do {
			if (!read_once(x, err))
				return false;
			x->is_previous = reads_previous_offsets(x);
			if (!x->is_previous)
				return true;
		} while (clock_mono_ms() < until_ms && admin_pause(x->admin, AGAIN_MS));
	}
	return true;
}

static void add_members(struct str *out, struct execution *x)
{
	struct admin_group group;

	if (!admin_describe_group(x->admin, x->plan->request->group, &group, NULL))
		return;
	for (size_t i = 0; i < group.member_count && i < 5; i++)
		str_addf(out, "%s%s (client %s) at %s", i ? ", " : ": ", group.members[i].id,
			group.members[i].client_id, group.members[i].host);
	admin_group_release(&group);
}

static bool nothing_moved(const struct reset_result *result)
{
	for (size_t i = 0; i < result->row_count; i++) {
		if (result->rows[i].ok && result->rows[i].before != result->rows[i].target)
			return false;
	}
	return true;
}

/* A coordinator that is being replaced may refuse what it, or the previous one, has done. */
static bool was_read_as_done(const struct execution *x)
{
	return x->plan->request->how.strategy != RESET_DELETE_GROUP && !nothing_moved(x->result);
}

static size_t count_errors(const struct reset_result *result)
{
	size_t count = 0;

	for (size_t i = 0; i < result->row_count; i++)
		count += result->rows[i].error != NULL;
	return count;
}

static void add_unread_reason(const struct execution *x, const struct error *read_err, struct str *out)
{
	if (x->is_previous)
		str_add(out,
			"Kafka accepted it, but the offsets that were read back are the previous ones, and they could not be "
			"read again");
	else
		str_addf(out, "%s; what is committed could not be read back", x->why.code ? x->why.message : "applied");
	str_addf(out, ": %s", read_err->message);
}

/* The outcome, from the answers and from the offsets read back (`was_read`; else `read_err` says why not). */
static void reset_outcome_of(struct execution *x, bool was_read, const struct error *read_err)
{
	struct reset_result *result = x->result;
	struct str why = { 0 };

	if (x->race && (!was_read || nothing_moved(result))) {
		result->outcome = RESET_RACE_LOST;
		str_add(&why, "a member came first and Kafka refused: nothing was changed");
		add_members(&why, x);
	} else if (!was_read) {
		result->outcome = RESET_UNVERIFIED;
		add_unread_reason(x, read_err, &why);
	} else if (result->ok_count == result->row_count && (!x->why.code || x->unsure || was_read_as_done(x))) {
		result->outcome = RESET_DONE;
	} else if (x->unsure && nothing_moved(result)) {
		result->outcome = RESET_UNVERIFIED;
		str_addf(&why, "%s; nothing has changed so far, as read back", x->why.message);
	} else if (nothing_moved(result) && (x->why.code || count_errors(result) == result->row_count)) {
		result->outcome = RESET_REFUSED;
		str_addf(&why, "%s; nothing was changed", x->why.code ? x->why.message : result->rows[0].error);
	} else {
		result->outcome = RESET_PARTIAL;
		str_addf(&why, "%zu of %zu partitions are not as planned%s%s", result->row_count - result->ok_count,
			result->row_count, x->why.code ? ": " : "", x->why.code ? x->why.message : "");
	}
	if (why.len)
		result->why = str_take(&why);
	str_release(&why);
}

static enum journal_state journal_state_of(enum reset_outcome outcome)
{
	switch (outcome) {
	case RESET_DONE:
		return JOURNAL_DONE;
	case RESET_PARTIAL:
		return JOURNAL_PARTIAL;
	case RESET_UNVERIFIED:
		return JOURNAL_UNVERIFIED;
	default:
		return JOURNAL_FAILED;
	}
}

static void end_entry(struct journal_entry *e, struct reset_result *result)
{
	e->state = journal_state_of(result->outcome);
	free(e->message);
	e->message = mem_strdup(result->why);
	for (size_t i = 0; i < e->item_count; i++) {
		const struct reset_result_row *row = find_row(result, e->items[i].name, e->items[i].partition);

		/* An undo must also cover what may still be done. */
		if (row && (row->error || (row->read_back && !row->ok && result->outcome != RESET_UNVERIFIED)))
			e->items[i].error = mem_strdup(row->error ? row->error : "differs when read back");
	}
}

static struct reset_result *reset_refuse(struct reset_result *result, const struct error *err)
{
	result->outcome = err->code == ERR_INTERRUPTED ? RESET_CANCELLED : RESET_REFUSED;
	result->why = mem_strdup(err->message);
	return result;
}

static void change_and_look(struct execution *x, const struct reset_host *host)
{
	struct error err = { 0 };
	bool was_read;

	make_rows(x);
	reset_send(x);
	take_errors(x, &x->commits);
	take_errors(x, &x->removals);
	tell_phase(host, RESET_PHASE_VERIFYING);
	was_read = read_back(x, &err);
	reset_outcome_of(x, was_read, &err);
	admin_commits_release(&x->commits);
	admin_commits_release(&x->removals);
}

struct reset_result *reset_execute(struct admin *a, struct reset_plan *plan, const struct reset_host *host)
{
	struct reset_result *result = mem_alloc(sizeof(*result));
	struct journal_entry entry = { 0 };
	struct journal_change *change;
	struct error err = { 0 };
	const struct cluster_gate gate = cluster_gate_planned(host->gate, plan->cluster_id);
	struct execution x = { .gate = &gate, .admin = a, .plan = plan, .result = result };

	result->plan = plan;
	if (!cluster_gate_allow(&gate, a, &err))
		return reset_refuse(result, &err);
	journal_entry_of_plan(&entry, plan);
	entry.bootstrap = mem_strdup(gate.pin.bootstrap);
	entry.context = mem_strdup(gate.pin.context);
	change = journal_begin(&entry, &err);
	if (!change) {
		journal_entry_release(&entry);
		return reset_refuse(result, &err);
	}
	result->journal_id = mem_strdup(entry.id);
	tell_phase(host, RESET_PHASE_APPLYING);
	/* From here on it is finished even when cancelled: what was sent is read back. */
	admin_on_cancel(a, NULL, NULL);
	/* Time may have passed, waiting for another weir that writes to the journal, or for a slow disk. */
	if (cluster_gate_allow(&gate, a, &err))
		change_and_look(&x, host);
	else
		reset_refuse(result, &err);
	end_entry(&entry, result);
	/*
	 * The change is made: a result that could not be written is reported, and the next start finds it
	 * missing.
	 */
	if (!journal_end(change, &entry, &err)) {
		log_write(LOG_ERROR, "journal", "%s", err.message);
		result->journal_error = mem_strdup(err.message);
	}
	journal_entry_release(&entry);
	admin_on_cancel(a, host->cancelled, host->data);
	return result;
}

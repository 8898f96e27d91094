/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/reset.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "change/offset_file.h"
#include "change/reset_apply.h"
#include "change/reset_read.h"
#include "cli/handle.h"
#include "cli/say.h"
#include "kafka/peek.h"
#include "model/reset_text.h"

static bool is_cancelled(void *context)
{
	struct reset_run *r = context;

	return handle_interrupted(&r->wake);
}

bool reset_run_open(struct reset_run *r, const struct command_input *in, struct error *err)
{
	*r = (struct reset_run){ .in = in };
	if (!handle_open(in, &r->wake, &r->admin, err))
		return false;
	output_init(&r->output, in->args->format, reset_columns, reset_column_count);
	return true;
}

void reset_run_close(struct reset_run *r)
{
	handle_close(&r->wake, r->admin);
	output_release(&r->output);
}

bool reset_is_confirmed(const struct command_input *in, const char *name, struct error *err)
{
	if (!in->args->execute || (!in->is_protected && !in->args->confirm))
		return true;
	if (!in->args->confirm)
		return error_set(err, ERR_USAGE, "context %s is protected: add --confirm %s", in->context,
			*name ? name : "'\"\"'");
	name = group_id_shown(name);
	if (strcmp(in->args->confirm, name) != 0)
		return error_set(err, ERR_USAGE, "--confirm %s: the name to confirm is %s", in->args->confirm, name);
	return true;
}

/* Prints a line for each new state of the group. */
static void say_progress(void *data, struct reset_progress *p)
{
	struct reset_run *r = data;

	if (p->phase == RESET_PHASE_WAITING && p->member_count && r->waited_in != group_state_name(p->state)) {
		const struct reset_member *m = &p->members[0];

		r->waited_in = group_state_name(p->state);
		command_say("waiting up to %lld s until the group is empty (%s): %s (client %s) at %s%s",
			(long long)(p->left_ms + 999) / 1000, r->waited_in, m->id, m->client_id, m->host,
			p->member_count > 1 ? " and others" : "");
	}
	reset_progress_free(p);
}

static struct reset_result *reset_run_apply(struct reset_run *r, struct reset_plan *plan)
{
	struct reset_host host = { &r->in->gate, say_progress, is_cancelled, r };
	struct reset_apply_input armed = { .confirmed = plan, .wait_ms = r->in->args->reset.wait_empty_ms };
	struct reset_result *result;

	r->waited_in = NULL;
	if (!armed.wait_ms)
		return reset_execute(r->admin, plan, &host);
	armed.unchecked = true;
	result = reset_apply(r->admin, &armed, &host);
	if (!result->plan)
		result->plan = plan;
	else
		reset_plan_free(plan);
	return result;
}

static void say_refusal(struct reset_run *r, const struct reset_plan *plan)
{
	struct str why = { 0 };

	reset_plan_refusal(&why, plan);
	if (plan->refusal == RESET_ACTIVE)
		str_add(&why,
			r->in->args->execute ? "; nothing was changed: stop its members, or add --wait-empty SECONDS" :
					       "; it must be empty before its offsets can be changed");
	command_say("%s", str_text(&why));
	str_release(&why);
	if (r->in->args->execute || (plan->refusal != RESET_ACTIVE && plan->refusal != RESET_NOTHING))
		r->status = 1;
}

/* The first records at the targets of the first --peek rows; NULL: none were requested. */
static struct reset_peek *reset_run_peek(struct reset_run *r, const struct reset_plan *plan)
{
	const struct peek_host host = { is_cancelled, NULL, r };
	struct reset_peek_item *items = mem_alloc((plan->row_count + 1) * sizeof(*items));
	struct reset_peek_input in = { .items = items };
	struct reset_peek *found;
	struct error err;

	for (size_t i = 0; i < plan->row_count && in.count < (size_t)r->in->args->reset.peek; i++) {
		const struct reset_row *row = &plan->rows[i];

		if (row->action == RESET_COMMIT)
			items[in.count++] = (struct reset_peek_item){ (char *)(uintptr_t)row->topic, row->partition,
				row->target, row->log_end };
	}
	found = in.count ? reset_peek_of(&in) : NULL;
	if (found && !peek_records(r->in->client, r->in->settings->timeout_ms, &in, found, &host, &err))
		command_say("--peek: %s", err.message);
	free(items);
	return found;
}

static void say_result(struct reset_run *r, const struct reset_result *result)
{
	const char *group = group_id_shown(result->plan->request->group);

	if (result->outcome == RESET_DONE && result->journal_id)
		command_say("group %s: done and verified: %zu of %zu partitions; to undo it: weir undo %s", group,
			result->ok_count, result->row_count, result->journal_id);
	else
		command_say("group %s: %s: %s", group, reset_outcome_name(result->outcome),
			result->why ? result->why : "");
	if (result->outcome != RESET_DONE && result->outcome != RESET_REFUSED && result->journal_id)
		command_say("group %s: the previous offsets are in the journal; to restore them: weir undo %s", group,
			result->journal_id);
	if (result->journal_error)
		command_say("%s", result->journal_error);
	r->interrupted |= result->outcome == RESET_CANCELLED;
	if (result->outcome != RESET_DONE)
		r->status = 1;
}

/*
 * A partition that does not exist is an error even in a plan; other exclusions are errors only when the change
 * was to be made.
 */
static void say_excluded(struct reset_run *r, const struct reset_plan *plan)
{
	const struct reset_row *first = NULL;
	struct str note = { 0 };

	for (size_t i = 0; i < plan->row_count; i++) {
		if (plan->rows[i].action != RESET_EXCLUDED)
			continue;
		first = first ? first : &plan->rows[i];
		if (r->in->args->execute || plan->rows[i].notes & RESET_NOTE_MISSING)
			r->status = 1;
	}
	if (first) {
		reset_row_note(&note, first);
		command_say("group %s: %zu partition%s left out; %s, partition %d: %s",
			group_id_shown(plan->request->group), plan->excluded, plan->excluded == 1 ? " is" : "s are",
			first->topic, (int)first->partition, str_text(&note));
	}
	str_release(&note);
}

bool reset_run_group(struct reset_run *r, const struct reset_request *request, struct str *export, struct error *err)
{
	struct reset_plan *plan = reset_read(r->admin, request, NAN, err);
	struct reset_peek *looked;
	bool may, others;

	r->arrivals.per_s = NAN;
	if (!plan)
		return false;
	others = reset_watch_others(r, plan);
	if (is_cancelled(r)) {
		reset_plan_free(plan);
		return error_set(err, ERR_INTERRUPTED, "interrupted; nothing was changed");
	}
	if (others) {
		/* The journal keeps the offsets that were committed last. */
		reset_plan_free(plan);
		plan = reset_read(r->admin, request, NAN, err);
		if (!plan)
			return false;
	}
	may = plan->refusal == RESET_ALLOWED || (plan->refusal == RESET_ACTIVE && r->in->args->reset.wait_empty_ms);
	if (export)
		reset_plan_csv(export, plan, r->in->args->groups.count > 1);
	if (r->in->args->execute && may) {
		struct reset_result *result = reset_run_apply(r, plan);

		reset_print(r, result->plan, NULL, result);
		say_excluded(r, result->plan);
		say_result(r, result);
		reset_watch_after(r, result, others);
		reset_result_free(result);
		return true;
	}
	if (r->in->args->format == OUTPUT_TABLE && plan->left_to_read > 0)
		r->arrivals = reset_measure_arrivals(r->admin, plan);
	looked = reset_run_peek(r, plan);
	reset_print(r, plan, looked, NULL);
	reset_peek_free(looked);
	/* A plan does not fail, even if it could not be executed now; a missing group does. */
	say_excluded(r, plan);
	if (plan->refusal != RESET_ALLOWED)
		say_refusal(r, plan);
	reset_plan_free(plan);
	return true;
}

static bool write_export(const char *path, const struct str *text, struct error *err)
{
	FILE *f = fopen(path, "wb");
	bool ok = f && fwrite(str_text(text), 1, text->len, f) == text->len;

	if (f)
		ok = fclose(f) == 0 && ok;
	return ok || error_set(err, ERR_SYSTEM, "--export %s: %s", path, strerror(errno));
}

static bool run_groups(struct reset_run *r, struct reset_request *requests, struct error *err)
{
	const struct command_input *in = r->in;
	struct str export = { 0 };
	bool ok = true;

	for (size_t i = 0; ok && i < in->args->groups.count; i++)
		ok = reset_run_group(r, &requests[i], in->args->reset.export_file ? &export : NULL, err);
	if (ok && in->args->reset.export_file)
		ok = write_export(in->args->reset.export_file, &export, err);
	str_release(&export);
	return ok;
}

static bool make_requests(const struct command_input *in, struct reset_request *requests, struct error *err)
{
	struct offset_file file = { 0 };
	bool ok = reset_read_file(in, &file, err);

	for (size_t i = 0; ok && i < in->args->groups.count; i++)
		ok = reset_make_request(in, in->args->groups.items[i], &file, &requests[i], err) &&
			reset_is_confirmed(in, in->args->groups.items[i], err);
	offset_file_release(&file);
	return ok;
}

static int run_all(const struct command_input *in, struct reset_request *requests, struct error *err)
{
	struct reset_run r;
	int status;

	if (!make_requests(in, requests, err) || !reset_run_open(&r, in, err))
		return error_exit_status(err);
	status = run_groups(&r, requests, err) ? r.status : error_exit_status(err);
	if (r.interrupted)
		status = 130;
	reset_run_close(&r);
	return status;
}

int reset_run(const struct command_input *in, struct error *err)
{
	struct reset_request *requests = mem_alloc((in->args->groups.count + 1) * sizeof(*requests));
	int status;

	error_clear(err);
	if (!in->args->groups.count)
		error_set(err, ERR_USAGE, "weir reset needs -g GROUP");
	else if (in->args->reset.wait_empty_ms && !in->args->execute)
		error_set(err, ERR_USAGE, "--wait-empty needs --execute");
	status = err->code == ERR_NONE ? run_all(in, requests, err) : error_exit_status(err);
	for (size_t i = 0; i < in->args->groups.count; i++)
		reset_request_release(&requests[i]);
	free(requests);
	return status;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* `weir topic clone`: a topic like another one, with its records or without. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "change/apply_execute.h"
#include "cli/output.h"
#include "cli/reset.h"
#include "cli/say.h"
#include "cli/topic_apply.h"
#include "cli/topic_clone.h"
#include "kafka/admin_topics.h"
#include "model/format.h"

enum { BUFFER_BYTES = 64 << 20 };

static void show_progress(void *context, const struct clone_progress *p)
{
	struct str line = {0};

	(void)context;
	if (!isatty(STDERR_FILENO))
		return;
	if (p->total > 0)
		str_addf(&line, "%d %%  ", (int)((double)p->done * 100 / (double)p->total));
	format_count(&line, p->delivered);
	str_add(&line, " records  ");
	format_bytes(&line, (double)p->bytes);
	str_add(&line, "  ");
	format_rate(&line, p->ms > 0 ? (double)p->delivered * 1000 / (double)p->ms : 0);
	str_add(&line, "/s");
	fprintf(stderr, "\r\033[K%s", str_text(&line));
	fflush(stderr);
	str_release(&line);
}

static void clear_progress(void)
{
	if (isatty(STDERR_FILENO))
		fputs("\r\033[K", stderr);
}

static void say_note(void *context, const char *text)
{
	(void)context;
	clear_progress();
	command_say("%s", text);
}

static void say_what_was_copied(const struct clone_run *c, const struct clone_progress *p, const struct error *err)
{
	struct str text = {0};

	format_count(&text, p->delivered);
	str_add(&text, " records, ");
	format_bytes(&text, (double)p->bytes);
	str_add(&text, " copied in ");
	format_duration(&text, p->ms);
	str_add(&text, ", ");
	format_rate(&text, p->ms > 0 ? (double)p->delivered * 1000 / (double)p->ms : 0);
	str_add(&text, "/s");
	clear_progress();
	if (err->code == ERR_NONE)
		command_say("%s: %s is a copy of %s; its offsets are its own, committed offsets of %s do not fit it",
			str_text(&text), c->target, c->source, c->source);
	else
		command_say("%s, not all of it; the same command goes on from there", str_text(&text));
	str_release(&text);
}

/* What the partitions hold, and will hold: records, and no more than so many. */
static void add_rows(struct output *o, const struct clone_run *c, bool copied, bool complete)
{
	for (size_t i = 0; i < c->state.part_count; i++) {
		const struct clone_part *p = &c->state.parts[i];
		int64_t there = copied ? p->target : c->ends[i];
		int64_t from = p->source >= c->starts[i] ? p->source + 1 : c->starts[i];
		int64_t left = c->stops[i] > from ? c->stops[i] - from - (there - p->target) : 0;
		char name[32], before[24], after[32];

		snprintf(name, sizeof(name), "partition %zu", i);
		snprintf(before, sizeof(before), "%" PRId64, c->ends[i]);
		if (copied)
			snprintf(after, sizeof(after), "%" PRId64, p->target);
		else
			snprintf(after, sizeof(after), "%" PRId64, there + (left > 0 ? left : 0));
		topic_apply_row(o, c->target, "copy", name, before, after,
			!copied ? "planned" : complete ? "done" : "not complete", NULL);
	}
}

static bool print(const struct clone_run *c, bool copied, bool complete, struct error *err)
{
	struct output o;
	bool ok;

	output_init(&o, c->run.in->format, topic_apply_columns, topic_apply_column_count);
	for (size_t i = 0; i < c->plan.count; i++)
		topic_apply_rows(&o, &c->plan.items[i]);
	add_rows(&o, c, copied, complete);
	ok = output_write(&o, NULL, err) || err->code == ERR_NONE;
	output_release(&o);
	return ok;
}

/* The state stands before the topic does: so a topic without state is none of ours. */
static bool create(struct clone_run *c, struct error *err)
{
	const struct command_input *in = c->run.in;
	const struct apply_host host = {c->target_side.bootstrap, in->context, topic_run_interrupted, &c->run};
	struct topic_apply_item *item = &c->plan.items[0];
	struct admin_description made;
	bool ok;

	if (in->copy->data && !clone_state_save(&c->state, err))
		return false;
	apply_execute(c->target_admin, &c->plan, &host);
	if (item->state != TOPIC_APPLY_DONE)
		return error_set(err, item->state == TOPIC_APPLY_LEFT ? ERR_INTERRUPTED : ERR_KAFKA, "%s", item->why);
	if (!in->copy->data)
		return true;
	ok = admin_describe_topic(c->target_admin, c->target, &made, err);
	if (ok) {
		free(c->state.target.id);
		c->state.target.id = mem_strdup(made.id);
		ok = clone_state_save(&c->state, err);
	}
	admin_description_release(&made);
	return ok;
}

/* The copy's own count against what its brokers say. */
static bool check_counts(struct clone_run *c, int64_t *before, struct error *err)
{
	bool ok = clone_run_ends(c, err);

	for (size_t i = 0; ok && i < c->state.part_count; i++)
		if (c->ends[i] != c->state.parts[i].target)
			ok = error_set(err, ERR_KAFKA, "topic %s: partition %zu ends at %" PRId64 " and should end at %" PRId64, c->target,
				i, c->ends[i], c->state.parts[i].target);
	memcpy(c->ends, before, c->state.part_count * sizeof(*before));
	return ok;
}

static int copy(struct clone_run *c, struct error *err)
{
	const struct command_input *in = c->run.in;
	struct clone_job job = {
		.source = {in->client, in->bootstrap, c->source}, .target = c->target_side, .state = &c->state,
		.compression = in->produce->compression, .per_s = (double)in->produce->per_s, .timeout_ms = in->timeout_ms,
		.buffer_bytes = BUFFER_BYTES, .wake = &c->run.wake, .interrupted = topic_run_interrupted, .note = say_note,
		.progress = show_progress, .context = &c->run,
	};
	int64_t *before = mem_alloc((c->state.part_count + 1) * sizeof(*before));
	struct error ignored = {0};
	bool ok;

	memcpy(before, c->ends, c->state.part_count * sizeof(*before));
	ok = clone_align(&job, err) && clone_copy(&job, err);
	if (ok)
		ok = check_counts(c, before, err);
	free(before);
	say_what_was_copied(c, &job.now, err);
	print(c, true, ok, &ignored);
	return ok ? 0 : error_exit_status(err);
}

static int run(struct clone_run *c, struct error *err)
{
	const struct command_input *in = c->run.in;

	if (!clone_run_plan(c, err) || !apply_validate(c->target_admin, &c->plan, err))
		return error_exit_status(err);
	if (topic_apply_count(&c->plan, TOPIC_APPLY_FAILED)) {
		error_set(err, ERR_KAFKA, "%s", c->plan.items[0].why);
		return error_exit_status(err);
	}
	if (!in->change->execute) {
		if (!print(c, false, false, err))
			return error_exit_status(err);
		command_say("nothing is changed without --execute%s", in->copy->data ?
			"; offsets are not kept: committed offsets do not fit the copy" : "; --data copies the records too");
		return 0;
	}
	if (c->plan.count && !create(c, err))
		return error_exit_status(err);
	if (in->copy->data)
		return copy(c, err);
	return print(c, false, false, err) ? 0 : error_exit_status(err);
}

static bool open_target(struct clone_run *c, struct error *err)
{
	const struct command_input *in = c->run.in;
	const char *there;
	char *here;
	bool ok;

	c->target_side = (struct clone_side){in->client, in->bootstrap, c->target};
	c->target_admin = c->run.admin;
	if (!in->copy->to_client)
		return true;
	c->target_side.client = in->copy->to_client;
	c->target_side.bootstrap = in->copy->to_address;
	c->target_admin = admin_open(in->copy->to_client, in->copy->to_address, in->timeout_ms, err);
	if (!c->target_admin)
		return false;
	admin_on_cancel(c->target_admin, topic_run_interrupted, &c->run);
	if (!admin_cluster_id(c->run.admin, &there, err))
		return false;
	here = mem_strdup(there);
	ok = admin_cluster_id(c->target_admin, &there, err);
	c->elsewhere = ok && !str_equal(here, there);
	free(here);
	return ok;
}

int topic_clone_run(const struct command_input *in, struct error *err)
{
	struct clone_run c = {.state.lock = -1};
	const char *fault;
	int status;

	error_clear(err);
	if (in->topic_count != 2) {
		error_set(err, ERR_USAGE, "weir topic clone takes SOURCE and TARGET");
		return error_exit_status(err);
	}
	c.source = in->topics[0];
	c.target = in->topics[1];
	fault = topic_name_fault(c.target, strlen(c.target));
	if (fault)
		error_set(err, ERR_USAGE, "the name %s %s", c.target, fault);
	if (err->code != ERR_NONE || !reset_is_confirmed(in, c.target, err) || !topic_run_open(&c.run, in, err))
		return error_exit_status(err);
	status = open_target(&c, err) ? run(&c, err) : error_exit_status(err);
	clone_run_release(&c);
	if (c.target_admin != c.run.admin)
		admin_close(c.target_admin);
	topic_run_close(&c.run);
	return status;
}

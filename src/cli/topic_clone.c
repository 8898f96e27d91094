/* SPDX-License-Identifier: BSD-2-Clause */
/* `weir topic clone`: a topic like another one, with its records or without. */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "change/clone_run.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/reset.h"
#include "cli/say.h"
#include "cli/topic_apply.h"
#include "model/format.h"

enum { BUFFER_BYTES = 64 << 20, WAKE_SIGNAL = 1 };

static void show_progress(void *context, const struct clone_progress *p)
{
	struct str line = { 0 };

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

static void say_what_was_copied(const struct clone_run *c, const struct error *err)
{
	const char *source = c->job.source.topic;
	struct str text = { 0 };

	clone_run_describe(&text, &c->job.now);
	clear_progress();
	if (err->code == ERR_NONE)
		command_say("%s: %s is a copy of %s; offsets differ, so committed offsets of %s do not fit the copy",
			str_text(&text), c->job.target.topic, source, source);
	else
		command_say("%s; incomplete%s", str_text(&text),
			c->job.stuck ? "" : ", run the same command to resume");
	str_release(&text);
}

/* What the partitions hold and will hold at most, in records. */
static void add_rows(struct output *o, const struct clone_run *c, bool copied, bool complete)
{
	for (size_t i = 0; i < c->state.part_count; i++) {
		char name[32], before[24], after[32];

		snprintf(name, sizeof(name), "partition %zu", i);
		snprintf(before, sizeof(before), "%" PRId64, c->ends ? c->ends[i] : 0);
		snprintf(after, sizeof(after), "%" PRId64,
			copied ? c->state.parts[i].target : clone_run_expected(c, i));
		topic_apply_row(o, c->job.target.topic, "copy", name, before, after,
			!copied          ? "planned" :
				complete ? "done" :
					   "not complete",
			NULL);
	}
}

static bool clone_print(const struct clone_run *c, enum output_format format, bool copied, bool complete,
	struct error *err)
{
	struct output o;
	bool ok;

	output_init(&o, format, topic_apply_columns, topic_apply_column_count);
	for (size_t i = 0; i < c->plan.count; i++)
		topic_apply_rows(&o, &c->plan.items[i]);
	add_rows(&o, c, copied, complete);
	ok = output_write(&o, NULL, err) || err->code == ERR_NONE;
	output_release(&o);
	return ok;
}

static int clone_execute(struct clone_run *c, enum output_format format, struct error *err)
{
	struct error ignored = { 0 };
	bool ok = clone_run_execute(c, err), made = !c->plan.count || c->plan.items[0].state == TOPIC_APPLY_DONE;

	if (made && c->data)
		say_what_was_copied(c, err);
	if (made)
		clone_print(c, format, true, ok, &ignored);
	return ok ? 0 : error_exit_status(err);
}

static int clone_command_run(struct clone_run *c, const struct command_input *in, struct error *err)
{
	if (!clone_run_open(c, err) || !clone_run_plan(c, err))
		return error_exit_status(err);
	if (in->args->execute)
		return clone_execute(c, in->args->format, err);
	if (!clone_print(c, in->args->format, false, false, err))
		return error_exit_status(err);
	command_say("nothing was changed; run with --execute to apply it%s",
		c->data ? "; offsets are not kept: committed offsets do not fit the copy" :
			  "; --data copies the records too");
	return 0;
}

static bool is_interrupted(void *wake)
{
	return atomic_load(&((struct wake *)wake)->bits) & WAKE_SIGNAL;
}

int topic_clone_run(const struct command_input *in, struct error *err)
{
	struct wake wake;
	int status;

	error_clear(err);
	if (in->args->topics.count != 2)
		error_set(err, ERR_USAGE, "weir topic clone takes SOURCE and TARGET");
	if (err->code != ERR_NONE || !reset_is_confirmed(in, in->args->topics.items[1], err) || !wake_init(&wake, err))
		return error_exit_status(err);

	struct clone_run c = {
		.data = in->args->topic.data,
		.job = {
			.source = {in->gate, in->args->topics.items[0]},
			.target = {in->target.client ? in->target : in->gate, in->args->topics.items[1]},
			.compression = in->args->compression, .per_s = (double)in->args->per_s,
			.timeout_ms = in->settings->timeout_ms, .buffer_bytes = BUFFER_BYTES, .wake = &wake,
			.interrupted = is_interrupted, .note = say_note, .progress = show_progress, .context = &wake,
		},
	};

	interrupt_catch(&wake, WAKE_SIGNAL);
	status = clone_command_run(&c, in, err);
	clone_run_release(&c);
	wake_release(&wake);
	return status;
}

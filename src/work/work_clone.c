/* SPDX-License-Identifier: BSD-2-Clause */
/* WORK_TOPIC_CLONE_PLAN and WORK_TOPIC_CLONE: a clone (change/clone_run.h) beside the UI. */
#include "work/work_topic.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "change/clone_run.h"
#include "setup/connect.h"
#include "model/clone_work.h"

enum { BUFFER_BYTES = 32 << 20 };

struct cloning {
	struct work *work;
	const struct work_setup *setup;
	const struct clone_request *request;
	const struct clone_report *confirmed; /* NULL: this is a plan */
	struct clone_run run;
	struct connect there; /* client NULL: the same cluster */
	struct wake wake;
	struct clone_report *report;
};

/* What the user gave for one cluster is not sent to the other. */
static bool resolve_target(struct cloning *c, struct error *err)
{
	static const struct config_file none = { .path = (char *)"the configuration" };
	const struct config_file *file = c->setup->config ? c->setup->config : &none;
	const char *where = c->request->where, *near;
	struct connect_options o = { 0 };

	if (config_context(file, where)) {
		o.context = where;
		o.context_given = true;
	} else if (strchr(where, ':')) {
		o.bootstrap = where;
	} else {
		near = config_context_near(file, where);
		return error_set(err, ERR_USAGE, "no context %s in %s%s%s; give a context, or HOST:PORT", where,
			file->path, near ? "; did you mean " : "", near ? near : "");
	}
	if (!connect_resolve(&c->there, &o, file, err))
		return error_set(err, err->code, "the cluster of the new topic: %s", err->message);
	if (c->there.read_only)
		return error_set(err, ERR_USAGE, "%s is read-only: no topic is made there", where);
	c->run.job.target.gate = connect_gate(&c->there, c->setup->settings);
	return true;
}

/* Callbacks of the run */

static bool is_interrupted(void *context)
{
	return work_is_cancelled(((const struct cloning *)context)->work);
}

static void cloning_tell(struct cloning *c)
{
	work_publish(c->work, clone_report_copy(c->report));
}

static void cloning_note(void *context, const char *text)
{
	struct cloning *c = context;

	clone_report_note(c->report, text);
	if (c->report->stage != CLONE_PLANNED)
		cloning_tell(c);
}

static void cloning_progress(void *context, const struct clone_progress *p)
{
	struct cloning *c = context;

	c->report->stage = CLONE_COPYING;
	c->report->progress = *p;
	for (size_t i = 0; i < c->report->row_count; i++) {
		c->report->rows[i].now = c->run.state.parts[i].target;
		c->report->rows[i].source = c->run.state.parts[i].source;
	}
	work_progress(c->work, p->done, p->total);
	cloning_tell(c);
}

/* The plan as a value */

static void note_always(struct clone_report *r, const char *source)
{
	char *offsets = mem_printf("offsets are not kept: committed offsets of %s do not fit the copy", source);

	clone_report_note(r, offsets);
	clone_report_note(r, "only committed records are copied, those of aborted transactions are not");
	free(offsets);
}

static void report_plan(struct cloning *c)
{
	struct clone_report *r = c->report;
	const struct topic_apply_item *item = c->run.plan.count ? &c->run.plan.items[0] : NULL;

	if (c->request->data)
		note_always(r, c->request->source);
	r->exists = c->run.exists;
	r->partitions = item ? item->partitions : (int32_t)c->run.state.part_count;
	r->replication = item ? item->replication : -1;
	for (size_t i = 0; item && i < item->setting_count; i++)
		clone_report_setting(r, item->settings[i].name, item->settings[i].after);
	r->rows = mem_alloc((c->run.state.part_count + 1) * sizeof(*r->rows));
	for (; r->row_count < c->run.state.part_count; r->row_count++) {
		size_t i = r->row_count;

		r->rows[i] = (struct clone_row){ .start = c->run.starts[i],
			.stop = c->run.stops[i],
			.before = c->run.ends[i],
			.expected = clone_run_expected(&c->run, i),
			.now = c->run.ends[i],
			.source = c->run.state.parts[i].source };
	}
}

static bool cloning_open(struct cloning *c, struct error *err)
{
	const struct work_setup *setup = c->setup;
	const struct clone_request *r = c->request;
	struct str where = { 0 };

	c->run.job = (struct clone_job){
		.source = { setup->gate, r->source },
		.target = { setup->gate, r->target },
		.compression = r->compression,
		.per_s = (double)r->per_s,
		.timeout_ms = setup->gate.timeout_ms,
		.buffer_bytes = BUFFER_BYTES,
		.wake = &c->wake,
		.interrupted = is_interrupted,
		.note = cloning_note,
		.progress = cloning_progress,
		.context = c,
	};
	c->run.data = r->data;
	if (r->where) {
		if (!resolve_target(c, err))
			return false;
		c->report->is_protected = c->there.is_protected;
	}
	if (c->confirmed) {
		c->run.job.source.gate = cluster_gate_planned(&c->run.job.source.gate, c->confirmed->source_id);
		c->run.job.target.gate = cluster_gate_planned(&c->run.job.target.gate, c->confirmed->target_id);
	}
	if (!clone_run_open(&c->run, err))
		return false;
	c->report->source_id = mem_strdup(c->run.source_id);
	c->report->target_id = mem_strdup(c->run.target_id);
	if (r->where)
		cluster_name(&where, c->there.context, c->there.bootstrap, c->run.target_id);
	c->report->cluster = r->where ? str_take(&where) : NULL;
	return clone_run_plan(&c->run, err);
}

/* True: planned. Released in any case by cloning_end(). */
static bool cloning_begin(struct cloning *c, struct work *w, const struct work_setup *setup,
	const struct clone_request *request, const struct clone_report *confirmed)
{
	*c = (struct cloning){ .work = w,
		.setup = setup,
		.request = request,
		.confirmed = confirmed,
		.run.state.lock = -1,
		.report = clone_report_new() };
	w->output_free = w->news_free = clone_report_free;
	if (!wake_init(&c->wake, &w->err))
		return false;
	if (!cloning_open(c, &w->err))
		return false;
	report_plan(c);
	return true;
}

static void cloning_end(struct cloning *c)
{
	c->work->output = c->report;
	clone_run_release(&c->run);
	connect_release(&c->there);
	wake_release(&c->wake);
}

void work_topic_clone_plan(struct work *w, const struct work_setup *setup)
{
	struct cloning c;

	w->ok = cloning_begin(&c, w, setup, w->input, NULL);
	cloning_end(&c);
}

void work_topic_clone(struct work *w, const struct work_setup *setup)
{
	const struct clone_order *order = w->input;
	struct str differs = { 0 };
	struct cloning c;

	if (cloning_begin(&c, w, setup, &order->request, order->confirmed)) {
		clone_report_compare(&differs, order->confirmed, c.report);
		if (differs.len) {
			error_set(&w->err, ERR_KAFKA,
				"nothing was done, because the plan has changed since you confirmed "
				"it: %s",
				str_text(&differs));
		} else {
			c.report->stage = CLONE_MAKING;
			w->ok = clone_run_execute(&c.run, &w->err);
			c.report->stage = CLONE_ENDED;
			c.report->progress.ms = c.run.job.now.ms;
			c.report->stuck = c.run.job.stuck;
		}
	}
	str_release(&differs);
	cloning_end(&c);
}

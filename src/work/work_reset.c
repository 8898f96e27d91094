/* SPDX-License-Identifier: BSD-2-Clause */
#include "work/work_reset.h"

#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "change/journal.h"
#include "change/offset_file.h"
#include "change/reset_apply.h"
#include "change/reset_read.h"
#include "kafka/peek.h"
#include "model/reset_work.h"
#include "work/work_admin.h"

/* Lines that name another group are not for this one. */
static bool add_targets(struct reset_request *r, const char *path, struct error *err)
{
	struct offset_file file = { 0 };
	struct str text = { 0 };
	struct error why;
	bool ok = file_read(path, OFFSET_FILE_MAX, &text, err);

	if (ok && !offset_file_parse(&file, str_text(&text), text.len, &why))
		ok = error_set(err, ERR_USAGE, "%s: %.400s", path, why.message);
	for (size_t i = 0; ok && i < file.count; i++)
		if (!file.lines[i].group || strcmp(file.lines[i].group, r->group) == 0)
			reset_add_target(r, &file.lines[i].target);
	if (ok && !r->target_count)
		ok = error_set(err, ERR_USAGE, "%s: no offsets for group %s", path, r->group);
	offset_file_release(&file);
	str_release(&text);
	return ok;
}

void work_reset_plan(struct work *w, const struct work_setup *setup)
{
	const struct reset_plan_input *in = w->input;
	struct reset_request request;
	struct admin *a = NULL;

	w->output_free = reset_plan_free_any;
	reset_request_copy(&request, &in->request);
	if (!in->file || add_targets(&request, in->file, &w->err))
		a = work_admin_open(w, setup);
	if (a)
		w->output = reset_read(a, &request, in->rate_per_s, &w->err);
	w->ok = w->output != NULL;
	if (a)
		admin_close(a);
	reset_request_release(&request);
}

static void tell_peek(void *context, const struct reset_peek *peek)
{
	struct work *w = context;

	work_publish(w, reset_peek_copy(peek));
}

void work_reset_peek(struct work *w, const struct work_setup *setup)
{
	const struct reset_peek_input *in = w->input;
	const struct peek_host host = { work_admin_cancelled, tell_peek, w };
	struct reset_peek *peek = reset_peek_of(in);

	w->news_free = reset_peek_free;
	w->output = peek;
	w->output_free = reset_peek_free;
	w->ok = peek_records(setup->gate.client, setup->gate.timeout_ms, in, peek, &host, &w->err);
}

static void tell_progress(void *context, struct reset_progress *progress)
{
	work_publish(context, progress);
}

void work_reset_apply(struct work *w, const struct work_setup *setup)
{
	const struct reset_host host = { &setup->gate, tell_progress, work_admin_cancelled, w };
	struct admin *a = work_admin_open(w, setup);
	struct reset_result *result;

	w->output_free = reset_result_free;
	w->news_free = reset_progress_free;
	if (!a)
		return;
	w->output = result = reset_apply(a, w->input, &host);
	w->ok = result->outcome == RESET_DONE;
	if (!w->ok)
		error_set(&w->err, result->outcome == RESET_CANCELLED ? ERR_INTERRUPTED : ERR_KAFKA, "%s: %s",
			reset_outcome_name(result->outcome), result->why ? result->why : "");
	admin_close(a);
}

void work_journal_list(struct work *w, const struct work_setup *setup)
{
	struct journal_list *list = mem_alloc(sizeof(*list));

	(void)setup;
	w->ok = journal_read(list, &w->err);
	w->output = list;
	w->output_free = journal_list_free;
}

/* The journal is given as it then is, also where nothing could be written to it. */
void work_journal_settle(struct work *w, const struct work_setup *setup)
{
	struct error err = { 0 };
	bool settled = journal_settle(w->input, "cut short; left as it was found", &err);

	work_journal_list(w, setup);
	if (settled)
		return;
	w->ok = false;
	w->err = err;
}

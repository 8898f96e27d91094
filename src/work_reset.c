/* SPDX-License-Identifier: BSD-2-Clause */
#include "work_reset.h"

#include <stdlib.h>

#include "base/mem.h"
#include "change/journal.h"
#include "change/reset_apply.h"
#include "change/reset_read.h"
#include "kafka/peek.h"
#include "model/reset_work.h"

static bool is_cancelled(void *context)
{
	return work_is_cancelled(context);
}

static struct admin *open_admin(struct work *w, const struct work_setup *setup)
{
	struct admin *a = admin_open(setup->client, setup->bootstrap, setup->timeout_ms, &w->err);

	if (a)
		admin_on_cancel(a, is_cancelled, w);
	return a;
}

void work_reset_plan(struct work *w, const struct work_setup *setup)
{
	const struct reset_plan_input *in = w->input;
	struct admin *a = open_admin(w, setup);

	w->output_free = reset_plan_free_any;
	if (!a)
		return;
	w->output = reset_read(a, &in->request, in->rate_per_s, &w->err);
	w->ok = w->output != NULL;
	admin_close(a);
}

static void tell_peek(void *context, const struct reset_peek *peek)
{
	struct work *w = context;

	work_tell(w, reset_peek_copy(peek));
}

void work_reset_peek(struct work *w, const struct work_setup *setup)
{
	const struct reset_peek_input *in = w->input;
	const struct peek_host host = { is_cancelled, tell_peek, w };
	struct reset_peek *peek = reset_peek_of(in);

	w->news_free = reset_peek_free;
	w->output = peek;
	w->output_free = reset_peek_free;
	w->ok = peek_records(setup->client, setup->timeout_ms, in, peek, &host, &w->err);
}

static void tell_progress(void *context, struct reset_progress *progress)
{
	work_tell(context, progress);
}

void work_reset_apply(struct work *w, const struct work_setup *setup)
{
	const struct reset_host host = { setup->bootstrap, setup->context, tell_progress, is_cancelled, w };
	struct admin *a = open_admin(w, setup);
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

/* SPDX-License-Identifier: BSD-2-Clause */
/* Asks for another target of one row of the plan, and makes a new plan. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "model/when.h"
#include "ui/prompt.h"
#include "views/reset/reset_state.h"

/* The row is found by its name: a new plan may have come before the answer. */
struct edited {
	struct view *v;
	char *topic;
	int32_t partition;
};

static void ask_edit(struct edited *e, const char *text, size_t at, const char *fault);

static void edited_free(struct edited *e)
{
	free(e->topic);
	free(e);
}

static void take_edit(struct ui *ui, void *data, const char *text)
{
	struct edited *e = data;
	struct reset_state *st = reset_state(e->v);
	const struct when_clock clock = { .now_ms = clock_wall_ms(), .utc = ui->utc };
	struct reset_how how = { RESET_NONE, 0 };
	size_t at = text ? strlen(text) : 0;
	struct error err;

	if (text && *text && strcmp(text, "keep") != 0 && !reset_parse_how(text, &clock, &how, &err)) {
		reset_place_fault(&at, 0, &err);
		ask_edit(e, text, at, err.message);
		return;
	}
	if (text && *text)
		reset_add_edit(&st->request, e->topic, e->partition, how);
	else if (text)
		reset_drop_edit(&st->request, e->topic, e->partition);
	if (text)
		reset_ask_plan(e->v);
	edited_free(e);
}

static void offer_targets(struct ui *ui, void *data, const char *text, size_t cursor, struct prompt_words *words)
{
	static const struct {
		const char *word, *note;
	} targets[] = {
		{ "earliest", "the log start" },
		{ "latest", "the log end" },
		{ "current", "the committed offset" },
		{ "1204991", "an offset" },
		{ "+100", "skip a hundred records" },
		{ "-100", "re-read a hundred records" },
		{ "2026-11-22 13:30", "a time; -15m: 15 minutes ago" },
		{ "skip 1", "skip a record that cannot be processed" },
		{ "keep", "leave this partition unchanged" },
		{ "delete", "the committed offset" },
	};

	(void)ui;
	(void)data;
	for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++)
		if (strncmp(targets[i].word, text, cursor) == 0)
			prompt_words_add(words, targets[i].word, targets[i].note, NULL);
}

static void ask_edit(struct edited *e, const char *text, size_t at, const char *fault)
{
	struct ui *ui = e->v->ui;
	char *label = mem_printf("%s-%d to: ", e->topic, (int)e->partition);

	ui->calls->prompt(ui, label, text, "reset-row", NULL, take_edit, e);
	ui->calls->prompt_words(ui, offer_targets);
	if (fault)
		ui->calls->prompt_fault(ui, at, fault);
	free(label);
}

void reset_check_edit(struct view *v)
{
	const struct reset_row *row;
	struct edited *e;
	size_t at;

	if (!table_current(panes_table(v, PANE_PLAN), &at))
		return;
	row = &reset_state(v)->check.plan->rows[at];
	e = mem_alloc(sizeof(*e));
	e->v = v;
	e->topic = mem_strdup(row->topic);
	e->partition = row->partition;
	ask_edit(e, "", 0, NULL);
}

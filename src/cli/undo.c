/* SPDX-License-Identifier: BSD-2-Clause */
/* `weir undo`: lists the journal, and plans the change that restores the previous values like any other reset. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "change/journal.h"
#include "cli/reset.h"
#include "cli/say.h"
#include "cli/topic.h"
#include "model/format.h"

enum {
	UNDO_ID,
	UNDO_TIME,
	UNDO_USER,
	UNDO_CLUSTER,
	UNDO_KIND,
	UNDO_NAME,
	UNDO_STATE,
	UNDO_SUMMARY,
	UNDO_MESSAGE,
	UNDO_UNDONE_BY,
	UNDO_COLUMN_COUNT
};

enum { LISTED = 20 };

const struct column undo_columns[UNDO_COLUMN_COUNT] = {
	[UNDO_ID] = { .name = "id", .title = "ID" },
	[UNDO_TIME] = { .name = "time", .title = "TIME" },
	[UNDO_USER] = { .name = "user", .title = "USER" },
	[UNDO_CLUSTER] = { .name = "cluster_id" },
	[UNDO_KIND] = { .name = "kind", .title = "KIND" },
	[UNDO_NAME] = { .name = "name", .title = "NAME" },
	[UNDO_STATE] = { .name = "state", .title = "STATE" },
	[UNDO_SUMMARY] = { .name = "summary", .title = "CHANGE" },
	[UNDO_MESSAGE] = { .name = "message" },
	[UNDO_UNDONE_BY] = { .name = "undone_by", .title = "UNDONE BY" },
};
const size_t undo_column_count = UNDO_COLUMN_COUNT;

static const char *state_name(const struct journal_entry *e)
{
	if (e->state == JOURNAL_OPEN)
		return e->running ? "being made" : "cut short";
	return journal_state_name(e->state);
}

static void add_entry(struct output *o, const struct journal_entry *e, bool utc)
{
	struct value cells[UNDO_COLUMN_COUNT];
	struct str time = { 0 };

	format_datetime(&time, e->time_ms, utc);
	cells[UNDO_ID] = value_text(e->id);
	cells[UNDO_TIME] = value_time(o, e->time_ms);
	cells[UNDO_TIME].shown = arena_strdup(o->arena, str_text(&time));
	cells[UNDO_USER] = value_text(e->user);
	cells[UNDO_CLUSTER] = value_text(e->cluster_id);
	cells[UNDO_KIND] = value_text(e->kind_name);
	cells[UNDO_NAME] = value_text(e->name);
	cells[UNDO_STATE] = value_text(state_name(e));
	cells[UNDO_SUMMARY] = value_text(e->summary);
	if (e->undo_of) {
		struct str said = { 0 };

		journal_say(e, &said);
		cells[UNDO_SUMMARY].shown = arena_strdup(o->arena, str_text(&said));
		str_release(&said);
	}
	cells[UNDO_MESSAGE] = value_text(e->message);
	cells[UNDO_UNDONE_BY] = value_text(e->undone_by);
	output_row(o, cells);
	str_release(&time);
}

/* A table shows the newest last, next to the prompt; JSON and CSV have all entries. */
static int print_journal(const struct command_input *in, const struct journal_list *l, struct error *err)
{
	size_t shown = in->args->format == OUTPUT_TABLE && l->count > LISTED ? LISTED : l->count;
	struct output o;
	bool ok;

	if (!l->count && in->args->format == OUTPUT_TABLE) {
		command_say("%s: %s", l->path, l->bad_lines ? "no line in it can be read" : "no changes yet");
		return 0;
	}
	output_init(&o, in->args->format, undo_columns, undo_column_count);
	for (size_t i = shown; i-- > 0;)
		add_entry(&o, &l->entries[i], in->settings->utc);
	ok = output_write(&o, NULL, err);
	output_release(&o);
	if (shown < l->count)
		command_say("%zu older changes are in %s", l->count - shown, l->path);
	return ok || err->code == ERR_NONE ? 0 : error_exit_status(err);
}

static void say_state(const struct journal_list *l, const struct journal_entry *chosen)
{
	if (l->bad_lines)
		command_say("%s: %zu lines could not be read, the first is line %zu", l->path, l->bad_lines,
			l->first_bad);
	for (size_t i = 0; i < l->count; i++) {
		const struct journal_entry *e = &l->entries[i];

		if (journal_is_cut_short(e) && !e->undone_by && e != chosen)
			command_say("change %s of %s was cut short; how much of it was applied is not known", e->id,
				e->name);
	}
}

static int undo(const struct command_input *in, const struct journal_entry *e, struct error *err)
{
	struct reset_request request;
	struct reset_run r;
	int status;

	if (e->kind >= JOURNAL_TOPIC_CONFIG && e->kind <= JOURNAL_TOPIC_CLONE)
		return topic_undo_run(in, e, err);
	if (!journal_undo_request(e, &request, err))
		return error_exit_status(err);
	if (!reset_is_confirmed(in, request.group, err) || !reset_run_open(&r, in, err)) {
		reset_request_release(&request);
		return error_exit_status(err);
	}
	if (e->undone_by)
		command_say("change %s was undone before, by %s", e->id, e->undone_by);
	if (reset_run_group(&r, &request, NULL, err))
		status = r.interrupted ? 130 : r.status;
	else
		status = error_exit_status(err);
	reset_run_close(&r);
	reset_request_release(&request);
	return status;
}

int undo_run(const struct command_input *in, struct error *err)
{
	const struct journal_entry *chosen = NULL;
	struct journal_list list;
	int status;

	error_clear(err);
	if (in->args->topics.count > 1) {
		error_set(err, ERR_USAGE, "weir undo takes one ID");
		return error_exit_status(err);
	}
	if (!journal_read(&list, err)) {
		journal_list_release(&list);
		return error_exit_status(err);
	}
	if (in->args->topics.count)
		chosen = journal_find(&list, in->args->topics.items[0]);
	say_state(&list, chosen);
	if (in->args->topics.count && !chosen) {
		error_set(err, ERR_USAGE, "no change %s in %s", in->args->topics.items[0], list.path);
		status = error_exit_status(err);
	} else if (chosen) {
		status = undo(in, chosen, err);
	} else {
		if (in->args->execute)
			error_set(err, ERR_USAGE, "weir undo --execute needs the ID of a change; weir undo lists them");
		status = in->args->execute ? error_exit_status(err) : print_journal(in, &list, err);
	}
	journal_list_release(&list);
	return status;
}

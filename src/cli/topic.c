/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/topic.h"

#include <string.h>

#include "cli/handle.h"
#include "cli/output.h"
#include "cli/say.h"
#include "cli/topic_confirm.h"

enum { CHANGE_TOPIC, CHANGE_ACTION, CHANGE_ITEM, CHANGE_BEFORE, CHANGE_AFTER, CHANGE_NOTE, CHANGE_COLUMN_COUNT };

const struct column topic_change_columns[CHANGE_COLUMN_COUNT] = {
	[CHANGE_TOPIC] = { .name = "topic", .title = "TOPIC" },
	[CHANGE_ACTION] = { .name = "action" },
	[CHANGE_ITEM] = { .name = "item", .title = "ITEM" },
	[CHANGE_BEFORE] = { .name = "before", .title = "NOW" },
	[CHANGE_AFTER] = { .name = "after", .title = "THEN" },
	[CHANGE_NOTE] = { .name = "note", .title = "NOTE" },
};
const size_t topic_change_column_count = CHANGE_COLUMN_COUNT;

bool topic_change_interrupted(void *change)
{
	struct topic_change *r = change;

	return handle_interrupted(&r->wake);
}

bool topic_change_open(struct topic_change *r, const struct command_input *in, struct error *err)
{
	*r = (struct topic_change){ .in = in };
	if (!handle_open(in, &r->wake, &r->admin, err))
		return false;
	r->asker = (struct topic_asker){ r->admin, in->client, in->bootstrap, in->settings->timeout_ms,
		topic_change_interrupted, r };
	return true;
}

void topic_change_close(struct topic_change *r)
{
	topic_plan_free(r->plan);
	handle_close(&r->wake, r->admin);
}

static void add_row(struct output *o, const struct topic_step *s, const struct topic_row *row)
{
	struct value cells[CHANGE_COLUMN_COUNT];

	cells[CHANGE_TOPIC] = value_text(s->name);
	cells[CHANGE_ACTION] = value_text(topic_step_verb(s->kind));
	cells[CHANGE_ITEM] = value_text(row->item);
	cells[CHANGE_BEFORE] = value_text(row->before);
	cells[CHANGE_AFTER] = value_text(row->after);
	cells[CHANGE_NOTE] = value_text(row->note);
	output_row(o, cells);
}

static bool topic_change_print(const struct topic_change *r, bool executed, struct error *err)
{
	const struct topic_plan *plan = r->plan;
	struct output o;
	bool ok;

	output_init(&o, r->in->args->format, topic_change_columns, topic_change_column_count);
	for (size_t i = 0; i < plan->step_count; i++) {
		const struct topic_step *s = &plan->steps[i];

		for (size_t k = 0; k < s->row_count; k++)
			add_row(&o, s, &s->rows[k]);
		if (executed || s->refusal) {
			struct topic_row result = { .item = "result",
				.after = s->refusal ? "refused" : journal_state_name(s->state),
				.note = s->refusal ? s->refusal : s->result };

			add_row(&o, s, &result);
		}
	}
	ok = output_write(&o, NULL, err);
	output_release(&o);
	return ok || err->code == ERR_NONE;
}

static const char *kind_of(const struct topic_step *s)
{
	return s->of_broker ? "broker" : "topic";
}

static void say_plan(const struct topic_change *r)
{
	for (size_t i = 0; i < r->plan->step_count; i++) {
		const struct topic_step *s = &r->plan->steps[i];
		struct str title = { 0 };

		topic_step_title(s, &title);
		command_say("%s on cluster %s: %s", str_text(&title),
			r->plan->cluster_id ? r->plan->cluster_id : r->in->bootstrap, s->summary);
		str_release(&title);
		for (size_t w = 0; w < s->warning_count; w++)
			command_say("%s %s: warning: %s", kind_of(s), s->name, s->warnings[w]);
		if (s->refusal)
			command_say("%s", s->refusal);
	}
}

static bool topic_change_confirm(const struct topic_change *r, struct error *err)
{
	struct str names = { 0 };
	const struct topic_question question = { r->in, &r->wake, &names,
		topic_plan_names(r->plan, r->in->is_protected || r->in->args->confirm, &names) };
	bool ok = topic_confirm(&question, err);

	str_release(&names);
	return ok;
}

/* Kafka's messages often begin with the name of the topic, which was printed already. */
static const char *result_of(const struct topic_step *s)
{
	const char *text = s->result ? s->result : "";
	size_t len = strlen(s->name);

	if (strncmp(text, "topic ", 6) == 0 && strncmp(text + 6, s->name, len) == 0 &&
		strncmp(text + 6 + len, ": ", 2) == 0)
		text += 6 + len + 2;
	return text;
}

static void say_results(const struct topic_change *r)
{
	struct str where = { 0 };

	cluster_name(&where, r->in->context, r->in->bootstrap, r->plan->cluster_id);
	for (size_t i = 0; i < r->plan->step_count; i++) {
		const struct topic_step *s = &r->plan->steps[i];
		bool can_undo = s->kind == TOPIC_CONFIG && s->journal_id && s->state != JOURNAL_FAILED;

		if (!s->refusal)
			command_say("%s %s on %s: %s%s%s", kind_of(s), s->name, str_text(&where), result_of(s),
				can_undo ? "; to undo it: weir undo " : "", can_undo ? s->journal_id : "");
	}
	str_release(&where);
}

static int topic_change_execute(struct topic_change *r, const char *undo_of, struct error *err)
{
	const struct topic_host host = { .gate = &r->in->gate,
		.undo_of = undo_of,
		.cancelled = topic_change_interrupted,
		.data = r };
	bool all;

	if (!topic_change_confirm(r, err))
		return error_exit_status(err);
	all = topic_execute(r->admin, r->plan, &host);
	if (!topic_change_print(r, true, err))
		return error_exit_status(err);
	say_results(r);
	if (topic_change_interrupted(r))
		return 130;
	return all ? 0 : 1;
}

static bool any_allowed(const struct topic_plan *plan)
{
	for (size_t i = 0; i < plan->step_count; i++)
		if (!plan->steps[i].refusal)
			return true;
	return false;
}

int topic_change_plan(struct topic_change *r, const char *undo_of, struct error *err)
{
	bool refused;

	refused = topic_plan_refused(r->plan);
	say_plan(r);
	if (r->in->args->execute && any_allowed(r->plan) && !topic_plan_is_empty(r->plan))
		return topic_change_execute(r, undo_of, err);
	if (!topic_change_print(r, false, err))
		return error_exit_status(err);
	if (!refused && !r->in->args->execute && !topic_plan_is_empty(r->plan))
		command_say("nothing was changed; run with --execute to apply it");
	return refused ? 1 : 0;
}

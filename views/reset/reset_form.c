/* SPDX-License-Identifier: BSD-2-Clause */
/* Step 1 of a reset: which partitions, and to where. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "views/reset/reset.h"
#include "views/reset/reset_state.h"
#include "views/wrap.h"

static const struct {
	struct form_option option;
	enum reset_strategy strategy;
} strategies[] = {
	{ { "earliest", "the log start of each partition: read everything again" }, RESET_EARLIEST },
	{ { "latest", "the log end at the time it is applied: skip everything unread" }, RESET_LATEST },
	{ { "to offset", "the same offset in every partition, within its log" }, RESET_OFFSET },
	{ { "datetime", "the first record at or after a time, else the log end" }, RESET_DATETIME },
	{ { "by duration", "the point in time this long ago" }, RESET_DURATION },
	{ { "shift by", "forward or back from the committed offset" }, RESET_SHIFT },
	{ { "current", "commit the current offsets again" }, RESET_CURRENT },
	{ { "group's offsets", "the committed offsets of another group" }, RESET_GROUP },
	{ { "file", "offsets from a file: CSV as kafka-consumer-groups writes it, or JSON" }, RESET_TARGETS },
	{ { "skip records", "skip the next N records (poison pill)" }, RESET_SKIP },
	{ { "delete offsets", "delete the commits; the group then starts by its auto.offset.reset" }, RESET_DELETE },
};

enum { FAILED_COL = 3 };
enum { STRATEGIES = sizeof(strategies) / sizeof(strategies[0]) };

static enum reset_strategy chosen_strategy(const struct reset_form *w)
{
	return strategies[form_chosen(w->form, w->strategy)].strategy;
}

/* Whether the newest list of groups has the group; Kafka silently leaves out groups that one may not describe. */
enum listing { LISTING_UNKNOWN, LISTING_THERE, LISTING_NEW };

static enum listing listing_of(const struct view *v)
{
	const struct snapshot *s = v->ui->live.cluster;

	if (s && snapshot_group(s, reset_state(v)->request.group))
		return LISTING_THERE;
	return s && s->ready & NEED_GROUPS && s->groups_origin.at_ms && !s->groups_origin.error &&
			s->groups_visible == VISIBILITY_ALL ?
		LISTING_NEW :
		LISTING_UNKNOWN;
}

/* Hides fields that have no use with the present choices. */
static void changed(void *owner, int field)
{
	struct reset_form *w = &reset_state(owner)->form;
	enum reset_strategy s = chosen_strategy(w);
	bool listed = form_chosen(w->form, w->scope) == 1, file = s == RESET_TARGETS;
	bool needs_commit = s == RESET_SHIFT || s == RESET_SKIP || s == RESET_DELETE, creates;

	(void)field;
	form_show(w->form, w->scope, !file);
	form_show(w->form, w->topics, listed && !file);
	form_show(w->form, w->create, !needs_commit && s != RESET_CURRENT && listing_of(owner) != LISTING_THERE);
	creates = form_is_shown(w->form, w->create) && form_is_on(w->form, w->create);
	/* A new group has read nothing, so every topic is new to it. */
	form_show(w->form, w->new_topics, (listed || file || s == RESET_GROUP) && !needs_commit && !creates);
	form_show(w->form, w->offset, s == RESET_OFFSET);
	form_show(w->form, w->time, s == RESET_DATETIME);
	form_show(w->form, w->duration, s == RESET_DURATION);
	form_show(w->form, w->shift, s == RESET_SHIFT);
	form_show(w->form, w->other, s == RESET_GROUP);
	form_show(w->form, w->file, file);
	form_show(w->form, w->skip, s == RESET_SKIP);
}

/* "Stable, 2 members: offsets can be changed only while it is empty" */
static void say_group(const struct view *v, struct str *out)
{
	const struct snapshot *s = v->ui->live.cluster;
	const struct group *g = s ? snapshot_group(s, reset_state(v)->request.group) : NULL;

	if (!g) {
		str_add(out, listing_of(v) == LISTING_NEW ? "does not exist yet" : "not known yet");
		return;
	}
	str_add(out, group_state_name(g->state));
	if (g->member_count > 0)
		str_addf(out, ", %d member%s: weir can wait until it is empty", (int)g->member_count,
			g->member_count == 1 ? "" : "s");
	else if (g->member_count == 0)
		str_add(out, ", no members");
}

void reset_form_update(struct view *v)
{
	const struct reset_form *w = &reset_state(v)->form;
	struct str text = { 0 };

	if (!w->form)
		return;
	say_group(v, &text);
	form_set_text(w->form, w->state, str_text(&text));
	str_release(&text);
	changed(v, -1);
}

static void gloss(void *owner, int field, const char *text, struct str *out)
{
	if (field != reset_state(owner)->form.create)
		reset_field_gloss(owner, field, text, out);
	else if (listing_of(owner) == LISTING_NEW)
		str_add(out, "there is no consumer group with this name yet");
	else
		str_add(out, "only if there is no consumer group with this name");
}

static const struct form_ops ops = { .check = reset_field_check,
	.gloss = gloss,
	.complete = reset_field_complete,
	.changed = changed };

static int add_field(struct form *f, enum form_kind kind, const char *label, const char *placeholder, const char *help)
{
	return form_add(f, &(struct form_field){ kind, label, .placeholder = placeholder, .help = help });
}

static void add_scope(struct reset_form *w, const struct reset_start *start, bool is_new)
{
	static const struct form_option scopes[] = {
		{ "all the group has committed", "every partition with a committed offset" },
		{ "topics and partitions", "only those listed below" },
	};

	w->scope = form_add(w->form,
		&(struct form_field){ FORM_CHOICE, "scope", .options = scopes, .option_count = 2,
			.chosen = start->scope || is_new ? 1 : 0 });
	w->topics = form_add(w->form,
		&(struct form_field){ FORM_TEXT, "topics", .text = start->scope,
			.placeholder = "e.g. orders payments:0,3-5",
			.help = "topics, each with or without partitions: orders payments:0,3-5" });
	w->new_topics = add_field(w->form, FORM_TOGGLE, "include new topics", NULL,
		"also topics and partitions without committed offsets of this group");
	w->create = add_field(w->form, FORM_TOGGLE, "create the group", NULL,
		"commits offsets for a group before it is started for the first time");
}

static void add_strategy(struct reset_form *w)
{
	struct form_option options[STRATEGIES];

	for (size_t i = 0; i < STRATEGIES; i++)
		options[i] = strategies[i].option;
	w->strategy = form_add(w->form,
		&(struct form_field){ FORM_CHOICE, "to", .options = options, .option_count = STRATEGIES });
	w->offset = add_field(w->form, FORM_TEXT, "offset", "e.g. 1204991", "the next record the group reads");
	w->time = add_field(w->form, FORM_TEXT, "time", "e.g. 2026-11-22 13:30",
		"13:30, yesterday 14:00, 2026-11-22 13:30, 2026-11-22T13:30:00+01:00, -2h; Z outside the form changes the time zone");
	w->duration = add_field(w->form, FORM_TEXT, "duration", "e.g. PT1H30M", "PT1H30M, 90m, 1h30m, 2d");
	w->shift = add_field(w->form, FORM_TEXT, "records", "e.g. -100",
		"+100 skips a hundred records, -100 re-reads a hundred");
	w->other = add_field(w->form, FORM_TEXT, "group", "e.g. other-group",
		"the group whose committed offsets are used");
	w->file = add_field(w->form, FORM_TEXT, "file", "e.g. offsets.csv",
		"topic,partition,offset lines as kafka-consumer-groups --export writes them, or JSON");
	w->skip = form_add(w->form,
		&(struct form_field){ FORM_TEXT, "records", .text = "1",
			.help = "how many records after the committed offset to skip" });
}

static void choose_strategy(struct reset_form *w, enum reset_strategy strategy)
{
	for (size_t i = 0; i < STRATEGIES; i++)
		if (strategies[i].strategy == strategy)
			form_set_chosen(w->form, w->strategy, i);
}

/* Fills in what the caller knows already. */
static void fill_in(struct reset_form *w, const struct reset_how *how)
{
	char number[24];

	choose_strategy(w, how->strategy);
	snprintf(number, sizeof(number), "%" PRId64, how->number);
	if (how->strategy == RESET_OFFSET)
		form_set_text(w->form, w->offset, number);
}

void reset_form_new(struct view *v, const struct reset_start *start)
{
	struct reset_form *w = &reset_state(v)->form;

	w->form = form_new(&ops, v);
	add_field(w->form, FORM_HEADING, "what", NULL, NULL);
	w->state = add_field(w->form, FORM_FIXED, "state", NULL, NULL);
	add_scope(w, start, listing_of(v) == LISTING_NEW);
	add_field(w->form, FORM_HEADING, "where to", NULL, NULL);
	add_strategy(w);
	add_field(w->form, FORM_BUTTON, "check the plan", NULL, "reads from the cluster, changes nothing");
	fill_in(w, &start->how);
	reset_form_update(v);
	form_focus(w->form, w->strategy);
}

/* Edits of single rows are kept: people change the form to compare plans. */
bool reset_form_request(struct view *v, struct error *err)
{
	struct reset_state *st = reset_state(v);
	const struct reset_form *w = &st->form;
	struct reset_request r = { .group = mem_strdup(st->request.group) };
	enum reset_strategy s = chosen_strategy(w);
	const int values[] = { w->offset, w->time, w->duration, w->shift, w->skip };
	size_t at;
	bool good = true;

	r.how.strategy = s;
	r.all_topics = form_chosen(w->form, w->scope) == 0 && s != RESET_TARGETS;
	r.new_topics = form_is_shown(w->form, w->new_topics) && form_is_on(w->form, w->new_topics);
	r.create = form_is_shown(w->form, w->create) && form_is_on(w->form, w->create);
	if (form_is_shown(w->form, w->topics))
		good = reset_parse_topics(&r, form_text(w->form, w->topics), &at, err);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (good && form_is_shown(w->form, values[i]))
			good = reset_parse_value(v, values[i], form_text(w->form, values[i]), &r.how, &at, err);
	if (s == RESET_GROUP)
		r.from_group = mem_strdup(form_text(w->form, w->other));
	free(st->form.targets_file);
	st->form.targets_file = s == RESET_TARGETS ? mem_strdup(form_text(w->form, w->file)) : NULL;
	for (size_t i = 0; i < st->request.edit_count; i++) {
		const struct reset_edit *e = &st->request.edits[i];

		reset_add_edit(&r, e->topic, e->partition, e->how);
	}
	reset_request_release(&st->request);
	st->request = r;
	return good;
}

int reset_form_top(const struct view *v, int cols)
{
	const char *failed = reset_state(v)->check.failed;

	return failed ? wrap_lines(failed, cols - FAILED_COL) + 1 : 0;
}

void reset_form_draw(struct view *v, const struct area *a)
{
	struct reset_state *st = reset_state(v);
	int top = reset_form_top(v, a->cols);
	struct area below = area_rows(a, top, a->rows - top);

	if (st->check.failed) {
		draw_text(a, 0, 1, 2, ROLE_ERROR, "!");
		wrap_draw(a, 0, FAILED_COL, ROLE_ERROR, st->check.failed);
	}
	st->form.cols = a->cols;
	form_draw(st->form.form, &below);
}

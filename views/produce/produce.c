/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writes a record, sends one again, or sends several to another topic. Fields
 * stand above, the targets below and, after sending, the result of each record.
 * Of several, P sends only those that are not delivered yet.
 */
#include "views/produce/produce.h"

#include <stdlib.h>

#include "base/mem.h"
#include "model/format.h"
#include "ui/confirm.h"
#include "views/cluster_label.h"
#include "views/command.h"
#include "views/produce/produce_view.h"
#include "views/views.h"

/* Rows */

static void add_row(struct produce_state *st, enum produce_field field, size_t header)
{
	st->rows = mem_grow(st->rows, &st->row_cap, st->row_count + 1, sizeof(*st->rows));
	st->rows[st->row_count++] = (struct produce_row){ field, header };
}

static void list_rows(struct produce_state *st)
{
	bool many = st->draft->many;

	st->row_count = 0;
	add_row(st, FIELD_TOPIC, 0);
	if (many)
		add_row(st, FIELD_TARGET_HEADER, 0);
	add_row(st, FIELD_PARTITION, 0);
	if (!many) {
		add_row(st, FIELD_KEY, 0);
		add_row(st, FIELD_VALUE, 0);
		add_row(st, FIELD_TOMBSTONE, 0);
		for (size_t i = 0; i < st->draft->records[0].header_count; i++)
			add_row(st, FIELD_HEADER, i);
		add_row(st, FIELD_ADD_HEADER, 0);
	}
	add_row(st, FIELD_TIMESTAMP, 0);
	add_row(st, FIELD_PARTITIONER, 0);
	add_row(st, FIELD_COMPRESSION, 0);
	if (many)
		add_row(st, FIELD_RATE, 0);
}

void produce_changed(struct view *v)
{
	struct produce_state *st = v->state;

	arena_free(st->arena);
	st->arena = arena_new(0);
	st->target_count = draft_targets(st->draft, st->arena, &st->targets, &st->targets_left);
	list_rows(st);
	panes_update_tables(v);
	v->ui->calls->changed(v->ui);
}

static bool open(struct view *v, struct error *err)
{
	struct produce_state *st = v->state;

	(void)err;
	if (!v->request.value)
		v->request = produce_request(draft_new(""));
	st->draft = v->request.value;
	st->total = -1;
	produce_fields_add(v);
	produce_targets_add(v);
	produce_sent_add(v);
	produce_changed(v);
	return true;
}

static void close(struct view *v)
{
	struct produce_state *st = v->state;

	produce_sent_release(st);
	arena_free(st->arena);
	free(st->rows);
	free(st->indices);
	free(st->cluster_id);
	panes_close(v);
}

static void update(struct view *v, const struct world *w)
{
	((struct panes *)v->state)->s = w->cluster;
	panes_update_tables(v);
}

/* Drawing */

static void say_state(const struct view *v, struct str *out)
{
	const struct produce_state *st = v->state;
	size_t left = draft_unsent(st->draft);

	if (st->total >= 0) {
		str_add(out, "sending: ");
		format_count(out, st->done);
		str_add(out, " of ");
		format_count(out, st->total);
		str_add(out, "   Ctrl-c stops");
		return;
	}
	if (!st->draft->many) {
		str_add(out, "P send   Enter change a field   e edit all as JSON   v value in $EDITOR");
		return;
	}
	format_count(out, (int64_t)left);
	str_addf(out, " record%s to send", left == 1 ? "" : "s");
	if (left < st->draft->count) {
		str_add(out, ", ");
		format_count(out, (int64_t)(st->draft->count - left));
		str_add(out, " delivered");
	}
	if (left > 0)
		str_add(out, "   P send   Enter change a field");
}

static void draw(struct view *v, const struct area *a)
{
	const struct produce_state *st = v->state;
	long counts[] = { -1, (long)st->target_count, (long)st->sent_count };
	int fields = (int)st->row_count + 1, active = st->panes.active;
	int below = active != PRODUCE_FIELDS ? active : st->sent_count ? PRODUCE_SENT : PRODUCE_TARGETS;
	struct str state = { 0 };

	draw_clear(a);
	panes_draw_titles(v, a, counts);
	/* The other pane keeps a title and a row or two on a small screen. */
	if (fields > a->rows - 6)
		fields = a->rows - 6;
	if (fields < 5)
		fields = active == PRODUCE_FIELDS ? a->rows - 2 : 0;
	if (fields > 0)
		panes_draw_table(v, PRODUCE_FIELDS, a, 1, fields, active == PRODUCE_FIELDS);
	say_state(v, &state);
	draw_text(a, fields + 1, TABLE_LEAD, a->cols - TABLE_LEAD, st->total >= 0 ? ROLE_STRONG : ROLE_DIM,
		str_text(&state));
	if (a->rows - fields - 3 > 1)
		panes_draw_table(v, below, a, fields + 3, a->rows - fields - 3, active != PRODUCE_FIELDS);
	str_release(&state);
}

static void describe(const struct view *v, struct str *out)
{
	const struct produce_state *st = v->state;

	if (*st->draft->topic)
		str_addf(out, "to %s  ", st->draft->topic);
	str_add(out, "on ");
	cluster_label(out, v->ui, NULL);
}

/* Sending */

enum { TARGETS_SHOWN = 8 };

static void sending_progress(struct view *v, struct work *w)
{
	struct produce_state *st = v->state;

	st->done = atomic_load(&w->done);
	st->total = atomic_load(&w->total);
	v->ui->calls->changed(v->ui);
}

static void say_outcome(struct view *v, const struct work *w)
{
	const struct produce_outcome *o = w->output;
	const struct produce_job *job = w->input;
	struct str text = { 0 };

	if (!o) {
		str_add(&text, w->err.message);
	} else if (o->count == 1 && w->ok) {
		str_addf(&text, "delivered to %s, partition %d, offset ", job->records[0].topic,
			(int)o->results[0].partition);
		format_count(&text, o->results[0].offset);
		str_add(&text, " on ");
		cluster_label(&text, v->ui, NULL);
	} else if (o->count == 1) {
		str_addf(&text, "%s%s", o->counts[PRODUCE_UNCERTAIN] ? "no answer, may have been delivered: " : "",
			w->err.message);
	} else {
		produce_outcome_say(o, &text);
		str_add(&text, " on ");
		cluster_label(&text, v->ui, NULL);
		if (!w->ok)
			str_add(&text, ": P sends the rest");
	}
	v->ui->calls->message(v->ui, w->ok ? SEVERITY_OK : SEVERITY_WARN, str_text(&text));
	str_release(&text);
}

static void sending_done(struct view *v, struct work *w)
{
	struct produce_state *st = v->state;

	st->total = -1;
	if (w->output)
		produce_sent_take(st, w->input, w->output);
	free(st->indices);
	st->indices = NULL;
	produce_changed(v);
	say_outcome(v, w);
	work_free(w);
}

static void send_records(struct view *v)
{
	struct produce_state *st = v->state;
	size_t count = draft_unsent(st->draft);
	struct produce_job *job;
	struct work *w;
	char *title;

	free(st->indices);
	st->indices = mem_alloc(count * sizeof(*st->indices));
	job = draft_job(st->draft, st->indices);
	job->cluster_id = st->cluster_id ? arena_strdup(job->arena, st->cluster_id) : NULL;
	title = st->targets_left == 1 ? mem_printf("producing to %s", st->targets[0].topic) :
					mem_printf("producing to %zu topics", st->targets_left);
	w = work_new(WORK_PRODUCE, title, job, produce_job_free);
	w->mutates = true;
	free(title);
	st->done = 0;
	st->total = (int64_t)count;
	v->ui->calls->changed(v->ui);
	v->ui->calls->work(v->ui, v, w, sending_progress, sending_done);
}

static void sending_confirmed(struct ui *ui, void *data, bool yes)
{
	(void)ui;
	if (yes)
		send_records(data);
}

static const char *why_not(const struct view *v)
{
	const struct produce_state *st = v->state;

	if (st->total >= 0)
		return "records are being sent";
	if (st->targets_left == 0)
		return "all records are delivered";
	for (size_t i = 0; i < st->targets_left; i++)
		if (!st->targets[i].topic)
			return "some records have no target topic: give one";
	return NULL;
}

static size_t count_uncertain(const struct produce_state *st)
{
	size_t count = 0;

	for (size_t i = 0; i < st->draft->count; i++)
		count += st->draft->statuses[i] == PRODUCE_UNCERTAIN;
	return count;
}

/* "120 to orders, 14 kB" */
static char *target_line(const struct snapshot *s, const struct draft_target *t)
{
	struct str line = { 0 };

	format_count(&line, (int64_t)t->count);
	str_addf(&line, " record%s, ", t->count == 1 ? "" : "s");
	format_bytes(&line, (double)t->bytes);
	str_addf(&line, ", to %s", t->topic);
	if (s && !snapshot_topic(s, t->topic))
		str_add(&line, ", which does not exist and is not created: sending will fail");
	return str_take(&line);
}

static void confirm_sending(struct view *v)
{
	struct produce_state *st = v->state;
	const struct snapshot *s = produce_cluster(v);
	const char *why = why_not(v), *cluster = v->ui->context;
	size_t unsent = draft_unsent(st->draft),
	       shown = st->targets_left < TARGETS_SHOWN ? st->targets_left : TARGETS_SHOWN;
	struct confirm_line lines[TARGETS_SHOWN + 3];
	char *owned[TARGETS_SHOWN + 3], *title, *verb;
	struct confirm_ask ask = { .lines = lines };
	struct str label = { 0 };

	if (why) {
		v->ui->calls->message(v->ui, SEVERITY_WARN, why);
		return;
	}
	for (size_t i = 0; i < shown; i++) {
		const struct draft_target *t = &st->targets[i];
		bool there = !s || snapshot_topic(s, t->topic);

		owned[ask.count] = target_line(s, t);
		lines[ask.count] = (struct confirm_line){ owned[ask.count], there ? SEVERITY_NONE : SEVERITY_CRIT };
		ask.count++;
	}
	if (shown < st->targets_left) {
		owned[ask.count] = mem_printf("and %zu more topics", st->targets_left - shown);
		lines[ask.count] = (struct confirm_line){ owned[ask.count], SEVERITY_NONE };
		ask.count++;
	}
	if (count_uncertain(st) > 0) {
		owned[ask.count] = mem_printf("%zu of them may have been delivered already: the broker did not answer",
			count_uncertain(st));
		lines[ask.count] = (struct confirm_line){ owned[ask.count], SEVERITY_WARN };
		ask.count++;
	}
	owned[ask.count] = mem_strdup("Produced records cannot be undone");
	lines[ask.count] = (struct confirm_line){ owned[ask.count], SEVERITY_NONE };
	ask.count++;
	/* The answer is about the cluster that this question names. */
	free(st->cluster_id);
	st->cluster_id = mem_strdup(s ? s->cluster_id : NULL);
	cluster_label(&label, v->ui, st->cluster_id);
	title = st->targets_left == 1 ? mem_printf("produce to %s on %s", st->targets[0].topic, str_text(&label)) :
					mem_printf("produce to %zu topics on %s", st->targets_left, str_text(&label));
	str_release(&label);
	verb = mem_printf("send %zu record%s", unsent, unsent == 1 ? "" : "s");
	/* A protected context wants the topic typed, or the cluster's name where there are several. */
	if (v->ui->is_protected) {
		ask.name = st->targets_left == 1 ? st->targets[0].topic : cluster;
		ask.what = st->targets_left == 1 ? "topic name" : "cluster name";
	}
	ask.title = title;
	ask.verb = verb;
	v->ui->calls->confirm(v->ui, &ask, sending_confirmed, v);
	for (size_t i = 0; i < ask.count; i++)
		free(owned[i]);
	free(title);
	free(verb);
}

static void edit_whole(struct view *v)
{
	struct produce_state *st = v->state;
	struct str text = { 0 };
	struct error err;

	if (st->draft->many) {
		v->ui->calls->message(v->ui, SEVERITY_WARN,
			"these are sent unchanged: only a single record without masks can be edited");
		return;
	}
	draft_write(st->draft, &text);
	if (!v->ui->calls->run_program(v->ui, PROGRAM_EDITOR, ".json", &text, &err) ||
		!draft_read(st->draft, str_text(&text), text.len, &err))
		v->ui->calls->message(v->ui, SEVERITY_WARN, err.message);
	str_release(&text);
	produce_changed(v);
}

/* Opens the key or value under the cursor in the editor, unchanged. */
static void edit_part(struct view *v)
{
	struct produce_state *st = v->state;
	enum produce_field field;
	struct str text = { 0 };
	struct error err;
	struct bytes now;
	size_t row;

	if (st->panes.active != PRODUCE_FIELDS || !table_current(panes_active(v), &row))
		return;
	field = st->rows[row].field;
	if (field != FIELD_KEY && field != FIELD_VALUE) {
		v->ui->calls->message(v->ui, SEVERITY_WARN,
			"only key and value open in $EDITOR; e edits the whole record as JSON");
		return;
	}
	now = field == FIELD_KEY ? st->draft->records[0].key : st->draft->records[0].value;
	str_add_len(&text, now.p ? now.p : "", now.len);
	if (!v->ui->calls->run_program(v->ui, PROGRAM_EDITOR, ".txt", &text, &err)) {
		v->ui->calls->message(v->ui, SEVERITY_WARN, err.message);
	} else {
		/* Editors end the last line; what had no line end before gets none. */
		if (text.len && text.p[text.len - 1] == '\n' && (now.len == 0 || now.p[now.len - 1] != '\n'))
			text.len--;
		draft_set_bytes(st->draft, field == FIELD_KEY, (struct bytes){ str_text(&text), text.len });
		produce_changed(v);
	}
	str_release(&text);
}

static enum action_result action(struct view *v, enum action_id id, const char *arg)
{
	const struct produce_state *st = v->state;

	switch (id) {
	case ACTION_PRODUCE:
		confirm_sending(v);
		return ACTION_HANDLED;
	case ACTION_COPY_COMMAND:
		if (*st->draft->topic)
			command_copy_producer(v->ui, st->draft->topic);
		else
			v->ui->calls->message(v->ui, SEVERITY_WARN, "choose a topic first");
		return ACTION_HANDLED;
	case ACTION_EDIT:
	case ACTION_EDITOR:
	case ACTION_OPEN:
		if (st->total >= 0)
			v->ui->calls->message(v->ui, SEVERITY_WARN, "records are being sent; Ctrl-c stops");
		else if (id == ACTION_EDIT)
			edit_whole(v);
		else if (id == ACTION_EDITOR)
			edit_part(v);
		else if (st->panes.active == PRODUCE_FIELDS)
			produce_fields_edit(v);
		return ACTION_HANDLED;
	default:
		return panes_action(v, id, arg);
	}
}

/* The fields are few and keep their order: they are neither filtered nor sorted. */
static const char *disabled(const struct view *v, enum action_id id)
{
	const struct produce_state *st = v->state;
	bool of_rows = id == ACTION_FILTER || id == ACTION_SORT_NEXT || id == ACTION_SORT || id == ACTION_SORT_REVERSE;

	if (of_rows && st->panes.active == PRODUCE_FIELDS)
		return "the fields have a fixed order";
	return panes_disabled(v, id);
}

static const char *hint(const struct view *v, enum action_id id)
{
	const struct produce_state *st = v->state;
	bool fields = st->panes.active == PRODUCE_FIELDS;

	switch (id) {
	case ACTION_OPEN:
		return fields ? "change" : NULL;
	case ACTION_PRODUCE:
		return "send";
	case ACTION_EDIT:
		return "edit as JSON";
	default:
		return NULL;
	}
}

const struct view_ops view_produce = {
	.name = "produce",
	.title = "produce",
	.needs = NEED_METADATA,
	.state_size = sizeof(struct produce_state),
	.capabilities = VIEW_TABLE | VIEW_PANES | VIEW_EDITOR | VIEW_EDIT,
	.open = open,
	.close = close,
	.update = update,
	.draw = draw,
	.action = action,
	.disabled = disabled,
	.hint = hint,
	.click = panes_click,
	.describe = describe,
	.footer = panes_footer,
	.note = panes_note,
	.complete = panes_complete,
};

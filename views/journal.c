/* SPDX-License-Identifier: BSD-2-Clause */
/* What weir changed, newest first, and what each change was; z undoes one as a plan like any other. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/cluster_pin.h"
#include "model/format.h"
#include "model/journal.h"
#include "views/change/change.h"
#include "views/panes.h"
#include "views/reset/reset.h"
#include "views/views.h"

enum { CHANGES, ITEMS };

struct state {
	struct panes panes;        /* first */
	struct journal_list *list; /* NULL: not read yet */
	char *id;                  /* of the change whose items are shown, or NULL */
	bool reading;
	char *failed;
};

static struct state *state_of(const void *owner)
{
	return ((const struct view *)owner)->state;
}

static const struct journal_entry *entry_at(const void *owner, size_t row)
{
	return &state_of(owner)->list->entries[row];
}

/* ---- the changes ---- */

enum column { TIME, NAME, STATE, SUMMARY, KIND, USER, CONTEXT, UNDONE, ID, COLUMN_COUNT };

static const struct table_column columns[COLUMN_COUNT] = {
	[TIME] = { "time", "TIME", "when it was started", COLUMN_TEXT, 19, 99 },
	[NAME] = { "name", "NAME", "group or topic", COLUMN_NAME, 12, 98, .searched = true },
	[STATE] = { "state", "STATE", "done, partly done, failed, not verified, cut short", COLUMN_TEXT, 12, 90,
		.searched = true },
	[SUMMARY] = { "summary", "WHAT", "", COLUMN_NAME, 20, 95, .searched = true },
	[KIND] = { "kind", "KIND", "group offsets, topic config, ...", COLUMN_TEXT, 13, 60, .searched = true },
	[USER] = { "user", "USER", "user on this machine", COLUMN_TEXT, 10, 40, .searched = true },
	[CONTEXT] = { "context", "CONTEXT", "cluster it was made on", COLUMN_TEXT, 12, 50, .searched = true },
	[UNDONE] = { "undone_by", "UNDONE BY", "the change that undid it", COLUMN_TEXT, 16, 45, .optional = true },
	[ID] = { "id", "ID", "for weir undo", COLUMN_TEXT, 20, 30, .searched = true },
};

static size_t rows(void *owner)
{
	return state_of(owner)->list ? state_of(owner)->list->count : 0;
}

static void key(void *owner, size_t row, struct str *out)
{
	str_add(out, entry_at(owner, row)->id);
}

static void state_cell(const struct journal_entry *e, struct cell *c)
{
	if (e->state == JOURNAL_OPEN)
		cell_text(c, e->running ? "runs" : "cut short");
	else
		cell_text(c, e->undone_by ? "undone" : journal_state_name(e->state));
	cell_severity(c, journal_severity(e));
}

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct journal_entry *e = entry_at(owner, row);

	switch ((enum column)column) {
	case TIME:
		cell_int(c, e->time_ms);
		format_datetime(&c->text, e->time_ms, ((const struct view *)owner)->ui->utc);
		c->text.len = c->text.len > 19 ? 19 : c->text.len;
		c->text.p[c->text.len] = '\0';
		break;
	case NAME:
		cell_text(c, e->name);
		break;
	case STATE:
		state_cell(e, c);
		break;
	case SUMMARY:
		journal_say(e, &c->text);
		c->kind = CELL_TEXT;
		break;
	case KIND:
		cell_text(c, e->kind_name);
		break;
	case USER:
		cell_text(c, e->user);
		break;
	case CONTEXT:
		cell_text(c, "");
		cluster_name(&c->text, e->context, e->bootstrap, e->cluster_id);
		break;
	case UNDONE:
		cell_text(c, e->undone_by);
		break;
	case ID:
		cell_text(c, e->id);
		break;
	case COLUMN_COUNT:
		break;
	}
}

static bool problem(void *owner, size_t row)
{
	return journal_severity(entry_at(owner, row)) != SEVERITY_NONE;
}

static void note(void *owner, size_t row, struct str *out)
{
	const struct journal_entry *e = entry_at(owner, row);

	if (journal_is_cut_short(e))
		str_add(out, "weir ended before it knew the result; z: put it back, or leave it");
	else if (e->message)
		str_add(out, e->message);
}

static const struct table_ops changes = {
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.rows = rows,
	.key = key,
	.cell = cell,
	.problem = problem,
	.note = note,
};

/* ---- what one of them changed ---- */

enum item_column { ITEM_NAME, ITEM_PART, ITEM_BEFORE, ITEM_AFTER, ITEM_ERROR, ITEM_METADATA, ITEM_COLUMN_COUNT };

static const struct table_column item_columns[ITEM_COLUMN_COUNT] = {
	[ITEM_NAME] = { "name", "NAME", "topic or setting", COLUMN_NAME, 12, 99, .searched = true },
	[ITEM_PART] = { "partition", "PART", "partition", COLUMN_NUMBER, 4, 98 },
	[ITEM_BEFORE] = { "before", "BEFORE", "what was there before", COLUMN_TEXT, 14, 90, .most = 40 },
	[ITEM_AFTER] = { "after", "AFTER", "what should be there after", COLUMN_TEXT, 14, 91, .most = 40 },
	[ITEM_ERROR] = { "error", "ERROR", "what Kafka said", COLUMN_NAME, 12, 80, .searched = true, .optional = true },
	[ITEM_METADATA] = { "metadata", "COMMIT METADATA", "of the commit before", COLUMN_TEXT, 16, 20,
		.optional = true },
};

static const struct journal_entry *shown(const void *owner)
{
	const struct state *st = state_of(owner);

	return st->list && st->id ? journal_find(st->list, st->id) : NULL;
}

static size_t item_rows(void *owner)
{
	const struct journal_entry *e = shown(owner);

	return e ? e->item_count : 0;
}

static void item_key(void *owner, size_t row, struct str *out)
{
	const struct journal_item *i = &shown(owner)->items[row];

	str_addf(out, "%s-%d", i->name, (int)i->partition);
}

static void value_cell(struct cell *c, const struct journal_item *i, int64_t offset, const char *text)
{
	if (i->partition < 0) {
		cell_text(c, text ? text : "none");
		return;
	}
	c->kind = CELL_TEXT;
	if (offset == RESET_NO_OFFSET)
		str_add(&c->text, "none");
	else
		format_count(&c->text, offset);
}

static void item_cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct journal_item *i = &shown(owner)->items[row];

	switch ((enum item_column)column) {
	case ITEM_NAME:
		cell_text(c, i->name);
		break;
	case ITEM_PART:
		cell_count(c, i->partition);
		break;
	case ITEM_BEFORE:
		value_cell(c, i, i->before, i->text_before);
		break;
	case ITEM_AFTER:
		value_cell(c, i, i->after, i->text_after);
		break;
	case ITEM_ERROR:
		cell_text(c, i->error);
		if (i->error)
			cell_severity(c, SEVERITY_CRIT);
		break;
	case ITEM_METADATA:
		if (i->partition >= 0)
			cell_text(c, i->text_before);
		break;
	case ITEM_COLUMN_COUNT:
		break;
	}
}

static const struct table_ops items = {
	.columns = item_columns,
	.column_count = ITEM_COLUMN_COUNT,
	.rows = item_rows,
	.key = item_key,
	.cell = item_cell,
};

/* ---- the view ---- */

static void follow_cursor(struct view *v)
{
	struct state *st = v->state;
	const char *id = table_current_key(panes_table(v, CHANGES));

	if (str_equal(id, st->id))
		return;
	free(st->id);
	st->id = mem_strdup(id);
	table_update(panes_table(v, ITEMS));
}

static void have_read(struct view *v, struct work *w)
{
	struct state *st = v->state;

	st->reading = false;
	free(st->failed);
	st->failed = w->ok ? NULL : mem_strdup(w->err.message);
	if (w->output) {
		journal_list_free(st->list);
		st->list = w->output;
		w->output = NULL;
	}
	work_free(w);
	panes_update_tables(v);
	follow_cursor(v);
	v->ui->calls->changed(v->ui);
}

static void read_journal(struct view *v)
{
	struct state *st = v->state;

	if (st->reading)
		return;
	st->reading = true;
	v->ui->calls->work(v->ui, v, work_new(WORK_JOURNAL_LIST, "reading the journal", NULL, NULL), NULL, have_read);
}

static void undo_settings(struct view *v, const struct journal_entry *e)
{
	struct topic_request r;

	topic_request_init(&r, TOPIC_CONFIG);
	topic_texts_add(&r.names, e->name);
	r.undo_of = mem_strdup(e->id);
	change_open(v->ui, &r);
}

static bool is_of_this_cluster(const struct view *v, const struct journal_entry *e, struct error *err)
{
	const struct snapshot *s = v->ui->live.cluster;

	if (!e->cluster_id || !s || !s->cluster_id || strcmp(e->cluster_id, s->cluster_id) == 0)
		return true;
	return error_set(err, ERR_USAGE, "this change was made on another cluster: %s",
		e->context           ? e->context :
			e->bootstrap ? e->bootstrap :
				       e->cluster_id);
}

static void undo_reset(struct view *v, const struct journal_entry *e)
{
	struct reset_request r = { 0 };
	struct error err;

	if (!e)
		v->ui->calls->message(v->ui, SEVERITY_WARN, "there is no change to undo");
	else if (is_of_this_cluster(v, e, &err) && journal_undo_request(e, &r, &err))
		reset_open_plan(v->ui, &r);
	else
		v->ui->calls->message(v->ui, SEVERITY_WARN, err.message);
	reset_request_release(&r);
}

/* Opens a plan that undoes the change, like any other plan. */
static void put_back(struct view *v)
{
	if (shown(v) && shown(v)->kind == JOURNAL_TOPIC_CONFIG)
		undo_settings(v, shown(v));
	else
		undo_reset(v, shown(v));
}

/* For a change that was cut short, z asks whether to put back what was there before. */
enum { PUT_BACK, LEAVE, WAYS };

static void way_chosen(struct ui *ui, void *data, size_t chosen)
{
	struct view *v = data;
	struct state *st = v->state;

	if (chosen == PUT_BACK)
		put_back(v);
	if (chosen != LEAVE || !st->id || st->reading)
		return;
	st->reading = true;
	ui->calls->work(ui, v, work_new(WORK_JOURNAL_SETTLE, "updating the journal", mem_strdup(st->id), free), NULL,
		have_read);
}

static void ask_way(struct view *v)
{
	static const struct choice ways[WAYS] = {
		[PUT_BACK] = { .label = "put back what was there before", .help = "shows the plan first" },
		[LEAVE] = { .label = "leave it as it is now", .help = "weir does not mention it again" },
	};

	v->ui->calls->pick(v->ui, "this change was cut short", ways, WAYS, 0, way_chosen, v);
}

static bool open(struct view *v, struct error *err)
{
	panes_add(v, "changes", &changes, v, NULL);
	panes_add(v, "what it changed", &items, v, NULL);
	(void)err;
	/* The journal can be read when no cluster answers. */
	read_journal(v);
	return true;
}

static void close(struct view *v)
{
	struct state *st = v->state;

	journal_list_free(st->list);
	free(st->id);
	free(st->failed);
	panes_close(v);
}

/* The file is small and other weirs write to it too. */
static void update(struct view *v, const struct world *w)
{
	state_of(v)->panes.s = w->cluster;
	read_journal(v);
}

static void draw_why_empty(const struct view *v, const struct area *a)
{
	const struct state *st = v->state;
	struct str why = { 0 };

	if (table_shown(panes_table(v, CHANGES)) > 0 || table_why_empty(panes_table(v, CHANGES), &why)) {
		str_release(&why);
		return;
	}
	if (st->failed)
		str_addf(&why, "! %s", st->failed);
	else if (!st->list)
		str_add(&why, "reading the journal ...");
	else
		str_add(&why, st->list->bad_lines ? "nothing in the journal can be read" : "no changes yet");
	draw_text(a, 2, TABLE_LEAD, a->cols - TABLE_LEAD, st->failed ? ROLE_ERROR : ROLE_DIM, str_text(&why));
	str_release(&why);
}

static void draw(struct view *v, const struct area *a)
{
	const struct state *st = v->state;
	long counts[] = { st->list ? (long)st->list->count : -1, (long)item_rows(v) };
	int lower = a->rows >= 14 ? a->rows / 2 : 0;
	struct str text = { 0 };

	follow_cursor(v);
	draw_clear(a);
	panes_draw_titles(v, a, counts);
	if (!lower) {
		panes_draw_table(v, st->panes.active, a, 1, a->rows - 1, true);
	} else {
		panes_draw_table(v, CHANGES, a, 1, a->rows - lower - 2, st->panes.active == CHANGES);
		draw_hline(a, a->rows - lower - 1, 0, a->cols, ROLE_BORDER);
		panes_draw_table(v, ITEMS, a, a->rows - lower, lower, st->panes.active == ITEMS);
	}
	if (st->list && st->list->bad_lines) {
		str_addf(&text, "~ %zu line%s of %s cannot be read, the first is line %zu", st->list->bad_lines,
			st->list->bad_lines == 1 ? "" : "s", st->list->path, st->list->first_bad);
		draw_text(a, a->rows - 1, 1, a->cols - 1, ROLE_WARN, str_text(&text));
	}
	str_release(&text);
	draw_why_empty(v, a);
}

static enum action_result action(struct view *v, enum action_id id, const char *arg)
{
	struct state *st = v->state;

	switch (id) {
	case ACTION_UNDO:
		if (shown(v) && journal_is_cut_short(shown(v)))
			ask_way(v);
		else
			put_back(v);
		return ACTION_HANDLED;
	case ACTION_OPEN:
		if (st->panes.active == CHANGES)
			return panes_action(v, ACTION_NEXT_PANE, NULL);
		return ACTION_HANDLED;
	case ACTION_BACK:
		if (panes_action(v, id, arg) != ACTION_IGNORED)
			return ACTION_HANDLED;
		return st->panes.active == ITEMS ? panes_action(v, ACTION_NEXT_PANE, NULL) : ACTION_IGNORED;
	case ACTION_REFRESH:
		read_journal(v);
		return ACTION_HANDLED;
	default:
		return panes_action(v, id, arg);
	}
}

static const char *disabled(const struct view *v, enum action_id id)
{
	if (id == ACTION_UNDO)
		return shown(v) ? NULL : "there is no change to undo";
	return panes_disabled(v, id);
}

static const char *hint(const struct view *v, enum action_id id)
{
	(void)v;
	return id == ACTION_UNDO ? "undo" : NULL;
}

const struct view_ops view_journal = {
	.name = "journal",
	.title = "journal",
	.state_size = sizeof(struct state),
	.capabilities = VIEW_TABLE | VIEW_PROBLEMS | VIEW_PANES | VIEW_UNDO,
	.open = open,
	.close = close,
	.update = update,
	.draw = draw,
	.action = action,
	.disabled = disabled,
	.hint = hint,
	.click = panes_click,
	.footer = panes_footer,
	.note = panes_note,
	.complete = panes_complete,
};

/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "ui/table_private.h"
#include "ui/view.h"

/* The table handles the !: "not" must hold for all searched columns together. */
bool table_row_matches(struct table *t, size_t row)
{
	bool hit = false;

	for (int i = 0; i < t->ops->column_count && !hit; i++) {
		const struct cell *c;

		if (!t->ops->columns[i].searched)
			continue;
		c = table_cell(t, row, i);
		if (c->text.len) {
			hit = pattern_matches(t->pattern, str_text(&c->text));
		} else if (c->kind == CELL_INT) {
			str_clear(&t->buf);
			str_addf(&t->buf, "%lld", (long long)c->integer);
			hit = pattern_matches(t->pattern, str_text(&t->buf));
		}
	}
	return hit != t->invert;
}

/* Plain ASCII, which is nearly everything, is not copied. */
int table_safe_cols(struct table *t, const struct str *text)
{
	for (size_t i = 0; i < text->len; i++) {
		unsigned char c = (unsigned char)text->p[i];

		if (c < 0x20 || c > 0x7e) {
			str_clear(&t->buf);
			text_safe(&t->buf, text->p, text->len);
			return text_cols(str_text(&t->buf));
		}
	}
	return (int)text->len;
}

static void measure_names(struct table *t, size_t row)
{
	for (int i = 0; i < t->ops->column_count; i++) {
		const struct cell *c;
		int cols;

		if (t->ops->columns[i].kind != COLUMN_NAME)
			continue;
		c = table_cell(t, row, i);
		cols = table_safe_cols(t, &c->text) + (c->sign ? 2 : 0);
		if (cols > t->natural[i])
			t->natural[i] = cols;
	}
}

/* Finds out which optional columns have text; they count as empty before. */
static void look_for_text(struct table *t, size_t row)
{
	for (int i = 0; i < t->ops->column_count && t->empty; i++) {
		const struct cell *c;

		if (!(t->empty & 1u << i))
			continue;
		c = table_cell(t, row, i);
		if (c->text.len || (c->kind == CELL_INT && c->integer != 0) || (c->kind == CELL_REAL && c->real != 0))
			t->empty &= ~(1u << i);
	}
}

size_t table_filter_rows(struct table *t)
{
	const struct table_ops *ops = t->ops;
	size_t rows = ops->rows(t->owner), kept = 0;

	t->order = mem_grow(t->order, &t->order_cap, rows, sizeof(*t->order));
	t->total = 0;
	for (int i = 0; i < ops->column_count; i++)
		if (ops->columns[i].kind == COLUMN_NAME)
			t->natural[i] = 0;
	t->empty = 0;
	for (int i = 0; i < ops->column_count; i++)
		if (ops->columns[i].optional)
			t->empty |= 1u << i;
	for (size_t row = 0; row < rows; row++) {
		if (ops->hidden && ops->hidden(t->owner, row))
			continue;
		t->total++;
		measure_names(t, row);
		if (t->problems_only && ops->problem && !ops->problem(t->owner, row))
			continue;
		if (t->only_lag && ops->quiet && ops->quiet(t->owner, row))
			continue;
		if (t->pattern && !t->search && !table_row_matches(t, row))
			continue;
		look_for_text(t, row);
		t->order[kept++] = (uint32_t)row;
	}
	return kept;
}

bool table_set_filter(struct table *t, const char *text, struct error *err)
{
	struct pattern *pattern = NULL;
	bool invert = text && *text == '!';
	bool empty = !text || !text[invert];

	if (!empty) {
		pattern = pattern_new(text + invert, err);
		if (!pattern)
			return false;
	}
	pattern_free(t->pattern);
	free(t->filter);
	t->pattern = pattern;
	t->filter = empty ? NULL : mem_strdup(text);
	t->invert = invert;
	return true;
}

bool table_find(struct table *t, int direction, bool stay)
{
	size_t count = t->list.count;

	for (size_t step = stay ? 0 : 1; t->pattern && step <= count && count > 0; step++) {
		size_t at = (t->list.cursor + (direction > 0 ? step : count - step % count)) % count;

		if (!table_row_matches(t, t->order[at]))
			continue;
		list_move_to(&t->list, at);
		return true;
	}
	return false;
}

/* While an expression is typed and not complete yet, the filter stays as it is. */
static void filter_live(struct ui *ui, void *data, const char *text)
{
	struct table *t = data;

	if (!table_set_filter(t, text, NULL))
		return;
	table_update(t);
	if (t->search)
		table_find(t, 1, true);
	ui->calls->changed(ui);
}

static void filter_done(struct ui *ui, void *data, const char *text)
{
	struct table *t = data;
	struct error err = { 0 };

	if (!table_set_filter(t, text ? text : t->filter_before, &err))
		ui->calls->message(ui, SEVERITY_WARN, err.message);
	free(t->filter_before);
	t->filter_before = NULL;
	table_update(t);
	if (text && t->search && t->pattern && !table_find(t, 1, true))
		ui->calls->message(ui, SEVERITY_WARN, "not found");
	ui->calls->changed(ui);
}

void table_ask_filter(struct table *t, struct ui *ui)
{
	free(t->filter_before);
	t->filter_before = mem_strdup(t->filter);
	ui->calls->prompt(ui, t->search ? "search: " : "filter: ", t->filter ? t->filter : "",
		t->search ? "search" : "filter", filter_live, filter_done, t);
}

bool table_why_empty(const struct table *t, struct str *out)
{
	int switches = t->problems_only + t->only_lag;
	bool one = t->total == 1;

	if (t->list.count > 0 || t->total == 0)
		return false;
	if (t->filter && !switches) {
		str_addf(out, "no match for %s (%zu row%s hidden)", t->filter, t->total, one ? "" : "s");
		return true;
	}
	str_add(out, "nothing to show: ");
	if (t->filter)
		str_addf(out, "the filter %s and ", t->filter);
	if (t->problems_only)
		str_add(out, "\"problems only\"");
	if (t->only_lag)
		str_addf(out, "%s\"only with lag\"", t->problems_only ? " and " : "");
	str_add(out, switches + (t->filter != NULL) > 1 ? " hide " : " hides ");
	if (one)
		str_add(out, "the only row");
	else
		str_addf(out, "all %zu rows", t->total);
	return true;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/list.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void list_init(struct list *l, list_key_fn *key_of, void *owner)
{
	*l = (struct list){ .page = 1, .key_of = key_of, .owner = owner };
}

void list_release(struct list *l)
{
	list_unmark_all(l);
	free(l->marks);
	str_release(&l->key);
}

static void capture_key(struct list *l)
{
	str_clear(&l->key);
	l->has_key = l->cursor < l->count;
	if (l->has_key)
		l->key_of(l->owner, l->cursor, &l->key);
}

static bool key_is_at(const struct list *l, size_t index, struct str *buf)
{
	str_clear(buf);
	l->key_of(l->owner, index, buf);
	return buf->len == l->key.len && memcmp(str_text(buf), str_text(&l->key), buf->len) == 0;
}

/* Most refreshes leave the row where it was: looks there first. */
static bool find_key(const struct list *l, size_t near, size_t *index)
{
	struct str buf = { 0 };
	bool found = false;

	if (near < l->count && key_is_at(l, near, &buf)) {
		*index = near;
		found = true;
	}
	for (size_t i = 0; !found && i < l->count; i++) {
		if (key_is_at(l, i, &buf)) {
			*index = i;
			found = true;
		}
	}
	str_release(&buf);
	return found;
}

static void keep_in_window(struct list *l)
{
	size_t last_top = l->count > l->page ? l->count - l->page : 0;

	if (l->cursor < l->top)
		l->top = l->cursor;
	if (l->cursor >= l->top + l->page)
		l->top = l->cursor - l->page + 1;
	if (l->top > last_top)
		l->top = last_top;
}

void list_set_page(struct list *l, size_t rows)
{
	l->page = rows ? rows : 1;
	keep_in_window(l);
}

void list_sync(struct list *l, size_t count)
{
	bool was_last = l->cursor + 1 >= l->count;
	size_t line = l->cursor - l->top;
	size_t found;

	l->count = count;
	if (count == 0) {
		/* the key is kept: when the rows come back, so does the cursor */
		l->cursor = l->top = 0;
		return;
	}
	if (l->follow && was_last) {
		l->cursor = count - 1;
	} else if (l->has_key && l->touched && find_key(l, l->cursor, &found)) {
		l->cursor = found;
		l->top = found > line ? found - line : 0;
		l->seeking = false;
	} else if (l->cursor >= count) {
		l->cursor = count - 1;
	}
	keep_in_window(l);
	if (!l->seeking)
		capture_key(l);
}

void list_move_to(struct list *l, size_t index)
{
	l->touched = true;
	l->seeking = false;
	if (l->count == 0)
		return;
	l->cursor = index < l->count ? index : l->count - 1;
	keep_in_window(l);
	capture_key(l);
}

void list_move(struct list *l, long delta)
{
	size_t target = l->cursor;

	if (delta < 0)
		target = l->cursor > (size_t)-delta ? l->cursor - (size_t)-delta : 0;
	else
		target += (size_t)delta;
	list_move_to(l, target);
}

void list_move_page(struct list *l, int direction)
{
	size_t step = l->page > 1 ? l->page - 1 : 1;

	if (direction > 0)
		l->top += step;
	else
		l->top = l->top > step ? l->top - step : 0;
	list_move(l, direction > 0 ? (long)step : -(long)step);
}

void list_seek_key(struct list *l, const char *key)
{
	str_clear(&l->key);
	str_add(&l->key, key);
	l->has_key = l->touched = l->seeking = true;
}

static uint64_t hash_key(const char *key)
{
	uint64_t h = 1469598103934665603u; /* FNV-1a */

	for (; *key; key++)
		h = (h ^ (unsigned char)*key) * 1099511628211u;
	return h;
}

/* The slot that holds `key`, or the free one for it. */
static size_t mark_slot(char **marks, size_t cap, const char *key)
{
	size_t i = hash_key(key) & (cap - 1);

	while (marks[i] && strcmp(marks[i], key) != 0)
		i = (i + 1) & (cap - 1);
	return i;
}

static void marks_rehash(struct list *l, size_t cap)
{
	char **marks = mem_alloc(cap * sizeof(*marks));

	for (size_t i = 0; i < l->mark_cap; i++)
		if (l->marks[i])
			marks[mark_slot(marks, cap, l->marks[i])] = l->marks[i];
	free(l->marks);
	l->marks = marks;
	l->mark_cap = cap;
}

bool list_marked(const struct list *l, const char *key)
{
	return l->mark_count && l->marks[mark_slot(l->marks, l->mark_cap, key)];
}

void list_mark(struct list *l, const char *key, bool on)
{
	size_t slot;

	if (list_marked(l, key) == on)
		return;
	if (on && (l->mark_count + 1) * 2 > l->mark_cap)
		marks_rehash(l, l->mark_cap ? l->mark_cap * 2 : 16);
	slot = mark_slot(l->marks, l->mark_cap, key);
	if (on) {
		l->marks[slot] = mem_strdup(key);
		l->mark_count++;
		return;
	}
	free(l->marks[slot]);
	l->marks[slot] = NULL;
	l->mark_count--;
	marks_rehash(l, l->mark_cap); /* closes the gap in the probe chain */
}

void list_unmark_all(struct list *l)
{
	for (size_t i = 0; i < l->mark_cap; i++) {
		free(l->marks[i]);
		l->marks[i] = NULL;
	}
	l->mark_count = 0;
}

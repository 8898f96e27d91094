/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"
#include "ui/view.h"

struct binding {
	key_code key;
	enum action_id action;
	bool by_user;
};

struct keymap {
	const struct action_set *actions;
	struct binding *bindings; /* in the order of the table, then of each action's keys */
	size_t count, cap;
};

/* Two actions may share a key only if no view has both. */
static bool share_a_view(const struct action_set *set, const struct action *a, const struct action *b)
{
	for (size_t i = 0; set->views[i]; i++)
		if (action_fits(a, set->views[i]) && action_fits(b, set->views[i]))
			return true;
	return false;
}

static void remove_at(struct keymap *m, size_t i)
{
	memmove(m->bindings + i, m->bindings + i + 1, (m->count - i - 1) * sizeof(*m->bindings));
	m->count--;
}

/* The binding that conflicts with `key` for `id`; NULL: none. */
static struct binding *find_clash(struct keymap *m, key_code key, enum action_id id)
{
	for (size_t i = 0; i < m->count; i++) {
		struct binding *b = &m->bindings[i];
		if (b->key == key && b->action != id &&
			share_a_view(m->actions, &m->actions->rows[b->action], &m->actions->rows[id]))
			return b;
	}
	return NULL;
}

static bool add_key(struct keymap *m, key_code key, enum action_id id, bool by_user, struct error *err)
{
	for (struct binding *b; (b = find_clash(m, key, id));) {
		if (b->by_user || !by_user) {
			struct str name = { 0 };
			key_add_name(key, &name);
			error_set(err, ERR_USAGE, "key %s is given to both %s and %s", str_text(&name),
				m->actions->rows[b->action].name, m->actions->rows[id].name);
			str_release(&name);
			return false;
		}
		remove_at(m, (size_t)(b - m->bindings));
	}
	m->bindings = mem_grow(m->bindings, &m->cap, m->count + 1, sizeof(*m->bindings));
	m->bindings[m->count++] = (struct binding){ .key = key, .action = id, .by_user = by_user };
	return true;
}

/* Adds each key of a space separated list. */
static bool add_keys(struct keymap *m, enum action_id id, const char *keys, bool by_user, struct error *err)
{
	for (const char *p = keys + strspn(keys, " \t"); *p;) {
		size_t n = strcspn(p, " \t");
		char *name = mem_strndup(p, n);
		key_code key;
		bool good = key_parse(name, &key) ||
			error_set(err, ERR_USAGE,
				"%s: no key is called %s; "
				"write j, Ctrl-d, Alt-x, F5, PgUp, Space, Enter, Tab",
				m->actions->rows[id].name, name);
		free(name);
		if (!good || !add_key(m, key, id, by_user, err))
			return false;
		p += n;
		p += strspn(p, " \t");
	}
	return true;
}

struct keymap *keymap_new(const struct action_set *actions)
{
	struct keymap *m = mem_alloc(sizeof(*m));
	m->actions = actions;
	for (size_t i = 1; i < actions->count; i++)
		if (actions->rows[i].keys)
			add_keys(m, (enum action_id)i, actions->rows[i].keys, false, NULL);
	return m;
}

void keymap_free(struct keymap *m)
{
	if (!m)
		return;
	free(m->bindings);
	free(m);
}

static bool unknown_action(const struct keymap *m, const char *name, struct error *err)
{
	struct near near = { .word = name };
	for (size_t i = 0; i < m->actions->count; i++)
		if (m->actions->rows[i].name)
			near_offer(&near, m->actions->rows[i].name);
	if (near.best)
		return error_set(err, ERR_USAGE, "no action is called %s; did you mean %s?", name, near.best);
	return error_set(err, ERR_USAGE, "no action is called %s; weir --print-actions lists them", name);
}

bool keymap_bind(struct keymap *m, const char *action, const char *keys, struct error *err)
{
	enum action_id id = action_find(m->actions, action);
	if (id == ACTION_NONE)
		return unknown_action(m, action, err);
	for (size_t i = m->count; i-- > 0;)
		if (m->bindings[i].action == id)
			remove_at(m, i);
	return add_keys(m, id, keys, true, err);
}

enum action_id keymap_lookup(const struct keymap *m, key_code key, const struct view_ops *view)
{
	for (size_t i = 0; i < m->count; i++)
		if (m->bindings[i].key == key && action_fits(&m->actions->rows[m->bindings[i].action], view))
			return m->bindings[i].action;
	return ACTION_NONE;
}

static void add_names(const struct keymap *m, enum action_id id, struct str *out, bool all)
{
	size_t start = out->len;
	for (size_t i = 0; i < m->count; i++) {
		if (m->bindings[i].action != id)
			continue;
		if (out->len > start && !all)
			return;
		if (out->len > start)
			str_add_char(out, ' ');
		key_add_name(m->bindings[i].key, out);
	}
}

void keymap_keys(const struct keymap *m, enum action_id id, struct str *out)
{
	add_names(m, id, out, true);
}

void keymap_first_key(const struct keymap *m, enum action_id id, struct str *out)
{
	add_names(m, id, out, false);
}

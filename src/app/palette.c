/* SPDX-License-Identifier: BSD-2-Clause */
#include "app/palette.h"

#include <stdlib.h>
#include <string.h>

#include "app/app_parts.h"
#include "app/dispatch.h"
#include "base/mem.h"
#include "model/snapshot.h"
#include "ui/theme.h"

static bool starts(const char *text, const char *prefix, size_t len)
{
	return strncmp(text, prefix, len) == 0;
}

/* The text that was typed. `anywhere`: a name fits when it contains it; else it must begin with it. */
struct typed {
	const char *text;
	size_t len;
	bool anywhere;
};

static bool fits(const char *name, const struct typed *typed)
{
	return typed->anywhere ? memmem(name, strlen(name), typed->text, typed->len) != NULL :
				 starts(name, typed->text, typed->len);
}

static void add_actions(const struct cluster *c, const struct typed *typed, struct prompt_words *words)
{
	const struct action_set *set = c->ui.actions;
	const struct view_ops *view = tabs_view(c)->ops;
	for (size_t i = 1; i < set->count; i++) {
		const struct action *row = &set->rows[i];
		if (!action_fits(row, view) || !fits(row->name, typed))
			continue;
		/* Nobody moves by typing a command, so those are listed only when asked for. */
		if (typed->len == 0 && strcmp(row->group, "Moving") == 0)
			continue;
		struct str keys = { 0 };
		keymap_keys(c->ui.keymap, (enum action_id)i, &keys);
		prompt_words_add(words, row->name, row->help, str_text(&keys));
		str_release(&keys);
	}
}

static void add_names(const struct cluster *c, enum action_id id, const struct typed *typed, struct prompt_words *words)
{
	const struct snapshot *s = c->ui.live.cluster;
	if (id == ACTION_THEME) {
		const char *const *names;
		size_t count = theme_list(&names);
		for (size_t i = 0; i < count; i++)
			if (fits(names[i], typed))
				prompt_words_add(words, names[i], NULL, NULL);
	} else if ((id == ACTION_VIEW_MESSAGES || id == ACTION_TOPIC || id == ACTION_PRODUCE || id == ACTION_COMPARE) &&
		s) {
		for (size_t i = 0; i < s->topic_count; i++)
			if (fits(s->topics[i].name, typed))
				prompt_words_add(words, s->topics[i].name, NULL, NULL);
	} else if ((id == ACTION_GROUP || id == ACTION_RESET) && s) {
		for (size_t i = 0; i < s->group_count; i++)
			if (fits(s->groups[i].id, typed))
				prompt_words_add(words, s->groups[i].id, group_state_name(s->groups[i].state), NULL);
	} else if (id == ACTION_BROKER && s) {
		for (size_t i = 0; i < s->broker_count; i++) {
			char *name = mem_printf("%d", (int)s->brokers[i].id);
			if (fits(name, typed))
				prompt_words_add(words, name, s->brokers[i].host, NULL);
			free(name);
		}
	}
}

/* Words that the view knows, such as the names of columns for `sort`. */
static void add_view_words(const struct cluster *c, enum action_id id, const char *prefix, struct prompt_words *words)
{
	struct view *v = tabs_view(c);
	char **found = NULL;
	size_t count = v->ops->complete ? v->ops->complete(v, id, prefix, &found) : 0;
	for (size_t i = 0; i < count; i++) {
		prompt_words_add(words, found[i], NULL, NULL);
		free(found[i]);
	}
	free(found);
}

static void palette_complete(struct ui *ui, void *data, const char *text, size_t cursor, struct prompt_words *words)
{
	const struct cluster *c = data;
	size_t name_len = strcspn(text, " ");
	(void)ui;
	struct typed typed = { .text = text, .len = cursor };
	if (cursor <= name_len) {
		add_actions(c, &typed, words);
		typed.anywhere = true;
		if (words->count == 0)
			add_actions(c, &typed, words);
		return;
	}
	char *name = mem_strndup(text, name_len);
	enum action_id id = action_find(c->ui.actions, name);
	free(name);
	words->from = name_len + strspn(text + name_len, " ");
	if (id == ACTION_NONE || cursor < words->from)
		return;
	/* These take several names; the last one is completed. */
	for (size_t i = words->from; (id == ACTION_COMPARE || id == ACTION_VIEW_MESSAGES) && i < cursor; i++)
		if (text[i] == ' ')
			words->from = i + 1;
	char *prefix = mem_strndup(text + words->from, cursor - words->from);
	typed = (struct typed){ .text = prefix, .len = cursor - words->from };
	add_names(c, id, &typed, words);
	if (words->count == 0)
		add_view_words(c, id, prefix, words);
	typed.anywhere = true;
	if (words->count == 0)
		add_names(c, id, &typed, words);
	free(prefix);
}

static bool is_only_prefix(const struct cluster *c, const char *name, enum action_id *id)
{
	size_t found = 0;
	for (size_t i = 1; i < c->ui.actions->count; i++)
		if (starts(c->ui.actions->rows[i].name, name, strlen(name))) {
			*id = (enum action_id)i;
			found++;
		}
	return found == 1;
}

static void run_command(struct cluster *c, const char *text)
{
	text += strspn(text, " ");
	size_t name_len = strcspn(text, " ");
	if (name_len == 0)
		return;
	char *name = mem_strndup(text, name_len);
	enum action_id id = action_find(c->ui.actions, name);
	/* As in vi, a beginning that fits one command only is enough. */
	if (id == ACTION_NONE && !is_only_prefix(c, name, &id))
		id = ACTION_NONE;
	char *arg = mem_strdup(text + name_len + strspn(text + name_len, " "));
	for (size_t n = strlen(arg); n > 0 && arg[n - 1] == ' '; n--)
		arg[n - 1] = '\0';
	const char *why = NULL;
	if (id == ACTION_NONE)
		why = "no such command; : and Tab lists them";
	else if (*arg && !c->ui.actions->rows[id].argument)
		why = "takes no argument";
	if (why)
		cluster_messagef(c, SEVERITY_WARN, "%s: %s", name, why);
	else
		dispatch_action(c, id, *arg ? arg : NULL);
	free(name);
	free(arg);
}

static void palette_done(struct ui *ui, void *data, const char *text)
{
	(void)ui;
	if (text)
		run_command(data, text);
}

void palette_open(struct cluster *c)
{
	const struct terminal_asker asker = { .ui = &c->ui,
		.data = c,
		.line = palette_done,
		.complete = palette_complete };

	terminal_prompt(&c->app->terminal, ":", "", "commands", &asker);
}

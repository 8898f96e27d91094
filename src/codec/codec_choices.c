/* SPDX-License-Identifier: BSD-2-Clause */
#include "codec/codec_choices.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct topic {
	char *name;
	struct codec_choice choice[2]; /* index is_key */
	struct error err;
};

struct codec_choices {
	struct codec_rules *rules;
	struct codec_choice all[2]; /* index is_key */
	pthread_mutex_t lock;
	struct topic **topics; /* under lock; the topics themselves never change */
	size_t count, cap;
};

struct codec_choices *codec_choices_new(const struct codec_rules *rules)
{
	struct codec_choices *c = mem_alloc(sizeof(*c));

	c->rules = codec_rules_copy(rules);
	pthread_mutex_init(&c->lock, NULL);
	return c;
}

void codec_choices_free(struct codec_choices *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->count; i++) {
		codec_choice_release(&c->topics[i]->choice[0]);
		codec_choice_release(&c->topics[i]->choice[1]);
		free(c->topics[i]->name);
		free(c->topics[i]);
	}
	free(c->topics);
	codec_choice_release(&c->all[0]);
	codec_choice_release(&c->all[1]);
	codec_rules_free(c->rules);
	pthread_mutex_destroy(&c->lock);
	free(c);
}

bool codec_choices_set(struct codec_choices *c, bool is_key, const char *text, struct error *err)
{
	return !text || strcmp(text, "auto") == 0 || codec_choice_parse(&c->all[is_key], text, err);
}

static void choices_choose(const struct codec_choices *c, struct topic *t, bool is_key)
{
	const char *text = codec_rules_find(c->rules, t->name, is_key);
	struct error why;

	if (text && c->all[is_key].id == CODEC_AUTO && !codec_choice_parse(&t->choice[is_key], text, &why))
		error_set(&t->err, why.code, "%s of %s: %s", is_key ? "keys" : "values", t->name, why.message);
	if (t->choice[is_key].id == CODEC_AUTO)
		t->choice[is_key].id = codec_for_topic(t->name);
}

static const struct topic *choices_find_topic(struct codec_choices *c, const char *name)
{
	struct topic *t = NULL;

	pthread_mutex_lock(&c->lock);
	for (size_t i = 0; i < c->count && !t; i++)
		if (strcmp(c->topics[i]->name, name) == 0)
			t = c->topics[i];
	if (!t) {
		c->topics = mem_grow(c->topics, &c->cap, c->count + 1, sizeof(struct topic *));
		t = c->topics[c->count++] = mem_alloc(sizeof(*t));
		t->name = mem_strdup(name);
		choices_choose(c, t, false);
		choices_choose(c, t, true);
	}
	pthread_mutex_unlock(&c->lock);
	return t;
}

struct codec_choice codec_choices_find(struct codec_choices *c, const char *topic, bool is_key)
{
	return c->all[is_key].id != CODEC_AUTO ? c->all[is_key] : choices_find_topic(c, topic)->choice[is_key];
}

bool codec_choices_check(struct codec_choices *c, const char *topic, struct error *err)
{
	const struct topic *t = choices_find_topic(c, topic);

	*err = t->err;
	return err->code == ERR_NONE;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* The form of a new topic. Names that exist and what the broker refuses come up in the plan. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/config_value.h"
#include "model/topic_name.h"
#include "ui/prompt.h"
#include "views/change/change.h"

static struct change_form *form_of(void *owner)
{
	return owner;
}

static bool check_number(const char *text, const char *what, size_t *at, struct error *err)
{
	*at = strspn(text, "0123456789");
	if (!*text)
		return true;
	return (!text[*at] && *at < 7 && strtol(text, NULL, 10) > 0) || error_set(err, ERR_USAGE, "%s", what);
}

static bool check_value(const char *name, const char *text, size_t *at, struct error *err)
{
	struct str value = { 0 };
	bool ok = !*text || config_value_parse(config_catalog_find(CONFIG_TOPIC, name), text, &value, at, err);

	str_release(&value);
	return ok;
}

/* "name=value name=value", values without blanks. */
static bool check_more(const char *text, size_t *at, struct error *err)
{
	char *copy = mem_strdup(text), *save = NULL;
	bool ok = true;

	for (char *word = strtok_r(copy, " ", &save); ok && word; word = strtok_r(NULL, " ", &save)) {
		char *equals = strchr(word, '=');

		*at = (size_t)(word - copy);
		if (equals)
			*equals = '\0';
		if (!equals)
			ok = error_set(err, ERR_USAGE, "give NAME=VALUE pairs separated by spaces");
		else if (!config_catalog_find(CONFIG_TOPIC, word) && config_catalog_near(CONFIG_TOPIC, word))
			ok = error_set(err, ERR_USAGE, "no such setting; did you mean %s?",
				config_catalog_near(CONFIG_TOPIC, word));
		else
			ok = check_value(word, equals + 1, at, err);
		if (!ok && equals && *at < strlen(equals + 1))
			*at += (size_t)(equals + 1 - copy);
	}
	free(copy);
	return ok;
}

/* Before the first snapshot the brokers are not known; the plan checks it again. */
static bool check_assignment(const struct snapshot *s, const char *text, size_t *at, struct error *err)
{
	struct topic_broker *brokers;
	struct topic_placement place;
	size_t count = 0;
	bool ok;

	if (!s || !s->broker_count)
		return true;
	brokers = mem_alloc(s->broker_count * sizeof(*brokers));
	for (size_t i = 0; i < s->broker_count; i++)
		if (s->brokers[i].state == BROKER_UP)
			brokers[count++].id = s->brokers[i].id;
	ok = topic_place_parse(text, brokers, count, &place, at, err);
	if (ok)
		topic_placement_release(&place);
	free(brokers);
	return ok;
}

static bool check(void *owner, int field, const char *text, size_t *at, struct error *err)
{
	const struct change_form *f = form_of(owner);

	*at = SIZE_MAX;
	if (field == f->name)
		return topic_name_check(text, err);
	if (field == f->partitions)
		return check_number(text, "a number from 1 on, or empty for the broker's default", at, err);
	if (field == f->factor)
		return check_number(text, "a number from 1 on, or empty for the broker's default", at, err);
	if (field == f->assignment)
		return check_assignment(f->ui->live.cluster, text, at, err);
	if (field == f->retention)
		return check_value("retention.ms", text, at, err);
	if (field == f->least)
		return check_value("min.insync.replicas", text, at, err);
	return field != f->more || check_more(text, at, err);
}

static void gloss(void *owner, int field, const char *text, struct str *out)
{
	const struct change_form *f = form_of(owner);
	struct str value = { 0 };

	if (field == f->retention && *text &&
		config_value_parse(config_catalog_find(CONFIG_TOPIC, "retention.ms"), text, &value, NULL, NULL))
		str_addf(out, "%s ms", str_text(&value));
	str_release(&value);
}

static void complete(void *owner, int field, const char *text, size_t cursor, struct prompt_words *words)
{
	const struct config_def *defs;
	size_t from = cursor, count;

	if (field != form_of(owner)->more)
		return;
	while (from > 0 && text[from - 1] != ' ')
		from--;
	words->from = from;
	defs = config_catalog_list(CONFIG_TOPIC, &count);
	for (size_t i = 0; i < count; i++) {
		struct str word = { 0 };

		str_addf(&word, "%s=", defs[i].name);
		if (strncmp(word.p, text + from, cursor - from) == 0)
			prompt_words_add(words, word.p, defs[i].doc, NULL);
		str_release(&word);
	}
}

static void changed(void *owner, int field)
{
	const struct change_form *f = form_of(owner);
	bool by_hand = form_chosen(f->form, f->placement) == 2;

	(void)field;
	form_show(f->form, f->assignment, by_hand);
	form_show(f->form, f->partitions, !by_hand);
	form_show(f->form, f->factor, !by_hand);
}

static const struct form_ops ops = { .check = check, .gloss = gloss, .complete = complete, .changed = changed };

static int add_text(struct form *f, const char *label, const char *placeholder, const char *help)
{
	return form_add(f, &(struct form_field){ FORM_TEXT, label, .placeholder = placeholder, .help = help });
}

void change_form_new(struct view *v, struct change_form *f)
{
	static const struct form_option placements[] = {
		{ "even", "weir spreads replicas and leaders over racks and brokers, and shows where each goes" },
		{ "broker", "the broker chooses" },
		{ "by hand", "as given in the assignment" },
	};
	static const struct form_option policies[] = {
		{ "default", "the broker's default" },
		{ "delete", "old segments are deleted" },
		{ "compact", "only the newest record of each key is kept" },
		{ "compact,delete", "both" },
	};

	/* The broker's default was not read, so no figure is shown. */
	static const char by_default[] = "the broker's default";

	f->ui = v->ui;
	f->form = form_new(&ops, f);
	f->name = add_text(f->form, "name", "e.g. orders", "letters, digits, . _ and -, up to 249");
	f->partitions = add_text(f->form, "partitions", by_default, "partitions can be added later but never removed");
	f->factor = add_text(f->form, "replication factor", by_default, "replicas of each partition");
	f->placement = form_add(f->form,
		&(struct form_field){ FORM_CHOICE, "placement", .options = placements, .option_count = 3 });
	f->assignment =
		add_text(f->form, "assignment", "e.g. 1:2,2:3,3:1", "brokers of each partition, the leader first");
	f->policy = form_add(f->form,
		&(struct form_field){ FORM_CHOICE, "cleanup policy", .options = policies, .option_count = 4 });
	f->retention =
		add_text(f->form, "retention", by_default, "age after which records are deleted: 7d, 12h, or forever");
	f->least = add_text(f->form, "min ISR", by_default, "in-sync replicas needed to accept a write with acks=all");
	f->more = add_text(f->form, "other settings", "e.g. segment.bytes=512MiB max.message.bytes=2MB",
		"NAME=VALUE pairs separated by spaces; Tab completes");
	form_add(f->form,
		&(struct form_field){ FORM_BUTTON, "show the plan",
			.help = "the broker validates it; nothing is created yet" });
	changed(f, f->placement);
}

static int32_t number(const struct form *f, int field)
{
	return *form_text(f, field) ? (int32_t)strtol(form_text(f, field), NULL, 10) : -1;
}

static void add_setting(struct topic_request *r, const char *name, const char *value)
{
	char *text = mem_printf("%s=%s", name, value);

	if (*value)
		topic_texts_add(&r->set, text);
	free(text);
}

void change_form_free(struct change_form *f)
{
	form_free(f->form);
	*f = (struct change_form){ 0 };
}

void change_form_request(const struct change_form *f, struct topic_request *r)
{
	static const char *const policies[] = { "", "delete", "compact", "compact,delete" };
	char *more = mem_strdup(form_text(f->form, f->more)), *save = NULL;
	bool by_hand = form_chosen(f->form, f->placement) == 2;

	topic_request_init(r, TOPIC_CREATE);
	topic_texts_add(&r->names, form_text(f->form, f->name));
	if (by_hand) {
		r->assignment = mem_strdup(form_text(f->form, f->assignment));
	} else {
		r->partitions = number(f->form, f->partitions);
		r->factor = number(f->form, f->factor);
	}
	r->broker_places = form_chosen(f->form, f->placement) == 1;
	add_setting(r, "cleanup.policy", policies[form_chosen(f->form, f->policy)]);
	add_setting(r, "retention.ms", form_text(f->form, f->retention));
	add_setting(r, "min.insync.replicas", form_text(f->form, f->least));
	for (char *word = strtok_r(more, " ", &save); word; word = strtok_r(NULL, " ", &save))
		topic_texts_add(&r->set, word);
	free(more);
}

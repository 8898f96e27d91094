/* SPDX-License-Identifier: BSD-2-Clause */
/* From an action in a table of topics or settings to a request (views/change/change.h). */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/config_value.h"
#include "views/change/change.h"
#include "views/change/clone.h"

/* What an open prompt is about; freed with its answer. */
struct asked {
	struct topic_request request;
	char *name;    /* of the setting */
	bool by_count; /* the answer is a number of partitions */
};

static void asked_free(struct asked *a)
{
	topic_request_release(&a->request);
	free(a->name);
	free(a);
}

static struct asked *ask_new(const struct topic_request *r)
{
	struct asked *a = mem_alloc(sizeof(*a));

	a->request = *r;
	return a;
}

static void add_topics(struct topic_request *r, const struct table *table, const struct snapshot *s, const char *topic)
{
	size_t *rows, count;

	if (topic || !s) {
		if (topic)
			topic_texts_add(&r->names, topic);
		return;
	}
	rows = mem_alloc((s->topic_count + 1) * sizeof(*rows));
	count = table_marked(table, rows, s->topic_count);
	if (count == 0 && table_current(table, &rows[0]))
		count = 1;
	for (size_t i = 0; i < count; i++)
		topic_texts_add(&r->names, s->topics[rows[i]].name);
	free(rows);
}

/* The marked partitions of one topic; none: all of them. */
static void add_partitions(struct topic_request *r, const struct table *table, const struct topic *t)
{
	size_t *rows, count;

	if (!t)
		return;
	rows = mem_alloc(((size_t)t->partition_count + 1) * sizeof(*rows));
	count = table_marked(table, rows, (size_t)t->partition_count);
	r->parts = mem_alloc((count + 1) * sizeof(*r->parts));
	for (size_t i = 0; i < count; i++)
		r->parts[r->part_count++] = t->partitions[rows[i]].id;
	free(rows);
}

static void take_count(struct topic_request *r, const char *text)
{
	r->partitions = text[strspn(text, "0123456789")] || strlen(text) > 6 ? -1 : (int32_t)strtol(text, NULL, 10);
}

static void ask_setting(struct ui *ui, struct asked *a, const char *text);

/* A value that the catalogue refuses is asked for again; the rest is left to the broker. */
static bool is_good(struct ui *ui, struct asked *a, const char *text)
{
	struct str value = { 0 };
	struct error err;
	size_t at;
	bool ok = config_value_parse(config_catalog_find(a->request.of_broker ? CONFIG_BROKER : CONFIG_TOPIC, a->name),
		text, &value, &at, &err);

	str_release(&value);
	if (ok)
		return true;
	ask_setting(ui, a, text);
	ui->calls->prompt_fault(ui, at, err.message);
	return false;
}

static void change_answer(struct ui *ui, void *data, const char *text)
{
	struct asked *a = data;

	if (text && *text && a->name && !is_good(ui, a, text))
		return;

	if (text && *text && a->by_count) {
		take_count(&a->request, text);
		if (a->request.partitions > 0)
			change_open(ui, &a->request);
		else
			ui->calls->message(ui, SEVERITY_WARN, "give the total number of partitions");
	} else if (text && *text && a->name) {
		char *setting = mem_printf("%s=%s", a->name, text);

		topic_texts_add(&a->request.set, setting);
		free(setting);
		change_open(ui, &a->request);
	} else if (text && *text) {
		a->request.to = mem_strdup(text);
		change_open(ui, &a->request);
	}
	asked_free(a);
}

static void ask_setting(struct ui *ui, struct asked *a, const char *text)
{
	char *label = mem_printf("%s = ", a->name);

	ui->calls->prompt(ui, label, text, NULL, NULL, change_answer, a);
	free(label);
}

/* Takes the request. */
static void ask_partitions(struct view *v, struct topic_request *r, const char *arg)
{
	struct asked *a;

	if (arg && *arg) {
		take_count(r, arg);
		if (r->partitions > 0)
			change_open(v->ui, r);
		else
			v->ui->calls->message(v->ui, SEVERITY_WARN, "give the total number of partitions");
		topic_request_release(r);
		return;
	}
	a = ask_new(r);
	a->by_count = true;
	v->ui->calls->prompt(v->ui, "total number of partitions: ", "", NULL, NULL, change_answer, a);
}

static void ask_truncate(struct view *v, struct topic_request *r, const char *arg)
{
	if (arg && *arg) {
		r->to = mem_strdup(arg);
		change_open(v->ui, r);
		topic_request_release(r);
		return;
	}
	v->ui->calls->prompt(v->ui, "delete records before (latest, an offset, or a time): ", "", NULL, NULL,
		change_answer, ask_new(r));
}

enum action_result change_topics(struct view *v, const struct table *table, const struct snapshot *s, const char *topic,
	const struct topic *partitions_of, enum action_id id, const char *arg)
{
	struct topic_request r;
	bool single;

	if (id == ACTION_ADD && topic)
		id = ACTION_PARTITIONS; /* what can be added to a topic */
	single = id == ACTION_PARTITIONS || id == ACTION_TRUNCATE || id == ACTION_CLONE;

	if (id == ACTION_ADD) {
		topic_request_init(&r, TOPIC_CREATE);
		change_open(v->ui, &r);
		return ACTION_HANDLED;
	}
	if (id != ACTION_DELETE && id != ACTION_ELECT && !single)
		return ACTION_IGNORED;
	topic_request_init(&r,
		id == ACTION_DELETE             ? TOPIC_DELETE :
			id == ACTION_ELECT      ? TOPIC_ELECT :
			id == ACTION_PARTITIONS ? TOPIC_PARTITIONS :
						  TOPIC_TRUNCATE);
	add_topics(&r, table, s, topic);
	if (id == ACTION_ELECT || id == ACTION_TRUNCATE)
		add_partitions(&r, table, partitions_of);
	if (r.names.count == 0 || (single && r.names.count > 1)) {
		v->ui->calls->message(v->ui, SEVERITY_WARN,
			r.names.count ? "only one topic at a time: unmark the others" : "there is no topic here");
		topic_request_release(&r);
	} else if (id == ACTION_PARTITIONS) {
		ask_partitions(v, &r, arg);
	} else if (id == ACTION_TRUNCATE) {
		ask_truncate(v, &r, arg);
	} else if (id == ACTION_CLONE) {
		clone_open(v->ui, r.names.items[0], arg && *arg ? arg : NULL);
		topic_request_release(&r);
	} else {
		change_open(v->ui, &r);
	}
	return ACTION_HANDLED;
}

/* Takes the request. */
static void edit_one(struct ui *ui, struct topic_request *r, const struct config_entry *e)
{
	struct asked *a;

	if (e->is_read_only) {
		ui->calls->message(ui, SEVERITY_WARN, "this setting is read-only while the broker runs");
		topic_request_release(r);
		return;
	}
	a = ask_new(r);
	a->name = mem_strdup(e->name);
	ask_setting(ui, a, e->value ? e->value : "");
}

void change_setting(struct view *v, const struct table *table, const struct config *config, bool of_broker,
	const char *name, bool to_default)
{
	struct topic_request r;
	size_t row, count, *rows;

	if (!config || !table_current(table, &row) || row >= config->count) {
		v->ui->calls->message(v->ui, SEVERITY_WARN, "select a setting first");
		return;
	}
	if (v->ui->read_only) {
		v->ui->calls->message(v->ui, SEVERITY_WARN, "read-only: nothing is changed");
		return;
	}
	topic_request_init(&r, TOPIC_CONFIG);
	r.of_broker = of_broker;
	topic_texts_add(&r.names, name);
	rows = mem_alloc((config->count + 1) * sizeof(*rows));
	count = table_marked(table, rows, config->count);
	if (to_default && count == 0)
		rows[count++] = row;
	for (size_t i = 0; to_default && i < count; i++)
		topic_texts_add(&r.unset, config->entries[rows[i]].name);
	if (to_default)
		change_open(v->ui, &r);
	else if (count)
		change_edit_settings(v, config, rows, count, &r);
	else
		edit_one(v->ui, &r, &config->entries[row]);
	free(rows);
}

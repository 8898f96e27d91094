/* SPDX-License-Identifier: BSD-2-Clause */
#include "change/journal_line.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "change/json_fields.h"
#include "codec/json_read.h"
#include "model/when.h"

static void add_text(struct json *j, const char *name, const char *text)
{
	if (text)
		json_bytes(j, name, text, strlen(text));
	else
		json_null(j, name);
}

static void add_time(struct json *j, const char *name, int64_t ms)
{
	struct str text = { 0 };

	clock_add_utc(&text, ms);
	json_string(j, name, str_text(&text));
	str_release(&text);
}

static void add_offset(struct json *j, const char *name, int64_t offset)
{
	if (offset < 0)
		json_null(j, name);
	else
		json_int(j, name, offset);
}

static void add_item(struct json *j, const struct journal_item *item)
{
	json_object(j, NULL);
	if (item->partition < 0) {
		add_text(j, "name", item->name);
		add_text(j, "before", item->text_before);
		add_text(j, "after", item->text_after);
	} else {
		add_text(j, "topic", item->name);
		json_int(j, "partition", item->partition);
		add_offset(j, "before", item->before);
		add_offset(j, "after", item->after);
		if (item->leader_epoch >= 0)
			json_int(j, "leader_epoch", item->leader_epoch);
		if (item->text_before)
			add_text(j, "metadata", item->text_before);
	}
	json_object_end(j);
}

void journal_write_entry(struct str *out, const struct journal_entry *e)
{
	struct json j = { .out = out };

	json_object(&j, NULL);
	json_string(&j, "id", e->id);
	add_time(&j, "time", e->time_ms);
	add_text(&j, "user", e->user);
	add_text(&j, "cluster_id", e->cluster_id);
	add_text(&j, "context", e->context);
	add_text(&j, "bootstrap", e->bootstrap);
	json_string(&j, "kind", e->kind_name);
	add_text(&j, e->kind == JOURNAL_GROUP_OFFSETS || e->kind == JOURNAL_GROUP_DELETE ? "group" : "topic", e->name);
	if (e->topic_id)
		json_string(&j, "topic_id", e->topic_id);
	add_text(&j, "summary", e->summary);
	if (e->undo_of)
		json_string(&j, "undo_of", e->undo_of);
	json_array(&j, "items");
	for (size_t i = 0; i < e->item_count; i++)
		add_item(&j, &e->items[i]);
	json_array_end(&j);
	json_object_end(&j);
	str_add_char(out, '\n');
}

void journal_write_result(struct str *out, const struct journal_entry *e)
{
	struct json j = { .out = out };

	json_object(&j, NULL);
	json_string(&j, "result_of", e->id);
	add_time(&j, "time", e->result_ms);
	json_string(&j, "result", journal_state_name(e->state));
	if (e->topic_id)
		json_string(&j, "topic_id", e->topic_id);
	if (e->message)
		add_text(&j, "message", e->message);
	json_array(&j, "failed");
	for (size_t i = 0; i < e->item_count; i++) {
		if (!e->items[i].error)
			continue;
		json_object(&j, NULL);
		add_text(&j, "name", e->items[i].name);
		json_int(&j, "partition", e->items[i].partition);
		add_text(&j, "error", e->items[i].error);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
	str_add_char(out, '\n');
}

static int64_t read_time(const struct node *root, const char *name)
{
	struct when_clock clock = { 0, true };
	char *text = json_field_text(root, name);
	struct when when = { 0 };

	if (text && !when_parse(text, strlen(text), &clock, &when, NULL, NULL))
		when.ms = 0;
	free(text);
	return when.ms;
}

static int64_t read_offset(const struct node *object, const char *name)
{
	int64_t value;

	return json_field_int(object, name, &value) && value >= 0 ? value : RESET_NO_OFFSET;
}

static bool read_partition(const struct node *object, int32_t *partition)
{
	int64_t value;

	if (!json_field_int(object, "partition", &value) || value < -1 || value > INT32_MAX)
		return false;
	*partition = (int32_t)value;
	return true;
}

static bool read_item(struct journal_entry *e, const struct node *object)
{
	char *topic = json_field_text(object, "topic"), *name = topic ? topic : json_field_text(object, "name");
	struct journal_item *item;
	int32_t partition = -1;
	int64_t epoch;

	if (!name || (topic && (!read_partition(object, &partition) || partition < 0))) {
		free(name);
		return false;
	}
	item = journal_add_item(e, name, partition);
	free(name);
	if (topic) {
		item->before = read_offset(object, "before");
		item->after = read_offset(object, "after");
		item->text_before = json_field_text(object, "metadata");
		if (json_field_int(object, "leader_epoch", &epoch) && epoch >= 0 && epoch <= INT32_MAX)
			item->leader_epoch = (int32_t)epoch;
	} else {
		item->text_before = json_field_text(object, "before");
		item->text_after = json_field_text(object, "after");
	}
	return true;
}

static bool read_entry(struct journal_entry *e, const struct node *root)
{
	const struct node *items = json_field(root, "items");

	e->kind_name = json_field_text(root, "kind");
	e->name = json_field_text(root, "group");
	if (!e->name)
		e->name = json_field_text(root, "topic");
	if (!e->kind_name || !e->name || (items && items->kind != NODE_ARRAY))
		return false;
	e->kind = journal_kind_of(e->kind_name);
	e->time_ms = read_time(root, "time");
	e->user = json_field_text(root, "user");
	e->cluster_id = json_field_text(root, "cluster_id");
	e->context = json_field_text(root, "context");
	e->bootstrap = json_field_text(root, "bootstrap");
	e->topic_id = json_field_text(root, "topic_id");
	e->summary = json_field_text(root, "summary");
	if (!e->summary)
		e->summary = mem_strdup("");
	e->undo_of = json_field_text(root, "undo_of");
	for (const struct node *item = items ? items->first : NULL; item; item = item->next) {
		if (!read_item(e, item))
			return false;
	}
	return true;
}

static bool read_result(struct journal_entry *e, const struct node *root)
{
	const struct node *failed = json_field(root, "failed");
	char *state = json_field_text(root, "result");

	e->state = JOURNAL_STATE_COUNT;
	for (int i = 0; state && i < JOURNAL_STATE_COUNT; i++) {
		if (strcmp(state, journal_state_name((enum journal_state)i)) == 0)
			e->state = (enum journal_state)i;
	}
	free(state);
	e->result_ms = read_time(root, "time");
	e->topic_id = json_field_text(root, "topic_id");
	e->message = json_field_text(root, "message");
	for (const struct node *n = failed && failed->kind == NODE_ARRAY ? failed->first : NULL; n; n = n->next) {
		char *name = json_field_text(n, "name");
		int32_t partition;

		if (name && read_partition(n, &partition))
			journal_add_item(e, name, partition)->error = json_field_text(n, "error");
		free(name);
	}
	return e->state != JOURNAL_STATE_COUNT;
}

enum journal_line journal_read_line(struct journal_entry *e, const char *line, size_t len)
{
	struct tree tree = { .arena = arena_new(4096) };
	const struct node *root = json_read(&tree, line, len);
	enum journal_line kind = JOURNAL_LINE_BAD;

	*e = (struct journal_entry){ 0 };
	if (root && (e->id = json_field_text(root, "id")) != NULL)
		kind = read_entry(e, root) ? JOURNAL_LINE_ENTRY : JOURNAL_LINE_BAD;
	else if (root && (e->id = json_field_text(root, "result_of")) != NULL)
		kind = read_result(e, root) ? JOURNAL_LINE_RESULT : JOURNAL_LINE_BAD;
	if (kind == JOURNAL_LINE_BAD)
		journal_entry_release(e);
	arena_free(tree.arena);
	return kind;
}

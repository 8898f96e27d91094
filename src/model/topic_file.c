/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/topic_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/search.h"
#include "model/config_value.h"

enum { NAME_MAX_BYTES = 249 };

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
		c == '-';
}

const char *topic_name_fault(const char *name, size_t len)
{
	if (!len)
		return "is empty";
	if (len > NAME_MAX_BYTES)
		return "is longer than 249 characters";
	if (name[0] == '.' && (len == 1 || (len == 2 && name[1] == '.')))
		return "cannot be \".\" or \"..\"";
	for (size_t i = 0; i < len; i++)
		if (!is_name_char(name[i]))
			return "holds something else than letters, digits, \".\", \"_\" and \"-\"";
	return NULL;
}

static void release_entry(struct topic_entry *t)
{
	for (size_t i = 0; i < t->setting_count; i++) {
		free(t->settings[i].name);
		free(t->settings[i].value);
	}
	free(t->settings);
	free(t->name);
}

void topic_file_release(struct topic_file *f)
{
	for (size_t i = 0; i < f->count; i++)
		release_entry(&f->topics[i]);
	free(f->topics);
	*f = (struct topic_file){ 0 };
}

static int compare_name(const void *name, const void *topic)
{
	return strcmp(name, ((const struct topic_entry *)topic)->name);
}

struct topic_entry *topic_file_find(const struct topic_file *f, const char *name)
{
	return search_find(name, f->topics, f->count, sizeof(*f->topics), compare_name);
}

struct topic_entry *topic_file_add(struct topic_file *f, const char *name)
{
	size_t at = search_place(name, f->topics, f->count, sizeof(*f->topics), compare_name);

	if (at < f->count && compare_name(name, &f->topics[at]) == 0)
		return NULL;
	f->topics = mem_grow(f->topics, &f->cap, f->count + 1, sizeof(*f->topics));
	memmove(&f->topics[at + 1], &f->topics[at], (f->count++ - at) * sizeof(*f->topics));
	f->topics[at] = (struct topic_entry){ .name = mem_strdup(name), .partitions = -1, .replication = -1 };
	return &f->topics[at];
}

const struct topic_file_setting *topic_entry_find(const struct topic_entry *t, const char *name)
{
	for (size_t i = 0; i < t->setting_count; i++) {
		if (strcmp(t->settings[i].name, name) == 0)
			return &t->settings[i];
	}
	return NULL;
}

bool topic_entry_set(struct topic_entry *t, const char *name, const char *value, int line)
{
	size_t at = 0;

	while (at < t->setting_count && strcmp(t->settings[at].name, name) < 0)
		at++;
	if (at < t->setting_count && strcmp(t->settings[at].name, name) == 0)
		return false;
	t->settings = mem_grow(t->settings, &t->setting_cap, t->setting_count + 1, sizeof(*t->settings));
	memmove(&t->settings[at + 1], &t->settings[at], (t->setting_count++ - at) * sizeof(*t->settings));
	t->settings[at] = (struct topic_file_setting){ mem_strdup(name), mem_strdup(value), line };
	return true;
}

/* Writing */

/* Without quotes it would be read as another value. */
static bool changes_when_read(const char *name, const char *value)
{
	const struct config_def *def = config_catalog_find(CONFIG_TOPIC, name);
	struct str kafka = { 0 };
	bool same =
		!def || (config_value_parse(def, value, &kafka, NULL, NULL) && strcmp(str_text(&kafka), value) == 0);

	str_release(&kafka);
	return !same;
}

static bool needs_quotes(const char *name, const char *value)
{
	size_t len = strlen(value);

	if (!len || value[0] == ' ' || value[0] == '"' || value[len - 1] == ' ')
		return true;
	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)value[i] < ' ' || value[i] == 127)
			return true;
	}
	return changes_when_read(name, value);
}

static void add_quoted(struct str *out, const char *value)
{
	str_add_char(out, '"');
	for (; *value; value++) {
		switch (*value) {
		case '"':
		case '\\':
			str_add_char(out, '\\');
			str_add_char(out, *value);
			break;
		case '\n':
			str_add(out, "\\n");
			break;
		case '\r':
			str_add(out, "\\r");
			break;
		case '\t':
			str_add(out, "\\t");
			break;
		default:
			if ((unsigned char)*value < ' ' || *value == 127)
				str_addf(out, "\\x%02x", (unsigned)(unsigned char)*value);
			else
				str_add_char(out, *value);
		}
	}
	str_add_char(out, '"');
}

void topic_file_write(const struct topic_file *f, struct str *out)
{
	for (size_t i = 0; i < f->count; i++) {
		const struct topic_entry *t = &f->topics[i];

		str_addf(out, "%s[%s]\n", i ? "\n" : "", t->name);
		if (t->partitions >= 0)
			str_addf(out, "partitions = %d\n", (int)t->partitions);
		if (t->replication >= 0)
			str_addf(out, "replication-factor = %d\n", (int)t->replication);
		for (size_t k = 0; k < t->setting_count; k++) {
			str_addf(out, "%s = ", t->settings[k].name);
			if (needs_quotes(t->settings[k].name, t->settings[k].value))
				add_quoted(out, t->settings[k].value);
			else
				str_add(out, t->settings[k].value);
			str_add_char(out, '\n');
		}
	}
}

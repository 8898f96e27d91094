/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/config_draft.h"

#include <stdlib.h>
#include <string.h>

#include "base/ini.h"
#include "base/mem.h"
#include "model/config_value.h"

static const char mark[] = "# ! ";

static bool next_line(const char **p, const char **line, size_t *len)
{
	if (!**p)
		return false;
	*line = *p;
	*len = strcspn(*p, "\n");
	*p += *len + ((*p)[*len] == '\n');
	return true;
}

static bool is_mark(const char *line, size_t len)
{
	return len >= strlen(mark) && memcmp(line, mark, strlen(mark)) == 0;
}

static void without_marks(const char *text, struct str *out)
{
	const char *line;
	size_t len;

	while (next_line(&text, &line, &len)) {
		if (is_mark(line, len))
			continue;
		str_add_len(out, line, len);
		str_add_char(out, '\n');
	}
}

void config_draft_mark(const char *text, int at, const char *why, struct str *out)
{
	const char *line;
	size_t len;
	int number = 0;

	if (at < 1)
		str_addf(out, "%s%s\n", mark, why);
	while (next_line(&text, &line, &len)) {
		if (is_mark(line, len))
			continue;
		if (++number == at)
			str_addf(out, "%s%s\n", mark, why);
		str_add_len(out, line, len);
		str_add_char(out, '\n');
	}
}

struct pair {
	const char *name, *value;
	size_t name_len, value_len;
};

static bool find_pair(const char *text, const char *name, size_t len, struct pair *out)
{
	struct ini ini = { .text = text ? text : "", .len = text ? strlen(text) : 0 };
	struct ini_line line;

	while (ini_next(&ini, &line)) {
		if (line.kind != INI_PAIR || line.name_len != len || memcmp(line.name, name, len) != 0)
			continue;
		*out = (struct pair){ line.name, line.value, line.name_len, line.value_len };
		return true;
	}
	return false;
}

/* Reports at its line what the catalogue knows the broker would refuse. */
static bool draft_check(const struct topic_request *r, const char *name, const char *value, struct error *err)
{
	enum config_scope scope = r->of_broker ? CONFIG_BROKER : CONFIG_TOPIC;
	const struct config_def *def = config_catalog_find(scope, name);
	struct str parsed = { 0 };
	bool ok = true;

	if (!def && config_catalog_near(scope, name))
		return error_set(err, ERR_USAGE, "%s: no such setting of %s; did you mean %s?", name,
			r->of_broker ? "brokers" : "topics", config_catalog_near(scope, name));
	ok = config_value_parse(def, value, &parsed, NULL, err);
	str_release(&parsed);
	return ok;
}

static bool draft_take_line(struct topic_request *r, const struct ini_line *line, struct error *err)
{
	char *name = mem_strndup(line->name, line->name_len), *value = mem_strndup(line->value, line->value_len);
	char *setting = mem_printf("%s=%s", name, value);
	struct pair before;
	bool ok = true;

	if (!find_pair(r->original, name, strlen(name), &before) || before.value_len != strlen(value) ||
		memcmp(before.value, value, before.value_len) != 0) {
		ok = draft_check(r, name, value, err);
		topic_texts_add(&r->set, setting);
	}
	free(name);
	free(value);
	free(setting);
	return ok;
}

static bool read_pairs(struct topic_request *r, const char *text, int *at, struct error *err)
{
	struct ini ini = { .text = text, .len = strlen(text) };
	struct ini_line line;

	while (ini_next(&ini, &line)) {
		struct pair first;

		*at = line.number;
		if (line.kind != INI_PAIR)
			return error_set(err, ERR_USAGE, "give NAME=VALUE");
		find_pair(text, line.name, line.name_len, &first);
		if (first.name != line.name)
			return error_set(err, ERR_USAGE, "%.*s is given twice", (int)line.name_len, line.name);
		if (!draft_take_line(r, &line, err))
			return false;
	}
	return true;
}

static void read_gone(struct topic_request *r, const char *text)
{
	struct ini ini = { .text = r->original, .len = strlen(r->original) };
	struct ini_line line;
	struct pair found;

	topic_texts_release(&r->unset);
	while (ini_next(&ini, &line)) {
		char *name = mem_strndup(line.name, line.name_len);

		if (line.kind == INI_PAIR && !find_pair(text, name, line.name_len, &found))
			topic_texts_add(&r->unset, name);
		free(name);
	}
}

bool config_draft_read(struct topic_request *r, const char *text, int *line, struct error *err)
{
	struct str clean = { 0 };
	bool ok;

	*line = 0;
	without_marks(text, &clean);
	topic_texts_release(&r->set);
	ok = read_pairs(r, str_text(&clean), line, err);
	if (ok && r->original)
		read_gone(r, str_text(&clean));
	str_release(&clean);
	return ok;
}

int config_draft_line(const char *text, const char *words)
{
	struct str clean = { 0 };
	struct ini_line line;
	struct ini ini;
	size_t longest = 0;
	int at = 0;

	without_marks(text, &clean);
	ini = (struct ini){ .text = str_text(&clean), .len = clean.len };
	while (ini_next(&ini, &line)) {
		char *name = mem_strndup(line.name, line.name_len);

		/* "retention.ms" is also part of "delete.retention.ms". */
		if (line.kind == INI_PAIR && line.name_len > longest && strstr(words, name)) {
			longest = line.name_len;
			at = line.number;
		}
		free(name);
	}
	str_release(&clean);
	return at;
}

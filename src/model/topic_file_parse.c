/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads the declarative file (model/topic_file.h). */
#include <stdlib.h>
#include <string.h>

#include "base/ini.h"
#include "base/mem.h"
#include "base/near.h"
#include "model/config_value.h"
#include "model/topic_file.h"

struct parser {
	struct topic_file *file;
	const char *name; /* of the file */
	const char *text;
	size_t len;
	int line;
	const char *line_start;
	struct topic_entry *topic; /* of the section; NULL: none yet */
	struct error *err;
};

/* `at`: the wrong byte. */
__attribute__((format(printf, 3, 4))) static bool topic_file_fail(struct parser *p, const char *at, const char *fmt,
	...)
{
	struct str why = { 0 };
	va_list ap;

	va_start(ap, fmt);
	str_addv(&why, fmt, ap);
	va_end(ap);
	error_set(p->err, ERR_USAGE, "%s:%d:%d: %s", p->name, p->line, (int)(at - p->line_start) + 1, str_text(&why));
	str_release(&why);
	return false;
}

/* The beginning of the line with `at`. */
static const char *line_start(const struct parser *p, const char *at)
{
	while (at > p->text && at[-1] != '\n')
		at--;
	return at;
}

static bool take_section(struct parser *p, const struct ini_line *line)
{
	const char *fault = topic_name_fault(line->name, line->name_len);
	char *name;

	if (fault)
		return topic_file_fail(p, line->name, "the topic's name %s", fault);
	name = mem_strndup(line->name, line->name_len);
	p->topic = topic_file_add(p->file, name);
	if (p->topic)
		p->topic->line = line->number;
	else
		topic_file_fail(p, line->name, "[%s] is in line %d already", name,
			topic_file_find(p->file, name)->line);
	free(name);
	return p->topic;
}

static bool take_count(struct parser *p, const struct ini_line *line, int32_t most, int32_t *count)
{
	int64_t value = 0;

	if (*count >= 0)
		return topic_file_fail(p, line->name, "%.*s is given twice", (int)line->name_len, line->name);
	for (size_t i = 0; i < line->value_len && value <= most; i++) {
		if (line->value[i] < '0' || line->value[i] > '9')
			return topic_file_fail(p, line->value + i, "%.*s is a number from 1 to %d", (int)line->name_len,
				line->name, (int)most);
		value = value * 10 + (line->value[i] - '0');
	}
	if (value < 1 || value > most)
		return topic_file_fail(p, line->value, "%.*s is a number from 1 to %d", (int)line->name_len, line->name,
			(int)most);
	*count = (int32_t)value;
	return true;
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9'  ? c - '0' :
		c >= 'a' && c <= 'f' ? c - 'a' + 10 :
		c >= 'A' && c <= 'F' ? c - 'A' + 10 :
				       -1;
}

/* The character of an escape at *at, which moves to its last byte; 0: not an escape. */
static char unescape(const char **at, const char *end)
{
	const char *p = *at;

	if (p >= end)
		return 0;
	switch (*p) {
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	case '"':
	case '\\':
		return *p;
	case 'x':
		if (end - p < 3 || hex_digit(p[1]) < 0 || hex_digit(p[2]) < 0)
			return 0;
		*at = p + 2;
		return (char)(hex_digit(p[1]) * 16 + hex_digit(p[2]));
	default:
		return 0;
	}
}

static bool read_quoted(struct parser *p, const char *from, const char *end, struct str *out)
{
	for (const char *at = from + 1; at < end; at++) {
		const char *begin = at;
		char c = *at;

		if (c == '"' && at + 1 == end)
			return true;
		if (c == '"')
			return topic_file_fail(p, at + 1, "there is something behind the closing quote");
		if (c == '\\') {
			at++;
			c = unescape(&at, end);
			if (!c)
				return topic_file_fail(p, begin,
					"known are \\\\ \\\" \\n \\r \\t and \\xNN, but not \\x00");
		}
		str_add_char(out, c);
	}
	return topic_file_fail(p, end, "the closing quote is missing");
}

static bool is_setting_name(const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		char c = name[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '.' &&
			c != '_' && c != '-')
			return false;
	}
	return true;
}

/* "7d" becomes Kafka's text; a quoted value is Kafka's text already. */
static bool read_plain(struct parser *p, const char *name, const struct ini_line *line, struct str *out)
{
	const struct config_def *def = config_catalog_find(CONFIG_TOPIC, name);
	char *text = mem_strndup(line->value, line->value_len);
	struct error why;
	size_t at = 0;
	bool ok = true;

	if (!def)
		str_add(out, text);
	else if (!config_value_parse(def, text, out, &at, &why)) {
		const char *rule = strstr(why.message, ": column ");

		rule = rule ? strstr(rule + 2, ": ") : NULL;
		ok = topic_file_fail(p, line->value + at, "%s: %s", name, rule ? rule + 2 : why.message);
	}
	free(text);
	return ok;
}

static bool take_setting(struct parser *p, const struct ini_line *line)
{
	struct str value = { 0 };
	char *name = mem_strndup(line->name, line->name_len);
	bool ok = true;

	if (!is_setting_name(name, line->name_len)) {
		ok = topic_file_fail(p, line->name, "this is no name of a configuration");
	} else if (!strchr(name, '.') && strcmp(name, "preallocate") != 0) {
		struct near near = { .word = name };

		near_offer(&near, "partitions");
		near_offer(&near, "replication-factor");
		ok = near.best ?
			topic_file_fail(p, line->name, "unknown name %s; did you mean %s?", name, near.best) :
			topic_file_fail(p, line->name,
				"unknown name %s: there are partitions, replication-factor and configurations", name);
	} else if (!config_catalog_find(CONFIG_TOPIC, name) && config_catalog_synonym(CONFIG_TOPIC, name)) {
		ok = topic_file_fail(p, line->name, "%s is a configuration of brokers; topics have %s", name,
			config_catalog_synonym(CONFIG_TOPIC, name));
	} else if (line->value_len && line->value[0] == '"') {
		ok = read_quoted(p, line->value, line->value + line->value_len, &value);
	} else {
		ok = read_plain(p, name, line, &value);
	}
	if (ok && !topic_entry_set(p->topic, name, str_text(&value), line->number))
		ok = topic_file_fail(p, line->name, "%s is given twice, first in line %d", name,
			topic_entry_find(p->topic, name)->line);
	str_release(&value);
	free(name);
	return ok;
}

static bool is_name(const struct ini_line *line, const char *name)
{
	return line->name_len == strlen(name) && memcmp(line->name, name, line->name_len) == 0;
}

static bool take_line(struct parser *p, const struct ini_line *line)
{
	p->line = line->number;
	p->line_start = line_start(p, line->name);
	if (line->kind == INI_BAD)
		return topic_file_fail(p, line->name, "neither [TOPIC] nor NAME = VALUE");
	if (line->kind == INI_SECTION)
		return take_section(p, line);
	if (!p->topic)
		return topic_file_fail(p, line->name, "this stands before the first [TOPIC]");
	if (is_name(line, "partitions"))
		return take_count(p, line, 1000000, &p->topic->partitions);
	if (is_name(line, "replication-factor"))
		return take_count(p, line, INT16_MAX, &p->topic->replication);
	return take_setting(p, line);
}

bool topic_file_parse(struct topic_file *f, const char *name, const char *text, size_t len, struct error *err)
{
	struct parser p = { .file = f, .name = name, .text = text, .len = len, .err = err };
	struct ini ini = { .text = text, .len = len };
	struct ini_line line;

	*f = (struct topic_file){ 0 };
	while (ini_next(&ini, &line)) {
		if (take_line(&p, &line))
			continue;
		topic_file_release(f);
		return false;
	}
	return true;
}

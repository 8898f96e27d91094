/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/ini.h"

#include <string.h>

static bool ini_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static void ini_trim(const char **p, size_t *len)
{
	while (*len && ini_is_blank(**p)) {
		(*p)++;
		(*len)--;
	}
	while (*len && ini_is_blank((*p)[*len - 1]))
		(*len)--;
}

static void ini_split(struct ini_line *line, const char *p, size_t len)
{
	line->name = p;
	line->name_len = len;
	line->value = p + len;
	line->value_len = 0;
	line->kind = INI_BAD;
	if (memchr(p, '\0', len))
		return;
	if (p[0] == '[') {
		if (len < 3 || p[len - 1] != ']')
			return;
		line->name = p + 1;
		line->name_len = len - 2;
		ini_trim(&line->name, &line->name_len);
		if (line->name_len)
			line->kind = INI_SECTION;
		return;
	}
	const char *equals = memchr(p, '=', len);

	if (!equals || equals == p)
		return;
	line->name_len = (size_t)(equals - p);
	line->value = equals + 1;
	line->value_len = len - line->name_len - 1;
	ini_trim(&line->name, &line->name_len);
	ini_trim(&line->value, &line->value_len);
	line->kind = INI_PAIR;
}

bool ini_next(struct ini *ini, struct ini_line *line)
{
	while (ini->at < ini->len) {
		const char *p = ini->text + ini->at;
		size_t left = ini->len - ini->at;
		const char *end = memchr(p, '\n', left);
		size_t len = end ? (size_t)(end - p) : left;

		ini->at += len + (end != NULL);
		ini->line++;
		if (ini->line == 1 && len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) {
			p += 3; /* the byte order mark that some editors write */
			len -= 3;
		}
		ini_trim(&p, &len);
		if (len == 0 || *p == '#' || *p == ';')
			continue;
		line->number = ini->line;
		ini_split(line, p, len);
		return true;
	}
	return false;
}

bool ini_parse_yes(const char *value, bool *yes)
{
	static const char *const words[][2] = { { "no", "yes" }, { "false", "true" }, { "off", "on" }, { "0", "1" } };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		*yes = strcmp(value, words[i][1]) == 0;
		if (*yes || strcmp(value, words[i][0]) == 0)
			return true;
	}
	return false;
}

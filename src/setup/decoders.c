/* SPDX-License-Identifier: BSD-2-Clause */
#include "setup/decoders.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ini.h"
#include "base/mem.h"
#include "base/str.h"
#include "setup/config.h"

static char *file_path(void)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (state && state[0] == '/')
		return mem_printf("%s/weir/decoders", state);
	return home && *home ? mem_printf("%s/.local/state/weir/decoders", home) : NULL;
}

/* Each line to the rules, or to `kept` those that are about something else. */
static void read_lines(const char *text, size_t len, struct codec_rules *rules, const char *topic, const char *part,
	struct str *kept)
{
	struct ini ini = { .text = text, .len = len };
	struct ini_line line;

	while (ini_next(&ini, &line)) {
		char *glob = mem_strndup(line.name, line.name_len), *rule = mem_strndup(line.value, line.value_len);

		if (line.kind == INI_PAIR && rules)
			codec_rules_add(rules, glob, rule, NULL);
		else if (line.kind == INI_PAIR && (strcmp(glob, topic) != 0 || strncmp(rule, part, strlen(part)) != 0))
			str_addf(kept, "%s = %s\n", glob, rule);
		free(glob);
		free(rule);
	}
}

void decoders_load(struct codec_rules *rules)
{
	char *path = file_path(), *text;
	size_t len;
	unsigned mode;

	if (!path)
		return;
	text = config_read_file(path, true, &len, &mode, NULL);
	if (text)
		read_lines(text, len, rules, NULL, NULL, NULL);
	free(text);
	free(path);
}

static void make_folders(const char *path)
{
	char *copy = mem_strdup(path);

	for (char *p = copy + 1; *p; p++)
		if (*p == '/') {
			*p = '\0';
			mkdir(copy, 0700);
			*p = '/';
		}
	free(copy);
}

/* A new file in place of the old one: never half of it. */
static bool replace(const char *path, const struct str *text)
{
	char *draft = mem_printf("%s.new", path);
	FILE *f = fopen(draft, "we");
	bool ok = f && fchmod(fileno(f), 0600) == 0 && fwrite(str_text(text), 1, text->len, f) == text->len;

	if (f && fclose(f) != 0)
		ok = false;
	ok = ok && rename(draft, path) == 0;
	if (!ok)
		unlink(draft);
	free(draft);
	return ok;
}

bool decoders_remember(struct codec_rules *rules, const char *topic, bool is_key, const char *decoder, struct error *err)
{
	char *rule = mem_printf("%s%s", is_key ? "key " : "value ", decoder), *path = file_path(), *old;
	struct str text = {0};
	size_t len;
	unsigned mode;
	bool ok = codec_rules_add(rules, topic, rule, err);

	if (ok && path) {
		make_folders(path);
		old = config_read_file(path, true, &len, &mode, NULL);
		if (old)
			read_lines(old, len, NULL, topic, is_key ? "key " : "value ", &text);
		str_addf(&text, "%s = %s\n", topic, rule);
		if (!replace(path, &text))
			ok = error_set(err, ERR_SYSTEM, "%s: %s; the decoder holds for this run", path, strerror(errno));
		free(old);
	}
	str_release(&text);
	free(path);
	free(rule);
	return ok;
}

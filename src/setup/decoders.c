/* SPDX-License-Identifier: BSD-2-Clause */
#include "setup/decoders.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/ini.h"
#include "base/mem.h"
#include "base/str.h"

enum { FILE_MAX = 1 << 20 };

/* Adds each line to the rules; or, with `rules` NULL, to `kept` those of another topic or part. */
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
	char *path = file_own_path(FILE_STATE, "decoders");
	struct str text = { 0 };

	if (path && file_read(path, FILE_MAX, &text, NULL))
		read_lines(str_text(&text), text.len, rules, NULL, NULL, NULL);
	str_release(&text);
	free(path);
}

/* Replaces what the file says of this part of the topic. */
static bool remember_line(const char *path, const char *topic, const char *part, const char *rule, struct error *err)
{
	struct str old = { 0 }, text = { 0 };
	bool ok = file_make_folders(path, err) && (file_read(path, FILE_MAX, &old, err) || errno == ENOENT);

	read_lines(str_text(&old), old.len, NULL, topic, part, &text);
	str_addf(&text, "%s = %s\n", topic, rule);
	ok = ok && file_replace(path, &text, FILE_QUICK, err);
	str_release(&old);
	str_release(&text);
	return ok;
}

bool decoders_remember(struct codec_rules *rules, const char *topic, bool is_key, const char *decoder,
	struct error *err)
{
	const char *part = is_key ? "key " : "value ";
	char *rule = mem_printf("%s%s", part, decoder), *path = file_own_path(FILE_STATE, "decoders");
	bool ok = codec_rules_add(rules, topic, rule, err);

	if (ok && path && !remember_line(path, topic, part, rule, err))
		ok = error_set(err, ERR_SYSTEM, "%s; the decoder holds for this run", err->message);
	free(path);
	free(rule);
	return ok;
}

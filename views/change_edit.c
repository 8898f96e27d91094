/* SPDX-License-Identifier: BSD-2-Clause */
/* Marked settings in the user's editor, as properties: what was changed there becomes a request. */
#include <stdlib.h>
#include <string.h>

#include "base/ini.h"
#include "base/mem.h"
#include "views/change.h"

static void write_settings(struct str *text, const struct config *config, const size_t *rows, size_t count)
{
	str_add(text, "# A value that is changed is set; a line that is taken away goes back to its default.\n");
	for (size_t i = 0; i < count; i++) {
		const struct config_entry *e = &config->entries[rows[i]];

		if (e->is_read_only || e->is_sensitive)
			str_addf(text, "# %s: %s\n", e->name, e->is_sensitive ? "secret, not shown" : "read-only");
		else
			str_addf(text, "%s=%s\n", e->name, e->value ? e->value : "");
	}
}

static bool same(const struct ini_line *line, const struct config_entry *e)
{
	const char *value = e->value ? e->value : "";

	return strlen(value) == line->value_len && memcmp(value, line->value, line->value_len) == 0;
}

/* The row of the setting among those that were edited; `count`: it is not one of them. */
static size_t find(const struct config *config, const size_t *rows, size_t count, const struct ini_line *line)
{
	for (size_t i = 0; i < count; i++) {
		const char *name = config->entries[rows[i]].name;

		if (strlen(name) == line->name_len && memcmp(name, line->name, line->name_len) == 0)
			return i;
	}
	return count;
}

static bool read_settings(const struct str *text, const struct config *config, const size_t *rows, size_t count,
	struct topic_request *r, struct error *err)
{
	struct ini ini = {.text = str_text(text), .len = text->len};
	bool *seen = mem_alloc(count + 1);
	struct ini_line line;
	bool ok = true;

	while (ok && ini_next(&ini, &line)) {
		size_t i = line.kind == INI_PAIR ? find(config, rows, count, &line) : count;
		char *setting;

		if (line.kind != INI_PAIR) {
			ok = error_set(err, ERR_USAGE, "line %d: give NAME=VALUE", line.number);
			break;
		}
		if (i < count && seen[i]) {
			ok = error_set(err, ERR_USAGE, "line %d: %s is given twice", line.number, config->entries[rows[i]].name);
			break;
		}
		if (i < count)
			seen[i] = true;
		if (i < count && same(&line, &config->entries[rows[i]]))
			continue;
		setting = mem_printf("%.*s=%.*s", (int)line.name_len, line.name, (int)line.value_len, line.value);
		topic_texts_add(&r->set, setting);
		free(setting);
	}
	for (size_t i = 0; ok && i < count; i++) {
		const struct config_entry *e = &config->entries[rows[i]];

		if (!seen[i] && !e->is_read_only && !e->is_sensitive)
			topic_texts_add(&r->unset, e->name);
	}
	free(seen);
	return ok;
}

void change_edit_settings(struct view *v, const struct config *config, const size_t *rows, size_t count,
	struct topic_request *r)
{
	struct str text = {0};
	struct error err;

	write_settings(&text, config, rows, count);
	if (!v->ui->calls->outside(v->ui, PROGRAM_EDITOR, ".properties", &text, &err) ||
		!read_settings(&text, config, rows, count, r, &err))
		v->ui->calls->message(v->ui, SEVERITY_WARN, err.message);
	else if (!r->set.count && !r->unset.count)
		v->ui->calls->message(v->ui, SEVERITY_NONE, "nothing was changed");
	else
		change_open(v->ui, r);
	topic_request_release(r);
	str_release(&text);
}

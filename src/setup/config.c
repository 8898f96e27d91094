/* SPDX-License-Identifier: BSD-2-Clause */
#include "setup/config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/ini.h"
#include "base/mem.h"
#include "base/near.h"
#include "base/str.h"
#include "base/text.h"

bool config_says_yes(const char *value)
{
	bool yes;

	return value && ini_parse_yes(value, &yes) && yes;
}

static void release_section(struct config_section *s)
{
	for (size_t i = 0; i < s->count; i++) {
		free(s->items[i].name);
		free(s->items[i].value);
	}
	free(s->items);
	free(s->name);
}

void config_release(struct config_file *c)
{
	release_section(&c->weir);
	release_section(&c->keys);
	release_section(&c->mask);
	release_section(&c->decoders);
	release_section(&c->filters);
	for (size_t i = 0; i < c->context_count; i++)
		release_section(&c->contexts[i]);
	for (size_t i = 0; i < c->warning_count; i++)
		free(c->warnings[i]);
	free(c->contexts);
	free(c->warnings);
	free(c->path);
	*c = (struct config_file){ 0 };
}

static void add_warning(struct config_file *c, char *text)
{
	c->warnings = mem_realloc(c->warnings, (c->warning_count + 1) * sizeof(*c->warnings));
	c->warnings[c->warning_count++] = text;
}

/* Errors are shown on a terminal: names from the file go through text_safe(), values are never shown. */
static bool config_fail(const struct config_file *c, int line, struct error *err, const char *what, const char *name,
	const char *near)
{
	struct str safe = { 0 };

	text_safe(&safe, name, strlen(name));
	if (near)
		error_set(err, ERR_USAGE, "%s:%d: %s %s; did you mean %s?", c->path, line, what, str_text(&safe), near);
	else
		error_set(err, ERR_USAGE, "%s:%d: %s %s", c->path, line, what, str_text(&safe));
	str_release(&safe);
	return false;
}

bool config_fail_at(const struct config_file *c, const struct config_item *item, struct error *err)
{
	return error_set(err, ERR_USAGE, "%s:%d: %s", c->path, item->line, err->message);
}

static struct config_section *open_context(struct config_file *c, const char *name, int line, struct error *err)
{
	while (*name == ' ' || *name == '\t')
		name++;
	if (config_context(c, name)) {
		config_fail(c, line, err, "a second context", name, NULL);
		return NULL;
	}
	c->contexts = mem_grow(c->contexts, &c->context_cap, c->context_count + 1, sizeof(*c->contexts));

	struct config_section *s = &c->contexts[c->context_count++];

	*s = (struct config_section){ .name = mem_strdup(name) };
	return s;
}

static struct config_section *open_section(struct config_file *c, const char *name, int line, struct error *err)
{
	static const char *const known[] = { "weir", "keys", "mask", "decoders", "filters", "context" };
	struct config_section *const sections[] = { &c->weir, &c->keys, &c->mask, &c->decoders, &c->filters };

	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++)
		if (strcmp(name, known[i]) == 0)
			return sections[i];
	if (strncmp(name, "context ", 8) == 0 || strncmp(name, "context\t", 8) == 0)
		return open_context(c, name + 8, line, err);
	if (strcmp(name, "context") == 0) {
		error_set(err, ERR_USAGE, "%s:%d: a context needs a name: [context NAME]", c->path, line);
		return NULL;
	}
	char *word = mem_strndup(name, strcspn(name, " \t"));
	struct near near = { .word = word };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		near_offer(&near, known[i]);
	config_fail(c, line, err, "unknown section", name, near.best);
	free(word);
	return NULL;
}

static bool add_pair(struct config_file *c, struct config_section *s, const struct ini_line *line,
	config_known_fn *known, struct error *err)
{
	char *name = mem_strndup(line->name, line->name_len);
	const char *near = NULL;

	if (!s) {
		config_fail(c, line->number, err, "before any [section]:", name, NULL);
		free(name);
		return false;
	}
	if (s->name && known && !known(name, &near)) {
		config_fail(c, line->number, err, "unknown key", name, near);
		free(name);
		return false;
	}
	s->items = mem_grow(s->items, &s->cap, s->count + 1, sizeof(*s->items));
	s->items[s->count++] = (struct config_item){ name, mem_strndup(line->value, line->value_len), line->number };
	return true;
}

bool config_parse(struct config_file *c, const char *path, const char *text, size_t len, config_known_fn *known,
	struct error *err)
{
	struct ini ini = { .text = text, .len = len };
	struct ini_line line;
	struct config_section *section = NULL;

	*c = (struct config_file){ .path = mem_strdup(path) };
	while (ini_next(&ini, &line)) {
		bool ok = false;

		if (line.kind == INI_SECTION) {
			char *name = mem_strndup(line.name, line.name_len);

			section = open_section(c, name, line.number, err);
			ok = section != NULL;
			free(name);
		} else if (line.kind == INI_PAIR) {
			ok = add_pair(c, section, &line, known, err);
		} else {
			/* The line is not shown: it may be half of a secret. */
			error_set(err, ERR_USAGE, "%s:%d: expected [section] or name = value", c->path, line.number);
		}
		if (!ok) {
			config_release(c);
			return false;
		}
	}
	return true;
}

/* A missing file is an empty one. */
static bool read_config(const char *path, struct str *text, unsigned *mode, struct error *err)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	*mode = 0;
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return true;
	if (fd < 0 || fstat(fd, &st) != 0) {
		error_set(err, ERR_USAGE, "%s: %s", path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return false;
	}
	bool ok = file_read_fd(fd, path, CONFIG_FILE_MAX, text, err);

	*mode = st.st_mode;
	close(fd);
	return ok;
}

bool config_load(struct config_file *c, const char *path, config_known_fn *known, struct error *err)
{
	struct str text = { 0 };
	unsigned mode;

	bool ok = read_config(path, &text, &mode, err) && config_parse(c, path, str_text(&text), text.len, known, err);

	str_wipe(&text);
	if (ok)
		config_check_secrets(c, mode);
	return ok;
}

const struct config_section *config_context(const struct config_file *c, const char *name)
{
	for (size_t i = 0; i < c->context_count; i++)
		if (strcmp(c->contexts[i].name, name) == 0)
			return &c->contexts[i];
	return NULL;
}

const char *config_context_near(const struct config_file *c, const char *name)
{
	struct near near = { .word = name };

	for (size_t i = 0; i < c->context_count; i++)
		near_offer(&near, c->contexts[i].name);
	return near.best;
}

const char *config_get(const struct config_section *s, const char *name)
{
	for (size_t i = s->count; i-- > 0;)
		if (strcmp(s->items[i].name, name) == 0)
			return s->items[i].value;
	return NULL;
}

/* Whether the value is a secret itself. ssl.key.location is none: it names the file of one. */
static bool is_secret(const char *name)
{
	return strstr(name, "password") || strstr(name, "secret") || strstr(name, "jaas") ||
		strcmp(name, "ssl.key.pem") == 0 || strcmp(name, "sasl.oauthbearer.config") == 0;
}

void config_check_secrets(struct config_file *c, unsigned mode)
{
	if (!(mode & (S_IRGRP | S_IROTH)))
		return;
	for (size_t i = 0; i < c->context_count; i++) {
		const struct config_section *s = &c->contexts[i];

		for (size_t k = 0; k < s->count; k++) {
			if (!is_secret(s->items[k].name) || !*s->items[k].value || strstr(s->items[k].value, "${"))
				continue;
			add_warning(c,
				mem_printf("%s:%d: others may read %s here: chmod 600, "
					   "or use ${env:...} or ${file:...}",
					c->path, s->items[k].line, s->items[k].name));
		}
	}
}

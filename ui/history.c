/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

static struct str state_folder(void)
{
	struct str path = { 0 };
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	if (state && *state)
		str_addf(&path, "%s/weir", state);
	else
		str_addf(&path, "%s/.local/state/weir", home ? home : "");
	return path;
}

static struct str file_path(const struct history_list *h)
{
	struct str path = state_folder();
	str_addf(&path, "/history_%s", h->name);
	return path;
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
	mkdir(copy, 0700);
	free(copy);
}

static void forget_line(struct history_list *h, size_t i)
{
	free(h->lines[i]);
	memmove(h->lines + i, h->lines + i + 1, (h->count - i - 1) * sizeof(*h->lines));
	h->count--;
}

/* Puts a line last, once. */
static void history_append(struct history_list *h, const char *line)
{
	for (size_t i = 0; i < h->count; i++)
		if (strcmp(h->lines[i], line) == 0) {
			forget_line(h, i);
			break;
		}
	if (h->count == HISTORY_KEPT)
		forget_line(h, 0);
	h->lines[h->count++] = mem_strdup(line);
}

void history_list_load(struct history_list *h, const char *name)
{
	*h = (struct history_list){ .name = mem_strdup(name) };
	h->lines = mem_alloc(HISTORY_KEPT * sizeof(*h->lines));
	struct str path = file_path(h);
	FILE *f = fopen(str_text(&path), "re");
	str_release(&path);
	if (!f)
		return;
	char *line = NULL;
	size_t cap = 0;
	for (ssize_t n; (n = getline(&line, &cap, f)) > 0;) {
		if (line[n - 1] == '\n')
			line[n - 1] = '\0';
		if (line[0])
			history_append(h, line);
	}
	free(line);
	fclose(f);
}

void history_list_release(struct history_list *h)
{
	for (size_t i = 0; i < h->count; i++)
		free(h->lines[i]);
	free(h->lines);
	free(h->name);
	*h = (struct history_list){ 0 };
}

/* Beside the old file and then in its place: two weirs never leave half a file. */
static void write_file(const struct history_list *h)
{
	struct str folder = state_folder(), path = file_path(h), next = file_path(h);
	str_addf(&next, ".%ld", (long)getpid());
	make_folders(str_text(&folder));
	mode_t mask = umask(0077);
	FILE *f = fopen(str_text(&next), "we");
	umask(mask);
	if (f) {
		for (size_t i = 0; i < h->count; i++)
			fprintf(f, "%s\n", h->lines[i]);
		if (fclose(f) != 0 || rename(str_text(&next), str_text(&path)) != 0)
			unlink(str_text(&next));
	}
	str_release(&folder);
	str_release(&path);
	str_release(&next);
}

void history_list_add(struct history_list *h, const char *line)
{
	if (!*line || strchr(line, '\n') || (h->count && strcmp(h->lines[h->count - 1], line) == 0))
		return;
	history_append(h, line);
	write_file(h);
}

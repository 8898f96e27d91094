/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"

enum { FILE_MAX = 4 << 20 };

static char *file_path(const struct history_list *h)
{
	struct str name = { 0 };
	str_addf(&name, "history_%s", h->name);
	char *path = file_own_path(FILE_STATE, str_text(&name));
	str_release(&name);
	return path;
}

static void forget_line(struct history_list *h, size_t i)
{
	free(h->lines[i]);
	memmove(h->lines + i, h->lines + i + 1, (h->count - i - 1) * sizeof(*h->lines));
	h->count--;
}

/* Moves or adds the line to the end. */
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
	char *path = file_path(h);
	struct str text = { 0 };
	if (path && file_read(path, FILE_MAX, &text, NULL))
		for (char *line = text.p, *end; *line; line = end) {
			end = line + strcspn(line, "\n");
			if (*end)
				*end++ = '\0';
			if (*line)
				history_append(h, line);
		}
	str_release(&text);
	free(path);
}

void history_list_release(struct history_list *h)
{
	for (size_t i = 0; i < h->count; i++)
		free(h->lines[i]);
	free(h->lines);
	free(h->name);
	*h = (struct history_list){ 0 };
}

/* Lines that cannot be written are kept for this run only. */
static void write_file(const struct history_list *h)
{
	char *path = file_path(h);
	struct str text = { 0 };
	for (size_t i = 0; i < h->count; i++)
		str_addf(&text, "%s\n", h->lines[i]);
	if (path && file_make_folders(path, NULL))
		file_replace(path, &text, FILE_QUICK, NULL);
	str_release(&text);
	free(path);
}

void history_list_add(struct history_list *h, const char *line)
{
	if (!*line || strchr(line, '\n') || (h->count && strcmp(h->lines[h->count - 1], line) == 0))
		return;
	history_append(h, line);
	write_file(h);
}

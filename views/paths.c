/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/paths.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { DEPTH_MAX = 5, CHILDREN_MAX = 40 };

void paths_release(struct paths *p)
{
	for (size_t i = 0; i < p->count; i++)
		free(p->items[i]);
	p->count = 0;
}

static void add_path(struct paths *p, const char *text)
{
	for (size_t i = 0; i < p->count; i++)
		if (strcmp(p->items[i], text) == 0)
			return;
	if (p->count < PATHS_MAX)
		p->items[p->count++] = mem_strdup(text);
}

static bool is_plain(const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)name[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '_' &&
			c != '$' && c != '@' && c != '-' && c < 0x80)
			return false;
	}
	return len > 0;
}

static void add_name(struct str *path, const char *name, size_t len)
{
	if (is_plain(name, len)) {
		str_add_char(path, '.');
		str_add_len(path, name, len);
	} else {
		str_add(path, "[\"");
		str_add_len(path, name, len); /* escaped as JSON is */
		str_add(path, "\"]");
	}
}

static void walk_node(struct paths *p, struct str *path, const struct node *node, int depth)
{
	size_t len = path->len;
	int children = 0;

	if (node->kind != NODE_ARRAY && node->kind != NODE_OBJECT) {
		add_path(p, str_text(path));
		return;
	}
	for (const struct node *child = node->first; child && depth < DEPTH_MAX && children < CHILDREN_MAX;
		child = child->next, children++) {
		if (node->kind == NODE_ARRAY)
			str_add(path, "[*]");
		else if (child->name)
			add_name(path, child->name, child->name_len);
		walk_node(p, path, child, depth + 1);
		path->len = len;
		path->p[len] = '\0';
	}
}

void paths_add_decoded(struct paths *p, const char *root, const struct decoded *decoded)
{
	struct str path = { 0 };

	if (decoded->form != DECODED_TREE || (decoded->tree->kind != NODE_ARRAY && decoded->tree->kind != NODE_OBJECT))
		return;
	str_add(&path, root);
	walk_node(p, &path, decoded->tree, 0);
	str_release(&path);
}

void paths_add_headers(struct paths *p, const struct record *record)
{
	for (size_t i = 0; i < record->header_count; i++) {
		struct str path = { 0 };

		if (is_plain(record->headers[i].name, strlen(record->headers[i].name))) {
			str_addf(&path, "header.%s", record->headers[i].name);
			add_path(p, str_text(&path));
		}
		str_release(&path);
	}
}

bool paths_has(const struct paths *p, const char *path, size_t len)
{
	for (size_t i = 0; i < p->count; i++)
		if (strncmp(p->items[i], path, len) == 0 && strchr(".[", p->items[i][len]))
			return true; /* strchr() finds the end, too */
	return false;
}

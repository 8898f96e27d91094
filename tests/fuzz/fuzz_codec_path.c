/* SPDX-License-Identifier: BSD-2-Clause */
/* A path up to the first newline on the JSON behind it: raw bytes and tree must find the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "codec/json_path.h"
#include "codec/json_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool same(const struct json_match *raw, const struct json_match *node)
{
	struct str x = { 0 }, y = { 0 };
	size_t a_len, b_len;
	const char *a, *b;
	bool equal;

	if (raw->kind != node->kind)
		return false;
	if (raw->kind != NODE_STRING && raw->kind != NODE_NUMBER)
		return true;
	a = json_match_text(raw, &x, &a_len);
	b = json_match_text(node, &y, &b_len);
	equal = a_len == b_len && memcmp(a, b, a_len) == 0;
	str_release(&x);
	str_release(&y);
	return equal;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *cut = memchr(data, '\n', size);
	size_t path_len = cut ? (size_t)(cut - data) : 0, len = cut ? size - path_len - 1 : 0;
	char *text = mem_strndup((const char *)data, path_len), *json = mem_alloc(len);
	struct json_path *path = json_path_new(text, NULL, NULL);
	struct arena *arena = arena_new(0);
	struct tree tree = { .arena = arena };
	struct json_path_iter raw, walk;
	struct json_match a, b;
	const struct node *root;

	memcpy(json, data + size - len, len);
	root = json_read(&tree, json, len);
	if (path) {
		json_path_begin(&raw, path, json, len);
		if (root)
			json_path_begin_tree(&walk, path, root);
		while (json_path_next(&raw, &a)) {
			if (root && (!json_path_next(&walk, &b) || !same(&a, &b)))
				abort();
		}
		if (root && (raw.malformed || json_path_next(&walk, &b)))
			abort();
	}
	json_path_free(path);
	arena_free(arena);
	free(text);
	free(json);
	return 0;
}

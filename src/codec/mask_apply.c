/* SPDX-License-Identifier: BSD-2-Clause */
/* Applies masks to decoded values and to raw bytes. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "codec/json_read.h"
#include "codec/mask_rule.h"
#include "codec/render.h"

static void hide_node(struct node *node)
{
	node->kind = NODE_STRING;
	node->escaped = false;
	node->masked = true;
	node->text = MASK_TEXT;
	node->len = strlen(MASK_TEXT);
	node->note = NULL;
	node->count = 0;
	node->first = node->last = NULL;
}

static void hide_all(struct decoded *decoded)
{
	decoded->form = DECODED_TEXT;
	decoded->tree = NULL;
	decoded->text = MASK_TEXT;
	decoded->text_len = strlen(MASK_TEXT);
	decoded->bytes = (struct bytes){ .p = MASK_TEXT, .len = strlen(MASK_TEXT) };
	decoded->masked = true;
}

/* Hides everything where the nesting is too deep to search. */
static bool hide_path(const struct json_path *path, struct node *root)
{
	struct json_path_iter iter;
	struct json_match match;
	bool hit = false;

	json_path_begin_tree(&iter, path, root);
	iter.through_arrays = true;
	/* The iterator has moved past a match that it returned, so the tree may be changed there. */
	while (json_path_next(&iter, &match)) {
		hide_node((struct node *)(uintptr_t)match.node);
		hit = true;
	}
	if (iter.malformed)
		hide_node(root);
	return hit || iter.malformed;
}

/* Replaces hits in text between JSON's quotes; false: none. */
static bool replace_text(const struct mask_rule *rule, const char *text, size_t len, struct arena *arena,
	struct bytes *masked)
{
	struct str scratch = { 0 }, out = { 0 };
	const char *plain = node_plain(text, len, &scratch, &len);
	bool hit = mask_rule_replace(rule, plain, len, &out);

	if (hit)
		*masked = (struct bytes){ .p = arena_dup(arena, str_text(&out), out.len), .len = out.len };
	str_release(&scratch);
	str_release(&out);
	return hit;
}

static bool hide_pattern(const struct mask_rule *rule, struct tree *tree, struct node *node)
{
	struct bytes masked;
	bool hit = false;

	if (node->name && replace_text(rule, node->name, node->name_len, tree->arena, &masked)) {
		node_set_name(tree, node, masked.p, masked.len);
		hit = true;
	}
	if (node->kind == NODE_BYTES) {
		struct str out = { 0 };

		if (mask_rule_replace(rule, node->text, node->len, &out)) {
			hide_node(node);
			hit = true;
		}
		str_release(&out);
	} else if ((node->kind == NODE_STRING || node->kind == NODE_NUMBER) &&
		replace_text(rule, node->text, node->len, tree->arena, &masked)) {
		node_set_text_or_bytes(tree, node, masked.p, masked.len);
		node->masked = true;
		node->note = NULL;
		hit = true;
	}
	for (struct node *child = node->first; child; child = child->next)
		hit = hide_pattern(rule, tree, child) || hit;
	return hit;
}

/* The last name of the path; NULL when it has none. */
static const char *last_name(const struct json_path *path, size_t *len)
{
	for (size_t i = json_path_steps(path); i > 0; i--) {
		const char *name = json_path_name(path, i - 1, len);

		if (name)
			return name;
	}
	return NULL;
}

/* Text that is not JSON may still hold the value: a truncated record, JSON after a prefix. */
static bool text_may_hold(const struct json_path *path, const char *text, size_t len)
{
	size_t name_len;
	const char *name = last_name(path, &name_len);

	return !name || memmem(text, len, "\\u", 2) || memmem(text, len, name, name_len);
}

/* Fields shown by number lack the path's names, unless the path was written with numbers. */
static bool names_are_numbers(const struct json_path *path)
{
	for (size_t i = 0; i < json_path_steps(path); i++) {
		size_t len;
		const char *name = json_path_name(path, i, &len);

		if (name && strspn(name, "0123456789") != len)
			return false;
	}
	return true;
}

static void apply_path(const struct json_path *path, struct decoded *decoded)
{
	bool all = json_path_steps(path) == 0;

	if (decoded->form == DECODED_TREE && !all && (decoded->codec != CODEC_PROTOBUF || names_are_numbers(path)))
		decoded->masked = hide_path(path, decoded->tree) || decoded->masked;
	else if (all || decoded->form != DECODED_TEXT || decoded->codec == CODEC_BASE64 ||
		text_may_hold(path, decoded->text, decoded->text_len))
		hide_all(decoded);
}

/* JSON shown as text, hex or base64 must not reveal in its escapes what is hidden as JSON. */
static bool escapes_hold(const struct mask_rule *rule, struct arena *arena, struct bytes bytes)
{
	struct tree tree = { .arena = arena };
	struct node *root;

	if (!memchr(bytes.p, '\\', bytes.len))
		return false;
	root = json_read(&tree, bytes.p, bytes.len);
	return root && hide_pattern(rule, &tree, root);
}

static void apply_pattern(const struct mask_rule *rule, struct arena *arena, struct decoded *decoded)
{
	struct tree tree = { .arena = arena };
	struct bytes *shown = &decoded->bytes, text = { .p = decoded->text, .len = decoded->text_len };
	bool base64 = decoded->form == DECODED_TEXT && decoded->codec == CODEC_BASE64;
	struct str out = { 0 };

	if (decoded->form == DECODED_TREE) {
		decoded->masked = hide_pattern(rule, &tree, decoded->tree) || decoded->masked;
		return;
	}
	/* The bytes themselves are searched, whatever form they are shown in. */
	if (decoded->form == DECODED_TEXT && !base64)
		shown = &text;
	if (mask_rule_replace(rule, shown->p, shown->len, &out)) {
		*shown = (struct bytes){ .p = arena_dup(arena, str_text(&out), out.len), .len = out.len };
		decoded->masked = true;
		if (base64)
			hide_all(decoded);
		else if (shown == &text) {
			decoded->text = text.p;
			decoded->text_len = text.len;
		}
	} else if (escapes_hold(rule, arena, *shown)) {
		hide_all(decoded);
	}
	str_release(&out);
}

void mask_decoded(const struct mask *mask, const char *topic, enum mask_part part, struct arena *arena,
	struct decoded *decoded)
{
	for (size_t i = 0; mask && i < mask->count; i++) {
		const struct mask_rule *rule = &mask->rule[i];

		if (decoded->form == DECODED_NULL || decoded->form == DECODED_EMPTY)
			return;
		if (!mask_rule_applies(rule, topic, part))
			continue;
		if (rule->path)
			apply_path(rule->path, decoded);
		else
			apply_pattern(rule, arena, decoded);
	}
	/* The raw bytes must not reveal what was masked in the tree. */
	if (decoded->masked && decoded->form != DECODED_HEX)
		decoded->bytes = (struct bytes){ .p = MASK_TEXT, .len = strlen(MASK_TEXT) };
}

struct slice {
	size_t start, end;
};

struct slices {
	struct slice *slice;
	size_t count, cap;
};

static int compare_slices(const void *a, const void *b)
{
	const struct slice *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->end > y->end ? -1 : x->end < y->end;
}

static void find_slices(const struct json_path *path, struct bytes bytes, struct slices *found)
{
	struct json_path_iter iter;
	struct json_match match;

	json_path_begin(&iter, path, bytes.p, bytes.len);
	iter.through_arrays = true;
	while (json_path_next(&iter, &match)) {
		size_t quote = match.kind == NODE_STRING;

		found->slice = mem_grow(found->slice, &found->cap, found->count + 1, sizeof(*found->slice));
		found->slice[found->count++] = (struct slice){
			.start = (size_t)(match.p - bytes.p) - quote,
			.end = (size_t)(match.p - bytes.p) + match.len + quote,
		};
	}
	if (iter.malformed) {
		found->slice = mem_grow(found->slice, &found->cap, found->count + 1, sizeof(*found->slice));
		found->slice[found->count++] = (struct slice){ .start = 0, .end = bytes.len };
	}
}

/* A slice inside another is replaced with it. */
static void replace_slices(struct slices *found, struct bytes bytes, struct str *out)
{
	size_t copied = 0;

	qsort(found->slice, found->count, sizeof(*found->slice), compare_slices);
	for (size_t i = 0; i < found->count; i++) {
		const struct slice *s = &found->slice[i];

		if (s->end <= copied)
			continue;
		str_add_len(out, bytes.p + copied, s->start - copied);
		str_add(out, "\"" MASK_TEXT "\"");
		copied = s->end;
	}
	str_add_len(out, bytes.p + copied, bytes.len - copied);
}

/* JSON: only the values at the paths are replaced. */
static bool raw_paths(const struct mask *mask, const char *topic, enum mask_part part, struct bytes bytes,
	struct str *out)
{
	struct slices found = { 0 };
	bool hit;

	for (size_t i = 0; i < mask->count; i++) {
		const struct mask_rule *rule = &mask->rule[i];

		if (rule->path && mask_rule_applies(rule, topic, part))
			find_slices(rule->path, bytes, &found);
	}
	hit = found.count > 0;
	if (hit)
		replace_slices(&found, bytes, out);
	free(found.slice);
	return hit;
}

/* JSON with patterns: strings have escapes, and a number must not become half a string. */
static bool raw_tree(const struct mask *mask, const char *topic, enum mask_part part, struct arena *arena,
	struct node *root, struct str *out)
{
	struct decoded decoded = { .codec = CODEC_JSON, .form = DECODED_TREE, .tree = root };

	mask_decoded(mask, topic, part, arena, &decoded);
	if (decoded.masked)
		render_json(out, &decoded);
	return decoded.masked;
}

/* Not JSON: bytes that may hold a path are replaced as a whole, hits of patterns one by one. */
static bool raw_other(const struct mask *mask, const char *topic, enum mask_part part, struct bytes bytes,
	struct str *out)
{
	struct str now = { 0 }, next = { 0 };
	bool text = text_is_utf8(bytes.p, bytes.len), hit = false, whole = false;

	str_add_len(&now, bytes.p, bytes.len);
	for (size_t i = 0; i < mask->count && !whole; i++) {
		const struct mask_rule *rule = &mask->rule[i];
		struct str swap = now;

		if (!mask_rule_applies(rule, topic, part))
			continue;
		whole = rule->path && (!text || text_may_hold(rule->path, bytes.p, bytes.len));
		str_clear(&next);
		if (rule->path || !mask_rule_replace(rule, str_text(&now), now.len, &next))
			continue;
		hit = true;
		now = next;
		next = swap;
	}
	if (whole)
		str_add(out, MASK_TEXT);
	else if (hit)
		str_add_len(out, str_text(&now), now.len);
	str_release(&now);
	str_release(&next);
	return hit || whole;
}

bool mask_raw(const struct mask *mask, const char *topic, enum mask_part part, struct bytes bytes, struct str *out)
{
	struct arena *arena;
	struct tree tree = { 0 };
	struct node *root;
	bool patterns = false, hit;

	if (!bytes.p || bytes.len == 0 || !mask_concerns(mask, topic, part))
		return false;
	for (size_t i = 0; i < mask->count; i++)
		patterns = patterns || (mask->rule[i].code && mask_rule_applies(&mask->rule[i], topic, part));
	tree.arena = arena = arena_new(4096);
	root = json_read(&tree, bytes.p, bytes.len);
	hit = !root      ? raw_other(mask, topic, part, bytes, out) :
		patterns ? raw_tree(mask, topic, part, arena, root, out) :
			   raw_paths(mask, topic, part, bytes, out);
	arena_free(arena);
	return hit;
}

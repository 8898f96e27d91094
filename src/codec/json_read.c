/* SPDX-License-Identifier: BSD-2-Clause */
/* A recursive reader; its depth is bounded by NODE_DEPTH_MAX. */
#include "codec/json_read.h"

#include <string.h>

#include "base/text.h"
#include "codec/json_scan.h"

struct byte_reader {
	struct tree *tree;
	const char *start, *p, *end;
};

static void *json_fail(struct byte_reader *r, const char *at, const char *what)
{
	return tree_fail(r->tree, "not JSON: %s at byte %zu", what, (size_t)(at - r->start));
}

static bool is_escape(const char *p, const char *end)
{
	if (p >= end)
		return false;
	if (strchr("\"\\/bfnrt", *p) && *p)
		return true;
	if (*p != 'u' || end - p < 5)
		return false;
	for (int i = 1; i <= 4; i++) {
		char c = p[i];

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')))
			return false;
	}
	return true;
}

/*
 * DEL and the C1 controls may appear raw in JSON. In a tree they are escaped, like every character that a
 * terminal could obey. The text has `count` of them.
 */
static const char *escape_controls(struct byte_reader *r, const char *text, size_t *len, size_t count)
{
	char *copy = arena_alloc(r->tree->arena, *len + count * 5 + 1), *out = copy;

	for (size_t i = 0; i < *len; i++) {
		unsigned char c = (unsigned char)text[i], next = i + 1 < *len ? (unsigned char)text[i + 1] : 0;
		static const char digits[] = "0123456789abcdef";
		unsigned control = c == 0x7f ? c : c == 0xc2 && next < 0xa0 ? next : 0;

		if (!control) {
			*out++ = (char)c;
			continue;
		}
		memcpy(out, "\\u00", 4);
		out[4] = digits[control >> 4];
		out[5] = digits[control & 15];
		out += 6;
		i += c == 0xc2;
	}
	*len = (size_t)(out - copy);
	return copy;
}

/* r->p points after the opening quote and moves past the closing one. */
static const char *read_string(struct byte_reader *r, size_t *len, bool *escaped)
{
	const char *text = r->p, *p = r->p;
	size_t controls = 0;

	*escaped = false;
	for (;;) {
		unsigned code;
		size_t n;

		if (p >= r->end)
			return json_fail(r, p, "a string is not closed");
		if (*p == '"')
			break;
		if (*p == '\\') {
			if (!is_escape(p + 1, r->end))
				return json_fail(r, p, "a bad escape");
			*escaped = true;
			p += 2;
			continue;
		}
		if ((unsigned char)*p < 0x20)
			return json_fail(r, p, "a raw control character");
		if ((unsigned char)*p < 0x7f) {
			p++;
			continue;
		}
		if ((n = text_decode(p, (size_t)(r->end - p), &code)) == 0)
			return json_fail(r, p, "text that is not UTF-8");
		controls += code < 0xa0;
		p += n;
	}
	r->p = p + 1;
	*len = (size_t)(p - text);
	if (controls == 0)
		return text;
	*escaped = true;
	return escape_controls(r, text, len, controls);
}

static struct node *read_value(struct byte_reader *r, struct node *parent);

static bool read_member(struct byte_reader *r, struct node *object)
{
	const char *name;
	size_t len;
	bool escaped;
	struct node *value;

	if (r->p >= r->end || *r->p != '"')
		return json_fail(r, r->p, "expected a name in quotes");
	r->p++;
	if (!(name = read_string(r, &len, &escaped)))
		return false;
	r->p = json_scan_space(r->p, r->end);
	if (r->p >= r->end || *r->p != ':')
		return json_fail(r, r->p, "expected :");
	r->p = json_scan_space(r->p + 1, r->end);
	if (!(value = read_value(r, object)))
		return false;
	value->name = name;
	value->name_len = len;
	value->name_escaped = escaped;
	return true;
}

static struct node *read_container(struct byte_reader *r, struct node *parent)
{
	char close = *r->p == '{' ? '}' : ']';
	struct node *node = node_add(r->tree, parent, close == '}' ? NODE_OBJECT : NODE_ARRAY);

	if (!node)
		return NULL;
	if (++r->tree->depth > NODE_DEPTH_MAX)
		return tree_fail(r->tree, "nested deeper than %d levels", NODE_DEPTH_MAX);
	r->p = json_scan_space(r->p + 1, r->end);
	if (r->p < r->end && *r->p == close) {
		r->p++;
		r->tree->depth--;
		return node;
	}
	for (;;) {
		if (close == '}' ? !read_member(r, node) : !read_value(r, node))
			return NULL;
		r->p = json_scan_space(r->p, r->end);
		if (r->p < r->end && *r->p == close)
			break;
		if (r->p >= r->end || *r->p != ',')
			return json_fail(r, r->p, close == '}' ? "expected , or }" : "expected , or ]");
		r->p = json_scan_space(r->p + 1, r->end);
	}
	r->p++;
	r->tree->depth--;
	return node;
}

static struct node *read_scalar(struct byte_reader *r, struct node *parent)
{
	const char *start = r->p, *past;
	struct node *node = node_add(r->tree, parent, NODE_NULL);

	if (!node)
		return NULL;
	switch (*start) {
	case '"':
		r->p++;
		node->kind = NODE_STRING;
		node->text = read_string(r, &node->len, &node->escaped);
		return node->text ? node : NULL;
	case 't':
	case 'f':
	case 'n':
		past = json_scan_literal(start, r->end, &node->kind);
		node->truth = *start == 't';
		break;
	default:
		past = json_scan_number(start, r->end);
		node->kind = NODE_NUMBER;
		node->text = start;
		node->len = past ? (size_t)(past - start) : 0;
		break;
	}
	if (!past)
		return json_fail(r, start, "expected a value");
	r->p = past;
	return node;
}

static struct node *read_value(struct byte_reader *r, struct node *parent)
{
	if (r->p >= r->end)
		return json_fail(r, r->p, "the text ends in a value");
	return *r->p == '{' || *r->p == '[' ? read_container(r, parent) : read_scalar(r, parent);
}

struct node *json_read(struct tree *tree, const char *bytes, size_t len)
{
	struct byte_reader r = { .tree = tree, .start = bytes, .p = bytes, .end = bytes + len };
	struct node *root;

	r.p = json_scan_space(json_scan_bom(r.p, r.end), r.end);
	if (!(root = read_value(&r, NULL)))
		return NULL;
	r.p = json_scan_space(r.p, r.end);
	if (r.p < r.end)
		return json_fail(&r, r.p, "something follows the value");
	return root;
}

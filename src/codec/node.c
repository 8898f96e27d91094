/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Builds trees, and handles the escapes of JSON strings. DEL and the C1
 * controls are escaped in addition to what RFC 8259 demands: some terminals
 * obey them.
 */
#include "codec/node.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct node *node_add(struct tree *tree, struct node *parent, enum node_kind kind)
{
	struct node *node;

	if (tree->count >= NODE_COUNT_MAX)
		return tree_fail(tree, "more than %d values", NODE_COUNT_MAX);
	tree->count++;
	node = arena_alloc(tree->arena, sizeof(*node));
	node->kind = kind;
	if (parent)
		node_link(parent, node);
	return node;
}

void node_link(struct node *parent, struct node *node)
{
	node->next = NULL;
	if (parent->last)
		parent->last->next = node;
	else
		parent->first = node;
	parent->last = node;
	parent->count++;
}

void *tree_fail(struct tree *tree, const char *fmt, ...)
{
	char line[256];
	va_list ap;

	if (tree->reason)
		return NULL;
	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	tree->reason = arena_strdup(tree->arena, line);
	return NULL;
}

bool tree_enter(struct tree *tree)
{
	if (tree->depth == NODE_DEPTH_MAX)
		return tree_fail(tree, "nested deeper than %d levels", NODE_DEPTH_MAX);
	tree->depth++;
	return true;
}

void tree_leave(struct tree *tree)
{
	tree->depth--;
}

/* 0: the character stands for itself. */
static unsigned needs_escape(const char *bytes, size_t len, size_t *size)
{
	unsigned char c = (unsigned char)bytes[0];

	*size = 1;
	if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f)
		return 1;
	if (c < 0x80)
		return 0;
	if (c == 0xc2 && len > 1 && (unsigned char)bytes[1] < 0xa0) {
		*size = 2;
		return 1;
	}
	return 0;
}

static bool is_plain(const char *bytes, size_t len)
{
	size_t size;

	for (size_t i = 0; i < len; i++) {
		if (needs_escape(bytes + i, len - i, &size))
			return false;
	}
	return true;
}

static void escape_one(struct str *out, unsigned code)
{
	static const char letters[] = "btn\0fr"; /* \b is 8 */

	if (code == '"' || code == '\\')
		str_addf(out, "\\%c", (char)code);
	else if (code >= 8 && code <= 13 && letters[code - 8])
		str_addf(out, "\\%c", letters[code - 8]);
	else
		str_addf(out, "\\u%04x", code);
}

void node_escape(struct str *out, const char *bytes, size_t len)
{
	size_t i = 0, plain = 0;

	while (i < len) {
		unsigned code;
		size_t size;

		if ((unsigned char)bytes[i] < 0x80 && !needs_escape(bytes + i, len - i, &size)) {
			i++;
			continue;
		}
		size = text_decode(bytes + i, len - i, &code);
		if (size > 0 && (code >= 0xa0)) {
			i += size;
			continue;
		}
		str_add_len(out, bytes + plain, i - plain);
		if (size == 0)
			str_addf(out, "\\u00%02x", (unsigned char)bytes[i++]);
		else
			escape_one(out, code);
		i += size;
		plain = i;
	}
	str_add_len(out, bytes + plain, len - plain);
}

static const char *escaped_copy(struct tree *tree, const char *bytes, size_t *len)
{
	struct str out = { 0 };
	const char *copy;

	node_escape(&out, bytes, *len);
	copy = arena_strndup(tree->arena, str_text(&out), out.len);
	*len = out.len;
	str_release(&out);
	return copy;
}

void node_set_name(struct tree *tree, struct node *node, const char *bytes, size_t len)
{
	if (!node)
		return;
	node->name_escaped = !is_plain(bytes, len) || !text_is_utf8(bytes, len);
	node->name = node->name_escaped ? escaped_copy(tree, bytes, &len) : bytes;
	node->name_len = len;
}

void node_set_string(struct tree *tree, struct node *node, const char *bytes, size_t len)
{
	if (!node)
		return;
	node->kind = NODE_STRING;
	node->escaped = !is_plain(bytes, len);
	node->text = node->escaped ? escaped_copy(tree, bytes, &len) : bytes;
	node->len = len;
}

void node_set_text_or_bytes(struct tree *tree, struct node *node, const char *bytes, size_t len)
{
	if (!node)
		return;
	if (text_is_utf8(bytes, len)) {
		node_set_string(tree, node, bytes, len);
		return;
	}
	node->kind = NODE_BYTES;
	node->text = bytes;
	node->len = len;
}

void node_set_number(struct tree *tree, struct node *node, const char *fmt, ...)
{
	char digits[400];
	va_list ap;

	if (!node)
		return;
	va_start(ap, fmt);
	vsnprintf(digits, sizeof(digits), fmt, ap);
	va_end(ap);
	node->kind = NODE_NUMBER;
	node->len = strlen(digits);
	node->text = arena_strndup(tree->arena, digits, node->len);
}

void node_set_note(struct tree *tree, struct node *node, const char *fmt, ...)
{
	char line[128];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	node->note = arena_strdup(tree->arena, line);
}

static bool set_not_finite(struct tree *tree, struct node *node, double value)
{
	const char *name = isnan(value) ? "NaN" : value < 0 ? "-Infinity" : "Infinity";

	if (!node || isfinite(value))
		return !node;
	node_set_string(tree, node, name, strlen(name));
	return true;
}

/* printf may write a decimal comma under the user's locale, which is not JSON. */
static void dot_decimal(char *digits)
{
	char *comma = strchr(digits, ',');

	if (comma)
		*comma = '.';
}

void node_set_double(struct tree *tree, struct node *node, double value)
{
	char digits[40];

	if (set_not_finite(tree, node, value))
		return;
	for (int precision = 15; precision <= 17; precision++) {
		snprintf(digits, sizeof(digits), "%.*g", precision, value);
		if (strtod(digits, NULL) == value)
			break;
	}
	dot_decimal(digits);
	node_set_number(tree, node, "%s", digits);
}

void node_set_float(struct tree *tree, struct node *node, float value)
{
	char digits[40];

	if (set_not_finite(tree, node, (double)value))
		return;
	for (int precision = 6; precision <= 9; precision++) {
		snprintf(digits, sizeof(digits), "%.*g", precision, (double)value);
		if (strtof(digits, NULL) == value)
			break;
	}
	dot_decimal(digits);
	node_set_number(tree, node, "%s", digits);
}

const struct node *node_member(const struct node *object, const char *name)
{
	size_t len = strlen(name);

	for (const struct node *n = object ? object->first : NULL; n; n = n->next) {
		if (n->name && n->name_len == len && memcmp(n->name, name, len) == 0)
			return n;
	}
	return NULL;
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9'  ? c - '0' :
		c >= 'a' && c <= 'f' ? c - 'a' + 10 :
		c >= 'A' && c <= 'F' ? c - 'A' + 10 :
				       -1;
}

/* The four hexadecimal digits after \u; -1 when they are not. */
static int hex_unit(const char *p, const char *end)
{
	int unit = 0;

	if (end - p < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int digit = hex_digit(p[i]);

		if (digit < 0)
			return -1;
		unit = unit * 16 + digit;
	}
	return unit;
}

/* *p points after \u. */
static void add_unicode_escape(struct str *out, const char **p, const char *end)
{
	int high = hex_unit(*p, end), low;

	if (high < 0) {
		text_encode(out, 0xfffd);
		return;
	}
	*p += 4;
	if (high < 0xd800 || high > 0xdfff) {
		text_encode(out, (unsigned)high);
		return;
	}
	low = end - *p >= 6 && (*p)[0] == '\\' && (*p)[1] == 'u' ? hex_unit(*p + 2, end) : -1;
	if (high > 0xdbff || low < 0xdc00 || low > 0xdfff) {
		text_encode(out, 0xfffd);
		return;
	}
	*p += 6;
	text_encode(out, 0x10000 + ((unsigned)(high - 0xd800) << 10) + (unsigned)(low - 0xdc00));
}

const char *node_plain(const char *text, size_t len, struct str *scratch, size_t *plain_len)
{
	const char *end = text + len, *p = text;

	if (len == 0 || !memchr(text, '\\', len)) {
		*plain_len = len;
		return text;
	}
	str_clear(scratch);
	while (p < end) {
		const char *slash = memchr(p, '\\', (size_t)(end - p));

		if (!slash || end - slash < 2) {
			str_add_len(scratch, p, (size_t)(end - p));
			break;
		}
		str_add_len(scratch, p, (size_t)(slash - p));
		p = slash + 2;
		switch (slash[1]) {
		case 'b':
			str_add_char(scratch, '\b');
			break;
		case 'f':
			str_add_char(scratch, '\f');
			break;
		case 'n':
			str_add_char(scratch, '\n');
			break;
		case 'r':
			str_add_char(scratch, '\r');
			break;
		case 't':
			str_add_char(scratch, '\t');
			break;
		case 'u':
			add_unicode_escape(scratch, &p, end);
			break;
		default:
			str_add_char(scratch, slash[1]);
			break;
		}
	}
	*plain_len = scratch->len;
	return str_text(scratch);
}

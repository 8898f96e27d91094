/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A decoded value as lines for a pane. The text of a line is collected with its
 * spans, then both are copied into the arena.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "codec/render.h"

enum { HEX_PER_LINE = 16, BASE64_PER_LINE = 76, BYTES_ON_A_LINE = 4096 };

struct gather {
	struct arena *arena;
	size_t max_lines;
	struct render_line *line;
	size_t count, cap;
	struct str text; /* of the line being made */
	struct render_span *span;
	size_t span_count, span_cap;
	bool cut;
};

static void gather_put(struct gather *g, enum render_role role, const char *text, size_t len)
{
	struct render_span *last = g->span_count ? &g->span[g->span_count - 1] : NULL;

	if (len == 0)
		return;
	if (!last || last->role != role) {
		g->span = mem_grow(g->span, &g->span_cap, g->span_count + 1, sizeof(*g->span));
		last = &g->span[g->span_count++];
		*last = (struct render_span){ .start = (uint32_t)g->text.len, .role = role };
	}
	/* A line never reaches 4 GB: values are much smaller. */
	last->len += (uint32_t)len;
	str_add_len(&g->text, text, len);
}

static void put_text(struct gather *g, enum render_role role, const char *text)
{
	gather_put(g, role, text, strlen(text));
}

/* Ends the line. Returns its index, or SIZE_MAX when there are enough. */
static size_t end_line(struct gather *g, unsigned depth)
{
	struct render_line *line;

	if (g->count >= g->max_lines) {
		g->cut = true;
	} else {
		g->line = mem_grow(g->line, &g->cap, g->count + 1, sizeof(*g->line));
		line = &g->line[g->count++];
		*line = (struct render_line){
			.text = arena_dup(g->arena, str_text(&g->text), g->text.len),
			.len = g->text.len,
			.depth = depth,
			.spans = arena_dup(g->arena, g->span, g->span_count * sizeof(*g->span)),
			.span_count = g->span_count,
		};
	}
	str_clear(&g->text);
	g->span_count = 0;
	return g->cut ? SIZE_MAX : g->count - 1;
}

static void put_bytes(struct gather *g, const struct node *node)
{
	char hex[3];

	put_text(g, RENDER_BYTES, "0x");
	for (size_t i = 0; i < node->len && i < BYTES_ON_A_LINE; i++) {
		snprintf(hex, sizeof(hex), "%02x", (unsigned char)node->text[i]);
		gather_put(g, RENDER_BYTES, hex, 2);
	}
	if (node->len > BYTES_ON_A_LINE) {
		char more[64];

		snprintf(more, sizeof(more), "... (%zu bytes)", node->len);
		put_text(g, RENDER_NOTE, more);
	}
}

static void put_quoted(struct gather *g, enum render_role role, const char *text, size_t len)
{
	put_text(g, role, "\"");
	gather_put(g, role, text, len);
	put_text(g, role, "\"");
}

static void put_scalar(struct gather *g, const struct node *node)
{
	switch (node->kind) {
	case NODE_BOOL:
		put_text(g, RENDER_BOOL, node->truth ? "true" : "false");
		break;
	case NODE_NUMBER:
		gather_put(g, RENDER_NUMBER, node->text, node->len);
		break;
	case NODE_STRING:
		put_quoted(g, node->masked ? RENDER_MASKED : RENDER_STRING, node->text, node->len);
		break;
	case NODE_BYTES:
		put_bytes(g, node);
		break;
	default:
		put_text(g, RENDER_NULL, "null");
		break;
	}
}

static void end_value(struct gather *g, const struct node *node, bool more, unsigned depth)
{
	if (more)
		put_text(g, RENDER_PUNCT, ",");
	if (node->note) {
		put_text(g, RENDER_NOTE, "  ");
		put_text(g, RENDER_NOTE, node->note);
	}
	end_line(g, depth);
}

static void put_node(struct gather *g, const struct node *node, unsigned depth, bool more)
{
	bool object = node->kind == NODE_OBJECT;
	size_t opened, children = node->count;

	if (g->cut)
		return;
	if (node->name) {
		put_quoted(g, RENDER_KEY, node->name, node->name_len);
		put_text(g, RENDER_PUNCT, ": ");
	}
	if (!object && node->kind != NODE_ARRAY) {
		put_scalar(g, node);
		end_value(g, node, more, depth);
		return;
	}
	put_text(g, RENDER_PUNCT, object ? "{" : "[");
	if (!node->first) {
		put_text(g, RENDER_PUNCT, object ? "}" : "]");
		end_value(g, node, more, depth);
		return;
	}
	if (node->note) {
		put_text(g, RENDER_NOTE, "  ");
		put_text(g, RENDER_NOTE, node->note);
	}
	opened = end_line(g, depth);
	for (const struct node *child = node->first; child && !g->cut; child = child->next)
		put_node(g, child, depth + 1, child->next != NULL);
	put_text(g, RENDER_PUNCT, object ? "}" : "]");
	if (more)
		put_text(g, RENDER_PUNCT, ",");
	end_line(g, depth);
	if (opened == SIZE_MAX)
		return;
	g->line[opened].fold_end = g->count - 1;
	g->line[opened].children = children;
}

static void put_plain(struct gather *g, const char *text, size_t len)
{
	const char *end = text + len;

	for (;;) {
		const char *newline = text < end ? memchr(text, '\n', (size_t)(end - text)) : NULL;
		const char *stop = newline ? newline : end;

		gather_put(g, RENDER_PLAIN, text, (size_t)(stop - text) - (newline && stop > text && stop[-1] == '\r'));
		end_line(g, 0);
		text = stop + 1;
		/* A final newline starts no line. */
		if (!newline || text == end || g->cut)
			break;
	}
}

static void put_wrapped(struct gather *g, const char *text, size_t len)
{
	for (size_t i = 0; i < len && !g->cut; i += BASE64_PER_LINE) {
		gather_put(g, RENDER_BYTES, text + i, len - i < BASE64_PER_LINE ? len - i : BASE64_PER_LINE);
		end_line(g, 0);
	}
}

static void put_hex_line(struct gather *g, size_t at, const unsigned char *p, size_t count)
{
	char offset[24], hex[HEX_PER_LINE * 3 + 4], ascii[HEX_PER_LINE + 2];

	snprintf(offset, sizeof(offset), "%08zx  ", at);
	memset(hex, ' ', sizeof(hex));
	ascii[0] = '|';
	for (size_t i = 0; i < count; i++) {
		size_t used = i * 3 + (i >= HEX_PER_LINE / 2);

		hex[used] = "0123456789abcdef"[p[i] >> 4];
		hex[used + 1] = "0123456789abcdef"[p[i] & 15];
		ascii[i + 1] = p[i] >= 0x20 && p[i] < 0x7f ? (char)p[i] : '.';
	}
	ascii[count + 1] = '|';
	put_text(g, RENDER_OFFSET, offset);
	gather_put(g, RENDER_BYTES, hex, HEX_PER_LINE * 3 + 2);
	gather_put(g, RENDER_STRING, ascii, count + 2);
	end_line(g, 0);
}

static void put_hex(struct gather *g, struct bytes bytes)
{
	for (size_t at = 0; at < bytes.len && !g->cut; at += HEX_PER_LINE) {
		size_t left = bytes.len - at;

		put_hex_line(g, at, (const unsigned char *)bytes.p + at, left < HEX_PER_LINE ? left : HEX_PER_LINE);
	}
}

void render_lines(const struct decoded *decoded, struct arena *arena, size_t max_lines, struct render_lines *out)
{
	struct gather g = { .arena = arena, .max_lines = max_lines };

	if (decoded->reason) {
		put_text(&g, RENDER_NOTE, decoded->reason);
		end_line(&g, 0);
	}
	switch (decoded->form) {
	case DECODED_NULL:
		put_text(&g, RENDER_NULL, "<null>");
		end_line(&g, 0);
		break;
	case DECODED_EMPTY:
		put_text(&g, RENDER_NOTE, "<empty>");
		end_line(&g, 0);
		break;
	case DECODED_TREE:
		put_node(&g, decoded->tree, 0, false);
		break;
	case DECODED_TEXT:
		if (decoded->codec == CODEC_BASE64)
			put_wrapped(&g, decoded->text, decoded->text_len);
		else
			put_plain(&g, decoded->text, decoded->text_len);
		break;
	case DECODED_HEX:
		put_hex(&g, decoded->bytes);
		break;
	}
	out->line = arena_dup(arena, g.line, g.count * sizeof(*g.line));
	out->count = g.count;
	out->cut = g.cut;
	free(g.line);
	free(g.span);
	str_release(&g.text);
}

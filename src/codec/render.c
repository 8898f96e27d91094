/* SPDX-License-Identifier: BSD-2-Clause */
/* Renders one line, or JSON. A writer with a limit stops early, so that a table cell costs only what it shows. */
#include "codec/render.h"

#include <string.h>

#include "base/json.h"
#include "codec/members.h"

struct writer {
	struct str *out;
	size_t limit;      /* of out->len */
	bool hex_bytes;    /* 0x... instead of a string of base64 */
	bool unique_names; /* for programs: many JSON parsers keep one member of a repeated name, or none */
};

static bool full(const struct writer *w)
{
	return w->out->len > w->limit;
}

/* Copies only up to the limit, so that a long string costs no more. */
static void write_text(struct writer *w, const char *text, size_t len)
{
	size_t room = w->limit - (full(w) ? w->limit : w->out->len);

	str_add_len(w->out, text, len > room && len - room > 8 ? room + 8 : len);
}

static void write_bytes(struct writer *w, const char *bytes, size_t len)
{
	if (!w->hex_bytes) {
		str_add_char(w->out, '"');
		base64_add(w->out, bytes, len);
		str_add_char(w->out, '"');
		return;
	}
	str_add(w->out, "0x");
	for (size_t i = 0; i < len && !full(w); i++)
		str_addf(w->out, "%02x", (unsigned char)bytes[i]);
}

static void write_node(struct writer *w, const struct node *node);

static void write_name(struct writer *w, const struct node *member)
{
	str_add_char(w->out, '"');
	write_text(w, member->name, member->name_len);
	str_add(w->out, "\":");
}

static void write_children(struct writer *w, const struct node *node)
{
	bool object = node->kind == NODE_OBJECT;
	struct members *members = object && w->unique_names ? members_repeated(node) : NULL;
	size_t place = 0;

	str_add_char(w->out, object ? '{' : '[');
	for (const struct node *child = node->first; child && !full(w); child = child->next, place++) {
		const struct node *const *same;
		size_t count = members ? members_of_name(members, place, &same) : 1;

		if (count == 0)
			continue;
		if (child != node->first)
			str_add_char(w->out, ',');
		if (object)
			write_name(w, child);
		if (count == 1) {
			write_node(w, child);
			continue;
		}
		for (size_t i = 0; i < count; i++) {
			str_add_char(w->out, i ? ',' : '[');
			write_node(w, same[i]);
		}
		str_add_char(w->out, ']');
	}
	str_add_char(w->out, object ? '}' : ']');
	members_free(members);
}

static void write_node(struct writer *w, const struct node *node)
{
	switch (node->kind) {
	case NODE_BOOL:
		str_add(w->out, node->truth ? "true" : "false");
		break;
	case NODE_NUMBER:
		write_text(w, node->text, node->len);
		break;
	case NODE_STRING:
		str_add_char(w->out, '"');
		write_text(w, node->text, node->len);
		str_add_char(w->out, '"');
		break;
	case NODE_BYTES:
		write_bytes(w, node->text, node->len);
		break;
	case NODE_ARRAY:
	case NODE_OBJECT:
		write_children(w, node);
		break;
	default:
		str_add(w->out, "null");
		break;
	}
}

void render_node_json(struct str *out, const struct node *node)
{
	struct writer w = { .out = out, .limit = SIZE_MAX, .unique_names = true };

	write_node(&w, node);
}

void render_json(struct str *out, const struct decoded *decoded)
{
	switch (decoded->form) {
	case DECODED_NULL:
		str_add(out, "null");
		break;
	case DECODED_EMPTY:
		str_add(out, "\"\"");
		break;
	case DECODED_TREE:
		render_node_json(out, decoded->tree);
		break;
	case DECODED_TEXT:
		str_add_char(out, '"');
		node_escape(out, decoded->text, decoded->text_len);
		str_add_char(out, '"');
		break;
	case DECODED_HEX:
		str_add_char(out, '"');
		base64_add(out, decoded->bytes.p, decoded->bytes.len);
		str_add_char(out, '"');
		break;
	}
}

/* Cuts at or before `len`, between characters, and marks the cut. */
static void render_cut(struct str *out, size_t start, size_t max_bytes)
{
	size_t len = start + max_bytes;

	if (out->len <= len)
		return;
	while (len > start && ((unsigned char)out->p[len] & 0xc0) == 0x80)
		len--;
	out->len = len;
	out->p[len] = '\0';
	str_add(out, "...");
}

void render_summary(struct str *out, const struct decoded *decoded, size_t max_bytes)
{
	size_t start = out->len;
	struct writer w = { .out = out, .limit = start + max_bytes, .hex_bytes = true };

	switch (decoded->form) {
	case DECODED_NULL:
		str_add(out, "<null>");
		break;
	case DECODED_EMPTY:
		str_add(out, "<empty>");
		break;
	case DECODED_TREE:
		if (decoded->summary && !decoded->masked) {
			write_text(&w, decoded->summary, strlen(decoded->summary));
			break;
		}
		/* A string that is the whole value is shown without quotes. */
		if (decoded->tree->kind == NODE_STRING && decoded->codec != CODEC_JSON)
			write_text(&w, decoded->tree->text, decoded->tree->len);
		else
			write_node(&w, decoded->tree);
		break;
	case DECODED_TEXT:
		write_text(&w, decoded->text, decoded->text_len);
		break;
	case DECODED_HEX:
		write_bytes(&w, decoded->bytes.p, decoded->bytes.len);
		break;
	}
	render_cut(out, start, max_bytes);
}

void render_node_brief(struct str *out, const struct node *node, size_t max_bytes)
{
	size_t start = out->len;
	struct writer w = { .out = out, .limit = start + max_bytes };

	write_node(&w, node);
	render_cut(out, start, max_bytes);
}

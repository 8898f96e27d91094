/* SPDX-License-Identifier: BSD-2-Clause */
#include "codec/codec_query.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "codec/envelope.h"
#include "codec/json_path.h"
#include "codec/render.h"

static bool is_raw(const struct codec_choice *choice)
{
	return !choice || choice->id == CODEC_UTF8 || choice->id == CODEC_JSON || choice->id == CODEC_XML ||
		choice->id == CODEC_HEX;
}

/* JSON or text, as detection sees it, is searched without a decoder. */
static bool looks_like_json(struct bytes bytes)
{
	size_t i = 0;

	bytes = envelope_skip_bom(bytes);
	while (i < bytes.len && strchr(" \t\r\n", bytes.p[i]) && bytes.p[i])
		i++;
	return i + 1 < bytes.len &&
		((bytes.p[i] == '{' && strchr("\" \t\r\n}", bytes.p[i + 1])) ||
			(bytes.p[i] == '[' && strchr("{[\"0123456789-tfn \t\r\n]", bytes.p[i + 1]))) &&
		bytes.p[i + 1];
}

static struct bytes bytes_of(const struct record *record, enum query_part part)
{
	return part == QUERY_KEY ? record->key : record->value;
}

static bool part_is_raw(const struct codec_query *own, const struct record *record, enum query_part part)
{
	const struct codec_choice *choice = own->choices[part];

	/* JSON after a registry header is not plain JSON. */
	if (choice && choice->id == CODEC_JSON && bytes_of(record, part).len && !*bytes_of(record, part).p)
		return false;
	return is_raw(choice) || (choice->id == CODEC_AUTO && looks_like_json(bytes_of(record, part)));
}

static const struct decoded *query_decode(struct codec_query *own, const struct record *record, enum query_part part)
{
	struct codec_query_part *mine = &own->parts[part];
	struct codec_input input = { bytes_of(record, part), part == QUERY_KEY, record->key };

	if (mine->decoded)
		return &mine->result;
	if (!own->arena)
		own->arena = arena_new(4096);
	codec_decode(own->choices[part], &input, own->arena, &mine->result);
	mine->decoded = true;
	return &mine->result;
}

static struct query_json found_of(const struct json_match *match, struct str *scratch)
{
	struct query_json found = { .kind = QUERY_JSON_SCALAR, .text = { match->p, match->len } };

	if (match->kind == NODE_NULL) {
		found.kind = QUERY_JSON_NULL;
	} else if (match->kind == NODE_ARRAY || match->kind == NODE_OBJECT) {
		found.kind = QUERY_JSON_CONTAINER;
		if (!match->p && match->node) {
			str_clear(scratch);
			render_node_json(scratch, match->node);
			found.text = (struct bytes){ str_text(scratch), scratch->len };
		}
	} else if (match->kind == NODE_STRING && match->escaped) {
		found.text.p = json_match_text(match, scratch, &found.text.len);
	}
	return found;
}

static void query_find_values(void *context, const struct record *record, enum query_part part, const void *path,
	query_visit *visit, void *arg)
{
	struct codec_query *own = context;
	struct bytes bytes = bytes_of(record, part);
	struct json_path_iter iter;
	struct json_match match;

	if (part_is_raw(own, record, part)) {
		json_path_begin(&iter, path, bytes.p, bytes.len);
	} else {
		const struct decoded *decoded = query_decode(own, record, part);

		if (decoded->form == DECODED_TREE)
			json_path_begin_tree(&iter, path, decoded->tree);
		else if (decoded->form == DECODED_TEXT)
			json_path_begin(&iter, path, decoded->text, decoded->text_len);
		else
			return;
	}
	while (json_path_next(&iter, &match)) {
		struct query_json found = found_of(&match, &own->scratch);

		if (visit(arg, &found))
			return;
	}
}

/* A lone string is compared as its text, just as a key that holds a number is compared as its digits. */
static void add_plain(struct codec_query *own, const struct node *string, struct str *out)
{
	size_t len = string->len;
	const char *plain = string->text;

	if (string->escaped)
		plain = node_plain(string->text, string->len, &own->scratch, &len);
	str_add_len(out, plain, len);
}

static struct bytes text_of(void *context, const struct record *record, enum query_part part)
{
	struct codec_query *own = context;
	struct codec_query_part *mine = &own->parts[part];
	const struct decoded *decoded;

	if (part_is_raw(own, record, part))
		return bytes_of(record, part);
	decoded = query_decode(own, record, part);
	if (decoded->form == DECODED_TEXT)
		return (struct bytes){ decoded->text, decoded->text_len };
	if (decoded->form != DECODED_TREE)
		return decoded->bytes;
	if (!mine->rendered) {
		str_clear(&mine->text);
		if (decoded->tree->kind == NODE_STRING)
			add_plain(own, decoded->tree, &mine->text);
		else
			render_json(&mine->text, decoded);
		mine->rendered = true;
	}
	return (struct bytes){ str_text(&mine->text), mine->text.len };
}

static void *path_new(const char *text, size_t *used, struct error *err)
{
	return json_path_new(text, used, err);
}

static void path_free(void *path)
{
	json_path_free(path);
}

const struct query_codec codec_query_functions = { path_new, path_free, query_find_values, text_of };

void codec_query_prepare(const struct codec_query *context, struct query_run *run)
{
	query_run_set_raw(run, QUERY_KEY, is_raw(context->choices[QUERY_KEY]));
	query_run_set_raw(run, QUERY_VALUE, is_raw(context->choices[QUERY_VALUE]));
}

void codec_query_next(struct codec_query *context)
{
	if (!context->arena)
		return;
	arena_free(context->arena);
	context->arena = NULL;
	for (int part = 0; part < QUERY_PART_COUNT; part++)
		context->parts[part].decoded = context->parts[part].rendered = false;
}

void codec_query_release(struct codec_query *context)
{
	codec_query_next(context);
	for (int part = 0; part < QUERY_PART_COUNT; part++)
		str_release(&context->parts[part].text);
	str_release(&context->scratch);
}

/* The width in bytes; 0 when the decoder is not one of a whole number. */
static size_t integer_width(enum codec_id id, bool *is_signed, bool *little_endian)
{
	*is_signed = (id >= CODEC_INT8 && id <= CODEC_INT64) || (id >= CODEC_INT16_LE && id <= CODEC_INT64_LE);
	*little_endian = id >= CODEC_INT16_LE && id <= CODEC_UINT64_LE;
	switch (id) {
	case CODEC_INT8:
	case CODEC_UINT8:
		return 1;
	case CODEC_INT16:
	case CODEC_UINT16:
	case CODEC_INT16_LE:
	case CODEC_UINT16_LE:
		return 2;
	case CODEC_INT32:
	case CODEC_UINT32:
	case CODEC_INT32_LE:
	case CODEC_UINT32_LE:
		return 4;
	case CODEC_INT64:
	case CODEC_UINT64:
	case CODEC_INT64_LE:
	case CODEC_UINT64_LE:
		return 8;
	default:
		return 0;
	}
}

/* Accepts only the form that the decoder itself prints: the text of the key is compared with it. */
static bool integer_bytes(const char *text, size_t width, bool is_signed, bool little_endian, struct str *out)
{
	char *end;
	uint64_t bits;

	errno = 0;
	bits = is_signed ? (uint64_t)strtoll(text, &end, 10) : strtoull(text, &end, 10);
	if (errno || end == text || *end || (!is_signed && *text == '-'))
		return false;
	if (width < 8 && is_signed &&
		((int64_t)bits < -(INT64_C(1) << (8 * width - 1)) || (int64_t)bits >= INT64_C(1) << (8 * width - 1)))
		return false;
	if (width < 8 && !is_signed && bits >> (8 * width) != 0)
		return false;
	for (size_t i = 0; i < width; i++)
		str_add_char(out, (char)(bits >> 8 * (little_endian ? i : width - 1 - i)));
	return true;
}

bool codec_query_key_bytes(void *context, struct bytes text, struct str *out)
{
	const struct codec_choice *choice = context;
	bool is_signed, little_endian;
	size_t width;
	char number[32];

	if (is_raw(choice)) {
		str_add_len(out, text.p, text.len);
		return true;
	}
	width = integer_width(choice->id, &is_signed, &little_endian);
	if (width == 0 || text.len == 0 || text.len >= sizeof(number))
		return false;
	memcpy(number, text.p, text.len);
	number[text.len] = '\0';
	return integer_bytes(number, width, is_signed, little_endian, out);
}

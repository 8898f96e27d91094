/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/tail_format.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "codec/codec_match.h"
#include "codec/render.h"
#include "model/format.h"

enum { KEY_COLS = 24, PARTITION_COLS = 4, OFFSET_COLS = 11, TOPIC_COLS = 20, TABLE_BYTES_MAX = 1 << 16 };
enum { INT_MAX_DIGITS = 24 };

static const struct decoded *decode(struct tail_printer *p, const struct record *record, bool is_key,
	struct decoded *decoded)
{
	const struct codec_choice choice =
		codec_choice_for(is_key ? &p->format->key : &p->format->value, record->topic);
	struct codec_input input = { is_key ? record->key : record->value, is_key, record->key };

	if (!p->arena)
		p->arena = arena_new(4096);
	codec_decode(&choice, &input, p->arena, decoded);
	return decoded;
}

static void forget(struct tail_printer *p)
{
	arena_free(p->arena);
	p->arena = NULL;
}

/* JSON */

static char *put(char *to, const char *bytes, size_t len)
{
	memcpy(to, bytes, len);
	return to + len;
}

static char *put_int(char *to, int64_t value)
{
	char digits[INT_MAX_DIGITS], *p = digits + sizeof(digits);
	uint64_t left = value < 0 ? -(uint64_t)value : (uint64_t)value;

	do
		*--p = (char)('0' + left % 10);
	while ((left /= 10) > 0);
	if (value < 0)
		*--p = '-';
	return put(to, p, (size_t)(digits + sizeof(digits) - p));
}

static void add_name(struct str *out, const char *name, const char *suffix)
{
	if (out->p[out->len - 1] != '{')
		str_add_char(out, ',');
	str_add_char(out, '"');
	str_add(out, name);
	str_add(out, suffix);
	str_add_len(out, "\":", 2);
}

static void add_base64(struct str *out, struct bytes bytes)
{
	str_add_char(out, '"');
	base64_add(out, bytes.p, bytes.len);
	str_add_char(out, '"');
}

/* The bytes themselves; true when they are text that needs no decoder. */
static bool add_bytes(struct str *out, const char *name, struct bytes bytes)
{
	size_t start = out->len;
	bool controls = false;

	add_name(out, name, "");
	if (!bytes.p) {
		str_add_len(out, "null", 4);
		return true;
	}
	if (json_quote(out, bytes.p, bytes.len, &controls))
		return !controls;
	out->len = start;
	add_name(out, name, "_base64");
	add_base64(out, bytes);
	return false;
}

static bool is_text(enum codec_id id)
{
	return id == CODEC_UTF8 || id == CODEC_JSON || id == CODEC_XML || id == CODEC_HEX;
}

static void add_decoded(struct str *out, const char *name, const struct decoded *d, bool chosen)
{
	bool changed = (d->form == DECODED_TREE || d->form == DECODED_TEXT) && (!is_text(d->codec) || d->via);

	if (changed && !d->reason) {
		add_name(out, name, "_decoded");
		render_json(out, d);
	} else if (d->reason && chosen) {
		add_name(out, name, "_error");
		json_quote(out, d->reason, strlen(d->reason), NULL);
	}
}

static void add_part(struct tail_printer *p, struct str *out, const struct record *record, bool is_key)
{
	const char *name = is_key ? "key" : "value";
	struct bytes bytes = is_key ? record->key : record->value;
	const struct codec_choice choice =
		codec_choice_for(is_key ? &p->format->key : &p->format->value, record->topic);
	bool plain = add_bytes(out, name, bytes);
	struct decoded decoded;

	if (!bytes.p || is_text(choice.id) || (plain && choice.id == CODEC_AUTO))
		return;
	add_decoded(out, name, decode(p, record, is_key, &decoded), choice.id != CODEC_AUTO);
	forget(p);
}

static void add_headers(struct str *out, const struct record *record)
{
	if (record->header_count == 0) {
		str_add_len(out, ",\"headers\":[]", 13);
		return;
	}
	str_add(out, ",\"headers\":[");
	for (size_t i = 0; i < record->header_count; i++) {
		const struct record_header *h = &record->headers[i];
		struct bytes name = { h->name, strlen(h->name) };

		str_add(out, i ? ",{" : "{");
		add_bytes(out, "key", name);
		add_bytes(out, "value", h->value);
		str_add_char(out, '}');
	}
	str_add_char(out, ']');
}

/* Records of a partition come one after another: what they begin with is made once. */
static void begin_with(struct tail_printer *p, const struct record *record)
{
	p->topic = record->topic;
	p->partition = record->partition;
	str_clear(&p->prefix);
	str_add(&p->prefix, "{\"topic\":");
	json_quote(&p->prefix, record->topic, strlen(record->topic), NULL);
	str_add(&p->prefix, ",\"partition\":");
	str_addf(&p->prefix, "%" PRId32 ",\"offset\":", record->partition);
}

static void print_json(struct tail_printer *p, const struct record *record, struct str *out)
{
	static const struct bytes types[] = { { ",\"timestamp_type\":null", 22 },
		{ ",\"timestamp_type\":\"CreateTime\"", 30 }, { ",\"timestamp_type\":\"LogAppendTime\"", 33 } };
	char *begin, *to;

	if (record->topic != p->topic || record->partition != p->partition)
		begin_with(p, record);
	begin = to = str_room(out, p->prefix.len + 2 * INT_MAX_DIGITS + 80);
	to = put(to, p->prefix.p, p->prefix.len);
	to = put_int(to, record->offset);
	to = put(to, ",\"timestamp\":", 13);
	if (record->timestamp_type == TIMESTAMP_NONE || record->timestamp_ms < 0)
		to = put(to, "null", 4);
	else
		to = put_int(to, record->timestamp_ms);
	to = put(to, types[record->timestamp_type].p, types[record->timestamp_type].len);
	str_grown(out, (size_t)(to - begin));
	add_part(p, out, record, true);
	add_part(p, out, record, false);
	add_headers(out, record);
	str_add_len(out, "}\n", 2);
}

/* Table */

static void add_cell(struct str *line, const char *safe, int width, bool right)
{
	int cols = text_cols(safe);

	if (line->len)
		str_add(line, "  ");
	if (right && cols < width)
		str_add_fill(line, ' ', (size_t)(width - cols));
	str_add(line, safe);
	if (!right && cols < width)
		str_add_fill(line, ' ', (size_t)(width - cols));
}

static void add_number(struct str *line, int64_t value, int width)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, value);
	add_cell(line, text, width, true);
}

static void add_summary(struct tail_printer *p, struct str *line, const struct record *record, bool is_key)
{
	struct decoded decoded;

	decode(p, record, is_key, &decoded);
	str_clear(&p->safe);
	str_clear(&p->scratch);
	render_summary(&p->scratch, &decoded, p->format->cols ? (size_t)p->format->cols * 4 : TABLE_BYTES_MAX);
	text_safe(&p->safe, str_text(&p->scratch), p->scratch.len);
	add_cell(line, str_text(&p->safe), is_key ? KEY_COLS : 0, false);
	forget(p);
}

static void end_line(const struct tail_format *format, struct str *out, size_t start)
{
	if (format->cols) {
		size_t fits = text_fit(out->p + start, format->cols, NULL);

		out->len = start + fits;
	}
	while (out->len > start && out->p[out->len - 1] == ' ')
		out->len--;
	out->p[out->len] = '\0';
	str_add_char(out, '\n');
}

static void print_table(struct tail_printer *p, const struct record *record, struct str *out)
{
	struct str line = {0};
	size_t start = out->len;

	format_datetime(&line, record->timestamp_ms, p->format->utc);
	if (p->format->show_topic) {
		str_clear(&p->safe);
		text_safe(&p->safe, record->topic, strlen(record->topic));
		add_cell(&line, str_text(&p->safe), TOPIC_COLS, false);
	}
	add_number(&line, record->partition, PARTITION_COLS);
	add_number(&line, record->offset, OFFSET_COLS);
	add_summary(p, &line, record, true);
	add_summary(p, &line, record, false);
	str_add_len(out, line.p, line.len);
	end_line(p->format, out, start);
	str_release(&line);
}

void tail_print_heading(const struct tail_format *format, struct str *out)
{
	struct str line = {0};
	size_t start = out->len;

	if (format->form != OUTPUT_TABLE)
		return;
	add_cell(&line, format->utc ? "TIME (UTC)" : "TIME", 23, false);
	if (format->show_topic)
		add_cell(&line, "TOPIC", TOPIC_COLS, false);
	add_cell(&line, "PART", PARTITION_COLS, true);
	add_cell(&line, "OFFSET", OFFSET_COLS, true);
	add_cell(&line, "KEY", KEY_COLS, false);
	add_cell(&line, "VALUE", 0, false);
	str_add_len(out, line.p, line.len);
	end_line(format, out, start);
	str_release(&line);
}

void tail_print(struct tail_printer *p, const struct record *record, struct str *out)
{
	switch (p->format->form) {
	case OUTPUT_JSON:
		if (!p->format->ascii) {
			print_json(p, record, out);
			break;
		}
		str_clear(&p->safe);
		print_json(p, record, &p->safe);
		text_safe(out, str_text(&p->safe), p->safe.len - 1);
		str_add_char(out, '\n');
		break;
	case OUTPUT_RAW:
		if (p->format->terminal)
			text_safe(out, record->value.p ? record->value.p : "", record->value.len);
		else if (record->value.p)
			str_add_len(out, record->value.p, record->value.len);
		str_add_char(out, '\n');
		break;
	case OUTPUT_TABLE:
	case OUTPUT_CSV:
	case OUTPUT_FORMAT_COUNT:
		print_table(p, record, out);
		break;
	}
}

void tail_printer_release(struct tail_printer *p)
{
	forget(p);
	str_release(&p->scratch);
	str_release(&p->safe);
	str_release(&p->prefix);
}

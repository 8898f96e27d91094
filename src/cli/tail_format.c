/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/tail_format.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "codec/render.h"
#include "model/format.h"

enum {
	TIME_COLS = 23,
	KEY_COLS = 24,
	PARTITION_COLS = 4,
	OFFSET_COLS = 11,
	TOPIC_COLS = 20,
	TABLE_BYTES_MAX = 1 << 16
};

static const struct decoded *printer_decode(struct tail_printer *p, const struct record *record, bool is_key,
	struct decoded *decoded)
{
	const struct codec_choice choice = is_key ? p->key : p->value;
	struct codec_input input = { is_key ? record->key : record->value, is_key, record->key };

	if (!p->arena)
		p->arena = arena_new(4096);
	codec_decode(&choice, &input, p->arena, decoded);
	mask_decoded(p->format->mask, record->topic, is_key ? MASK_KEY : MASK_VALUE, p->arena, decoded);
	return decoded;
}

static void printer_forget(struct tail_printer *p)
{
	arena_free(p->arena);
	p->arena = NULL;
}

/* Table */

static void add_cell(struct str *line, const char *safe, int width, bool right)
{
	int cols = width > 0 ? text_cols(safe) : 0;

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

	printer_decode(p, record, is_key, &decoded);
	str_clear(&p->safe);
	str_clear(&p->scratch);
	render_summary(&p->scratch, &decoded, p->format->cols ? (size_t)p->format->cols * 4 : TABLE_BYTES_MAX);
	text_safe(&p->safe, str_text(&p->scratch), p->scratch.len);
	add_cell(line, str_text(&p->safe), is_key ? KEY_COLS : 0, false);
	printer_forget(p);
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

/* Records of the same second follow each other: its local time is computed once. */
static void add_time(struct tail_printer *p, struct str *line, int64_t wall_ms)
{
	int64_t second = wall_ms / 1000;
	unsigned ms = (unsigned)(wall_ms % 1000);

	if (!p->clock.len || wall_ms < 0 || second != p->second) {
		str_clear(&p->clock);
		format_datetime(&p->clock, wall_ms, p->format->utc);
		p->second = wall_ms < 0 ? INT64_MIN : second;
	} else if (p->clock.len > 3) {
		char *digits = p->clock.p + p->clock.len - 3;

		digits[0] = (char)('0' + ms / 100);
		digits[1] = (char)('0' + ms / 10 % 10);
		digits[2] = (char)('0' + ms % 10);
	}
	add_cell(line, str_text(&p->clock), TIME_COLS, false);
}

static void print_table(struct tail_printer *p, const struct record *record, struct str *out)
{
	struct str *line = &p->line;
	size_t start = out->len;

	str_clear(line);
	add_time(p, line, record->timestamp_ms);
	if (p->format->show_topic) {
		str_clear(&p->safe);
		text_safe(&p->safe, record->topic, strlen(record->topic));
		add_cell(line, str_text(&p->safe), TOPIC_COLS, false);
	}
	add_number(line, record->partition, PARTITION_COLS);
	add_number(line, record->offset, OFFSET_COLS);
	add_summary(p, line, record, true);
	add_summary(p, line, record, false);
	str_add_len(out, line->p, line->len);
	end_line(p->format, out, start);
}

void tail_print_heading(const struct tail_format *format, struct str *out)
{
	struct str line = { 0 };
	size_t start = out->len;

	if (format->form != OUTPUT_TABLE)
		return;
	add_cell(&line, format->utc ? "TIME (UTC)" : "TIME", TIME_COLS, false);
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

static bool print_raw(struct tail_printer *p, const struct record *record, struct str *out)
{
	struct bytes value = record->value;
	bool masked;

	str_clear(&p->scratch);
	masked = value.p && mask_raw(p->format->mask, record->topic, MASK_VALUE, value, &p->scratch);
	if (masked)
		value = (struct bytes){ str_text(&p->scratch), p->scratch.len };
	if (p->format->terminal)
		text_safe(out, value.p ? value.p : "", value.len);
	else if (value.p)
		str_add_len(out, value.p, value.len);
	str_add_char(out, '\n');
	return masked;
}

bool tail_print(struct tail_printer *p, const struct record *record, struct str *out)
{
	bool masked = false;

	if (record->topic != p->topic) {
		p->topic = record->topic;
		p->key = codec_choices_find(p->format->choices, p->topic, true);
		p->value = codec_choices_find(p->format->choices, p->topic, false);
	}
	switch (p->format->form) {
	case OUTPUT_JSON:
		p->json.key = &p->key;
		p->json.value = &p->value;
		p->json.mask = p->format->mask;
		if (!p->format->ascii) {
			masked = record_json_add(&p->json, record, out);
			break;
		}
		str_clear(&p->safe);
		masked = record_json_add(&p->json, record, &p->safe);
		text_safe(out, str_text(&p->safe), p->safe.len - 1);
		str_add_char(out, '\n');
		break;
	case OUTPUT_RAW:
		masked = print_raw(p, record, out);
		break;
	case OUTPUT_TABLE:
	case OUTPUT_CSV:
	case OUTPUT_NAME:
	case OUTPUT_FORMAT_COUNT:
		print_table(p, record, out);
		break;
	}
	return masked;
}

void tail_printer_release(struct tail_printer *p)
{
	printer_forget(p);
	str_release(&p->scratch);
	str_release(&p->safe);
	str_release(&p->line);
	str_release(&p->clock);
	record_json_release(&p->json);
}

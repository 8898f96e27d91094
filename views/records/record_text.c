/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/records/record_text.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "codec/mask.h"
#include "model/format.h"

enum { HEADER_BYTES_MAX = 64 * 1024, BODY_INDENT = 2, TITLE_COLS = 14 };

static size_t header_bytes(const struct record *record)
{
	size_t bytes = 0;

	for (size_t i = 0; i < record->header_count; i++)
		bytes += strlen(record->headers[i].name) + record->headers[i].value.len;
	return bytes;
}

static void add_time(const struct records *r, const struct record *record, struct text_pane *out)
{
	static const char *const types[] = { [TIMESTAMP_NONE] = "none",
		[TIMESTAMP_CREATE] = "CreateTime",
		[TIMESTAMP_APPEND] = "LogAppendTime" };
	struct str text = { 0 };

	if (!record_has_time(record)) {
		text_pane_add_field(out, "timestamp", "none");
		return;
	}
	format_datetime(&text, record->timestamp_ms, r->ui->utc);
	text_pane_add_field(out, "timestamp", "%s %s  %s  @%" PRId64, str_text(&text), r->ui->utc ? "UTC" : "local",
		types[record->timestamp_type], record->timestamp_ms);
	str_release(&text);
}

static void add_size(struct str *out, const char *name, struct bytes bytes)
{
	str_addf(out, "%s ", name);
	if (!bytes.p)
		str_add(out, "null");
	else
		format_bytes(out, (double)bytes.len);
}

static void add_head(const struct records *r, const struct record *record, enum txn_outcome outcome,
	struct text_pane *out)
{
	struct str offset = { 0 }, sizes = { 0 };

	format_count(&offset, record->offset);
	text_pane_add_field(out, "topic", "%s", record->topic);
	if (record->leader_epoch >= 0)
		text_pane_add_field(out, "partition", "%" PRId32 "  offset %s  leader epoch %" PRId32,
			record->partition, str_text(&offset), record->leader_epoch);
	else
		text_pane_add_field(out, "partition", "%" PRId32 "  offset %s", record->partition, str_text(&offset));
	add_time(r, record, out);
	add_size(&sizes, "key", record->key);
	add_size(&sizes, "  value", record->value);
	str_addf(&sizes, "  headers %zu, ", record->header_count);
	format_bytes(&sizes, (double)header_bytes(record));
	text_pane_add_field(out, "size", "%s", str_text(&sizes));
	if (*txn_outcome_name(outcome))
		text_pane_addf(out, ROLE_WARN, 0, "! %s: read_committed consumers do not see it",
			txn_outcome_name(outcome));
	str_release(&offset);
	str_release(&sizes);
}

static void add_title(struct text_pane *out, const char *name, const struct decoded *d)
{
	struct str text = { 0 };

	str_addf(&text, "%-*s", TITLE_COLS, name);
	if (d->form != DECODED_NULL && d->form != DECODED_EMPTY && codec_get(d->codec))
		str_add(&text, codec_get(d->codec)->name);
	if (d->via)
		str_addf(&text, ", unwrapped from %s", d->via);
	if (d->envelope)
		str_addf(&text, ", %s", d->envelope);
	if (d->masked)
		str_add(&text, ", masked by the configuration");
	text_pane_add(out, ROLE_DIM, 0, "", 0);
	text_pane_add(out, ROLE_TITLE, 0, str_text(&text), text.len);
	str_release(&text);
}

/* Plain text may have lines of its own. */
static void add_text(struct text_pane *out, const struct decoded *d)
{
	const char *p = d->text, *end = d->text + d->text_len;

	if (d->reason)
		text_pane_add(out, ROLE_DATA_NOTE, BODY_INDENT, d->reason, strlen(d->reason));
	for (int lines = 0; p < end; lines++) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));

		if (lines == RECORD_LINES_MAX) {
			text_pane_addf(out, ROLE_WARN, BODY_INDENT, "~ more lines than are shown here");
			return;
		}
		stop = stop ? stop : end;
		text_pane_add(out, d->masked ? ROLE_MASKED : ROLE_TEXT, BODY_INDENT, p, (size_t)(stop - p));
		p = stop + 1;
	}
}

static void add_part(struct records *r, const struct record *record, bool is_key, struct text_pane *out)
{
	struct arena *arena = arena_new(0);
	struct decoded d;
	struct render_lines lines;

	records_decode(r, record, is_key, arena, &d);
	add_title(out, is_key ? "KEY" : "VALUE", &d);
	if (d.form == DECODED_NULL) {
		text_pane_addf(out, ROLE_DATA_NOTE, BODY_INDENT, is_key ? "null" : "null: a tombstone");
	} else if (d.form == DECODED_EMPTY) {
		text_pane_addf(out, ROLE_DATA_NOTE, BODY_INDENT, "empty: 0 bytes");
	} else if (d.form == DECODED_TEXT) {
		add_text(out, &d);
	} else {
		render_lines(&d, arena, RECORD_LINES_MAX, &lines);
		text_pane_add_rendered(out, BODY_INDENT, &lines);
	}
	arena_free(arena);
}

/* A header is short text or bytes; it has no decoder of its own. */
static void add_header(const struct records *r, const struct record *record, const struct record_header *h,
	struct text_pane *out)
{
	struct str text = { 0 }, masked = { 0 };
	struct text_span *spans = arena_array(out->arena, 2, sizeof(*spans));
	struct bytes v = h->value;
	enum role role = ROLE_DATA_STRING;

	str_add(&text, h->name);
	spans[0] = (struct text_span){ text.len, ROLE_DATA_NAME };
	str_add(&text, ": ");
	if (v.p && mask_raw(r->ui->settings->mask, record->topic, MASK_HEADERS, v, &masked)) {
		v = (struct bytes){ str_text(&masked), masked.len };
		role = ROLE_MASKED;
	}
	spans[1] = (struct text_span){ 2, ROLE_DIM };
	if (!v.p || v.len == 0) {
		role = ROLE_DATA_NOTE;
		str_add(&text, v.p ? "empty" : "null");
	} else if (text_is_utf8(v.p, v.len)) {
		str_add_len(&text, v.p, v.len < HEADER_BYTES_MAX ? v.len : HEADER_BYTES_MAX);
	} else {
		role = ROLE_DATA_NOTE;
		str_add(&text, "0x");
		for (size_t i = 0; i < v.len && i < 256; i++)
			str_addf(&text, "%02x", (unsigned char)v.p[i]);
	}
	text_pane_add(out, role, BODY_INDENT, str_text(&text), text.len);
	if (text.len <= TEXT_PIECE_BYTES) {
		out->lines[out->count - 1].spans = spans;
		out->lines[out->count - 1].span_count = 2;
	}
	str_release(&text);
	str_release(&masked);
}

void record_text_add(struct records *r, const struct record *record, enum txn_outcome outcome, struct text_pane *out)
{
	add_head(r, record, outcome, out);
	add_part(r, record, true, out);
	if (record->header_count) {
		text_pane_add(out, ROLE_DIM, 0, "", 0);
		text_pane_addf(out, ROLE_TITLE, 0, "%-*s%zu", TITLE_COLS, "HEADERS", record->header_count);
	}
	for (size_t i = 0; i < record->header_count; i++)
		add_header(r, record, &record->headers[i], out);
	add_part(r, record, false, out);
}

void record_text_plain(struct records *r, const struct record *record, enum txn_outcome outcome, struct str *out)
{
	struct text_pane pane = { 0 };

	text_pane_clear(&pane);
	record_text_add(r, record, outcome, &pane);
	text_pane_plain(&pane, out);
	text_pane_release(&pane);
}

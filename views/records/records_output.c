/* SPDX-License-Identifier: BSD-2-Clause */
/* What leaves the view: marks, copies, and the user's own programs. All of it masked. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "codec/mask.h"
#include "codec/record_json.h"
#include "codec/render.h"
#include "views/records/record_text.h"
#include "views/records/records.h"
#include "views/records/records_output.h"

/* JSON as `weir tail` prints it, with the decoders chosen here. */
bool records_add_json(struct records *r, struct record_json *json, const struct record *record, struct str *out)
{
	struct codec_choice own[2];

	json->mask = r->ui->settings->mask;
	json->value = records_choice(r, record->topic, false, &own[0]);
	json->key = records_choice(r, record->topic, true, &own[1]);
	json->topic = NULL;
	return record_json_add(json, record, out);
}

bool records_add_masked(struct records *r, const struct record *record, enum mask_part part, struct bytes bytes,
	struct str *out)
{
	bool masked = bytes.p && mask_raw(r->ui->settings->mask, record->topic, part, bytes, out);

	if (bytes.p && !masked)
		str_add_len(out, bytes.p, bytes.len);
	return masked;
}

/* Clipboards take text: bytes that are none go as base64. True: they did. */
static bool add_copy(struct records *r, const struct record *record, enum copied what, struct str *out)
{
	bool is_key = what == COPY_KEY;
	struct record_json json = { 0 };
	struct str bytes = { 0 };
	bool text;

	if (what == COPY_RECORD) {
		records_add_json(r, &json, record, out);
		record_json_release(&json);
		return false;
	}
	records_add_masked(r, record, is_key ? MASK_KEY : MASK_VALUE, is_key ? record->key : record->value, &bytes);
	text = !bytes.p || (text_is_utf8(bytes.p, bytes.len) && !memchr(bytes.p, '\0', bytes.len));
	if (text)
		str_add_len(out, str_text(&bytes), bytes.len);
	else
		base64_add(out, bytes.p, bytes.len);
	str_release(&bytes);
	return !text;
}

void records_copy(struct records *r, const struct record_id *ids, size_t count, enum copied what)
{
	static const char *const names[] = { [COPY_VALUE] = "value", [COPY_KEY] = "key", [COPY_RECORD] = "record" };
	struct str text = { 0 }, said = { 0 };
	size_t got = 0;
	bool base64 = false;

	for (size_t i = 0; i < count; i++) {
		struct arena *arena = arena_new(0);
		struct record record;
		enum txn_outcome outcome;

		if (records_read(r, &ids[i], arena, &record, &outcome)) {
			if (got++ && text.len && text.p[text.len - 1] != '\n')
				str_add_char(&text, '\n');
			base64 = add_copy(r, &record, what, &text) || base64;
		}
		arena_free(arena);
	}
	if (got == 0) {
		records_say(r, SEVERITY_WARN, "the record has left the ring");
	} else {
		if (got == 1)
			str_addf(&said, "%s%s", names[what], base64 ? " as base64" : "");
		else
			str_addf(&said, "%zu %ss%s", got, names[what], base64 ? ", binary ones as base64" : "");
		r->ui->calls->copy(r->ui, str_text(&text), str_text(&said));
	}
	str_release(&text);
	str_release(&said);
}

void records_copy_here(struct records *r, enum copied what)
{
	int64_t *numbers;
	size_t count = records_marked(r, &numbers);
	struct record_id *ids = mem_alloc((count + 1) * sizeof(*ids));

	records_note_cursor(r);
	ids[0] = r->place.at;
	for (size_t i = 0; i < count; i++)
		ids[i] = records_id_at(r, numbers[i]);
	records_copy(r, ids, count ? count : 1, what);
	free(ids);
	free(numbers);
}

void records_show_outside(struct records *r, const struct record_id *id, enum program program)
{
	struct arena *arena = arena_new(0);
	struct record record;
	enum txn_outcome outcome;
	struct str text = { 0 };
	struct error err;

	if (!records_read(r, id, arena, &record, &outcome)) {
		records_say(r, SEVERITY_WARN, "the record has left the ring");
	} else {
		/* A pager may be a plain cat: what it shows is made safe here. */
		if (program == PROGRAM_PAGER)
			record_text_plain(r, &record, outcome, &text);
		else
			records_add_masked(r, &record, MASK_VALUE, record.value, &text);
		bool json = program == PROGRAM_EDITOR && text.len && strchr("{[", text.p[0]);

		if (!r->ui->calls->run_program(r->ui, program, json ? ".json" : ".txt", &text, &err))
			records_say(r, SEVERITY_WARN, "%s", err.message);
	}
	str_release(&text);
	arena_free(arena);
}

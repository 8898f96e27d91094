/* SPDX-License-Identifier: BSD-2-Clause */
#include "codec/record_json.h"

#include <inttypes.h>
#include <string.h>

#include "base/json.h"
#include "codec/render.h"

static void record_json_forget(struct record_json *j)
{
	arena_free(j->arena);
	j->arena = NULL;
}

static char *copy_bytes(char *to, const char *bytes, size_t len)
{
	memcpy(to, bytes, len);
	return to + len;
}

static size_t count_digits(uint64_t value)
{
	size_t count = 1;

	for (; value >= 10000; value /= 10000)
		count += 4;
	return count + (value >= 10) + (value >= 100) + (value >= 1000);
}

/* Writes two digits at a time, from the end backward. */
static char *put_int(char *to, int64_t value)
{
	static const char pairs[] =
		"0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
		"5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";
	uint64_t left = value < 0 ? -(uint64_t)value : (uint64_t)value;
	char *end, *p;

	if (value < 0)
		*to++ = '-';
	p = end = to + count_digits(left);
	for (; left >= 100; left /= 100)
		memcpy(p -= 2, pairs + left % 100 * 2, 2);
	if (left >= 10)
		memcpy(p - 2, pairs + left * 2, 2);
	else
		p[-1] = (char)('0' + left);
	return end;
}

/* Records of the same second follow each other: its digits are made once. */
static char *put_time(struct record_json *j, char *to, int64_t ms)
{
	unsigned rest = (unsigned)(ms % 1000);

	if (ms < 1000)
		return put_int(to, ms);
	if (ms / 1000 != j->second) {
		j->second = ms / 1000;
		j->second_len = (size_t)(put_int(j->second_text, j->second) - j->second_text);
	}
	to = copy_bytes(to, j->second_text, j->second_len);
	to[0] = (char)('0' + rest / 100);
	to[1] = (char)('0' + rest / 10 % 10);
	to[2] = (char)('0' + rest % 10);
	return to + 3;
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

/* The parts of a record or header, and how each begins in an object. */
struct member {
	const char *name;
	struct bytes open;
};

static const struct member key_member = { "key", { ",\"key\":", 7 } };
static const struct member value_member = { "value", { ",\"value\":", 9 } };

/* Adds the bytes themselves; true when they are text that needs no decoder. */
static bool add_bytes(struct str *out, const struct member *member, struct bytes bytes)
{
	size_t start = out->len, is_first = out->p[start - 1] == '{';
	bool controls = false;

	str_add_len(out, member->open.p + is_first, member->open.len - is_first);
	if (!bytes.p) {
		str_add_len(out, "null", 4);
		return true;
	}
	if (json_quote(out, bytes.p, bytes.len, &controls))
		return !controls;
	out->len = start;
	add_name(out, member->name, "_base64");
	add_base64(out, bytes);
	return false;
}

static bool is_text(enum codec_id id)
{
	return id == CODEC_UTF8 || id == CODEC_JSON || id == CODEC_XML || id == CODEC_HEX;
}

static void add_decoded(struct str *out, const char *name, const struct decoded *d, bool chosen)
{
	bool changed =
		(d->form == DECODED_TREE || d->form == DECODED_TEXT) && (!is_text(d->codec) || d->via || d->envelope);

	if (changed && !d->reason) {
		if (d->schema_id) {
			add_name(out, name, "_schema_id");
			str_addf(out, "%" PRIu32, d->schema_id);
		}
		add_name(out, name, "_decoded");
		render_json(out, d);
	} else if (d->reason && chosen) {
		add_name(out, name, "_error");
		json_quote(out, d->reason, strlen(d->reason), NULL);
	}
}

static inline struct bytes mask_bytes(struct record_json *j, const char *topic, enum mask_part part, struct bytes bytes)
{
	if (!j->mask || !bytes.p)
		return bytes;
	str_clear(&j->masked);
	if (!mask_raw(j->mask, topic, part, bytes, &j->masked))
		return bytes;
	j->is_masked = true;
	return (struct bytes){ str_text(&j->masked), j->masked.len };
}

static void add_part(struct record_json *j, struct str *out, const struct record *record, bool is_key)
{
	const struct member *member = is_key ? &key_member : &value_member;
	enum mask_part part = is_key ? MASK_KEY : MASK_VALUE;
	struct bytes bytes = is_key ? record->key : record->value;
	struct codec_choice choice = is_key ? *j->key : *j->value;
	bool plain = add_bytes(out, member, mask_bytes(j, record->topic, part, bytes));
	struct codec_input input = { bytes, is_key, record->key };
	struct decoded decoded;

	if (choice.id == CODEC_AUTO)
		choice.id = j->of_topic;
	/* JSON after a registry header is the only text that must be decoded. */
	if (!bytes.p || (is_text(choice.id) && (choice.id != CODEC_JSON || plain)) ||
		(plain && choice.id == CODEC_AUTO))
		return;
	j->arena = arena_new(4096);
	codec_decode(&choice, &input, j->arena, &decoded);
	mask_decoded(j->mask, record->topic, part, j->arena, &decoded);
	j->is_masked = j->is_masked || decoded.masked;
	add_decoded(out, member->name, &decoded, choice.id != CODEC_AUTO);
	record_json_forget(j);
}

static void add_headers(struct record_json *j, struct str *out, const struct record *record)
{
	str_add(out, ",\"headers\":[");
	for (size_t i = 0; i < record->header_count; i++) {
		const struct record_header *h = &record->headers[i];
		struct bytes name = { h->name, strlen(h->name) };

		str_add(out, i ? ",{" : "{");
		add_bytes(out, &key_member, name);
		add_bytes(out, &value_member, mask_bytes(j, record->topic, MASK_HEADERS, h->value));
		str_add_char(out, '}');
	}
	str_add_char(out, ']');
}

/* Records of the same partition follow each other: how they begin is made once. */
static void begin_with(struct record_json *j, const struct record *record)
{
	j->topic = record->topic;
	j->partition = record->partition;
	j->of_topic = codec_for_topic(record->topic);
	str_clear(&j->prefix);
	str_add(&j->prefix, "{\"topic\":");
	json_quote(&j->prefix, record->topic, strlen(record->topic), NULL);
	str_add(&j->prefix, ",\"partition\":");
	str_addf(&j->prefix, "%" PRId32 ",\"offset\":", record->partition);
}

bool record_json_add(struct record_json *j, const struct record *record, struct str *out)
{
	static const struct bytes types[] = { { ",\"timestamp_type\":null", 22 },
		{ ",\"timestamp_type\":\"CreateTime\"", 30 }, { ",\"timestamp_type\":\"LogAppendTime\"", 33 } };
	char *begin, *to;

	j->is_masked = false;
	if (record->topic != j->topic || record->partition != j->partition)
		begin_with(j, record);
	begin = to = str_room(out, j->prefix.len + 2 * RECORD_JSON_DIGITS + 80);
	to = copy_bytes(to, j->prefix.p, j->prefix.len);
	to = put_int(to, record->offset);
	to = copy_bytes(to, ",\"timestamp\":", 13);
	if (!record_has_time(record))
		to = copy_bytes(to, "null", 4);
	else
		to = put_time(j, to, record->timestamp_ms);
	to = copy_bytes(to, types[record->timestamp_type].p, types[record->timestamp_type].len);
	str_grown(out, (size_t)(to - begin));
	add_part(j, out, record, true);
	add_part(j, out, record, false);
	if (record->header_count == 0 && !j->is_masked) {
		str_add_len(out, ",\"headers\":[]}\n", 15);
		return false;
	}
	add_headers(j, out, record);
	str_add(out, j->is_masked ? ",\"masked\":true}\n" : "}\n");
	return j->is_masked;
}

void record_json_release(struct record_json *j)
{
	record_json_forget(j);
	str_release(&j->prefix);
	str_release(&j->masked);
}

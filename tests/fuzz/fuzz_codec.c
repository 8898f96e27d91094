/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Any bytes through any decoder and every way to show the result: no crash, no
 * read past the end, JSON out that is JSON, text out that is UTF-8. The first
 * byte chooses the decoder, the second whether it is a key.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "codec/codec.h"
#include "codec/json_read.h"
#include "codec/mask.h"
#include "codec/render.h"

static const char schema[] =
	"{\"type\":\"record\",\"name\":\"R\",\"fields\":["
	"{\"name\":\"a\",\"type\":[\"null\",\"R\",\"long\",{\"type\":\"map\",\"values\":\"double\"}]},"
	"{\"name\":\"b\",\"type\":{\"type\":\"array\",\"items\":{\"type\":\"bytes\",\"logicalType\":"
	"\"decimal\",\"scale\":3}}},"
	"{\"name\":\"c\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}},"
	"{\"name\":\"d\",\"type\":{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"X\",\"Y\"]}},"
	"{\"name\":\"e\",\"type\":{\"type\":\"fixed\",\"name\":\"F\",\"size\":12,\"logicalType\":"
	"\"duration\"}},"
	"{\"name\":\"f\",\"type\":\"string\"}]}";

/*
 * A descriptor set: message M { int64 a = 1; repeated M b = 2; map<string, M> c = 3 (entry CE);
 * repeated sint32 d = 4; E e = 5; float f = 6; bytes g = 7; } enum E { X = 0; }
 */
static const char set[] = "\x0a\x9d\x01\x12\x01p\x22\x8b\x01\x0a\x01M"
			  "\x12\x09\x0a\x01"
			  "a\x18\x01 \x01(\x03"
			  "\x12\x0f\x0a\x01"
			  "b\x18\x02 \x03(\x0b"
			  "2\x04.p.M"
			  "\x12\x12\x0a\x01"
			  "c\x18\x03 \x03(\x0b"
			  "2\x07.p.M.CE"
			  "\x12\x09\x0a\x01"
			  "d\x18\x04 \x03(\x11"
			  "\x12\x0f\x0a\x01"
			  "e\x18\x05 \x01(\x0e"
			  "2\x04.p.E"
			  "\x12\x09\x0a\x01"
			  "f\x18\x06 \x01(\x02"
			  "\x12\x09\x0a\x01"
			  "g\x18\x07 \x01(\x0c"
			  "\x1a\x24\x0a\x02"
			  "CE"
			  "\x12\x09\x0a\x01k\x18\x01 \x01(\x09"
			  "\x12\x0f\x0a\x01v\x18\x02 \x01(\x0b"
			  "2\x04.p.M"
			  ":\x02"
			  "8\x01"
			  "*\x0a\x0a\x01"
			  "E\x12\x05\x0a\x01X\x10\0";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct codec_schema *schema_for(enum codec_id id)
{
	struct error err = { 0 };
	struct codec_schema *made = id == CODEC_AVRO_FILE ? codec_schema_avro(schema, sizeof(schema) - 1, &err) :
		id == CODEC_PROTOBUF_FILE                 ? codec_schema_protobuf(set, sizeof(set) - 1, "p.M", &err) :
							    NULL;

	if (!made && err.code != ERR_NONE)
		abort();
	return made;
}

static void check_shown(struct arena *arena, const struct decoded *decoded)
{
	struct tree tree = { .arena = arena };
	struct render_lines lines;
	struct str out = { 0 };
	unsigned code;

	render_summary(&out, decoded, 100);
	if (out.len > 110 || !text_is_utf8(str_text(&out), out.len))
		abort();
	str_clear(&out);
	render_json(&out, decoded);
	/* A tree at the limits of what is read again may pass them by its names. */
	if (!text_is_utf8(str_text(&out), out.len) ||
		(!json_read(&tree, str_text(&out), out.len) && strncmp(tree.reason, "not JSON", 8) == 0))
		abort();
	for (size_t i = 0; i < out.len; i += text_decode(out.p + i, out.len - i, &code)) {
		if (text_decode(out.p + i, out.len - i, &code) && (code < 0x20 || (code >= 0x7f && code < 0xa0)))
			abort();
	}
	render_lines(decoded, arena, 500, &lines);
	for (size_t i = 0; i < lines.count; i++) {
		if (lines.line[i].fold_end >= lines.count || !text_is_utf8(lines.line[i].text, lines.line[i].len))
			abort();
	}
	str_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const rules[] = { "value.a", "value.b[*].c", "key.*", "~ [0-9]{3}", "value[\"1\"]" };
	struct mask *mask = mask_new();
	struct arena *arena = arena_new(0);
	struct codec_choice choice;
	struct codec_input input = { 0 };
	struct decoded decoded;
	struct str raw = { 0 };
	char *bytes;

	if (size < 2) {
		arena_free(arena);
		mask_free(mask);
		return 0;
	}
	choice.id = (enum codec_id)(data[0] % CODEC_COUNT);
	choice.schema = schema_for(choice.id);
	input.is_key = data[1] & 1;
	bytes = mem_alloc(size - 2);
	memcpy(bytes, data + 2, size - 2);
	/* The first two bytes of a value stand for its key as well. */
	input.bytes = (struct bytes){ .p = bytes, .len = size - 2 };
	input.key = (struct bytes){ .p = bytes, .len = size < 4 ? 0 : 2 };
	codec_decode(&choice, &input, arena, &decoded);
	if (decoded.reason && decoded.form == DECODED_TREE)
		abort();
	check_shown(arena, &decoded);
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		mask_add(mask, rules[i], NULL);
	mask_raw(mask, "t", MASK_VALUE, input.bytes, &raw);
	mask_decoded(mask, "t", MASK_VALUE, arena, &decoded);
	check_shown(arena, &decoded);
	str_release(&raw);
	free(bytes);
	codec_schema_free(choice.schema);
	arena_free(arena);
	mask_free(mask);
	return 0;
}

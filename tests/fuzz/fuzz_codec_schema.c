/* SPDX-License-Identifier: BSD-2-Clause */
/* Schemas from outside: an Avro schema or a descriptor set, up to the first 0xff, then data read by it. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "codec/codec.h"
#include "codec/render.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *cut = size > 1 ? memchr(data + 1, 0xff, size - 1) : NULL;
	size_t len = cut ? (size_t)(cut - data) - 1 : 0, rest = cut ? size - len - 2 : 0;
	bool avro = size > 0 && data[0] & 1;
	struct error err = { 0 };
	struct codec_choice choice = { .id = avro ? CODEC_AVRO_FILE : CODEC_PROTOBUF_FILE };
	struct codec_input input = { 0 };
	char *bytes;

	if (!cut)
		return 0;
	bytes = mem_alloc(rest);
	memcpy(bytes, cut + 1, rest);
	input.bytes = (struct bytes){ .p = bytes, .len = rest };
	choice.schema = avro ? codec_schema_avro((const char *)data + 1, len, &err) :
			       codec_schema_protobuf((const char *)data + 1, len, "M", &err);
	if (!choice.schema && (err.code != ERR_USAGE || !err.message[0]))
		abort();
	if (choice.schema) {
		struct arena *arena = arena_new(0);
		struct decoded decoded;
		struct str out = { 0 };

		codec_decode(&choice, &input, arena, &decoded);
		render_json(&out, &decoded);
		str_release(&out);
		arena_free(arena);
	}
	codec_choice_release(&choice);
	free(bytes);
	return 0;
}

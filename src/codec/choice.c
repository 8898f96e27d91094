/* SPDX-License-Identifier: BSD-2-Clause */
/* Parses the choice of a decoder as the configuration writes it, and loads the schema file that some need. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/near.h"
#include "codec/decoder.h"

enum { SCHEMA_FILE_MAX = 64 * 1024 * 1024 };

static struct codec_schema *schema_new(void)
{
	struct codec_schema *schema = mem_alloc(sizeof(*schema));

	schema->arena = arena_new(4096);
	return schema;
}

void codec_schema_free(struct codec_schema *schema)
{
	if (!schema)
		return;
	arena_free(schema->arena);
	free(schema);
}

struct codec_schema *codec_schema_avro(const char *json, size_t len, struct error *err)
{
	struct codec_schema *schema = schema_new();

	if (avro_schema_compile(schema, json, len, err))
		return schema;
	codec_schema_free(schema);
	return NULL;
}

struct codec_schema *codec_schema_protobuf(const char *descriptor_set, size_t len, const char *message,
	struct error *err)
{
	struct codec_schema *schema = schema_new();

	if (proto_schema_compile(schema, descriptor_set, len, message, err))
		return schema;
	codec_schema_free(schema);
	return NULL;
}

/* `parameter` is FILE, or FILE:MESSAGE for Protobuf. */
static bool load_schema(struct codec_choice *choice, const char *parameter, struct error *err)
{
	const char *colon = choice->id == CODEC_PROTOBUF_FILE ? strrchr(parameter, ':') : NULL;
	char *path = colon ? mem_strndup(parameter, (size_t)(colon - parameter)) : mem_strdup(parameter);
	struct str content = { 0 };

	if (choice->id == CODEC_PROTOBUF_FILE && (!colon || !colon[1] || !*path))
		error_set(err, ERR_USAGE, "decoder protobuf-file: expected protobuf-file:FILE:MESSAGE");
	else if (!file_read(path, SCHEMA_FILE_MAX, &content, err))
		error_set(err, ERR_USAGE, "schema %s", err->message);
	else
		choice->schema = colon ? codec_schema_protobuf(str_text(&content), content.len, colon + 1, err) :
					 codec_schema_avro(str_text(&content), content.len, err);
	str_release(&content);
	free(path);
	return choice->schema != NULL;
}

static bool refuse_name(const char *name, struct error *err)
{
	struct near near = { .word = name };
	struct str names = { 0 };

	for (int id = CODEC_AUTO + 1; id < CODEC_COUNT; id++) {
		near_offer(&near, codec_get((enum codec_id)id)->name);
		str_addf(&names, ", %s", codec_get((enum codec_id)id)->name);
	}
	if (near.best)
		error_set(err, ERR_USAGE, "no decoder %s; did you mean %s?", name, near.best);
	else
		error_set(err, ERR_USAGE, "no decoder %s; there are: auto%s", name, str_text(&names));
	str_release(&names);
	return false;
}

bool codec_choice_parse(struct codec_choice *choice, const char *text, struct error *err)
{
	size_t len = strcspn(text, ":");
	char *name = mem_strndup(text, len);
	const char *parameter = text[len] ? text + len + 1 : NULL;
	const struct codec *codec;
	bool fine = true;

	*choice = (struct codec_choice){ .id = codec_id(name) };
	codec = codec_get(choice->id);
	if (!codec && strcmp(name, "auto") != 0)
		fine = refuse_name(name, err);
	else if (parameter && !(codec && codec->parameter))
		fine = error_set(err, ERR_USAGE, "decoder %s: takes no parameter", name);
	else if (codec && codec->parameter && (!parameter || !*parameter))
		fine = error_set(err, ERR_USAGE, "decoder %s: expected %s:%s", name, name, codec->parameter);
	else if (codec && codec->parameter)
		fine = load_schema(choice, parameter, err);
	free(name);
	return fine;
}

void codec_choice_release(struct codec_choice *choice)
{
	codec_schema_free(choice->schema);
	*choice = (struct codec_choice){ 0 };
}

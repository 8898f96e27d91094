/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of decoders, and decoding as one step: unwrap, decode, and when
 * that fails, show the bytes with the reason.
 */
#include "codec/codec.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "codec/decoder.h"
#include "codec/envelope.h"
#include "codec/json_read.h"

#ifdef HAVE_ZLIB
#define MISSING_GZIP NULL
#else
#define MISSING_GZIP "this build has no zlib: install zlib1g-dev and build again"
#endif
#ifdef HAVE_ZSTD
#define MISSING_ZSTD NULL
#else
#define MISSING_ZSTD "this build has no zstd: install libzstd-dev and build again"
#endif
#ifdef HAVE_SNAPPY
#define MISSING_SNAPPY NULL
#else
#define MISSING_SNAPPY "this build has no snappy: install libsnappy-dev and build again"
#endif
#ifdef HAVE_LZ4
#define MISSING_LZ4 NULL
#else
#define MISSING_LZ4 "this build has no lz4: install liblz4-dev and build again"
#endif

/* More layers of compression than this are not real data. */
enum { UNWRAP_MAX = 4 };

static struct node *decode_json(struct decode_job *job)
{
	return json_read(&job->tree, job->bytes.p, job->bytes.len);
}

static const struct codec codecs[] = {
	[CODEC_UTF8] = { .name = "utf8", .help = "text", .decode = decode_utf8, .score = score_utf8 },
	[CODEC_JSON] = { .name = "json",
		.help = "JSON, numbers as they stand",
		.decode = decode_json,
		.score = score_json },
	[CODEC_XML] = { .name = "xml", .help = "XML, as text", .decode = decode_xml, .score = score_xml },
	[CODEC_HEX] = { .name = "hex", .help = "hex dump" },
	[CODEC_BASE64] = { .name = "base64", .help = "the bytes in base64", .decode = decode_base64 },
	[CODEC_INT8] = { .name = "int8", .help = "signed byte", .size = 1, .decode = decode_int_be },
	[CODEC_INT16] = { .name = "int16", .help = "ShortSerializer", .size = 2, .decode = decode_int_be },
	[CODEC_INT32] = { .name = "int32",
		.help = "IntegerSerializer",
		.size = 4,
		.decode = decode_int_be,
		.score = score_int32 },
	[CODEC_INT64] = { .name = "int64",
		.help = "LongSerializer",
		.size = 8,
		.decode = decode_int_be,
		.score = score_int64 },
	[CODEC_UINT8] = { .name = "uint8", .help = "unsigned byte", .size = 1, .decode = decode_uint_be },
	[CODEC_UINT16] = { .name = "uint16", .help = "unsigned, big-endian", .size = 2, .decode = decode_uint_be },
	[CODEC_UINT32] = { .name = "uint32", .help = "unsigned, big-endian", .size = 4, .decode = decode_uint_be },
	[CODEC_UINT64] = { .name = "uint64", .help = "unsigned, big-endian", .size = 8, .decode = decode_uint_be },
	[CODEC_FLOAT] = { .name = "float", .help = "FloatSerializer", .size = 4, .decode = decode_float_be },
	[CODEC_DOUBLE] = { .name = "double",
		.help = "DoubleSerializer",
		.size = 8,
		.decode = decode_float_be,
		.score = score_double },
	[CODEC_INT16_LE] = { .name = "int16-le", .help = "signed, little-endian", .size = 2, .decode = decode_int_le },
	[CODEC_INT32_LE] = { .name = "int32-le",
		.help = "signed, little-endian",
		.size = 4,
		.decode = decode_int_le,
		.score = score_int32_le },
	[CODEC_INT64_LE] = { .name = "int64-le",
		.help = "signed, little-endian",
		.size = 8,
		.decode = decode_int_le,
		.score = score_int64_le },
	[CODEC_UINT16_LE] = { .name = "uint16-le",
		.help = "unsigned, little-endian",
		.size = 2,
		.decode = decode_uint_le },
	[CODEC_UINT32_LE] = { .name = "uint32-le",
		.help = "unsigned, little-endian",
		.size = 4,
		.decode = decode_uint_le },
	[CODEC_UINT64_LE] = { .name = "uint64-le",
		.help = "unsigned, little-endian",
		.size = 8,
		.decode = decode_uint_le },
	[CODEC_FLOAT_LE] = { .name = "float-le",
		.help = "IEEE 754, little-endian",
		.size = 4,
		.decode = decode_float_le },
	[CODEC_DOUBLE_LE] = { .name = "double-le",
		.help = "IEEE 754, little-endian",
		.size = 8,
		.decode = decode_float_le },
	[CODEC_UUID] = { .name = "uuid",
		.help = "16 bytes as a UUID",
		.size = 16,
		.decode = decode_uuid,
		.score = score_uuid },
	[CODEC_MSGPACK] = { .name = "msgpack",
		.help = "MessagePack",
		.decode = decode_msgpack,
		.score = score_msgpack },
	[CODEC_CBOR] = { .name = "cbor", .help = "CBOR, RFC 8949", .decode = decode_cbor, .score = score_cbor },
	[CODEC_AVRO] = { .name = "avro",
		.help = "Avro container with its schema",
		.decode = decode_avro_container,
		.score = score_avro_container },
	[CODEC_AVRO_FILE] = { .name = "avro-file",
		.help = "bare Avro by a schema file",
		.parameter = "FILE",
		.decode = decode_avro_bare },
	[CODEC_PROTOBUF] = { .name = "protobuf",
		.help = "Protobuf fields by number",
		.decode = decode_protobuf_wire,
		.score = score_protobuf,
		.most = SCORE_PROTOBUF_MOST },
	[CODEC_PROTOBUF_FILE] = { .name = "protobuf-file",
		.help = "Protobuf by a descriptor set",
		.parameter = "FILE:MESSAGE",
		.decode = decode_protobuf_message },
	[CODEC_GZIP] = { .name = "gzip",
		.help = "gzip or zlib, then what is inside",
		.missing = MISSING_GZIP,
		.score = score_gzip },
	[CODEC_ZSTD] = { .name = "zstd",
		.help = "zstd, then what is inside",
		.missing = MISSING_ZSTD,
		.score = score_zstd },
	[CODEC_SNAPPY] = { .name = "snappy",
		.help = "snappy, then what is inside",
		.missing = MISSING_SNAPPY,
		.score = score_snappy },
	[CODEC_LZ4] = { .name = "lz4",
		.help = "lz4 frame, then what is inside",
		.missing = MISSING_LZ4,
		.score = score_lz4 },
	[CODEC_FRAMED] = { .name = "framed", .help = "behind a schema id, then detected", .score = score_framed },
	[CODEC_CONSUMER_OFFSETS] = { .name = "consumer-offsets",
		.help = "records of __consumer_offsets",
		.decode = decode_consumer_offsets },
	[CODEC_TRANSACTION_STATE] = { .name = "transaction-state",
		.help = "records of __transaction_state",
		.decode = decode_transaction_state },
	[CODEC_SHARE_STATE] = { .name = "share-state",
		.help = "records of __share_group_state",
		.decode = decode_share_state },
};

static_assert(sizeof(codecs) / sizeof(codecs[0]) == CODEC_COUNT, "a decoder without its row");

const struct codec *codec_get(enum codec_id id)
{
	return id > CODEC_AUTO && id < CODEC_COUNT ? &codecs[id] : NULL;
}

enum codec_id codec_id(const char *name)
{
	for (int id = CODEC_AUTO + 1; id < CODEC_COUNT; id++) {
		if (strcmp(codecs[id].name, name) == 0)
			return (enum codec_id)id;
	}
	return CODEC_AUTO;
}

static bool is_wrapping(enum codec_id id, enum wrapping *wrapping)
{
	switch (id) {
	case CODEC_GZIP:
		*wrapping = WRAP_GZIP;
		return true;
	case CODEC_ZSTD:
		*wrapping = WRAP_ZSTD;
		return true;
	case CODEC_SNAPPY:
		*wrapping = WRAP_SNAPPY;
		return true;
	case CODEC_LZ4:
		*wrapping = WRAP_LZ4;
		return true;
	default:
		return false;
	}
}

/* Shows what could not be decoded: as text if it is text, else as a hex dump. */
static void show_raw(struct decoded *out, const char *reason)
{
	bool text = text_is_utf8(out->bytes.p, out->bytes.len) && score_utf8(out->bytes) > 0;

	out->reason = reason;
	out->codec = text ? CODEC_UTF8 : CODEC_HEX;
	out->form = text ? DECODED_TEXT : DECODED_HEX;
	out->text = text ? out->bytes.p : NULL;
	out->text_len = text ? out->bytes.len : 0;
}

/* Unwraps until nothing is wrapped. Returns the decoder of the content, or CODEC_AUTO after a failure. */
static enum codec_id unwrap(enum codec_id id, struct tree *tree, struct decoded *out)
{
	enum wrapping wrapping;

	for (int i = 0; is_wrapping(id, &wrapping); i++) {
		struct bytes inner;

		if (i == UNWRAP_MAX) {
			tree_fail(tree, "compressed more than %d times over", UNWRAP_MAX);
			return CODEC_AUTO;
		}
		if (codecs[id].missing) {
			tree_fail(tree, "%s", codecs[id].missing);
			return CODEC_AUTO;
		}
		inner = unwrap_bytes(tree, wrapping, out->bytes);
		if (!inner.p)
			return CODEC_AUTO;
		out->bytes = inner;
		if (out->via) {
			char *both = mem_printf("%s, %s", out->via, codecs[id].name);

			out->via = arena_strdup(tree->arena, both);
			free(both);
		} else {
			out->via = codecs[id].name;
		}
		id = codec_detect(out->bytes, NULL);
	}
	return id;
}

/* Decodes `bytes`; a failure leaves its reason in the job's tree. */
static bool decode_bytes(struct decode_job *job, enum codec_id id, struct bytes bytes, struct decoded *out)
{
	job->bytes = bytes;
	out->tree = NULL;
	if (codecs[id].size && bytes.len != codecs[id].size)
		tree_fail(&job->tree, "%s is %zu byte%s, this is %zu", codecs[id].name, codecs[id].size,
			codecs[id].size == 1 ? "" : "s", bytes.len);
	else
		out->tree = codecs[id].decode(job);
	/* A tree that reached its limit in the last branch is returned, but is not complete. */
	return !job->tree.reason;
}

static const char *envelope_text(struct arena *arena, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static const char *envelope_text(struct arena *arena, const char *fmt, ...)
{
	char line[64];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	return arena_strdup(arena, line);
}

/*
 * Decodes what follows an envelope. A payload without one may begin with the same bytes, so everything that
 * follows has to decode; else the job stays as it was and the result is false.
 */
static bool decode_enveloped(struct decode_job *job, enum codec_id id, struct decoded *out)
{
	struct decode_job inner = *job;
	struct bytes rest, behind;
	uint64_t fingerprint = 0;
	uint32_t schema_id = 0;
	bool is_proto = id == CODEC_PROTOBUF || id == CODEC_PROTOBUF_FILE, has_header;

	if (!is_proto && id != CODEC_AVRO_FILE && id != CODEC_JSON)
		return false;
	has_header = envelope_registry(out->bytes, &schema_id, &rest);
	if (!has_header && !(id == CODEC_AVRO_FILE && envelope_single_object(out->bytes, &fingerprint, &rest)))
		return false;
	if (is_proto) {
		if (!envelope_message_indexes(rest, &behind))
			return false;
		rest = behind;
	}
	if (!decode_bytes(&inner, id, rest, out))
		return false;
	*job = inner;
	out->envelope = has_header ? envelope_text(job->tree.arena, "schema id %" PRIu32, schema_id) :
				     envelope_text(job->tree.arena, "schema fingerprint %016" PRIx64, fingerprint);
	out->schema_id = schema_id;
	return true;
}

/*
 * Detects what follows a registry header, among formats that need no schema. CODEC_AUTO and a reason when it
 * needs one.
 */
static enum codec_id look_inside(struct tree *tree, struct bytes bytes)
{
	struct bytes rest, behind;
	uint32_t schema_id;

	if (!envelope_registry(bytes, &schema_id, &rest)) {
		tree_fail(tree, "no schema registry's header: a zero byte and a schema id of 4 bytes");
		return CODEC_AUTO;
	}
	if (score_json(rest) > 0)
		return CODEC_JSON;
	if (envelope_message_indexes(rest, &behind) && score_protobuf(behind) >= SCORE_PROTOBUF_FRAMED)
		return CODEC_PROTOBUF;
	tree_fail(tree, "schema id %" PRIu32 ": needs its schema, avro-file:FILE or protobuf-file:FILE:MESSAGE",
		schema_id);
	return CODEC_AUTO;
}

void codec_decode(const struct codec_choice *choice, const struct codec_input *input, struct arena *arena,
	struct decoded *out)
{
	struct decode_job job = { .tree = { .arena = arena },
		.schema = choice->schema,
		.is_key = input->is_key,
		.key = input->key };
	enum codec_id id = choice->id;

	*out = (struct decoded){ .codec = id ? id : CODEC_HEX, .bytes = input->bytes };
	if (!input->bytes.p || input->bytes.len == 0) {
		out->form = input->bytes.p ? DECODED_EMPTY : DECODED_NULL;
		return;
	}
	if (id == CODEC_AUTO)
		id = codec_detect(input->bytes, NULL);
	id = unwrap(id, &job.tree, out);
	if (id == CODEC_FRAMED)
		id = look_inside(&job.tree, out->bytes);
	if (id == CODEC_AUTO) {
		show_raw(out, job.tree.reason);
		return;
	}
	out->codec = id;
	if (out->bytes.len == 0) {
		out->form = DECODED_EMPTY;
		return;
	}
	if (id == CODEC_HEX) {
		out->form = DECODED_HEX;
		return;
	}
	if (!decode_enveloped(&job, id, out) && !decode_bytes(&job, id, out->bytes, out)) {
		out->tree = NULL;
		show_raw(out, job.tree.reason);
		return;
	}
	out->form = out->tree ? DECODED_TREE : DECODED_TEXT;
	out->text = job.text;
	out->text_len = job.text_len;
	out->summary = job.summary;
}

enum codec_id codec_for_topic(const char *topic)
{
	return strcmp(topic, "__consumer_offsets") == 0   ? CODEC_CONSUMER_OFFSETS :
		strcmp(topic, "__transaction_state") == 0 ? CODEC_TRANSACTION_STATE :
		strcmp(topic, "__share_group_state") == 0 ? CODEC_SHARE_STATE :
							    CODEC_AUTO;
}

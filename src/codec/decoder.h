/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a decoder takes and returns; inside this layer only. A decoder returns
 * the root of its tree, or NULL after tree_fail(); or it sets job->text and
 * returns NULL without a reason. It reads no byte outside job->bytes.
 */
#ifndef CODEC_DECODER_H
#define CODEC_DECODER_H

#include "codec/codec.h"

struct avro_schema;
struct proto_message;

struct codec_schema {
	struct arena *arena; /* everything below */
	const struct avro_schema *avro;
	const struct proto_message *proto;
};

struct decode_job {
	struct tree tree;
	struct bytes bytes; /* never null, may be empty */
	const struct codec_schema *schema;
	bool is_key;
	struct bytes key;
	const char *text; /* result of a decoder of plain text */
	size_t text_len;
	const char *summary; /* one line for lists; NULL: made from the tree */
};

/* scalar.c */
struct node *decode_utf8(struct decode_job *job);
struct node *decode_xml(struct decode_job *job);
struct node *decode_base64(struct decode_job *job);
struct node *decode_int_be(struct decode_job *job); /* as wide as codec.size says */
struct node *decode_uint_be(struct decode_job *job);
struct node *decode_int_le(struct decode_job *job);
struct node *decode_uint_le(struct decode_job *job);
struct node *decode_float_be(struct decode_job *job);
struct node *decode_float_le(struct decode_job *job);
struct node *decode_uuid(struct decode_job *job);

struct node *decode_msgpack(struct decode_job *job);
struct node *decode_cbor(struct decode_job *job);
struct node *decode_avro_container(struct decode_job *job);
struct node *decode_avro_bare(struct decode_job *job);
struct node *decode_protobuf_wire(struct decode_job *job);
struct node *decode_protobuf_message(struct decode_job *job);
struct node *decode_consumer_offsets(struct decode_job *job);
struct node *decode_transaction_state(struct decode_job *job);
struct node *decode_share_state(struct decode_job *job);

/* internal_summary.c: in the arena, with JSON escapes; NULL where the tree makes as good a line. */
struct record_message;
const char *internal_summary(struct arena *arena, const struct record_message *message, const struct node *root);

/* unwrap.c: the decompressed bytes, in the arena; p NULL and tree->reason when that fails. */
enum wrapping { WRAP_GZIP, WRAP_DEFLATE, WRAP_ZSTD, WRAP_SNAPPY, WRAP_SNAPPY_BLOCK, WRAP_LZ4 };
struct bytes unwrap_bytes(struct tree *tree, enum wrapping wrapping, struct bytes bytes);

/* The schema compilers keep their result in schema->arena. */
bool avro_schema_compile(struct codec_schema *schema, const char *json, size_t len, struct error *err);
bool proto_schema_compile(struct codec_schema *schema, const char *set, size_t len, const char *message,
	struct error *err);

/* detect.c */
enum {
	SCORE_PROTOBUF_MOST = 48,  /* the highest that score_protobuf() gives */
	SCORE_PROTOBUF_FRAMED = 30 /* a sufficient score after a registry header */
};
unsigned score_utf8(struct bytes bytes);
unsigned score_json(struct bytes bytes);
unsigned score_xml(struct bytes bytes);
unsigned score_int32(struct bytes bytes);
unsigned score_int64(struct bytes bytes);
unsigned score_int32_le(struct bytes bytes);
unsigned score_int64_le(struct bytes bytes);
unsigned score_double(struct bytes bytes);
unsigned score_uuid(struct bytes bytes);
unsigned score_msgpack(struct bytes bytes);
unsigned score_cbor(struct bytes bytes);
unsigned score_avro_container(struct bytes bytes);
unsigned score_protobuf(struct bytes bytes);
unsigned score_gzip(struct bytes bytes);
unsigned score_zstd(struct bytes bytes);
unsigned score_snappy(struct bytes bytes);
unsigned score_lz4(struct bytes bytes);
unsigned score_framed(struct bytes bytes);

/* node_values.c: what several formats need. */
struct byte_reader;
/* The root of a whole payload; NULL and "not FORMAT: ..." when bytes follow it. `root` may be NULL after a failure. */
struct node *decode_whole(struct tree *tree, const char *format, struct node *root, const struct byte_reader *rest);
const char *node_time_note(struct tree *tree, const char *name, int64_t seconds, uint32_t nanos); /* "name 2024-...Z" */
/* A two's complement (or, without a sign, plain) big-endian integer times 10^-scale, as exact decimal text. */
bool node_set_big(struct tree *tree, struct node *node, const unsigned char *bytes, size_t len, bool is_signed,
	int64_t scale);
/* Gives `node` a name made from a key of any kind: its text, or compact JSON. */
void node_name_from(struct tree *tree, struct node *node, const struct node *key);
void node_set_ieee(struct tree *tree, struct node *node, uint64_t bits, size_t size); /* IEEE 754, 2, 4 or 8 bytes */
void node_set_uuid(struct tree *tree, struct node *node, const unsigned char *bytes); /* 16 of them */

#endif

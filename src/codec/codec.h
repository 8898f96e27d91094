/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The decoders: bytes of a key or value in; a tree, plain text or a hex dump
 * with the reason out. Nothing is ever dropped: what a decoder refuses becomes
 * DECODED_HEX (DECODED_TEXT if it is text) with `reason`. Text that comes out
 * is valid UTF-8 but may hold control characters: it may reach a terminal only
 * through text_safe(). Pure functions; any thread. A choice with its schema is
 * immutable after codec_choice_parse() and may be shared.
 */
#ifndef CODEC_CODEC_H
#define CODEC_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "codec/node.h"
#include "model/record.h"

#define CODEC_UNWRAPPED_MAX (64u * 1024 * 1024) /* bytes that a compressed value may grow to */

enum codec_id {
	CODEC_AUTO, /* detected for each value */
	CODEC_UTF8,
	CODEC_JSON,
	CODEC_XML,
	CODEC_HEX,
	CODEC_BASE64,
	CODEC_INT8, /* big-endian, as Kafka's own serializers write */
	CODEC_INT16,
	CODEC_INT32,
	CODEC_INT64,
	CODEC_UINT8,
	CODEC_UINT16,
	CODEC_UINT32,
	CODEC_UINT64,
	CODEC_FLOAT,
	CODEC_DOUBLE,
	CODEC_INT16_LE,
	CODEC_INT32_LE,
	CODEC_INT64_LE,
	CODEC_UINT16_LE,
	CODEC_UINT32_LE,
	CODEC_UINT64_LE,
	CODEC_FLOAT_LE,
	CODEC_DOUBLE_LE,
	CODEC_UUID,
	CODEC_MSGPACK,
	CODEC_CBOR,
	CODEC_AVRO,          /* object container file, contains its schema */
	CODEC_AVRO_FILE,     /* bare Avro, schema from a file */
	CODEC_PROTOBUF,      /* wire view, no schema */
	CODEC_PROTOBUF_FILE, /* a message of a descriptor set */
	CODEC_GZIP,          /* gzip and zlib; the content is detected, as for the next three */
	CODEC_ZSTD,
	CODEC_SNAPPY,
	CODEC_LZ4,
	CODEC_FRAMED,            /* after a schema registry's header; the content is detected */
	CODEC_CONSUMER_OFFSETS,  /* records of __consumer_offsets */
	CODEC_TRANSACTION_STATE, /* records of __transaction_state */
	CODEC_SHARE_STATE,       /* records of __share_group_state */
	CODEC_COUNT
};

struct codec_schema;
struct decode_job;

struct codec {
	const char *name;      /* as in the configuration */
	const char *help;      /* one line */
	const char *missing;   /* why this build cannot decode it, NULL when it can */
	const char *parameter; /* what follows "name:" in the configuration, NULL: nothing */
	size_t size;           /* the only size it accepts, 0: any */
	struct node *(*decode)(struct decode_job *job);
	unsigned (*score)(struct bytes bytes); /* how likely the bytes are this format, 0-100; NULL: never detected */
	unsigned most;                         /* the highest value of `score`; 0: not known */
};

const struct codec *codec_get(enum codec_id id); /* NULL for CODEC_AUTO */
enum codec_id codec_id(const char *name);        /* CODEC_AUTO: there is no such decoder */

/* What the user or the configuration chose: "json", "avro-file:order.avsc", "protobuf-file:all.desc:shop.Order". */
struct codec_choice {
	enum codec_id id;
	struct codec_schema *schema; /* of the two -file codecs, else NULL */
};

bool codec_choice_parse(struct codec_choice *choice, const char *text, struct error *err); /* reads the file */
void codec_choice_release(struct codec_choice *choice);
/* Schemas that do not come from a file; freed by codec_schema_free() or with the choice they are put in. */
struct codec_schema *codec_schema_avro(const char *json, size_t len, struct error *err);
struct codec_schema *codec_schema_protobuf(const char *descriptor_set, size_t len, const char *message,
	struct error *err);
void codec_schema_free(struct codec_schema *schema); /* NULL is allowed */

struct codec_input {
	struct bytes bytes;
	bool is_key;
	struct bytes key; /* of the record: tells the type of a value of an internal topic */
};

enum decoded_form { DECODED_NULL, DECODED_EMPTY, DECODED_TEXT, DECODED_TREE, DECODED_HEX };

struct decoded {
	enum codec_id codec; /* the decoder used, never CODEC_AUTO; CODEC_HEX after a failure */
	enum decoded_form form;
	struct node *tree; /* DECODED_TREE */
	const char *text;  /* DECODED_TEXT: UTF-8, not made safe, not terminated */
	size_t text_len;
	struct bytes bytes;   /* as they came, or decompressed */
	const char *via;      /* how it was compressed ("gzip"), or NULL */
	const char *envelope; /* what came before the payload ("schema id 42"), or NULL */
	uint32_t schema_id;   /* in a registry's header, 0: there was none */
	const char *summary;  /* a better single line than the tree gives, or NULL */
	const char *reason;   /* why it is not what was chosen, or NULL */
	bool masked;          /* something is hidden, see mask.h */
};

/* The result lives in `arena` and points into the input's bytes: both must outlive it. */
void codec_decode(const struct codec_choice *choice, const struct codec_input *input, struct arena *arena,
	struct decoded *out);

/* The likeliest decoder of these bytes, and how likely it is (0-100). CODEC_HEX when none fits. */
enum codec_id codec_detect(struct bytes bytes, unsigned *confidence);
/* The decoder of an internal topic by its name, else CODEC_AUTO. */
enum codec_id codec_for_topic(const char *topic);

/*
 * The decoder that a topic's keys or values keep: each sample votes, so that one odd record does not change how
 * the others are shown.
 */
struct codec_votes {
	unsigned samples;
	unsigned score[CODEC_COUNT];
};

void codec_votes_add(struct codec_votes *votes, struct bytes bytes); /* null and empty do not vote */
enum codec_id codec_votes_best(const struct codec_votes *votes);     /* CODEC_AUTO without samples */

#endif

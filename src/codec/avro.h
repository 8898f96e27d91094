/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Avro 1.11 (avro.apache.org/docs/1.11.1/specification): schemas are compiled
 * once, data is read by them. weir has its own reader because avro-c reads
 * container files only from a FILE, keeps its last error and allocator in
 * globals, has no logical types, and trusts the counts it reads. Inside this
 * layer; a compiled schema is immutable, any thread.
 */
#ifndef CODEC_AVRO_H
#define CODEC_AVRO_H

#include "codec/decoder.h"
#include "codec/byte_reader.h"

enum avro_kind {
	AVRO_NULL,
	AVRO_BOOLEAN,
	AVRO_INT,
	AVRO_LONG,
	AVRO_FLOAT,
	AVRO_DOUBLE,
	AVRO_BYTES,
	AVRO_STRING,
	AVRO_RECORD,
	AVRO_ENUM,
	AVRO_ARRAY,
	AVRO_MAP,
	AVRO_UNION,
	AVRO_FIXED,
	AVRO_KIND_COUNT
};

enum avro_logical {
	LOGICAL_NONE,
	LOGICAL_DECIMAL,
	LOGICAL_UUID,
	LOGICAL_DATE,
	LOGICAL_TIME_MILLIS,
	LOGICAL_TIME_MICROS,
	LOGICAL_TIMESTAMP_MILLIS,
	LOGICAL_TIMESTAMP_MICROS,
	LOGICAL_TIMESTAMP_NANOS,
	LOGICAL_LOCAL_MILLIS,
	LOGICAL_LOCAL_MICROS,
	LOGICAL_LOCAL_NANOS,
	LOGICAL_DURATION,
	LOGICAL_COUNT
};

struct avro_schema;

struct avro_item {                      /* a field, a symbol, a branch */
	const char *name;               /* as node.h keeps names */
	const struct avro_schema *type; /* NULL for a symbol */
};

struct avro_schema {
	enum avro_kind kind;
	enum avro_logical logical;
	int64_t scale;          /* of a decimal */
	uint64_t size;          /* of a fixed */
	const char *name;       /* full name, or that of the primitive type */
	struct avro_item *item; /* of a record, enum or union */
	size_t count;
	const struct avro_schema *element; /* of an array or map */
};

const char *avro_logical_name(enum avro_logical logical);
/* NULL and a reason in `tree` when the text is not an Avro schema; the result lives in tree->arena. */
const struct avro_schema *avro_schema_read(struct tree *tree, const char *json, size_t len);
/* Reads one value; NULL and a reason when the bytes do not hold one. */
struct node *avro_read(struct tree *tree, struct byte_reader *r, const struct avro_schema *schema, struct node *parent);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Protobuf (protobuf.dev/programming-guides/encoding): the wire view, and
 * messages by a FileDescriptorSet as `protoc --descriptor_set_out
 * --include_imports` writes it. The set is itself a Protobuf message with about
 * ten fields that matter, so weir reads it here instead of through libprotobuf
 * and a C++ runtime. Inside this layer; compiled descriptors are immutable, any
 * thread.
 */
#ifndef CODEC_PROTO_H
#define CODEC_PROTO_H

#include "codec/decoder.h"
#include "codec/byte_reader.h"

enum proto_wire { WIRE_VARINT, WIRE_64, WIRE_LEN, WIRE_START, WIRE_END, WIRE_32 };

/* The numbers of FieldDescriptorProto.Type. */
enum proto_type {
	PROTO_DOUBLE = 1,
	PROTO_FLOAT,
	PROTO_INT64,
	PROTO_UINT64,
	PROTO_INT32,
	PROTO_FIXED64,
	PROTO_FIXED32,
	PROTO_BOOL,
	PROTO_STRING,
	PROTO_GROUP,
	PROTO_MESSAGE,
	PROTO_BYTES,
	PROTO_UINT32,
	PROTO_ENUM,
	PROTO_SFIXED32,
	PROTO_SFIXED64,
	PROTO_SINT32,
	PROTO_SINT64
};

struct proto_value { /* of an enum */
	int32_t number;
	const char *name;
};

struct proto_enum {
	const char *name; /* full, without a leading dot */
	struct proto_value *value;
	size_t count;
};

struct proto_field {
	uint32_t number;
	enum proto_type type;
	bool repeated;
	const char *name;
	const char *type_name; /* full, of a message or enum; NULL for others */
	const struct proto_message *message;
	const struct proto_enum *enumeration;
};

struct proto_message {
	const char *name;          /* full, without a leading dot */
	bool map_entry;            /* the message behind a map<K, V> field */
	struct proto_field *field; /* by number, including extensions in the set, which are named "[full.name]" */
	size_t count;
	const struct proto_set *set;
};

/* All messages of a descriptor set, by name. */
struct proto_set {
	const struct proto_message *const *message;
	size_t count;
};

/* NULL: the set has no message of this full name. */
const struct proto_message *proto_find(const struct proto_set *set, const char *name);

/* One field of the wire format: its number and value; false and a reason when the bytes are not a field. */
struct proto_item {
	uint32_t number;
	enum proto_wire wire;
	uint64_t value;     /* of WIRE_VARINT, WIRE_64, WIRE_32 */
	struct bytes bytes; /* of WIRE_LEN, and the content of a WIRE_START group */
};

bool proto_next(struct tree *tree, struct byte_reader *r, struct proto_item *item);
/* Adds the item as a member named by its number; guesses what a length-delimited field holds. */
bool proto_add_unknown(struct tree *tree, struct node *object, const struct proto_item *item);

#endif

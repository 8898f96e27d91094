/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The fields of the records in __consumer_offsets, __transaction_state and
 * __share_group_state. Constant tables; any thread.
 */
#ifndef CODEC_RECORD_FIELDS_H
#define CODEC_RECORD_FIELDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RECORD_ANY 127 /* as `to`: no last version; as `flexible_from`: never */

enum record_type {
	RECORD_INT8,
	RECORD_INT16,
	RECORD_UINT16,
	RECORD_INT32,
	RECORD_INT64,
	RECORD_BOOL,
	RECORD_STRING,
	RECORD_BYTES,
	RECORD_UUID,
	RECORD_STRUCT
};

enum record_family { RECORD_GROUP, RECORD_TRANSACTION, RECORD_SHARE };

struct record_field {
	const char *name; /* NULL ends the table */
	enum record_type type;
	bool array;
	bool nullable;
	bool tagged;     /* follows the others, under its tag */
	int8_t from, to; /* the versions that have it */
	int8_t nullable_from;
	int8_t tag;
	const struct record_field *fields; /* of a struct; of bytes: the message they hold */
};

struct record_message {
	enum record_family family;
	bool is_key;
	int16_t api_key; /* Kafka's number of the record type, with which a key starts */
	const char *name;
	int8_t top;           /* the highest version */
	int8_t flexible_from; /* the first version with compact lengths and tagged fields */
	const struct record_field *fields;
};

extern const struct record_message record_messages[];
extern const size_t record_message_count;

#endif

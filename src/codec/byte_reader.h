/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A cursor over bytes that never leaves them: every read returns whether the
 * bytes were there, and a failed read does not move it. Inside this layer. Any
 * thread.
 */
#ifndef CODEC_BYTE_READER_H
#define CODEC_BYTE_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/record.h"

struct byte_reader {
	const unsigned char *p, *end;
};

static inline struct byte_reader byte_reader_of(struct bytes bytes)
{
	const unsigned char *p = (const unsigned char *)bytes.p;

	return (struct byte_reader){ .p = p, .end = p + bytes.len };
}

static inline size_t byte_reader_left(const struct byte_reader *r)
{
	return (size_t)(r->end - r->p);
}

static inline bool byte_reader_take(struct byte_reader *r, uint64_t len, const unsigned char **bytes)
{
	if (len > byte_reader_left(r))
		return false;
	*bytes = r->p;
	r->p += len;
	return true;
}

static inline bool byte_reader_u8(struct byte_reader *r, uint8_t *value)
{
	if (r->p == r->end)
		return false;
	*value = *r->p++;
	return true;
}

/* `size` bytes, at most 8, as an unsigned integer. */
static inline bool byte_reader_be(struct byte_reader *r, size_t size, uint64_t *value)
{
	const unsigned char *bytes;

	if (!byte_reader_take(r, size, &bytes))
		return false;
	*value = 0;
	for (size_t i = 0; i < size; i++)
		*value = *value << 8 | bytes[i];
	return true;
}

static inline bool byte_reader_le(struct byte_reader *r, size_t size, uint64_t *value)
{
	const unsigned char *bytes;

	if (!byte_reader_take(r, size, &bytes))
		return false;
	*value = 0;
	for (size_t i = size; i > 0; i--)
		*value = *value << 8 | bytes[i - 1];
	return true;
}

/* Base 128, least significant group first, at most 10 bytes (Protobuf, Avro, Kafka's compact types). */
static inline bool byte_reader_varint(struct byte_reader *r, uint64_t *value)
{
	const unsigned char *p = r->p;
	uint64_t sum = 0;

	for (unsigned shift = 0; shift < 70; shift += 7) {
		if (p == r->end)
			return false;
		sum |= shift < 64 ? (uint64_t)(*p & 0x7f) << shift : 0;
		if (!(*p++ & 0x80)) {
			r->p = p;
			*value = sum;
			return true;
		}
	}
	return false;
}

/* A varint whose lowest bit is the sign. */
static inline bool byte_reader_zigzag(struct byte_reader *r, int64_t *value)
{
	uint64_t u;

	if (!byte_reader_varint(r, &u))
		return false;
	*value = (int64_t)(u >> 1 ^ (0 - (u & 1)));
	return true;
}

/* The low `size` bytes of `value` as a signed integer. */
static inline int64_t byte_reader_signed(uint64_t value, size_t size)
{
	unsigned shift = 64 - 8 * (unsigned)size;

	return (int64_t)(value << shift) >> shift;
}

#endif

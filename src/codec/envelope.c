/* SPDX-License-Identifier: BSD-2-Clause */
#include "codec/envelope.h"

#include <string.h>

#include "codec/byte_reader.h"

/* Real descriptors nest messages less deeply than this. */
enum { INDEXES_MAX = 32 };

static struct bytes rest_of(const struct byte_reader *r)
{
	return (struct bytes){ .p = (const char *)r->p, .len = byte_reader_left(r) };
}

bool envelope_registry(struct bytes bytes, uint32_t *schema_id, struct bytes *rest)
{
	struct byte_reader r = byte_reader_of(bytes);
	uint64_t id;
	uint8_t magic;

	if (!bytes.p || !byte_reader_u8(&r, &magic) || magic != 0 || !byte_reader_be(&r, 4, &id) ||
		byte_reader_left(&r) == 0)
		return false;
	*schema_id = (uint32_t)id;
	*rest = rest_of(&r);
	return true;
}

bool envelope_message_indexes(struct bytes bytes, struct bytes *rest)
{
	struct byte_reader r = byte_reader_of(bytes);
	int64_t count, index;

	if (!byte_reader_zigzag(&r, &count) || count < 0 || count > INDEXES_MAX)
		return false;
	for (; count > 0; count--) {
		if (!byte_reader_zigzag(&r, &index) || index < 0)
			return false;
	}
	*rest = rest_of(&r);
	return true;
}

bool envelope_single_object(struct bytes bytes, uint64_t *fingerprint, struct bytes *rest)
{
	struct byte_reader r = byte_reader_of(bytes);
	uint64_t marker;

	if (!bytes.p || !byte_reader_be(&r, 2, &marker) || marker != 0xc301 || !byte_reader_le(&r, 8, fingerprint))
		return false;
	*rest = rest_of(&r);
	return true;
}

struct bytes envelope_skip_bom(struct bytes bytes)
{
	size_t skip = bytes.len >= 3 && memcmp(bytes.p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

	return (struct bytes){ .p = bytes.p ? bytes.p + skip : NULL, .len = bytes.len - skip };
}

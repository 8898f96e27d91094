/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A block of Snappy (google/snappy, format_description.txt): its length, then
 * literals and copies of what came before. Read here because the library is
 * C++, whose runtime takes longer to load than weir's own part of a start.
 */
#include "codec/unsnap.h"

#include <string.h>

/* The two low bits of a tag. The offset of a copy takes 1, 2 or 4 bytes. */
enum { TAG_LITERAL, TAG_COPY_1, TAG_COPY_2 };

enum { LONGEST_SHORT_LITERAL = 60 };

struct output {
	char *start, *at, *end;
};

bool unsnap_length(struct reader *r, size_t *size)
{
	uint64_t length;

	if (!reader_varint(r, &length) || length > UINT32_MAX)
		return false;
	*size = (size_t)length;
	return true;
}

static bool literal(struct reader *r, struct output *out, uint8_t tag)
{
	uint64_t len = (tag >> 2) + 1;
	const unsigned char *bytes;

	if (len > LONGEST_SHORT_LITERAL) {
		if (!reader_le(r, len - LONGEST_SHORT_LITERAL, &len))
			return false;
		len++;
	}
	if (len > (size_t)(out->end - out->at) || !reader_take(r, len, &bytes))
		return false;
	memcpy(out->at, bytes, len);
	out->at += len;
	return true;
}

static bool copy_again(struct output *out, uint64_t offset, size_t len)
{
	if (offset == 0 || offset > (size_t)(out->at - out->start) || len > (size_t)(out->end - out->at))
		return false;

	const char *from = out->at - offset;

	if (offset >= len) {
		memcpy(out->at, from, len);
		out->at += len;
	} else {
		/* It repeats what it is just writing. */
		while (len-- > 0)
			*out->at++ = *from++;
	}
	return true;
}

static bool copy(struct reader *r, struct output *out, uint8_t tag)
{
	uint64_t offset;

	switch (tag & 3) {
	case TAG_COPY_1:
		return reader_le(r, 1, &offset) &&
			copy_again(out, (uint64_t)(tag >> 5) << 8 | offset, 4 + (size_t)(tag >> 2 & 7));
	case TAG_COPY_2:
		return reader_le(r, 2, &offset) && copy_again(out, offset, 1 + (size_t)(tag >> 2));
	default:
		return reader_le(r, 4, &offset) && copy_again(out, offset, 1 + (size_t)(tag >> 2));
	}
}

bool unsnap(struct reader *r, char *bytes, size_t size)
{
	struct output out = {.start = bytes, .at = bytes, .end = bytes + size};
	uint8_t tag;

	while (reader_u8(r, &tag))
		if (!((tag & 3) == TAG_LITERAL ? literal(r, &out, tag) : copy(r, &out, tag)))
			return false;
	return out.at == out.end;
}

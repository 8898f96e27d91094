/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/hash.h"

#include <assert.h>

static uint32_t little_endian_word(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

uint32_t hash_murmur2(const void *bytes, size_t len)
{
	const uint32_t seed = 0x9747b28c, m = 0x5bd1e995;
	const unsigned char *p = bytes;
	uint32_t h = seed ^ (uint32_t)len;
	size_t left = len;

	for (; left >= 4; p += 4, left -= 4) {
		uint32_t k = little_endian_word(p);

		k *= m;
		k ^= k >> 24;
		k *= m;
		h *= m;
		h ^= k;
	}
	if (left == 3)
		h ^= (uint32_t)p[2] << 16;
	if (left >= 2)
		h ^= (uint32_t)p[1] << 8;
	if (left >= 1) {
		h ^= p[0];
		h *= m;
	}
	h ^= h >> 13;
	h *= m;
	h ^= h >> 15;
	return h;
}

/* Keys are short and few: a table for half bytes is enough. */
uint32_t hash_crc32(const void *bytes, size_t len)
{
	static const uint32_t table[16] = { 0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
		0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4,
		0xa00ae278, 0xbdbdf21c };
	const unsigned char *p = bytes;
	uint32_t crc = 0xffffffff;

	for (size_t i = 0; i < len; i++) {
		crc ^= p[i];
		crc = crc >> 4 ^ table[crc & 15];
		crc = crc >> 4 ^ table[crc & 15];
	}
	return crc ^ 0xffffffff;
}

int32_t hash_partition(enum hash_kind kind, struct bytes key, int32_t count)
{
	assert(count > 0);
	if (!key.p)
		return -1;
	if (kind == HASH_MURMUR2)
		return (int32_t)((hash_murmur2(key.p, key.len) & 0x7fffffff) % (uint32_t)count);
	if (key.len == 0)
		return -1;
	return (int32_t)(hash_crc32(key.p, key.len) % (uint32_t)count);
}

const char *hash_name(enum hash_kind kind)
{
	return kind == HASH_MURMUR2 ? "murmur2 (Java client)" : "CRC32 (librdkafka)";
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reference values: Utils.murmur2 and toPositive of Kafka's Java client 4.3.0,
 * java.util.zip.CRC32.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/hash.h"

static const struct {
	const char *key;
	size_t len;
	uint32_t murmur2;
	int32_t of_12, of_1000; /* toPositive(murmur2(key)) % n */
	uint32_t crc32;
} vectors[] = {
	{ "", 0, 0x106e08d9u, 9, 681, 0x00000000u },
	{ "a", 1, 0xa2d0b27cu, 4, 524, 0xe8b7be43u },
	{ "ab", 2, 0x12d8262au, 2, 434, 0x9e83486du },
	{ "abc", 3, 0x1c94221bu, 3, 107, 0x352441c2u },
	{ "abcd", 4, 0xb11ab5f4u, 8, 100, 0xed82cd11u },
	{ "abcde", 5, 0x1b897eddu, 1, 741, 0x8587d865u },
	{ "21", 2, 0xc5f2f8ecu, 0, 340, 0xfd7746b4u },
	{ "foobar", 6, 0xd0e47bbeu, 6, 166, 0x9ef61f95u },
	{ "a-little-bit-long-string", 24, 0xc53b1da0u, 8, 112, 0xee71cd62u },
	{ "a-little-bit-longer-string", 26, 0xa768c9c3u, 11, 819, 0x87bfb12au },
	{ "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", 48, 0xfc7d49cdu, 5, 677, 0xe0abb921u },
	{ "u-81733", 7, 0x61ba9f01u, 5, 353, 0x2b57adaau },
	{ "W-1", 3, 0xa0a0ce92u, 10, 554, 0xe746bbf2u },
	{ "order-000042", 12, 0x8efbcc07u, 11, 791, 0x0b5c7019u },
	{ "gr\303\274n", 5, 0x14e67801u, 5, 321, 0x5d95b1a5u },
	{ "\346\227\245\346\234\254\350\252\236", 9, 0x555873cau, 10, 170, 0xa80b52e5u },
	{ "\000\001", 2, 0x82183055u, 9, 669, 0x36de2269u },
};

static void test_reference_values(void **state)
{
	unsigned char all[256];

	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		struct bytes key = { vectors[i].key, vectors[i].len };

		assert_int_equal(hash_murmur2(key.p, key.len), vectors[i].murmur2);
		assert_int_equal(hash_crc32(key.p, key.len), vectors[i].crc32);
		assert_int_equal(hash_partition(HASH_MURMUR2, key, 12), vectors[i].of_12);
		assert_int_equal(hash_partition(HASH_MURMUR2, key, 1000), vectors[i].of_1000);
		if (key.len)
			assert_int_equal(hash_partition(HASH_CRC32, key, 12), vectors[i].crc32 % 12);
	}
	for (int i = 0; i < 256; i++)
		all[i] = (unsigned char)i;
	assert_int_equal(hash_murmur2(all, 256), 0x8bde9476);
	assert_int_equal(hash_crc32(all, 256), 0x29058c73);
}

static void test_keys_without_a_place(void **state)
{
	struct bytes null = { NULL, 0 }, empty = { "", 0 };

	(void)state;
	assert_int_equal(hash_partition(HASH_MURMUR2, null, 12), -1);
	assert_int_equal(hash_partition(HASH_CRC32, null, 12), -1);
	assert_int_equal(hash_partition(HASH_CRC32, empty, 12), -1);
	assert_int_equal(hash_partition(HASH_MURMUR2, empty, 12), 9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reference_values),
		cmocka_unit_test(test_keys_without_a_place),
	};

	return cmocka_run_group_tests_name("hash", tests, NULL, NULL);
}

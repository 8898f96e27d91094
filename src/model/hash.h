/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The partition that a producer's default partitioner gives a key: murmur2 as
 * in Kafka's Java client, CRC32 as in librdkafka's consistent_random. Producers
 * may choose otherwise, and a record written before partitions were added was
 * placed by the earlier number. Pure functions, any thread.
 */
#ifndef MODEL_HASH_H
#define MODEL_HASH_H

#include <stdint.h>

#include "model/record.h"

enum hash_kind { HASH_MURMUR2, HASH_CRC32, HASH_COUNT };

uint32_t hash_murmur2(const void *bytes, size_t len); /* org.apache.kafka.common.utils.Utils.murmur2 */
uint32_t hash_crc32(const void *bytes, size_t len);   /* ISO 3309, as zlib's crc32() */

/*
 * The partition of `key` among `count` (at least 1), or -1 where the kind places such a key anywhere: the null
 * key, and for CRC32 also the empty key.
 */
int32_t hash_partition(enum hash_kind kind, struct bytes key, int32_t count);
const char *hash_name(enum hash_kind kind); /* "murmur2 (Java client)" */

#endif

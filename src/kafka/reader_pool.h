/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Handles that readers leave open for the next reader, so that it need not
 * connect again. All readers of a pool have the same client settings and buffer
 * size. Only one reader uses a handle at a time: two would take partitions from
 * each other. Any thread.
 */
#ifndef KAFKA_READER_POOL_H
#define KAFKA_READER_POOL_H

struct reader_pool;

struct reader_pool *reader_pool_new(void);
/* Call it after the last reader was stopped. NULL is allowed. */
void reader_pool_free(struct reader_pool *pool);

#endif

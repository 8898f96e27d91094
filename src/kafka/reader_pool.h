/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Connections that readers leave behind for the next one, so that it need not
 * connect again. All readers of a pool have the same client settings and buffer
 * size. Each uses a handle alone: two would take partitions from one another.
 * Any thread.
 */
#ifndef KAFKA_READER_POOL_H
#define KAFKA_READER_POOL_H

struct reader_pool;

struct reader_pool *reader_pool_new(void);
/* After the last reader was stopped. NULL is allowed. */
void reader_pool_free(struct reader_pool *pool);

#endif

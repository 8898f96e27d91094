/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/reader_pool.h"

#include <stdlib.h>

#include "base/mem.h"
#include "kafka/reader_parts.h"

/* The settings of a handle depend on: read_committed, follow, little, group. */
enum { KINDS = 16, IDLE_MAX = 2 };

struct reader_pool {
	pthread_mutex_t lock;
	rd_kafka_t *idle[KINDS][IDLE_MAX]; /* under lock */
};

struct reader_pool *reader_pool_new(void)
{
	struct reader_pool *pool = mem_alloc(sizeof(*pool));

	pthread_mutex_init(&pool->lock, NULL);
	return pool;
}

static void destroy_handle(rd_kafka_t *rk)
{
	rd_kafka_destroy_flags(rk, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}

void reader_pool_free(struct reader_pool *pool)
{
	if (!pool)
		return;
	for (size_t i = 0; i < KINDS; i++)
		for (size_t k = 0; k < IDLE_MAX; k++)
			if (pool->idle[i][k])
				destroy_handle(pool->idle[i][k]);
	pthread_mutex_destroy(&pool->lock);
	free(pool);
}

static size_t kind_of(const struct reader_setup *setup)
{
	return (size_t)setup->read_committed | (size_t)setup->follow << 1 | (size_t)setup->little << 2 |
		(size_t)(setup->from.kind == START_GROUP) << 3;
}

rd_kafka_t *reader_pool_take(const struct reader_setup *setup)
{
	rd_kafka_t **idle, *rk = NULL;

	if (!setup->pool)
		return NULL;
	idle = setup->pool->idle[kind_of(setup)];
	pthread_mutex_lock(&setup->pool->lock);
	for (size_t i = 0; i < IDLE_MAX && !rk; i++) {
		rk = idle[i];
		idle[i] = NULL;
	}
	pthread_mutex_unlock(&setup->pool->lock);
	return rk;
}

void reader_pool_give(const struct reader_setup *setup, rd_kafka_t *rk)
{
	char why[8];
	bool broken = rd_kafka_fatal_error(rk, why, sizeof(why)) != RD_KAFKA_RESP_ERR_NO_ERROR;

	if (setup->pool && !broken) {
		rd_kafka_t **idle = setup->pool->idle[kind_of(setup)];

		pthread_mutex_lock(&setup->pool->lock);
		for (size_t i = 0; i < IDLE_MAX && rk; i++)
			if (!idle[i]) {
				idle[i] = rk;
				rk = NULL;
			}
		pthread_mutex_unlock(&setup->pool->lock);
	}
	if (rk)
		destroy_handle(rk);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a reader uses besides itself, and how it is left when its thread does
 * not end: librdkafka may wait there for a broker, for minutes.
 */
#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "kafka/reader_parts.h"

static atomic_int left_behind; /* readers that were left and have not ended yet */

void reader_setup_own(struct reader *r, const struct reader_setup *setup)
{
	char **topics = mem_alloc((setup->topic_count + 1) * sizeof(*topics));
	int32_t *partitions = mem_alloc((setup->partition_count + 1) * sizeof(*partitions));

	for (size_t i = 0; i < setup->topic_count; i++)
		topics[i] = mem_strdup(setup->topics[i]);
	for (size_t i = 0; i < setup->partition_count; i++)
		partitions[i] = setup->partitions[i];
	r->setup = *setup;
	r->setup.topics = (const char *const *)(r->own.topics = topics);
	r->setup.partitions = r->own.partitions = partitions;
	r->setup.bootstrap = r->own.bootstrap = mem_strdup(setup->bootstrap);
	r->setup.cluster_id = r->own.cluster_id = mem_strdup(setup->cluster_id);
	r->setup.from.group = r->own.from_group = mem_strdup(setup->from.group);
	r->setup.to.group = r->own.to_group = mem_strdup(setup->to.group);
}

void reader_setup_release(struct reader *r)
{
	for (size_t i = 0; i < r->setup.topic_count; i++)
		free(r->own.topics[i]);
	free(r->own.topics);
	free(r->own.partitions);
	free(r->own.bootstrap);
	free(r->own.cluster_id);
	free(r->own.from_group);
	free(r->own.to_group);
}

bool reader_outside_begin(struct reader *r)
{
	pthread_mutex_lock(&r->outside);
	if (!r->left)
		return true;
	pthread_mutex_unlock(&r->outside);
	return false;
}

void reader_outside_end(struct reader *r)
{
	pthread_mutex_unlock(&r->outside);
}

void reader_call_ready(struct reader *r)
{
	if (!reader_outside_begin(r))
		return;
	r->ready(r->ready_context);
	reader_outside_end(r);
}

bool reader_ended(struct reader *r)
{
	bool left;

	pthread_mutex_lock(&r->outside);
	pthread_mutex_lock(&r->lock);
	r->running = false;
	left = r->left;
	pthread_cond_broadcast(&r->changed);
	pthread_mutex_unlock(&r->lock);
	pthread_mutex_unlock(&r->outside);
	return left;
}

void reader_free_left(struct reader *r)
{
	reader_free(r);
	atomic_fetch_sub(&left_behind, 1);
}

void reader_leave(struct reader *r, int64_t wait_ms)
{
	/* A copy: after the reader is left, its thread may free it at any time. */
	const pthread_t thread = r->thread;
	bool ended = reader_stop(r, wait_ms);

	assert(!r->setup.pool);
	if (!ended) {
		pthread_mutex_lock(&r->outside);
		pthread_mutex_lock(&r->lock);
		ended = !r->running;
		r->left = !ended;
		if (!ended)
			atomic_fetch_add(&left_behind, 1);
		pthread_mutex_unlock(&r->lock);
		pthread_mutex_unlock(&r->outside);
		if (!ended) {
			pthread_detach(thread);
			return;
		}
		pthread_join(thread, NULL);
	}
	reader_free(r);
}

bool reader_left_behind(void)
{
	return atomic_load(&left_behind) > 0;
}

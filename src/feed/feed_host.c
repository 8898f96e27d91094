/* SPDX-License-Identifier: BSD-2-Clause */
#include "feed/feed_host.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/thread.h"
#include "feed/feed_parts.h"
#include "kafka/reader_pool.h"

struct feed_host *feed_host_new(const struct client_config *client, const char *bootstrap, int64_t timeout_ms)
{
	struct feed_host *host = mem_alloc(sizeof(*host));

	host->client = client;
	host->bootstrap = bootstrap;
	host->timeout_ms = timeout_ms;
	host->pool = reader_pool_new();
	pthread_mutex_init(&host->lock, NULL);
	thread_cond_init(&host->ended);
	return host;
}

bool feed_host_free(struct feed_host *host, int64_t wait_ms)
{
	int64_t until_ms = clock_mono_ms() + wait_ms;
	bool ended;

	if (!host)
		return true;
	pthread_mutex_lock(&host->lock);
	while (host->feeds > 0 && thread_wait_until(&host->ended, &host->lock, until_ms))
		;
	ended = host->feeds == 0;
	pthread_mutex_unlock(&host->lock);
	if (!ended)
		return false;
	reader_pool_free(host->pool);
	pthread_cond_destroy(&host->ended);
	pthread_mutex_destroy(&host->lock);
	free(host);
	return true;
}

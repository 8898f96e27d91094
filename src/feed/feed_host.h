/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Makes feeds (model/feed.h) that read a real cluster, and lends them connections,
 * which stay open from one feed to the next. Main thread.
 */
#ifndef FEED_FEED_HOST_H
#define FEED_FEED_HOST_H

#include <stdbool.h>
#include <stdint.h>

#include "kafka/client.h"
#include "model/feed.h"

struct feed_host;

/* Borrows its parameters; connects only when the first feed is opened. */
struct feed_host *feed_host_new(const struct client_config *client, const char *bootstrap, int64_t timeout_ms);
struct feed_source feed_host_source(struct feed_host *host);
/*
 * Call it after every feed was closed. False: after `wait_ms` a feed still waits for a broker. Then the borrowed
 * parameters must stay valid and the process must end by _exit(). NULL is allowed.
 */
bool feed_host_free(struct feed_host *host, int64_t wait_ms);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Samples a cluster: one thread, asynchronous librdkafka calls on one queue,
 * tiers with their own periods. It takes demands and gives snapshots; nothing
 * else crosses. Another source of the same snapshots fits beside it by
 * offering these four functions.
 *
 * All calls are the owner's (UI or command) thread; none waits for the network.
 */
#ifndef KAFKA_SAMPLER_H
#define KAFKA_SAMPLER_H

#include "base/error.h"
#include "base/wake.h"
#include "kafka/client.h"
#include "model/demand.h"
#include "model/snapshot.h"

struct sampler;

/*
 * Starts the thread and connects in the background; never waits. `config` is
 * copied. wake_raise(wake, wake_bit) is called after a snapshot was published.
 * Fails only where a thread or a client handle cannot be had.
 */
struct sampler *sampler_start(const struct client_config *config, const struct demand *demand,
	struct wake *wake, unsigned wake_bit, struct error *err);
/* Takes ownership of the demand. */
void sampler_demand(struct sampler *s, struct demand *demand);
/* The newest snapshot since the last call, with a reference for the caller; NULL when there is none. */
const struct snapshot *sampler_take(struct sampler *s);
/* Ends the thread. Waits for open calls only up to `wait_ms`; what then still hangs is left to the exit. */
void sampler_stop(struct sampler *s, int wait_ms);
/*
 * True while threads of a stopped sampler still run. Then the process must end
 * by _exit(): at exit(), libraries take away what those threads use.
 */
bool sampler_left_behind(void);

#endif

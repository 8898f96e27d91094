/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Samples a cluster: one thread that asks a source what the demand needs and
 * publishes what it told. It takes demands and gives snapshots; nothing else
 * crosses. kafka/source.h starts one that speaks with Kafka.
 *
 * All calls are the owner's (UI or command) thread; none waits for the network.
 */
#ifndef SAMPLE_SAMPLER_H
#define SAMPLE_SAMPLER_H

#include "base/error.h"
#include "base/wake.h"
#include "model/demand.h"
#include "model/snapshot.h"
#include "sample/source.h"

struct sampler;

/*
 * Starts the thread; never waits. The source is the sampler's from now on, and stopped also when this fails, which it
 * does only where a thread cannot be had. wake_raise(wake, wake_bit) is called after a snapshot was published.
 */
struct sampler *sampler_start(struct source source, const struct demand *demand, struct wake *wake, unsigned wake_bit,
	struct error *err);
/* Takes ownership of the demand. */
void sampler_demand(struct sampler *s, struct demand *demand);
/* The newest snapshot since the last call, with a reference for the caller; NULL when there is none. */
const struct snapshot *sampler_take(struct sampler *s);
/* Ends the thread. Waits for open questions only up to `wait_ms`; what then still hangs is left to the exit. */
void sampler_stop(struct sampler *s, int wait_ms);
/*
 * True while threads of a stopped sampler still run. Then the process must end
 * by _exit(): at exit(), libraries take away what those threads use.
 */
bool sampler_left_behind(void);

#endif

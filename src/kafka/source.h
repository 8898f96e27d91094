/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The source of samples that speaks through librdkafka: sample/source.h says
 * what a source is. One client handle at a time, asynchronous calls whose answers
 * come to one queue; where calls hang inside librdkafka, a new handle takes its
 * place and the old one is closed by a thread of its own.
 */
#ifndef KAFKA_SOURCE_H
#define KAFKA_SOURCE_H

#include "kafka/client.h"
#include "sample/sampler.h"

/*
 * Opens a handle, which connects in the background, and starts a sampler of it: sample/sampler.h. `config` is copied.
 * Owner's thread; never waits. Fails only where a thread or a client handle cannot be had.
 */
struct sampler *kafka_sampler_start(const struct client_config *config, const struct demand *demand, struct wake *wake,
	unsigned wake_bit, struct error *err);
/* True while a handle that was given up is not closed yet: the process must end as sampler_left_behind() says. Any thread. */
bool kafka_source_left_behind(void);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Replaces src/kafka/source.c in programs with made-up snapshots: nothing connects. */
#include "kafka/source.h"

struct sampler *kafka_sampler_start(const struct client_config *config, const struct demand *demand, struct wake *wake,
	unsigned wake_bit, struct error *err)
{
	(void)config;
	(void)demand;
	(void)wake;
	(void)wake_bit;
	error_set(err, ERR_CONNECT, "there is no Kafka here");
	return NULL;
}

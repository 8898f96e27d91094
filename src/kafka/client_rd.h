/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The settings in librdkafka's form, for the threads under src/kafka/ that open
 * a client handle of their own. Any thread, after filling has ended.
 */
#ifndef KAFKA_CLIENT_RD_H
#define KAFKA_CLIENT_RD_H

#include <librdkafka/rdkafka.h>

#include "kafka/client.h"

struct client_config *client_config_dup(const struct client_config *c);
/*
 * weir's own defaults with the user's settings over them. A crash in a thread of the handle reaches the
 * process's signal handlers, which librdkafka's threads block otherwise. The caller destroys the result or
 * gives it to rd_kafka_new(). NULL and *err when librdkafka refuses.
 */
rd_kafka_conf_t *client_config_make(const struct client_config *c, struct error *err);
/*
 * Binds the handle to one cluster: that id, or with NULL the first that answers. Works only with the librdkafka
 * that set-up builds (kafka/cluster_gate.h); does nothing with any other.
 */
void client_config_bind(rd_kafka_conf_t *conf, const char *cluster_id);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The same settings as librdkafka takes them: for the threads under src/kafka/
 * that open a client handle of their own. Any thread, once filling has ended.
 */
#ifndef KAFKA_CLIENT_RD_H
#define KAFKA_CLIENT_RD_H

#include <librdkafka/rdkafka.h>

#include "kafka/client.h"

struct client_config *client_config_dup(const struct client_config *c);
/*
 * weir's own defaults with the user's settings over them; a fault in a thread of the handle comes to the handlers of
 * the process, which librdkafka's threads block otherwise. The caller destroys
 * it, or gives it to rd_kafka_new(). NULL and *err when librdkafka refuses.
 */
rd_kafka_conf_t *client_config_make(const struct client_config *c, struct error *err);
/*
 * Binds the handle to one cluster: that id, or with NULL the first that answers. Only the librdkafka that set-up
 * builds can (kafka/cluster_gate.h); with any other this does nothing.
 */
void client_config_bind(rd_kafka_conf_t *conf, const char *cluster_id);

#endif

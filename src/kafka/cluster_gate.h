/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The one way to change a cluster: admin handles and producers are opened here and
 * nowhere else (tests/layers), after the cluster that answers has been compared with
 * what the context pins, the session met and the plan named. An admin handle can
 * only ask until cluster_gate_allow() lets it change something, which compares
 * again: a wait may have been long. In read-only mode nothing is ever allowed.
 * Handles stay bound to the cluster they were opened on:
 *
 * With the librdkafka that set-up builds (tests/support/librdkafka.patch) each
 * connection is asked for its cluster before anything else is sent on it, so that a
 * handle which connects anew sends nothing to another cluster: no window is left
 * but that of one connection that changes its cluster while it stands.
 *
 * With any other librdkafka a handle notices when a broker tells another id in the
 * metadata that follows a connection. What is sent within that round trip, some
 * milliseconds after connecting anew, cannot be held back; the rest is given up.
 *
 * A plain value, any thread; it is made of the configuration by setup/connect.h.
 */
#ifndef KAFKA_CLUSTER_GATE_H
#define KAFKA_CLUSTER_GATE_H

#include "kafka/admin.h"
#include "kafka/producer.h"
#include "model/cluster_pin.h"

struct cluster_gate {                        /* borrowed; outlives what is opened through it */
	const struct client_config *client;
	struct cluster_pin pin;              /* its bootstrap is for messages, too */
	const char *read_only;               /* who says so: "this run", "prod"; NULL: changes are allowed */
	int64_t timeout_ms;
};

/*
 * For questions. NULL and *err: not reached, or ERR_OTHER_CLUSTER. `cancelled` may be NULL, else it breaks off every
 * call.
 */
struct admin *cluster_gate_admin(const struct cluster_gate *g, bool (*cancelled)(void *context), void *context,
	struct error *err);
/*
 * Asks again whether the handle's cluster is the one that is meant, and lets the handle change it from now on. To be
 * called right before each change. False: read-only (ERR_USAGE), another cluster, or nobody answers; then the handle
 * cannot change anything any more.
 */
bool cluster_gate_allow(const struct cluster_gate *g, struct admin *a, struct error *err);
/* Whether read-only mode refuses every change, known before anything is asked. */
bool cluster_gate_is_open(const struct cluster_gate *g, struct error *err);
/* A gate that admits the cluster of a plan alone. NULL: it told no id. */
struct cluster_gate cluster_gate_planned(const struct cluster_gate *g, const char *cluster_id);

/* Takes client, bootstrap, timeout and cluster from the gate; the rest of `setup` is the caller's. */
struct producer *cluster_gate_producer(const struct cluster_gate *g, const struct producer_setup *setup,
	struct error *err);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The one way to a handle that changes a cluster: admin handles and producers are
 * opened here and nowhere else (tests/layers), after the cluster that answers has
 * been compared with what the context pins, the session met and the plan named.
 * Whoever waited asks again. Handles stay bound to the cluster they were opened on:
 *
 * With the librdkafka that set-up builds (tests/support/librdkafka.patch) each
 * connection is asked for its cluster before anything else is sent on it, so that a
 * handle which connects anew sends nothing to another cluster: no window is left
 * but that of one connection that changes its cluster while it stands.
 *
 * With any other librdkafka a handle notices when a broker tells another id in the
 * metadata that follows a connection. What is sent within that round trip, some
 * milliseconds after connecting anew, cannot be held back; the rest is given up.
 */
#ifndef KAFKA_CLUSTER_GATE_H
#define KAFKA_CLUSTER_GATE_H

#include "kafka/admin.h"
#include "kafka/producer.h"
#include "model/cluster_pin.h"

struct cluster_gate {                        /* borrowed; outlives what is opened through it */
	const struct client_config *client;
	struct cluster_pin pin;              /* its bootstrap is for messages, too */
	int64_t timeout_ms;
};

/* NULL and *err: not reached, or ERR_OTHER_CLUSTER. `cancelled` may be NULL, else it breaks off every call. */
struct admin *cluster_gate_admin(const struct cluster_gate *g, bool (*cancelled)(void *context), void *context,
	struct error *err);
/*
 * Asks again whether the handle's cluster is the one that is meant, right before a change: a wait may have been long.
 * False: it is not, or nobody answers.
 */
bool cluster_gate_holds(const struct cluster_gate *g, struct admin *a, struct error *err);
/* A gate that admits the cluster of a plan alone. NULL: it told no id. */
struct cluster_gate cluster_gate_planned(const struct cluster_gate *g, const char *cluster_id);

/* Takes client, bootstrap, timeout and cluster from the gate; the rest of `setup` is the caller's. */
struct producer *cluster_gate_producer(const struct cluster_gate *g, const struct producer_setup *setup,
	struct error *err);

#endif

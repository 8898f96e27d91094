/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The one way to change a cluster (tests/layers proves it). Admin handles and
 * producers are opened here, after the id of the cluster that answers has been
 * compared with the id that the context pins, the one that the session met and the
 * one that the plan was made on. An admin handle can only read until
 * cluster_gate_allow() lets it change something; that compares the ids again,
 * because the user may have waited for long. Read-only mode allows no change at all.
 *
 * A handle stays bound to the cluster that it was opened on. With the librdkafka that
 * set-up builds (tests/support/librdkafka.patch), each new connection is asked for its
 * cluster before anything else is sent on it, so a handle that reconnects sends
 * nothing to another cluster. One window is left: a connection that changes its
 * cluster while it is open.
 *
 * With any other librdkafka, a handle notices another id in the metadata that follows
 * a connection. Requests that are sent within that round trip, some milliseconds after
 * it reconnected, cannot be held back; all later ones are.
 *
 * A plain value, any thread. setup/connect.h makes it from the configuration.
 */
#ifndef KAFKA_CLUSTER_GATE_H
#define KAFKA_CLUSTER_GATE_H

#include "kafka/admin.h"
#include "kafka/producer.h"
#include "model/cluster_pin.h"

struct cluster_gate { /* all borrowed; must outlive the handles */
	const struct client_config *client;
	struct cluster_pin pin; /* which cluster may be changed */
	const char *read_only;  /* who says so: "this run", "prod"; NULL: changes are allowed */
	int64_t timeout_ms;
};

/*
 * Opens a handle that can only read. NULL and *err: nobody answers, or ERR_OTHER_CLUSTER. When `cancelled` is not NULL,
 * it ends every call early.
 */
struct admin *cluster_gate_admin(const struct cluster_gate *g, bool (*cancelled)(void *context), void *context,
	struct error *err);
/*
 * Lets the handle change its cluster from now on, if that is still the cluster of the gate's plan. Call it right before
 * each change. False: the gate has no plan (ERR_USAGE), read-only mode (ERR_USAGE), another cluster or nobody answers;
 * then the handle can only read again.
 */
bool cluster_gate_allow(const struct cluster_gate *g, struct admin *a, struct error *err);
/* The gate to the cluster that a plan was made on, and to no other. NULL: that cluster has no id. */
struct cluster_gate cluster_gate_planned(const struct cluster_gate *g, const char *cluster_id);

/*
 * Takes client, bootstrap, timeout and cluster from the gate, and the rest from `setup`. NULL and *err: read-only mode
 * (ERR_USAGE), another cluster or nobody answers.
 */
struct producer *cluster_gate_producer(const struct cluster_gate *g, const struct producer_setup *setup,
	struct error *err);

#endif

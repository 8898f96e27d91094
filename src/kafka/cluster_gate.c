/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/cluster_gate.h"

enum { UNANSWERED_MAX = 3 };

struct cluster_gate cluster_gate_planned(const struct cluster_gate *g, const char *cluster_id)
{
	struct cluster_gate planned = *g;

	planned.pin.planned = cluster_id;
	planned.pin.is_planned = true;
	return planned;
}

static bool is_writable(const struct cluster_gate *g, struct error *err)
{
	return !g->read_only || error_set(err, ERR_USAGE, "nothing is changed, because %s is read-only", g->read_only);
}

/* The id that the handle saw on a connection, and refused, explains more than "nobody answers". */
static bool compare_cluster(const struct cluster_gate *g, struct admin *a, bool answered, const char *id,
	struct error *err)
{
	const char *other = admin_other_cluster(a);

	if (other)
		return cluster_pin_admits(&g->pin, *other ? other : NULL, err) &&
			error_set(err, ERR_OTHER_CLUSTER, "cluster %s answers at %s now",
				*other ? other : "without an id", g->pin.bootstrap);
	return answered && cluster_pin_admits(&g->pin, id, err);
}

struct admin *cluster_gate_admin(const struct cluster_gate *g, bool (*cancelled)(void *context), void *context,
	struct error *err)
{
	struct admin *a = admin_open(g->client, g->pin.bootstrap, g->timeout_ms, cluster_pin_id(&g->pin), err);
	const char *id;
	bool answered;

	if (!a)
		return NULL;
	if (cancelled)
		admin_on_cancel(a, cancelled, context);
	answered = admin_cluster_id(a, &id, err);
	if (compare_cluster(g, a, answered, id, err))
		return a;
	admin_close(a);
	return NULL;
}

/* Asks some times: a broker may be away for a moment. */
static bool is_meant(const struct cluster_gate *g, struct admin *a, struct error *err)
{
	const char *id = NULL;

	for (int unanswered = 0;;) {
		bool answered;

		/* A broker may have been lost meanwhile; the change has to go to one that is up. */
		admin_renew(a);
		answered = admin_cluster_id(a, &id, err);
		if (answered || err->code != ERR_TIMEOUT || ++unanswered == UNANSWERED_MAX)
			return compare_cluster(g, a, answered, id, err);
	}
}

bool cluster_gate_allow(const struct cluster_gate *g, struct admin *a, struct error *err)
{
	bool allowed = false;

	if (!g->pin.is_planned)
		error_set(err, ERR_USAGE, "nothing is changed: no plan says on which cluster");
	else
		allowed = is_writable(g, err) && is_meant(g, a, err);
	admin_let_change(a, allowed);
	return allowed;
}

struct producer *cluster_gate_producer(const struct cluster_gate *g, const struct producer_setup *setup,
	struct error *err)
{
	struct producer_setup own = *setup;

	if (!is_writable(g, err))
		return NULL;
	own.client = g->client;
	own.bootstrap = g->pin.bootstrap;
	own.timeout_ms = g->timeout_ms;
	own.pin = &g->pin;
	return producer_new(&own, err);
}

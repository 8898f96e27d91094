/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/cluster_pin.h"

#include <string.h>

static const char *pin_shown(const char *id)
{
	return id ? id : "without an id";
}

static const char *pin_place(const struct cluster_pin *pin)
{
	return pin->bootstrap ? pin->bootstrap : pin->context ? pin->context : "the same address";
}

bool cluster_pin_admits(const struct cluster_pin *pin, const char *id, struct error *err)
{
	if (pin->pinned && !str_equal(pin->pinned, id))
		return error_set(err, ERR_OTHER_CLUSTER, "context %s is for cluster %s, but at %s is cluster %s",
			pin->context ? pin->context : "of this session", pin->pinned, pin_place(pin), pin_shown(id));
	if (pin->is_planned && !str_equal(pin->planned, id))
		return error_set(err, ERR_OTHER_CLUSTER, "this was planned for cluster %s, but at %s is cluster %s now",
			pin_shown(pin->planned), pin_place(pin), pin_shown(id));
	if (pin->met && !str_equal(pin->met, id))
		return error_set(err, ERR_OTHER_CLUSTER, "this session is of cluster %s, but at %s is cluster %s now",
			pin->met, pin_place(pin), pin_shown(id));
	return true;
}

const char *cluster_pin_id(const struct cluster_pin *pin)
{
	return pin->pinned ? pin->pinned : pin->is_planned ? pin->planned : pin->met;
}

void cluster_name(struct str *out, const char *context, const char *bootstrap, const char *id)
{
	if (context && *context)
		str_add(out, context);
	else if (bootstrap && *bootstrap)
		str_add_len(out, bootstrap, strcspn(bootstrap, ","));
	else
		str_add(out, "this cluster");
	if (id && *id)
		str_addf(out, " (%.*s)", CLUSTER_ID_SHOWN, id);
}

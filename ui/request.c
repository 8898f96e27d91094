/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/request.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"

struct view_request view_request_named(const char *name)
{
	return (struct view_request){ .name = mem_strdup(name) };
}

bool view_request_equal(const struct view_request *a, const struct view_request *b)
{
	if (a->type != b->type || !str_equal(a->name, b->name))
		return false;
	if (!a->value && !b->value)
		return true;
	return a->value && b->value && a->type->equal && a->type->equal(a->value, b->value);
}

void view_request_release(struct view_request *r)
{
	if (r->type && r->type->release && r->value)
		r->type->release(r->value);
	free(r->name);
	*r = (struct view_request){ 0 };
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/view.h"

#include <stdlib.h>

#include "base/mem.h"

struct view *view_new(const struct view_ops *ops, struct ui *ui, struct view *under, struct view_request request,
	struct error *err)
{
	struct view *v = mem_alloc(sizeof(*v));
	v->ops = ops;
	v->ui = ui;
	v->under = under;
	v->request = request;
	v->state = mem_alloc(ops->state_size);
	if (!ops->open || ops->open(v, err))
		return v;
	free(v->state);
	view_request_release(&v->request);
	free(v);
	return NULL;
}

void view_free(struct view *v)
{
	if (!v)
		return;
	if (v->ops->close)
		v->ops->close(v);
	free(v->state);
	view_request_release(&v->request);
	free(v);
}

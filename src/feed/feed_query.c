/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "feed/feed_parts.h"

struct feed_query *feed_query_new(struct query *query)
{
	struct feed_query *q = mem_alloc(sizeof(*q));

	q->refs = 1;
	q->query = query;
	q->headers = strcasestr(query_text(query), "header") != NULL;
	return q;
}

struct feed_query *feed_query_ref(struct feed_query *q)
{
	if (q)
		atomic_fetch_add(&q->refs, 1);
	return q;
}

void feed_query_unref(struct feed_query *q)
{
	if (!q || atomic_fetch_sub(&q->refs, 1) != 1)
		return;
	query_free(q->query);
	free(q);
}

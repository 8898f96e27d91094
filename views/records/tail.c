/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/records/tail.h"
#include "views/views.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"

void tail_topics(struct view *v, const struct table *t, const struct snapshot *s)
{
	size_t *rows = mem_alloc(((s ? s->topic_count : 0) + 1) * sizeof(*rows));
	size_t count = s ? table_marked(t, rows, s->topic_count) : 0;
	struct str names = { 0 };

	if (count == 0 && table_current(t, &rows[0]))
		count = 1;
	for (size_t i = 0; i < count; i++)
		str_addf(&names, "%s%s", i ? " " : "", s->topics[rows[i]].name);
	if (count)
		v->ui->calls->open(v->ui, &view_records, view_request_named(str_text(&names)));
	str_release(&names);
	free(rows);
}

void tail_partition(struct view *v, const char *topic, int32_t partition)
{
	struct str name = { 0 };

	if (partition < 0)
		str_add(&name, topic);
	else
		str_addf(&name, "%s:%" PRId32, topic, partition);
	v->ui->calls->open(v->ui, &view_records, view_request_named(str_text(&name)));
	str_release(&name);
}

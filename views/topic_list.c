/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/topic_list.h"

#include "views/views.h"

const struct topic *topic_list_at(void *view, size_t row)
{
	return &panes_snapshot(view)->topics[row];
}

size_t topic_list_rows(void *view)
{
	const struct snapshot *s = panes_snapshot(view);

	return s ? s->topic_count : 0;
}

void topic_list_key(void *view, size_t row, struct str *out)
{
	str_add(out, topic_list_at(view, row)->name);
}

bool topic_list_hidden(void *view, size_t row)
{
	return topic_list_at(view, row)->internal && !((struct view *)view)->ui->show_internal;
}

void topic_list_show(const struct view *from, const char *name)
{
	for (struct view *v = from->under; v; v = v->under)
		if (v->ops == &view_topics)
			table_seek_key(panes_active(v), name);
}

struct waiting topic_list_waiting(const struct snapshot *s)
{
	return (struct waiting){
		.what = "topics",
		.need = NEED_METADATA,
		.origin = s ? &s->metadata_origin : NULL,
		.visible = s ? s->topics_visible : VISIBILITY_UNKNOWN,
		.denied = "DESCRIBE on the topics",
		.acl = "--topic '*'",
		.none = s && s->topic_count ? "no topics but internal ones, which are left out" :
					      "no topics in this cluster",
	};
}

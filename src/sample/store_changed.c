/* SPDX-License-Identifier: BSD-2-Clause */
/* Figures that weir itself has made outdated. */
#include "sample/store_parts.h"

static void origin_outdate(struct origin *o)
{
	o->outdated = o->at_ms != 0;
}

void stamp_read(struct origin *o, int64_t sent_ms, int64_t changed_ms, int64_t now_ms)
{
	stamp_ok(o, now_ms);
	o->outdated = sent_ms < changed_ms;
}

static void config_changed(struct store_config *c, int64_t now_us)
{
	c->changed_ms = now_us / 1000;
	c->asked.at_ms = 0;
	origin_outdate(&c->origin);
}

/* An answer that is still on its way was given before the change, or may have been. */
static void offsets_changed(struct store_partition *p, int64_t now_us)
{
	for (int kind = 0; kind < OFFSET_KIND_COUNT; kind++) {
		p->offsets[kind].at_us = now_us;
		origin_outdate(&p->offsets[kind].origin);
	}
}

void store_topic_changed(struct store *st, const char *name, int64_t now_us)
{
	struct store_topic *t = store_topic(st, name);

	if (!t)
		return;
	t->changed = true;
	t->settings_asked.at_ms = 0;
	t->ids_asked.at_ms = 0;
	t->missed_ms = 0;
	origin_outdate(&t->shown.origin);
	origin_outdate(&t->shown.settings.origin);
	config_changed(&t->config, now_us);
	for (int32_t i = 0; i < t->shown.partition_count; i++)
		offsets_changed(&t->partitions[i], now_us);
}

void store_group_changed(struct store *st, const char *id, int64_t now_us)
{
	struct store_group *g = store_group(st, id);

	if (!g)
		return;
	g->changed = true;
	g->commit_us = now_us;
	g->description_asked.at_ms = 0;
	g->missed_ms = 0;
	origin_outdate(&g->shown.commit_origin);
	for (int32_t i = 0; i < g->commit_count; i++)
		store_rate_clear(&g->commits[i].out);
}

void store_broker_changed(struct store *st, int32_t id, int64_t now_us)
{
	struct store_broker *b = store_find_broker(st, id);

	if (b)
		config_changed(&b->config, now_us);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* What a source tells goes into the store. */
#include "base/clock.h"
#include "sample/flight.h"

void told_metadata(struct flight *f, struct question *q, const struct told_metadata *metadata)
{
	(void)q;
	store_metadata(f->store, metadata, clock_mono_ms());
	f->metadata_read = f->changed = true;
}

void told_cluster(struct flight *f, struct question *q, const struct told_cluster *cluster)
{
	(void)q;
	store_cluster(f->store, cluster);
	f->changed = true;
}

void told_topic_ids(struct flight *f, struct question *q, const struct told_topic_id *ids, size_t count)
{
	int64_t now_ms = clock_mono_ms();

	f->changed = true;
	for (size_t i = 0; i < count; i++) {
		struct store_topic *t = store_topic(f->store, ids[i].topic);

		if (t)
			flight_let_go(&t->ids_asked, q);
		if (ids[i].fault.code)
			store_topic_failed(f->store, ids[i].topic, &ids[i].fault, now_ms);
		else if (ids[i].id_known)
			store_topic_described(f->store, ids[i].topic, ids[i].id_high, ids[i].id_low, ids[i].internal);
	}
}

static void told_topic_config(struct flight *f, struct question *q, const struct told_config *told, int64_t now_ms)
{
	struct store_topic *t = store_topic(f->store, told->topic);
	int64_t sent_ms = q->sent_us / 1000;

	if (!t)
		return;
	flight_let_go(&t->settings_asked, q);
	flight_let_go(&t->config.asked, q);
	store_topic_settings(f->store, t, told, sent_ms, now_ms);
	if (q->kind == ASK_TOPIC_CONFIG)
		store_config_read(f->store, &t->config, told, sent_ms, now_ms);
}

void told_configs(struct flight *f, struct question *q, const struct told_config *configs, size_t count)
{
	int64_t now_ms = clock_mono_ms();

	f->changed = true;
	for (size_t i = 0; i < count; i++) {
		if (q->kind == ASK_BROKER_CONFIG) {
			struct store_config *config = &store_broker(f->store, q->broker)->config;

			flight_let_go(&config->asked, q);
			store_config_read(f->store, config, &configs[i], q->sent_us / 1000, now_ms);
		} else {
			told_topic_config(f, q, &configs[i], now_ms);
		}
	}
}

void told_group_list(struct flight *f, struct question *q, const struct told_group_list *list)
{
	(void)q;
	store_group_list(f->store, list, clock_mono_ms());
	f->changed = true;
}

static void want_end(const char *topic, int32_t partition)
{
	struct store_partition *p = store_named_partition(topic, partition);

	if (p)
		p->wanted = true;
}

/* The partitions of a group whose ends are older than its commits, and those it holds without any. */
static void want_ends(const struct store_group *g)
{
	for (int32_t i = 0; i < g->commit_count; i++) {
		if (!g->commits[i].left_out_ms)
			want_end(g->commits[i].shown.topic, g->commits[i].shown.partition);
	}
	for (size_t i = 0; i < g->assigned_count; i++)
		want_end(g->assigned[i].topic, g->assigned[i].partition);
}

void told_descriptions(struct flight *f, struct question *q, const struct told_description *groups, size_t count)
{
	int64_t now_ms = clock_mono_ms();

	f->changed = true;
	for (size_t i = 0; i < count; i++) {
		struct store_group *g = store_group(f->store, groups[i].group);

		if (!g)
			continue;
		flight_let_go(&g->description_asked, q);
		store_group_described(f->store, g, &groups[i], now_ms);
		/* One that the list left out may have been dropped by that. */
		g = store_group(f->store, groups[i].group);
		if (g)
			want_ends(g);
	}
}

void told_commits(struct flight *f, struct question *q, const struct told_commits *groups, size_t count)
{
	int64_t now_us = clock_mono_us();

	f->changed = true;
	for (size_t i = 0; i < count; i++) {
		struct store_group *g = store_group(f->store, groups[i].group);

		if (!g)
			continue;
		flight_let_go(&g->commits_asked, q);
		if (groups[i].fault.code) {
			stamp_fail(f->store, &g->shown.commit_origin, now_us / 1000, &groups[i].fault);
			stamp_fail(f->store, &f->store->commits, now_us / 1000, &groups[i].fault);
		} else {
			store_group_committed(f->store, g, &groups[i], q->sent_us, now_us);
			want_ends(g);
		}
	}
}

void told_offsets(struct flight *f, struct question *q, const struct told_offset *offsets, size_t count)
{
	int64_t now_us = clock_mono_us();

	f->changed = true;
	for (size_t i = 0; i < count; i++) {
		struct store_partition *p = store_partition(f->store, offsets[i].topic, offsets[i].partition);

		if (!p)
			continue;
		if (offsets[i].fault.code)
			store_offset_failed(f->store, p, q->offset, &offsets[i].fault, q->sent_us, now_us);
		else if (offsets[i].offset >= 0)
			store_offset_read(p, q->offset, offsets[i].offset, offsets[i].leader_epoch, q->sent_us, now_us);
	}
}

void told_connection(struct flight *f, const struct told_connection *connection)
{
	f->unreachable = connection->unreachable;
	if (!connection->changed)
		return;
	f->connection_lost = f->connection_lost || connection->lost;
	f->changed = f->urgent = true;
}

void told_other_cluster(struct flight *f)
{
	f->other_cluster = true;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Linear in partitions and replicas: brokers are found through a table by id.
 * The arrays of a snapshot are const for its readers; here, before anybody
 * else has seen it, they are written through one cast each.
 */
#include "model/join.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/search.h"

void join_sort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	const char *p = items;

	for (size_t i = 1; i < count; i++) {
		if (compare(p + (i - 1) * size, p + i * size) > 0) {
			qsort(items, count, size, compare);
			return;
		}
	}
}

void join_add_offset(int64_t *sum, int64_t value)
{
	if (value >= 0)
		*sum = *sum < 0 ? value : *sum + value;
}

void join_add_rate(double *sum, double value)
{
	if (!isnan(value))
		*sum = isnan(*sum) ? value : *sum + value;
}

static int by_broker_id(const void *a, const void *b)
{
	int32_t x = ((const struct broker *)a)->id, y = ((const struct broker *)b)->id;

	return (x > y) - (x < y);
}

static int by_int(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

static int by_topic_name(const void *a, const void *b)
{
	return strcmp(((const struct topic *)a)->name, ((const struct topic *)b)->name);
}

static int by_partition_id(const void *a, const void *b)
{
	int32_t x = ((const struct partition *)a)->id, y = ((const struct partition *)b)->id;

	return (x > y) - (x < y);
}

/* Broker ids are small numbers nearly always; where they are not, a search does. */
struct broker_table {
	struct broker *brokers;
	size_t count;
	struct broker **by_id; /* NULL: search */
	int32_t size;
};

static void table_build(struct broker_table *t, const struct snapshot *s)
{
	*t = (struct broker_table){ .brokers = (struct broker *)s->brokers, .count = s->broker_count };
	if (t->count == 0 || t->brokers[0].id < 0 || t->brokers[t->count - 1].id > 65535)
		return;
	t->size = t->brokers[t->count - 1].id + 1;
	t->by_id = mem_alloc((size_t)t->size * sizeof(*t->by_id));
	for (size_t i = 0; i < t->count; i++)
		t->by_id[t->brokers[i].id] = &t->brokers[i];
}

static struct broker *table_find(const struct broker_table *t, int32_t id)
{
	if (t->by_id)
		return id >= 0 && id < t->size ? t->by_id[id] : NULL;
	struct broker key = { .id = id };

	return search_find(&key, t->brokers, t->count, sizeof(key), by_broker_id);
}

/* A broker that died before anybody looked is known from the replica lists alone. */
static void add_missing_brokers(struct snapshot *s, struct broker_table *table)
{
	int32_t *ids = NULL;
	size_t count = 0, cap = 0;

	for (size_t i = 0; i < s->topic_count; i++) {
		const struct topic *t = &s->topics[i];

		for (int32_t j = 0; j < t->partition_count; j++) {
			const struct partition *p = &t->partitions[j];

			for (int32_t k = 0; k < p->replica_count; k++) {
				int32_t id = p->replicas[k];

				if (id < 0 || table_find(table, id) || (count && ids[count - 1] == id))
					continue;
				ids = mem_grow(ids, &cap, count + 1, sizeof(*ids));
				ids[count++] = id;
			}
		}
	}
	if (count == 0)
		return;
	join_sort(ids, count, sizeof(*ids), by_int);

	struct broker *all = arena_array(s->arena, s->broker_count + count, sizeof(*all));
	size_t n = s->broker_count;

	if (n)
		memcpy(all, s->brokers, n * sizeof(*all));
	for (size_t i = 0; i < count; i++) {
		if (i && ids[i] == ids[i - 1])
			continue;
		all[n++] = (struct broker){ .id = ids[i], .state = BROKER_MISSING, .port = -1, .rtt_us = -1 };
	}
	free(ids);
	join_sort(all, n, sizeof(*all), by_broker_id);
	s->brokers = all;
	s->broker_count = n;
	free(table->by_id);
	table_build(table, s);
}

static void join_partition(struct partition *p, const struct broker_table *table)
{
	p->offline = 0;
	for (int32_t i = 0; i < p->replica_count; i++) {
		struct broker *b = table_find(table, p->replicas[i]);

		if (!b)
			continue;
		b->replicas++;
		if (partition_in_isr(p, b->id))
			b->in_sync++;
		if (b->state == BROKER_MISSING)
			p->offline++;
	}
	struct broker *leader = table_find(table, p->leader);

	if (leader) {
		leader->leaders++;
		join_add_rate(&leader->in_per_s, p->in_per_s);
	}
}

static void join_topic(struct topic *t, const struct broker_table *table, struct totals *totals)
{
	struct partition *partitions = (struct partition *)t->partitions;
	int32_t min_isr = t->settings.min_isr;

	join_sort(partitions, (size_t)t->partition_count, sizeof(*partitions), by_partition_id);
	t->in_per_s = t->in_now_per_s = NAN;
	t->replication = -1;
	t->offline = t->under_replicated = t->not_preferred = t->records_unknown = 0;
	t->under_min_isr = min_isr > 0 ? 0 : -1;
	t->records = OFFSET_UNKNOWN;
	t->readers = NULL;
	t->reader_count = 0;
	for (int32_t i = 0; i < t->partition_count; i++) {
		struct partition *p = &partitions[i];

		join_partition(p, table);
		join_add_rate(&t->in_per_s, p->in_per_s);
		join_add_rate(&t->in_now_per_s, p->in_now_per_s);
		if (p->replica_count > t->replication)
			t->replication = p->replica_count;
		t->offline += p->leader < 0;
		t->under_replicated += p->isr_count < p->replica_count;
		t->not_preferred += partition_led_by_another(p);
		if (min_isr > 0)
			t->under_min_isr += p->isr_count < min_isr;
		if (p->high_watermark >= 0 && p->log_start >= 0)
			join_add_offset(&t->records,
				p->high_watermark > p->log_start ? p->high_watermark - p->log_start : 0);
		else
			t->records_unknown++;
		totals->ends_unknown += p->leader >= 0 && p->high_watermark < 0;
	}
	totals->partitions += t->partition_count;
	totals->offline += t->offline;
	totals->under_replicated += t->under_replicated;
	if (t->under_min_isr > 0)
		totals->under_min_isr += t->under_min_isr;
	join_add_rate(&totals->in_per_s, t->in_per_s);
	join_add_rate(&totals->in_now_per_s, t->in_now_per_s);
}

void join_cluster(struct snapshot *s)
{
	struct broker_table table;
	struct topic *topics = (struct topic *)s->topics;

	join_sort((struct broker *)s->brokers, s->broker_count, sizeof(*s->brokers), by_broker_id);
	join_sort(topics, s->topic_count, sizeof(*topics), by_topic_name);
	table_build(&table, s);
	add_missing_brokers(s, &table);

	s->totals = (struct totals){
		.brokers_known = (int32_t)s->broker_count,
		.in_per_s = NAN,
		.in_now_per_s = NAN,
		.out_per_s = NAN,
		.out_now_per_s = NAN,
		.lag = OFFSET_UNKNOWN,
	};
	for (size_t i = 0; i < table.count; i++) {
		struct broker *b = &table.brokers[i];

		b->leaders = b->replicas = b->in_sync = 0;
		b->in_per_s = NAN;
		s->totals.brokers_up += b->state == BROKER_UP;
	}
	bool all_min_isr_known = s->metadata_origin.at_ms != 0;

	for (size_t i = 0; i < s->topic_count; i++) {
		join_topic(&topics[i], &table, &s->totals);
		all_min_isr_known = all_min_isr_known && topics[i].under_min_isr >= 0;
	}
	/* "None" only when every topic could tell. */
	if (s->totals.under_min_isr == 0 && !all_min_isr_known)
		s->totals.under_min_isr = -1;
	free(table.by_id);
}

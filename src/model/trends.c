/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/trends.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void free_trend(struct trend *t)
{
	free(t->topic);
	free(t);
}

static int compare(const struct trend *t, const char *topic, int32_t partition)
{
	int order = topic ? strcmp(t->topic, topic) : 0;

	return order ? order : (t->partition > partition) - (t->partition < partition);
}

/* The trend of this partition from the round before; NULL: it was not there. */
static struct trend *take_before(struct trends *t, const char *topic, int32_t partition)
{
	while (t->before_at < t->before_count) {
		struct trend *next = t->before[t->before_at];
		int order = compare(next, topic, partition);

		if (order > 0)
			return NULL;
		t->before_at++;
		if (order == 0)
			return next;
		free_trend(next);
	}
	return NULL;
}

static struct trend *new_trend(const char *topic, int32_t partition)
{
	struct trend *t = mem_alloc(sizeof(*t));

	t->topic = mem_strdup(topic);
	t->partition = partition;
	t->now = NAN;
	series_init(&t->series, HISTORY_COARSE_MS);
	return t;
}

void trends_begin(struct trends *t, int64_t now_ms, int64_t hold_ms)
{
	struct trend **items = t->before;
	size_t cap = t->before_cap;

	t->before = t->items;
	t->before_count = t->count;
	t->before_cap = t->cap;
	t->before_at = 0;
	t->items = items;
	t->cap = cap;
	t->count = 0;
	t->held = t->last_ms > 0 && now_ms - t->last_ms <= hold_ms;
	t->now_ms = now_ms;
}

void trends_add(struct trends *t, const char *topic, int32_t partition, double value)
{
	struct trend *trend;

	if (t->count == TRENDS_MAX)
		return;
	trend = take_before(t, topic, partition);
	if (!trend)
		trend = new_trend(topic, partition);
	for (int64_t ms = t->last_ms; t->held && ms < t->now_ms; ms += HISTORY_COARSE_MS)
		series_add(&trend->series, ms, trend->now);
	series_add(&trend->series, t->now_ms, value);
	trend->now = value;
	t->items = mem_grow(t->items, &t->cap, t->count + 1, sizeof(struct trend *));
	t->items[t->count++] = trend;
}

void trends_end(struct trends *t)
{
	for (; t->before_at < t->before_count; t->before_at++)
		free_trend(t->before[t->before_at]);
	t->before_count = t->before_at = 0;
	t->last_ms = t->now_ms;
}

void trends_release(struct trends *t)
{
	for (size_t i = 0; i < t->count; i++)
		free_trend(t->items[i]);
	free(t->items);
	free(t->before);
	*t = (struct trends){ 0 };
}

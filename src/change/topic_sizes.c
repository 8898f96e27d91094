/* SPDX-License-Identifier: BSD-2-Clause */
/* The sizes of records of topics, from the newest few of each partition (change/topic_make.h). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "change/topic_make.h"
#include "kafka/reader.h"

enum { SAMPLE_RECORDS = 2000, EACH_LEAST = 3, EACH_MOST = 50, BUFFER_BYTES = 8 << 20 };
enum { PATIENCE_MS = 3000, PAUSE_MS = 20, STOP_MS = 2000 };

static void no_wait(void *context)
{
	(void)context;
}

static struct topic_fact *find_fact(struct topic_fact *facts, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(facts[i].name, name) == 0)
			return &facts[i];
	return NULL;
}

static void measure_record(struct topic_fact *facts, size_t count, const struct reader_row *row,
	const struct record *record)
{
	struct topic_fact *fact = find_fact(facts, count, row->topic);
	double bytes = (double)((record->key.p ? record->key.len : 0) + (record->value.p ? record->value.len : 0));

	if (!fact)
		return;
	fact->record_bytes = (fact->record_bytes * (double)fact->sampled + bytes) / (double)(fact->sampled + 1);
	fact->sampled++;
}

static void measure_batch(struct reader *r, struct reader_batch *batch, struct topic_fact *facts, size_t count)
{
	for (size_t i = 0; i < reader_batch_count(batch); i++) {
		struct record record;
		struct reader_row row = reader_row(r, reader_batch_record(batch, i, &record));

		measure_record(facts, count, &row, &record);
	}
	reader_batch_release(r, batch);
}

static void take_all(struct reader *r, const struct topic_asker *asker, struct topic_fact *facts, size_t count)
{
	int64_t deadline_ms = clock_mono_ms() + PATIENCE_MS;
	struct reader_batch *batch;
	struct error err;
	uint64_t batches;

	for (;;) {
		bool over = reader_is_over(r, &batches, &err);

		while ((batch = reader_take_now(r)) != NULL)
			measure_batch(r, batch, facts, count);
		if (over || clock_mono_ms() >= deadline_ms || !admin_pause(asker->admin, PAUSE_MS))
			break;
	}
	reader_leave(r, STOP_MS);
}

void topic_sample_sizes(const struct topic_asker *asker, struct topic_fact *facts, size_t count)
{
	const char **names = mem_alloc((count + 1) * sizeof(*names));
	size_t asked = 0, partitions = 1, each;
	struct reader *r;
	struct error err;

	for (size_t i = 0; i < count; i++) {
		if (!facts[i].exists || topic_fact_records(&facts[i]) == 0)
			continue;
		names[asked++] = facts[i].name;
		partitions += facts[i].part_count;
	}
	each = SAMPLE_RECORDS / partitions;
	each = each < EACH_LEAST ? EACH_LEAST : each > EACH_MOST ? EACH_MOST : each;
	if (asked && asker->client) {
		const struct reader_setup setup = { .client = asker->client,
			.bootstrap = asker->bootstrap,
			.topics = names,
			.topic_count = asked,
			.from = { .kind = START_LAST, .count = (int64_t)each },
			.to = { .kind = START_COUNT },
			.timeout_ms = PATIENCE_MS,
			.patience_ms = PATIENCE_MS,
			.buffer_bytes = BUFFER_BYTES,
			.little = true,
			.offsets = { INT64_MIN, INT64_MAX },
			.min_timestamp_ms = INT64_MIN };

		r = reader_start(&setup, no_wait, NULL, &err);
		if (r)
			take_all(r, asker, facts, count);
	}
	free(names);
}

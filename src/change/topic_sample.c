/* SPDX-License-Identifier: BSD-2-Clause */
/* Which keys a change of the number of partitions would move (change/topic_make.h). */
#include <math.h>
#include <stdlib.h>

#include "change/topic_make.h"
#include "kafka/reader.h"
#include "model/hash.h"

enum { SAMPLE_RECORDS = 2000, SAMPLE_LEAST = 10, BUFFER_BYTES = 8 << 20, PAUSE_MS = 20, STOP_MS = 2000 };

struct sample {
	int64_t keyed, placed, moved; /* placed: the partitioner would have put it where it is */
};

static void sample_record(struct sample *s, const struct record *record, int32_t before, int32_t after)
{
	int32_t here;

	if (!record->key.p)
		return;
	s->keyed++;
	here = hash_partition(HASH_MURMUR2, record->key, before);
	if (here != record->partition)
		return;
	s->placed++;
	s->moved += hash_partition(HASH_MURMUR2, record->key, after) != here;
}

static void no_wait(void *context)
{
	(void)context;
}

static void sample_batch(struct reader *r, struct reader_batch *batch, int32_t before, int32_t after, struct sample *s)
{
	for (size_t i = 0; i < reader_batch_count(batch); i++) {
		struct record record;

		reader_batch_record(batch, i, &record);
		sample_record(s, &record, before, after);
	}
	reader_batch_release(r, batch);
}

/* Does not block in the reader, which may give nothing for long: a cancel would have to wait, too. */
static void take_all(struct reader *r, const struct topic_asker *asker, int32_t before, int32_t after, struct sample *s)
{
	struct reader_batch *batch;
	struct error err;
	uint64_t batches;

	for (;;) {
		bool over = reader_is_over(r, &batches, &err);

		while ((batch = reader_take_now(r)) != NULL)
			sample_batch(r, batch, before, after, s);
		if (over || !admin_pause(asker->admin, PAUSE_MS))
			break;
	}
}

double topic_sample_keys(const struct topic_asker *asker, const char *topic, int32_t before, int32_t after,
	int64_t *sampled)
{
	int64_t each = SAMPLE_RECORDS / before;
	const struct reader_setup setup = { .client = asker->client,
		.bootstrap = asker->bootstrap,
		.topics = &topic,
		.topic_count = 1,
		.from = { .kind = START_LAST, .count = each < SAMPLE_LEAST ? SAMPLE_LEAST : each },
		.to = { .kind = START_COUNT },
		.timeout_ms = asker->timeout_ms,
		.buffer_bytes = BUFFER_BYTES,
		.offsets = { INT64_MIN, INT64_MAX },
		.min_timestamp_ms = INT64_MIN };
	struct sample s = { 0 };
	struct error err;
	struct reader *r = reader_start(&setup, no_wait, NULL, &err);

	*sampled = 0;
	if (!r)
		return NAN;
	take_all(r, asker, before, after, &s);
	reader_leave(r, STOP_MS);
	*sampled = s.placed;
	return s.placed ? (double)s.moved / (double)s.placed : NAN;
}

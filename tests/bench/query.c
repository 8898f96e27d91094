/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How many records a second one thread filters: build/release/tests/bench/query [EXPRESSION...]
 * 100,000 JSON records of about 200 B lie in memory, one in a thousand matches.
 * Each line is the best of five rounds over all of them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "codec/codec_query.h"

enum { RECORDS = 100000, ROUNDS = 5 };

static struct record *make_records(size_t *bytes)
{
	struct record *records = mem_alloc(RECORDS * sizeof(*records));

	*bytes = 0;
	for (int i = 0; i < RECORDS; i++) {
		char *key = mem_printf("u-%05d", i % 9973);
		char *value =
			mem_printf("{\"id\":\"o-%06d\",\"user\":\"u-%05d\",\"total\":%d.%02d,\"currency\":\"EUR\","
				   "\"items\":[{\"sku\":\"W-%d\",\"n\":2},{\"sku\":\"V-%d\",\"n\":1}],"
				   "\"city\":\"Hamburg\",\"state\":\"%s\",\"note\":\"please ring twice, thank you\"}",
				i, i % 9973, i % 1000, i % 100, i % 1000, i % 777,
				i % 1000 == 7 ? "failed" : "captured");

		records[i] = (struct record){ "orders", i % 12, 0, i, 1700000000000 + i, TIMESTAMP_CREATE,
			{ key, strlen(key) }, { value, strlen(value) }, NULL, 0 };
		*bytes += strlen(value);
	}
	return records;
}

static void measure(const char *text, const struct record *records, size_t bytes)
{
	struct query_context context = { { clock_wall_ms(), true }, &codec_query_functions };
	struct codec_query memory = { 0 };
	struct error err;
	struct query *query = query_parse(text, &context, NULL, &err);
	struct query_run *run;
	int64_t best_us = INT64_MAX;
	int matches = 0;

	if (!query) {
		fprintf(stderr, "%s: %s\n", text, err.message);
		exit(2);
	}
	run = query_run_new(query, &memory);
	for (int round = 0; round < ROUNDS; round++) {
		int64_t start_us = clock_mono_us(), took_us;

		matches = 0;
		for (int i = 0; i < RECORDS; i++)
			matches += query_match(run, &records[i]) == QUERY_YES;
		took_us = clock_mono_us() - start_us;
		if (took_us < best_us)
			best_us = took_us;
	}
	printf("%12.0f records/s %8.0f MB/s %8d found   %s\n", RECORDS * 1e6 / (double)best_us,
		(double)bytes / (double)best_us, matches, text);
	query_run_free(run);
	query_free(query);
	codec_query_release(&memory);
}

int main(int argc, char **argv)
{
	static const char *const standard[] = { "value contains failed", "failed", "value contains \"W-7\\\"\"",
		"value ~ \"state.:.fail\"", "value ~ /FAILED/i", "value.state == failed",
		"value.items[*].sku == \"W-7\"", "value.total > 998.5", "value.items[*].n > 2", "value.note exists",
		"value.state == captured", "key == u-00007", "partition == 3" };
	size_t bytes;
	struct record *records = make_records(&bytes);

	printf("%d records of %zu B on average\n", RECORDS, bytes / RECORDS);
	for (int i = 1; i < argc; i++)
		measure(argv[i], records, bytes);
	for (size_t i = 0; argc == 1 && i < sizeof(standard) / sizeof(*standard); i++)
		measure(standard[i], records, bytes);
	for (int i = 0; i < RECORDS; i++) {
		free((char *)records[i].key.p);
		free((char *)records[i].value.p);
	}
	free(records);
	return 0;
}

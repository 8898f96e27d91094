/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The input is an expression, and after the first zero byte the value of a
 * record to ask it of. Besides memory errors: the fault must lie inside the
 * text, and the first stage may not refuse what matches.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "codec/codec_query.h"
#include "query/query_ast.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ask(struct query *query, struct bytes value)
{
	struct codec_query memory = { 0 };
	struct query_run *run = query_run_new(query, &memory);
	struct record_header header = { "h", value };
	struct record record = { "t", 1, 0, 42, 1700000000000, TIMESTAMP_CREATE, { "{\"a\":1}", 7 }, value, &header,
		1 };
	bool may = query_may_match(run, record.key, record.value);

	query->first_stage_pays = false;
	if (query_match(run, &record) == QUERY_YES && !may)
		abort();
	query_run_free(run);
	codec_query_release(&memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct query_context context = { { 1795356118000, size & 1 }, &codec_query_functions };
	char *text = malloc(size + 1);
	struct arena *arena = arena_new(0);
	struct query_completion completion;
	struct query *query;
	struct error err;
	struct start_at start;
	size_t at = SIZE_MAX, len;
	int64_t ms;
	bool wanted[12];
	const char *path = "value.a[*]";

	memcpy(text, data, size);
	text[size] = '\0';
	len = strlen(text);
	query = query_parse(text, &context, &at, &err);
	if (!query && (at > len || !err.message[0]))
		abort();
	if (query) {
		query_partitions(query, 3, 12, NULL, NULL, wanted, NULL);
		query_offsets(query);
		query_timestamps(query);
		ask(query, len < size ? (struct bytes){ text + len + 1, size - len - 1 } : (struct bytes){ NULL, 0 });
		query_free(query);
	}
	query_complete(text, size / 2, &path, 1, arena, &completion);
	if (completion.start > size / 2)
		abort();
	arena_free(arena);
	if (!start_at_parse(text, &context.clock, &start, &at, &err) && at > len)
		abort();
	if (!when_parse_duration(text, len, &ms, &at, &err) && at > len)
		abort();
	free(text);
	return 0;
}

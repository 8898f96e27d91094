/* SPDX-License-Identifier: BSD-2-Clause */
/* A filter as typed, up to the first newline, on the text after it: no crash, and hits inside the text. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/pattern.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *cut = memchr(data, '\n', size);
	size_t len = cut ? (size_t)(cut - data) : size;
	char *typed = mem_strndup((const char *)data, len);
	char *text = cut ? mem_strndup((const char *)cut + 1, size - len - 1) : mem_strndup("orders-7", 8);
	struct error err = { 0 };
	struct pattern *pattern = pattern_new(typed, &err);

	if (!pattern) {
		if (err.code != ERR_USAGE || !err.message[0])
			abort();
	} else {
		size_t start = 0, end = 0, from = 0;

		pattern_matches(pattern, text);
		for (int hits = 0; hits < 100 && pattern_find(pattern, text, from, &start, &end); hits++) {
			if (start < from || end < start || end > strlen(text))
				abort();
			from = end > start ? end : end + 1;
			if (from > strlen(text))
				break;
		}
		pattern_free(pattern);
	}
	free(text);
	free(typed);
	return 0;
}

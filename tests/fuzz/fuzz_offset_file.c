/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A file of offsets, and the same bytes as a journal. Besides memory errors: what is taken is in order and never
 * twice, what is refused names a line, and every entry of a journal can be asked for its undoing.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "change/journal.h"
#include "change/offset_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	struct journal_list list = { 0 };
	struct offset_file f;
	struct error err;

	memcpy(text, data, size);
	text[size] = '\0';
	if (!offset_file_parse(&f, text, size, &err) && strncmp(err.message, "line ", 5) != 0)
		abort();
	for (size_t i = 0; i < f.count; i++) {
		if (f.lines[i].target.partition < 0 || f.lines[i].target.offset < RESET_NO_OFFSET ||
			!*f.lines[i].target.topic)
			abort();
	}
	offset_file_release(&f);
	journal_parse(&list, text, size, -1);
	for (size_t i = 0; i < list.count; i++) {
		struct reset_request request;

		if (journal_undo_request(&list.entries[i], &request, &err))
			reset_request_release(&request);
	}
	journal_list_release(&list);
	free(text);
	return 0;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* A topic file of any bytes: refused with a place and a reason, or read, written, and read again the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/topic_apply.h"
#include "model/topic_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct topic_file f, again;
	struct topic_apply plan;
	struct str text = { 0 }, twice = { 0 };
	struct error err = { 0 };

	if (!topic_file_parse(&f, "fuzz", (const char *)data, size, &err)) {
		if (err.code != ERR_USAGE || strncmp(err.message, "fuzz:", 5) != 0)
			abort();
		return 0;
	}
	topic_file_write(&f, &text);
	if (!topic_file_parse(&again, "fuzz", str_text(&text), text.len, &err))
		abort();
	topic_file_write(&again, &twice);
	topic_apply_plan(&plan, &f, &again, true);
	if (strcmp(str_text(&text), str_text(&twice)) != 0 || plan.count != 0)
		abort();
	topic_apply_release(&plan);
	topic_file_release(&f);
	topic_file_release(&again);
	str_release(&text);
	str_release(&twice);
	return 0;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* The state of a clone, of any bytes: refused, or written and read again the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "change/clone_state.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct clone_state s = { .lock = -1 }, again = { .lock = -1 };
	struct str text = { 0 }, twice = { 0 };

	if (!clone_state_parse(&s, (const char *)data, size))
		return 0;
	clone_state_write(&s, &text);
	if (!clone_state_parse(&again, str_text(&text), text.len))
		abort();
	clone_state_write(&again, &twice);
	if (strcmp(str_text(&text), str_text(&twice)) != 0)
		abort();
	clone_state_release(&s);
	clone_state_release(&again);
	str_release(&text);
	str_release(&twice);
	return 0;
}

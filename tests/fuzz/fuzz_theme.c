/* SPDX-License-Identifier: BSD-2-Clause */
/* A theme file of any bytes: read, or refused with a reason. */
#include <stdint.h>
#include <stdlib.h>

#include "ui/theme_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct theme_file file;
	struct error err = { 0 };

	if (!theme_file_parse(&file, "fuzz", (const char *)data, size, &err) &&
		(err.code == ERR_NONE || !err.message[0]))
		abort();
	return 0;
}

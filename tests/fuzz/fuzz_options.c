/* SPDX-License-Identifier: BSD-2-Clause */
/* The bytes are the arguments, separated by newlines, then what [weir] would hold. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "setup/options.h"

enum { ARGUMENTS_MAX = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	char name[] = "weir";
	char *arguments[ARGUMENTS_MAX + 1] = { name };
	int count = 1;
	struct options options;
	struct error err;

	memcpy(text, data, size);
	text[size] = '\0';
	for (char *p = text; p && count < ARGUMENTS_MAX; count++) {
		arguments[count] = p;
		p = strchr(p, '\n');
		if (p)
			*p++ = '\0';
	}
	if (options_parse(&options, count, arguments, &err)) {
		if (count > 2)
			options_configure(&options, arguments[1], arguments[2], &err);
		options_release(&options);
	}
	free(text);
	return 0;
}

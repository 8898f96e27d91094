/* SPDX-License-Identifier: BSD-2-Clause */
/* A Java client's properties file of any bytes: translated, or refused with a reason. */
#include <stdint.h>
#include <stdlib.h>

#include "setup/java.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct java_properties properties = { 0 };
	struct error err = { 0 };

	if (java_properties_read(&properties, (const char *)data, size, &err)) {
		for (size_t i = 0; i < properties.count; i++)
			if (!properties.items[i].name || (!properties.items[i].value && !properties.items[i].skipped))
				abort();
		java_properties_release(&properties);
	} else if (err.code == ERR_NONE || !err.message[0]) {
		abort();
	}
	return 0;
}

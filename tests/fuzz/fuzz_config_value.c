/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A value as typed for any configuration: two bytes choose which, the rest is the text. What is refused names
 * a place inside the text; what is taken is taken again unchanged, and so is its readable form where exact.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/config_value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must_give(const struct config_def *def, const char *typed, const char *value)
{
	struct str again = { 0 };
	bool good = config_value_parse(def, typed, &again, NULL, NULL) &&
		(def->type == CONFIG_DOUBLE ? strtod(str_text(&again), NULL) == strtod(value, NULL) :
					      strcmp(str_text(&again), value) == 0);

	if (!good)
		abort();
	str_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t count, at = 0;
	struct str value = { 0 }, readable = { 0 };
	struct error err = { 0 };

	if (size < 2)
		return 0;
	const struct config_def *defs = config_catalog_list(data[0] & 1 ? CONFIG_TOPIC : CONFIG_BROKER, &count);
	const struct config_def *def = &defs[(data[0] >> 1 | data[1] << 7) % count];
	char *typed = mem_strndup((const char *)data + 2, size - 2);

	if (!config_value_parse(def, typed, &value, &at, &err)) {
		if (err.code != ERR_USAGE || at > strlen(typed) || value.len)
			abort();
	} else {
		must_give(def, str_text(&value), str_text(&value));
		if (config_value_print(def, str_text(&value), &readable))
			must_give(def, str_text(&readable), str_text(&value));
	}
	str_clear(&readable);
	config_value_print(def, typed, &readable);
	config_catalog_find(def->scope, typed);
	config_catalog_near(def->scope, typed);
	str_release(&value);
	str_release(&readable);
	free(typed);
	return 0;
}

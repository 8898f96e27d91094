/* SPDX-License-Identifier: BSD-2-Clause */
/* Values are expanded too, without a way to read files or to run commands. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "setup/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool knows_short_names(const char *name, const char **near)
{
	*near = "bootstrap.servers";
	return strlen(name) < 20;
}

static void expand(const struct config_section *s)
{
	struct error err;

	for (size_t i = 0; i < s->count; i++)
		if (!strstr(s->items[i].value, "file:") && !strstr(s->items[i].value, "cmd:"))
			free(config_expand(s->items[i].value, "/nonexistent", &err));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct config_file config;
	struct error err;

	if (!config_parse(&config, "config", (const char *)data, size, knows_short_names, &err))
		return 0;
	expand(&config.weir);
	for (size_t i = 0; i < config.context_count; i++) {
		expand(&config.contexts[i]);
		config_context_near(&config, config.contexts[i].name);
	}
	config_check_secrets(&config, 0644);
	config_release(&config);
	return 0;
}

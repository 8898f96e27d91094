/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/config_catalog.h"

#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "model/config_catalog_table.h"

static int compare(const void *name, const void *def)
{
	return strcmp(name, ((const struct config_def *)def)->name);
}

static const struct config_def *find(enum config_scope scope, const char *name)
{
	size_t count;
	const struct config_def *first = config_catalog_list(scope, &count);

	return bsearch(name, first, count, sizeof(*first), compare);
}

const struct config_def *config_catalog_find(enum config_scope scope, const char *name)
{
	static const char listener[] = "listener.name.";
	const struct config_def *def = find(scope, name);

	if (def || scope != CONFIG_BROKER || strncmp(name, listener, sizeof(listener) - 1) != 0)
		return def;
	/* After the listener's name, and for SASL a mechanism's, stands a configuration as it is without. */
	name = strchr(name + sizeof(listener) - 1, '.');
	for (int words = 0; name && words < 2 && !def; words++) {
		def = find(scope, name + 1);
		name = strchr(name + 1, '.');
	}
	return def;
}

const char *config_catalog_near(enum config_scope scope, const char *name)
{
	struct near near = { .word = name };
	size_t count;
	const struct config_def *first = config_catalog_list(scope, &count);

	for (size_t i = 0; i < count; i++)
		near_offer(&near, first[i].name);
	return near.best;
}

const struct config_def *config_catalog_list(enum config_scope scope, size_t *count)
{
	*count = config_catalog_spans[scope].count;
	return config_catalog_table + config_catalog_spans[scope].from;
}

const char *config_type_name(enum config_type type)
{
	switch (type) {
	case CONFIG_BOOLEAN:
		return "boolean";
	case CONFIG_STRING:
		return "string";
	case CONFIG_INT:
		return "int";
	case CONFIG_SHORT:
		return "short";
	case CONFIG_LONG:
		return "long";
	case CONFIG_DOUBLE:
		return "double";
	case CONFIG_LIST:
		return "list";
	case CONFIG_CLASS:
		return "class";
	case CONFIG_PASSWORD:
		return "password";
	case CONFIG_TYPE_COUNT:
		break;
	}
	return "";
}

const char *config_unit_name(enum config_unit unit)
{
	switch (unit) {
	case CONFIG_UNIT_MS:
		return "ms";
	case CONFIG_UNIT_SECONDS:
		return "seconds";
	case CONFIG_UNIT_MINUTES:
		return "minutes";
	case CONFIG_UNIT_HOURS:
		return "hours";
	case CONFIG_UNIT_BYTES:
		return "bytes";
	case CONFIG_UNIT_BYTES_PER_S:
		return "bytes/s";
	case CONFIG_UNIT_COUNT:
		return "count";
	case CONFIG_UNIT_RATIO:
		return "ratio";
	case CONFIG_UNIT_NONE:
	case CONFIG_UNIT_KINDS:
		break;
	}
	return "";
}

const char *config_mode_name(enum config_mode mode)
{
	switch (mode) {
	case CONFIG_PER_TOPIC:
		return "per-topic";
	case CONFIG_PER_BROKER:
		return "per-broker";
	case CONFIG_CLUSTER_WIDE:
		return "cluster-wide";
	case CONFIG_READ_ONLY:
		break;
	}
	return "read-only";
}

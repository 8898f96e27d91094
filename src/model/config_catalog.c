/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/config_catalog.h"

#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "model/config_catalog_table.h"

static int compare_name(const void *name, const void *def)
{
	return strcmp(name, ((const struct config_def *)def)->name);
}

static const struct config_def *config_def_find(enum config_scope scope, const char *name)
{
	size_t count;
	const struct config_def *first = config_catalog_list(scope, &count);

	return bsearch(name, first, count, sizeof(*first), compare_name);
}

const struct config_def *config_catalog_find(enum config_scope scope, const char *name)
{
	static const char listener[] = "listener.name.";
	const struct config_def *def = config_def_find(scope, name);

	if (def || scope != CONFIG_BROKER || strncmp(name, listener, sizeof(listener) - 1) != 0)
		return def;
	/* After the name of the listener, and for SASL that of the mechanism, follows the plain name. */
	name = strchr(name + sizeof(listener) - 1, '.');
	for (int words = 0; name && words < 2 && !def; words++) {
		def = config_def_find(scope, name + 1);
		name = strchr(name + 1, '.');
	}
	return def;
}

/* Whether `name` is `broker_name`, or the same in hours or minutes: log.roll.hours for log.roll.ms. */
static bool is_broker_name(const char *name, const char *broker_name)
{
	static const char *const units[] = { ".hours", ".minutes", ".seconds" };
	size_t len = strlen(name), known_len = strlen(broker_name);

	if (strcmp(name, broker_name) == 0)
		return true;
	if (known_len < 3 || strcmp(broker_name + known_len - 3, ".ms") != 0)
		return false;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		size_t unit = strlen(units[i]);

		if (len > unit && len - unit == known_len - 3 && strcmp(name + len - unit, units[i]) == 0 &&
			memcmp(name, broker_name, len - unit) == 0)
			return true;
	}
	return false;
}

const char *config_catalog_synonym(enum config_scope scope, const char *name)
{
	size_t count;
	const struct config_def *topic = config_catalog_list(CONFIG_TOPIC, &count);

	for (size_t i = 0; i < count; i++) {
		if (!topic[i].broker_name)
			continue;
		if (scope == CONFIG_TOPIC && is_broker_name(name, topic[i].broker_name))
			return topic[i].name;
		if (scope == CONFIG_BROKER && strcmp(name, topic[i].name) == 0)
			return topic[i].broker_name;
	}
	return NULL;
}

const char *config_catalog_near(enum config_scope scope, const char *name)
{
	struct near near = { .word = name };
	const char *synonym = config_catalog_synonym(scope, name);
	size_t count;
	const struct config_def *first = config_catalog_list(scope, &count);

	if (synonym)
		return synonym;
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

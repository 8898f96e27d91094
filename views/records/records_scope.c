/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/records/records_scope.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static bool add_partitions(struct records_scope *scope, const char *text, struct error *err)
{
	for (const char *p = text; *p;) {
		char *end;
		long value;

		errno = 0;
		value = strtol(p, &end, 10);
		if (*p < '0' || *p > '9' || errno || value > INT32_MAX || (*end && *end != ','))
			return error_set(err, ERR_USAGE, "%s: partitions are numbers, as in orders:0,3", text);
		scope->partitions =
			mem_realloc(scope->partitions, (scope->partition_count + 1) * sizeof(*scope->partitions));
		scope->partitions[scope->partition_count++] = (int32_t)value;
		p = *end ? end + 1 : end;
	}
	return true;
}

bool records_scope_read(struct records_scope *scope, const char *arg, struct error *err)
{
	for (const char *p = arg + strspn(arg, " "); *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " "), name = *p == '^' ? len : strcspn(p, ": ");
		char *partitions = name < len ? mem_strndup(p + name + 1, len - name - 1) : NULL;
		bool ok = !partitions || add_partitions(scope, partitions, err);

		free(partitions);
		if (!ok)
			return false;
		scope->names = mem_realloc(scope->names, (scope->name_count + 1) * sizeof(*scope->names));
		scope->names[scope->name_count++] = mem_strndup(p, name);
		p += len;
	}
	return scope->name_count > 0 || error_set(err, ERR_USAGE, "which topic? messages TOPIC...");
}

void records_scope_release(struct records_scope *scope)
{
	for (size_t i = 0; i < scope->name_count; i++)
		free(scope->names[i]);
	free(scope->names);
	free(scope->partitions);
}

bool records_scope_is_topic(const struct records_scope *scope)
{
	return scope->name_count == 1 && scope->names[0][0] != '^';
}

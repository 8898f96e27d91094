/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/config_diff.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

/* Configurations that identify a broker, or name its addresses and folders. */
static bool is_own(const char *name)
{
	static const char *const names[] = { "advertised.listeners", "broker.id", "broker.rack", "listeners", "log.dir",
		"log.dirs", "metadata.log.dir", "node.id", "process.roles", "ssl.keystore.certificate.chain",
		"ssl.keystore.key", "ssl.keystore.location" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* Of sensitive values only their being set can be compared. */
static bool are_equal(const struct config_entry *a, const struct config_entry *b)
{
	if (!a || !b)
		return a == b;
	if (a->is_sensitive || b->is_sensitive)
		return a->is_sensitive == b->is_sensitive && a->is_default == b->is_default;
	return str_equal(a->value, b->value);
}

static void diff_row_judge(struct config_diff_row *row, enum config_scope scope, const struct config *const *configs,
	size_t count)
{
	size_t compared = 0, most = 0, usual = 0;
	bool hidden = false;

	for (size_t i = 0; i < count; i++) {
		size_t alike = 0;

		if (!configs[i])
			continue;
		for (size_t j = 0; j < count; j++)
			alike += configs[j] && are_equal(row->entries[i], row->entries[j]);
		if (alike > most) {
			most = alike;
			usual = i;
		}
		compared++;
		hidden = hidden || (row->entries[i] && row->entries[i]->is_sensitive && !row->entries[i]->is_default);
	}
	if (most == compared) {
		row->kind = hidden && compared > 1 ? CONFIG_DIFF_HIDDEN : CONFIG_DIFF_SAME;
		return;
	}
	row->kind = scope == CONFIG_BROKER && is_own(row->name) ? CONFIG_DIFF_OWN : CONFIG_DIFF_DIFFERS;
	for (size_t i = 0; i < count && row->kind == CONFIG_DIFF_DIFFERS && most * 2 > compared; i++)
		if (configs[i] && !are_equal(row->entries[i], row->entries[usual]))
			row->odd |= 1u << i;
}

/* The first name that was not handled yet; NULL at the end. */
static const char *next_name(const struct config *const *configs, const size_t *at, size_t count)
{
	const char *first = NULL;

	for (size_t i = 0; i < count; i++)
		if (configs[i] && at[i] < configs[i]->count &&
			(!first || strcmp(configs[i]->entries[at[i]].name, first) < 0))
			first = configs[i]->entries[at[i]].name;
	return first;
}

void config_diff_build(struct config_diff *d, enum config_scope scope, const struct config *const *configs,
	size_t count)
{
	size_t at[CONFIG_DIFF_MOST] = { 0 };
	const char *name;

	d->count = 0;
	memset(d->kinds, 0, sizeof(d->kinds));
	while ((name = next_name(configs, at, count)) != NULL) {
		struct config_diff_row row = { .name = name };

		for (size_t i = 0; i < count; i++)
			if (configs[i] && at[i] < configs[i]->count &&
				strcmp(configs[i]->entries[at[i]].name, name) == 0)
				row.entries[i] = &configs[i]->entries[at[i]++];
		diff_row_judge(&row, scope, configs, count);
		d->rows = mem_grow(d->rows, &d->cap, d->count + 1, sizeof(*d->rows));
		d->rows[d->count++] = row;
		d->kinds[row.kind]++;
	}
}

void config_diff_release(struct config_diff *d)
{
	free(d->rows);
	*d = (struct config_diff){ 0 };
}

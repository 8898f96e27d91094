/* SPDX-License-Identifier: BSD-2-Clause */
#include "change/topic_state.h"

#include <string.h>

#include "kafka/admin_configs.h"

/* -1: partitions differ. */
static int32_t replication_of(const struct admin_description *d)
{
	for (size_t i = 1; i < d->partition_count; i++) {
		if (d->partitions[i].replica_count != d->partitions[0].replica_count)
			return -1;
	}
	return d->partition_count ? (int32_t)d->partitions[0].replica_count : -1;
}

bool topic_state_read(struct admin *a, const char *name, struct topic_file *out, struct error *err)
{
	struct admin_description described;
	struct admin_config config;
	struct topic_entry *t;

	if (!admin_describe_topic(a, name, &described, err))
		return false;
	if (!admin_read_config(a, ADMIN_TOPIC, name, &config, err)) {
		admin_description_release(&described);
		return false;
	}
	t = topic_file_add(out, name);
	if (t) {
		t->internal = described.internal;
		t->partitions = (int32_t)described.partition_count;
		t->replication = replication_of(&described);
		for (size_t i = 0; i < config.count; i++) {
			const struct admin_config_entry *e = &config.entries[i];

			if (e->is_set && e->value)
				topic_entry_set(t, e->name, e->value, 0);
		}
	}
	admin_description_release(&described);
	admin_config_release(&config);
	return true;
}

bool topic_state_read_all(struct admin *a, bool internal, struct topic_file *out, struct error *err)
{
	struct admin_names names;
	struct error why = { 0 };
	bool ok = true;

	if (!admin_list_topics(a, &names, err))
		return false;
	for (size_t i = 0; ok && i < names.count; i++) {
		if (!internal && strncmp(names.items[i], "__", 2) == 0)
			continue;
		ok = topic_state_read(a, names.items[i], out, &why) || why.code == ERR_NOT_FOUND;
	}
	admin_names_release(&names);
	if (!ok && err)
		*err = why;
	return ok;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What makes a cluster's topics match a declarative file, as a plain value:
 * topics to create, partitions to add, configurations to set and to reset,
 * topics to delete, and what is not possible. A configuration that is set on a
 * topic but not in the file is reset to its default. Topics that the file does
 * not name are left alone, or with `prune` deleted, except Kafka's own. One
 * thread at a time.
 */
#ifndef MODEL_TOPIC_APPLY_H
#define MODEL_TOPIC_APPLY_H

#include "model/topic_file.h"

enum topic_apply_kind {
	TOPIC_APPLY_CREATE,     /* settings: all that are to be set */
	TOPIC_APPLY_PARTITIONS, /* add up to `partitions` */
	TOPIC_APPLY_CONFIG,
	TOPIC_APPLY_DELETE, /* settings: what is lost with it */
	TOPIC_APPLY_KIND_COUNT
};

enum topic_apply_state {
	TOPIC_APPLY_PLANNED,
	TOPIC_APPLY_DONE,   /* done and read back */
	TOPIC_APPLY_FAILED, /* not possible, or refused by Kafka: `why` */
	TOPIC_APPLY_UNSURE, /* perhaps done: `why` */
	TOPIC_APPLY_LEFT,   /* not attempted */
	TOPIC_APPLY_STATE_COUNT
};

struct topic_apply_setting {
	char *name;
	char *before, *after; /* NULL: the default */
};

struct topic_apply_item {
	enum topic_apply_kind kind;
	char *topic;
	int32_t partitions_before, partitions; /* -1: as the broker chooses */
	int32_t replication;
	struct topic_apply_setting *settings;
	size_t setting_count, setting_cap;
	enum topic_apply_state state;
	char *why; /* owned, or NULL */
};

struct topic_apply {
	struct topic_apply_item *items; /* by topic; deletions last */
	size_t count, cap;
	size_t same;  /* topics that match the file */
	size_t extra; /* not in the file, left alone */
};

void topic_apply_plan(struct topic_apply *out, const struct topic_file *wanted, const struct topic_file *now,
	bool prune);
void topic_apply_release(struct topic_apply *a);
struct topic_apply_item *topic_apply_add(struct topic_apply *a, enum topic_apply_kind kind, const char *topic);
void topic_apply_setting(struct topic_apply_item *item, const char *name, const char *before, const char *after);
void topic_apply_fail(struct topic_apply_item *item, enum topic_apply_state state, const char *why);
size_t topic_apply_count(const struct topic_apply *a, enum topic_apply_state state);
const char *topic_apply_kind_name(enum topic_apply_kind kind); /* "create", "add partitions", ... */
const char *topic_apply_state_name(enum topic_apply_state state);
/* Items as one line: "create with 12 partitions", "set retention.ms, reset cleanup.policy". */
void topic_apply_describe(struct str *out, const struct topic_apply_item *item);

#endif

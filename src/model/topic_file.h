/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Topics as a declarative file, which `weir topic export` writes and `weir topic
 * apply` reads, and the same as they are on a cluster:
 *
 *     [orders]
 *     partitions = 12
 *     replication-factor = 3
 *     cleanup.policy = compact
 *
 * One section a topic; besides the two numbers each line is a configuration that
 * is set on the topic, defaults are left out. A value is the rest of its line, with
 * units (7d, 512MiB) where weir knows the configuration; in double quotes, with
 * \\ \" \n \r \t and \xNN, it is Kafka's text as it is. Sorted by name. Plain values that own their strings; one
 * thread at a time.
 */
#ifndef MODEL_TOPIC_FILE_H
#define MODEL_TOPIC_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

struct topic_file_setting {
	char *name, *value;
	int line; /* of the file; 0: from a cluster */
};

struct topic_entry {
	char *name;
	int32_t partitions;                  /* -1: not said */
	int32_t replication;                 /* -1: not said, or not the same in all partitions */
	bool internal;                       /* Kafka's own; only of a cluster */
	struct topic_file_setting *settings; /* by name */
	size_t setting_count, setting_cap;
	int line;
};

struct topic_file {                 /* `= {0}` is empty and valid */
	struct topic_entry *topics; /* by name */
	size_t count, cap;
};

void topic_file_release(struct topic_file *f);
/* Keeps the order; the pointer is valid until the next call. NULL: the name exists already. */
struct topic_entry *topic_file_add(struct topic_file *f, const char *name);
struct topic_entry *topic_file_find(const struct topic_file *f, const char *name); /* NULL: none */
/* False: the name exists already. */
bool topic_entry_set(struct topic_entry *t, const char *name, const char *value, int line);
const struct topic_file_setting *topic_entry_find(const struct topic_entry *t, const char *name); /* NULL: none */

void topic_file_write(const struct topic_file *f, struct str *out);
/* `name` of the file, for messages: "NAME:LINE:COLUMN: why" (ERR_USAGE). After a failure *f needs no release. */
bool topic_file_parse(struct topic_file *f, const char *name, const char *text, size_t len, struct error *err);
/* Checks Kafka's rules for the name of a topic; NULL: allowed, else what is wrong. */
const char *topic_name_fault(const char *name, size_t len);

#endif

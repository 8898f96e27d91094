/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a source tells: plain values in Kafka's own words and numbers. A told_*()
 * function (sample/source.h) borrows its values, texts and arrays only until it
 * returns, so a source may point into buffers of its own. Unknown is -1 or NULL;
 * an array may be NULL when its count is 0.
 */
#ifndef SAMPLE_TOLD_H
#define SAMPLE_TOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/snapshot.h"

/* The error codes of Kafka that the store acts on. Of any other only the text is shown. */
enum {
	FAULT_LOCAL = -1, /* no broker said so: no answer, no connection */
	FAULT_NONE = 0,
	FAULT_UNKNOWN_TOPIC = 3,
	FAULT_GROUP_NOT_FOUND = 69,
};

struct fault {
	int code;         /* Kafka's, or FAULT_LOCAL; FAULT_NONE: there is no fault */
	bool denied;      /* an authorization failure */
	const char *text; /* why, in a line for a person; never NULL with a code */
};

struct told_broker {
	int32_t id;
	const char *host;
	int32_t port;
};

struct told_partition {
	int32_t id;
	int32_t leader; /* -1: none */
	const int32_t *replicas, *isr;
	int32_t replica_count, isr_count;
	const char *error; /* the metadata's own error for it; NULL: none */
};

struct told_topic {
	const char *name; /* NULL or "": a broker may know only the id of a topic that goes */
	struct fault fault;
	const struct told_partition *partitions; /* in any order */
	int32_t partition_count;
};

/* All brokers and topics. What is missing here is gone, or the user may not describe it. */
struct told_metadata {
	const struct told_broker *brokers;
	size_t broker_count;
	const struct told_topic *topics;
	size_t topic_count;
};

struct told_rack {
	int32_t broker;
	const char *rack; /* NULL or "": none */
};

struct told_cluster {
	const char *id; /* NULL or "": it has none */
	const struct told_rack *racks;
	size_t rack_count;
	bool rights_known;
	uint32_t rights; /* the bit 1 << n for the right that Kafka's AclOperation n gives on the cluster: KIP-430 */
};

struct told_topic_id {
	const char *topic;
	struct fault fault;
	bool id_known;
	uint64_t id_high, id_low;
	bool internal;
};

struct told_entry { /* of a configuration */
	const char *name, *value, *source;
	bool is_default, is_read_only, is_sensitive;
};

struct told_config {
	const char *topic; /* NULL: of the broker that was asked about */
	struct fault fault;
	const struct told_entry *entries; /* in any order */
	size_t count;
};

struct told_listing {
	const char *group;
	enum group_type type;
	enum group_state state;
	bool is_simple;
};

/* The groups of all brokers; with a fault, those of some broker are missing. */
struct told_group_list {
	const struct told_listing *groups;
	size_t count;
	struct fault fault;
};

struct told_member {
	const char *id, *client_id, *instance_id, *host;
	const struct topic_partition *assignment; /* in any order */
	int32_t assignment_count;
};

struct told_description {
	const char *group;
	struct fault fault;
	enum group_state state;
	const char *protocol; /* the assignor; NULL or "": unknown */
	int32_t coordinator;
	const struct told_member *members; /* in any order */
	int32_t member_count;
};

struct told_commit {
	const char *topic;
	int32_t partition;
	int64_t offset; /* below 0: none */
	int32_t leader_epoch;
	const char *metadata; /* NULL or "": none */
	const char *error;    /* the coordinator's error for it; NULL: none */
};

struct told_commits {
	const char *group;
	struct fault fault;
	const struct told_commit *rows; /* in any order */
	int32_t count;
};

enum offset_kind { OFFSET_START, OFFSET_END, OFFSET_STABLE, OFFSET_KIND_COUNT };

struct told_offset {
	const char *topic;
	int32_t partition;
	int64_t offset; /* below 0: the leader knows none; it is ignored */
	int32_t leader_epoch;
	struct fault fault;
};

struct told_connection {
	bool changed;     /* there is something to show */
	bool lost;        /* a connection ended, or could not be made, since the last time */
	bool unreachable; /* some broker of the cluster cannot be reached now */
};

#endif

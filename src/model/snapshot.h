/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The state of a cluster as weir knows it at one moment: immutable, in one
 * arena, shared by reference count. Every part says when it was read and why
 * the newest attempt failed; a failed attempt keeps the older figures. Unknown
 * is never 0: offsets are OFFSET_UNKNOWN, rates NaN, counts -1, texts NULL.
 *
 * Whoever samples a cluster fills the plain fields and calls snapshot_finish(),
 * which joins and sums (fields marked "derived"). Filling: one thread.
 * Finished: any thread may read; snapshot_ref() and snapshot_unref() are atomic.
 *
 * Filled arrays are allocated in the arena and may be changed by snapshot_finish():
 * it sorts them, adds brokers that only replica lists name, and adds the rows of
 * partitions that members hold and nobody committed.
 *
 * Names are Kafka's bytes, NUL-terminated, never cut, not yet safe to draw:
 * show them through text_safe(). Times are monotonic ms unless named wall.
 */
#ifndef MODEL_SNAPSHOT_H
#define MODEL_SNAPSHOT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/event.h"
#include "model/series.h"

enum { OFFSET_UNKNOWN = -1 };

/* Where a figure comes from. */
struct origin {
	int64_t at_ms;        /* when the value was read; 0: never */
	int64_t failed_at_ms; /* when the newest attempt failed; 0: it did not */
	const char *error;    /* why; NULL when the newest attempt worked */
	bool denied;          /* the reason is an authorization failure */
	bool outdated;        /* weir has changed it since; it is being read again */
};

enum connection_state {
	CONNECTION_CONNECTING, /* no broker has answered yet */
	CONNECTION_UP,         /* at least one broker answers */
	CONNECTION_LOST,       /* brokers answered before, none does now */
	CONNECTION_STATE_COUNT
};

struct connection {
	enum connection_state state;
	int64_t since_ms;      /* when the state was entered */
	const char *bootstrap; /* as given by the user */
	const char *error;     /* newest error of the connection, NULL when none */
	bool refused;          /* every broker said no to who we are (password, certificate): no use to wait */
};

struct config_entry {
	const char *name;
	const char *value;  /* NULL: sensitive, or null */
	const char *source; /* Kafka's words: "DYNAMIC_TOPIC_CONFIG", "DEFAULT_CONFIG", ... */
	bool is_default;
	bool is_read_only;
	bool is_sensitive;
};

struct config {
	const struct config_entry *entries; /* sorted by name */
	size_t count;
	struct origin origin; /* at_ms 0: not asked yet */
};

enum broker_state {
	BROKER_UP,      /* in the newest metadata */
	BROKER_MISSING, /* in a replica list or seen before, not in the metadata */
	BROKER_STATE_COUNT
};

struct broker {
	int32_t id;
	enum broker_state state;
	const char *host;     /* NULL when never seen */
	int32_t port;         /* -1 when never seen */
	const char *rack;     /* NULL: none or unknown */
	bool is_controller;   /* see snapshot.controller_id */
	bool reachable;       /* weir holds a connection, or has not needed one */
	const char *error;    /* newest connection error of weir to it, NULL when none */
	int32_t rtt_us;       /* mean round trip; -1 unknown */
	struct config config; /* only while demanded */
	int32_t leaders;      /* derived: partitions it leads */
	int32_t replicas;     /* derived: replicas placed on it */
	int32_t in_sync;      /* derived: of those, in an ISR */
	double in_per_s;      /* derived: records/s into partitions it leads; NaN unknown */
};

struct partition {
	int32_t id;
	int32_t leader;       /* broker id; -1: none */
	int32_t leader_epoch; /* as of the newest ListOffsets; -1 unknown */
	int32_t replica_count;
	int32_t isr_count;
	const int32_t *replicas; /* broker ids, preferred leader first */
	const int32_t *isr;
	const char *error;      /* the metadata's own error for it ("Leader not available"), or NULL */
	int64_t log_start;      /* log start offset */
	int64_t high_watermark; /* end under read_uncommitted */
	int64_t last_stable;    /* end under read_committed */
	struct origin start_origin;
	struct origin end_origin;    /* of high_watermark */
	struct origin stable_origin; /* of last_stable */
	double in_per_s;             /* records/s from successive ends, mean of 30 s; NaN until two are known */
	double in_now_per_s;         /* the same, of the last few seconds: for histories */
	int32_t offline;             /* derived: replicas on missing brokers */
};

/* What the slow tier reads for every topic; -1 or NULL when unknown. */
struct topic_settings {
	int32_t min_isr;            /* min.insync.replicas */
	int64_t retention_ms;       /* INT64_MAX: for ever */
	int64_t retention_bytes;    /* INT64_MAX: no limit */
	const char *cleanup_policy; /* "delete", "compact", "compact,delete" */
	struct origin origin;
};

struct topic {
	const char *name;
	uint64_t id_high, id_low; /* topic id (a UUID); 0, 0 unknown */
	bool internal;
	const struct partition *partitions; /* sorted by id; ids may have holes for a while */
	int32_t partition_count;
	struct origin origin; /* of this topic's metadata; an error may stand for it alone */
	struct topic_settings settings;
	struct config config;             /* whole; only while demanded */
	struct history in_history;        /* records/s */
	double in_per_s, in_now_per_s;    /* derived: sums of what is known; NaN when nothing is */
	int32_t replication;              /* derived: replicas of a partition, the largest; -1 unknown */
	int32_t offline;                  /* derived: partitions without a leader */
	int32_t under_replicated;         /* derived: ISR smaller than the replicas */
	int32_t under_min_isr;            /* derived: ISR below min.insync.replicas; -1 unknown */
	int32_t not_preferred;            /* derived: partitions led by another replica than the preferred one */
	int64_t records;                  /* derived: sum of end - start, an upper bound; -1 unknown */
	int32_t records_unknown;          /* derived: partitions not in the sum */
	const struct group_read *readers; /* derived: groups with commits or members on it */
	int32_t reader_count;
	int64_t lag;                    /* derived: sum over the readers where known; OFFSET_UNKNOWN */
	int32_t lag_unknown;            /* derived: readers that are not, or not wholly, in the sum */
	const struct group_read *worst; /* derived: the reader with the largest lag; NULL: none has any */
};

enum group_type { GROUP_TYPE_UNKNOWN, GROUP_TYPE_CLASSIC, GROUP_TYPE_CONSUMER, GROUP_TYPE_COUNT };

enum group_state { /* as ListGroups and DescribeGroups name them; KIP-848 adds two */
	GROUP_STATE_UNKNOWN,
	GROUP_PREPARING_REBALANCE,
	GROUP_COMPLETING_REBALANCE,
	GROUP_STABLE,
	GROUP_DEAD,
	GROUP_EMPTY,
	GROUP_ASSIGNING,
	GROUP_RECONCILING,
	GROUP_STATE_COUNT
};

struct topic_partition {
	const char *topic;
	int32_t partition;
};

struct member {
	const char *id;
	const char *client_id;
	const char *instance_id; /* group.instance.id, NULL: dynamic member */
	const char *host;
	const struct topic_partition *assignment; /* sorted by topic, partition */
	int32_t assignment_count;
};

enum lag_note { /* why a lag is unknown or unusual; see model/lag.h */
	LAG_OK,
	LAG_NO_COMMIT,    /* nobody ever committed: unknown */
	LAG_BEYOND_END,   /* committed > end: unknown, by `beyond` records */
	LAG_NO_END,       /* end offset not known (yet, or no leader) */
	LAG_NO_START,     /* log start not known: lost is unknown */
	LAG_NO_TOPIC,     /* the topic does not exist any more, or may not be described */
	LAG_COMMIT_ERROR, /* the coordinator gave an error for this partition */
	LAG_NOT_READ,     /* a member holds it, the group's commits were not read yet (or never could be) */
	LAG_NOTE_COUNT
};

/* One partition of a group: committed, or assigned to a member, or both. */
struct group_partition {
	const char *topic;
	int32_t partition;
	int64_t committed;                     /* OFFSET_UNKNOWN: none */
	int32_t leader_epoch;                  /* of the commit; -1 none */
	const char *metadata;                  /* commit metadata, NULL when none */
	const char *error;                     /* the coordinator's error for it, or NULL */
	double out_per_s, out_now_per_s;       /* records/s from successive commits; NaN unknown */
	int64_t still_since_ms;                /* when `committed` was first read as it is; 0: unknown */
	int32_t still_reads;                   /* readings since then that found the same */
	int64_t arrived;                       /* records that arrived meanwhile, at least */
	const struct topic *topic_ref;         /* derived; NULL when not in the metadata */
	const struct partition *partition_ref; /* derived; NULL likewise */
	int32_t member;                        /* derived: index into members; -1: unassigned or unknown */
	int64_t end;                           /* derived: by snapshot.read_committed */
	int64_t lag;                           /* derived; OFFSET_UNKNOWN */
	int64_t lost;                          /* derived; OFFSET_UNKNOWN */
	int64_t beyond;                        /* derived: committed - end with LAG_BEYOND_END */
	enum lag_note note;                    /* derived */
	bool not_moving;                       /* derived: see model/verdict.h */
};

struct group {
	const char *id;
	enum group_type type;
	enum group_state state;
	bool is_simple;                     /* only commits, no protocol (assign, tools) */
	const char *protocol;               /* assignor: "range", "uniform", ...; NULL unknown */
	int32_t coordinator;                /* broker id; -1 unknown */
	const struct member *members;       /* sorted by id */
	int32_t member_count;               /* -1: not described yet */
	struct origin list_origin;          /* of state and type */
	struct origin describe_origin;      /* of protocol, coordinator, members */
	struct origin commit_origin;        /* of the committed offsets */
	struct group_partition *partitions; /* sorted by topic, partition */
	int32_t partition_count;
	int32_t rebalances; /* seen between samples since weir started */
	struct history lag_history;
	struct history out_history;      /* records/s */
	double out_per_s, out_now_per_s; /* sums of what is known; NaN when nothing is */
	int64_t lag;                     /* derived: sum where known; OFFSET_UNKNOWN when nowhere */
	int64_t lost;                    /* derived, likewise */
	int64_t max_lag;                 /* derived: largest of one partition; OFFSET_UNKNOWN */
	int32_t lag_unknown;             /* derived: partitions that are not in the sum */
	int32_t never_committed;         /* derived: of those, LAG_NO_COMMIT */
	int32_t topic_count;             /* derived: topics among the partitions */
	int32_t unassigned;              /* derived: partitions without a member while there are members; -1 unknown */
	int32_t refused;                 /* derived: partitions with LAG_COMMIT_ERROR */
	int32_t beyond_end, no_topic;    /* derived: likewise LAG_BEYOND_END, LAG_NO_TOPIC */
	int32_t leaderless;              /* derived: partitions without a leader */
	int32_t not_moving;              /* derived: partitions that do not move though they should */
	int32_t moving;                  /* derived: partitions whose commit moved in the newest readings */
	int64_t not_moving_ms;           /* derived: for how long, the longest */
};

/* A group as a topic sees it. */
struct group_read {
	const struct group *group;
	int64_t lag; /* on this topic; OFFSET_UNKNOWN */
	int64_t lost;
	int32_t partitions; /* of this topic, committed or assigned */
	int32_t lag_unknown;
	int32_t members; /* members that hold partitions of it */
};

enum visibility {
	VISIBILITY_UNKNOWN,
	VISIBILITY_ALL,     /* the user may describe the cluster: lists are complete */
	VISIBILITY_PARTIAL, /* Kafka leaves out, without a word, what the user may not describe */
	VISIBILITY_COUNT
};

struct totals { /* derived */
	int32_t brokers_up, brokers_known;
	int32_t partitions;
	int32_t offline, under_replicated;
	int32_t under_min_isr;      /* -1 unknown */
	int32_t ends_unknown;       /* partitions with a leader whose end is not known */
	double in_per_s, out_per_s; /* NaN unknown */
	double in_now_per_s, out_now_per_s;
	int64_t lag;            /* OFFSET_UNKNOWN */
	int32_t groups_unknown; /* groups whose committed offsets are not known yet */
};

struct cost {                  /* what weir itself causes, a mean over up to a minute */
	double requests_per_s; /* NaN until it was measured */
	double bytes_per_s;    /* both directions */
	int32_t throttle_ms;   /* newest throttle time a broker imposed; 0: none */
};

struct snapshot {
	struct arena *arena;
	atomic_int refs;
	uint64_t seq;             /* 1, 2, ... */
	int64_t mono_ms, wall_ms; /* when it was put together */
	int32_t interval_ms;      /* the period of the main tiers: `live` is younger than two of them */
	unsigned ready;           /* NEED_* that were answered, or failed, at least once: model/demand.h */
	bool read_committed;      /* which end lag is measured from */
	struct connection connection;
	const char *cluster_id; /* NULL unknown */
	int32_t controller_id;  /* -1: not known (librdkafka names a random broker under KRaft) */
	enum visibility topics_visible, groups_visible;
	struct origin metadata_origin; /* brokers, topics, partitions */
	struct origin groups_origin;   /* the list of groups */
	struct origin offsets_origin;  /* newest complete round of end offsets */
	struct origin commits_origin;  /* newest round of committed offsets; its error: some group failed */
	const struct broker *brokers;  /* sorted by id */
	size_t broker_count;
	const struct topic *topics; /* sorted by name, byte order */
	size_t topic_count;
	const struct group *groups; /* sorted by id, byte order */
	size_t group_count;
	struct history in_history, out_history, lag_history; /* of the whole cluster */
	const struct event *events;                          /* oldest first, the newest EVENTS_KEPT */
	size_t event_count;
	struct totals totals;
	struct cost cost;
};

/* A snapshot with one reference, in a fresh arena; the plain fields mean "unknown". */
struct snapshot *snapshot_new(size_t arena_bytes);
/* Joins, sums and sorts: fills every field marked derived. Call once, before it is published. */
void snapshot_finish(struct snapshot *s);
const struct snapshot *snapshot_ref(const struct snapshot *s);
void snapshot_unref(const struct snapshot *s); /* NULL is allowed; the last one frees */

/* Leaders of an up broker beside the mean of all up ones: 0.25 is a quarter more; NaN unknown. */
double snapshot_broker_skew(const struct snapshot *s, const struct broker *b);

const struct broker *snapshot_broker(const struct snapshot *s, int32_t id);
const struct topic *snapshot_topic(const struct snapshot *s, const char *name);
/* The preferred leader is the first replica. False without a leader. */
bool partition_led_by_another(const struct partition *p);
bool partition_in_isr(const struct partition *p, int32_t broker);
const struct partition *topic_partition_find(const struct topic *t, int32_t id);
const struct group *snapshot_group(const struct snapshot *s, const char *id);
/* A group's id as text on a screen shows it: the empty id, which old clients commit under, is "". */
const char *group_id_shown(const char *id);
const char *group_id_typed(const char *text);             /* and back: what a user types for an id */
const char *group_type_name(enum group_type type);        /* "classic", "consumer", "unknown" */
const char *group_state_name(enum group_state state);     /* "Stable", "Empty", ... */
void topic_id_text(const struct topic *t, char text[23]); /* Kafka's base64 form, "" when unknown */
/* True while the value is older than two periods, its newest attempt failed, or it is outdated. */
bool origin_is_stale(const struct origin *o, int64_t now_ms, int64_t period_ms);

#endif

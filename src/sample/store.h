/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The newest value of everything that was read from the cluster, each with the
 * time it was read and why the newest attempt failed. Answers write into it
 * (store_*), store_snapshot() copies it out. Sampler thread only.
 *
 * Kafka leaves out, without a word, what the user may not describe (any more).
 * So what is missing from a list is asked for by name before it goes: refused,
 * it stays, its figures stale; unknown, it is dropped.
 *
 * An answer older than what is stored changes nothing: every function that
 * takes `sent_us` compares it with when the stored value was read.
 */
#ifndef KAFKA_STORE_H
#define KAFKA_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/demand.h"
#include "model/snapshot.h"
#include "sample/names.h"
#include "sample/told.h"

struct question;

struct stamp {                  /* struct origin, with a name for its error */
	int64_t at_ms;
	int64_t failed_at_ms;
	struct name *error;
	bool denied;
	bool outdated;
};

struct store_entry {            /* of a configuration */
	struct name *name, *value, *source;
	bool is_default, is_read_only, is_sensitive;
};

struct store_config {
	struct store_entry *entries;
	size_t count;
	struct stamp stamp;
	int64_t asked_ms;             /* when it was last asked for; 0: never */
	const struct question *asked; /* the question that is open about it; NULL: none */
	int64_t changed_ms;           /* when weir changed it last; 0: never */
};

struct store_broker {
	int32_t id;
	bool in_metadata;
	struct name *host, *rack;
	int32_t port;
	struct store_config config;
};

struct store_offset {
	int64_t value;                /* OFFSET_UNKNOWN */
	int64_t at_us;                /* when it was read; 0: never */
	struct stamp stamp;
};

/* Records/s between two readings of an offset that lie far enough apart: store_rate.c. */
struct store_rate {
	double per_s;                 /* mean of the last 15 to 30 s; NaN: unknown */
	double now_per_s;             /* of the last window of some seconds; NaN: unknown */
	int64_t base, base_us;        /* the older reading of that window; base_us 0: none */
	int64_t first, first_us;      /* of the mean */
	int64_t middle, middle_us;    /* what comes after it; 0: none yet */
	int64_t newest;               /* the last reading */
	bool settled;                 /* per_s is of a whole window */
};

struct store_partition {
	int32_t id;
	int32_t leader;
	int32_t leader_epoch;
	int32_t replica_count, isr_count;
	int32_t *nodes;               /* the replicas, then the ISR */
	struct name *error;
	struct store_offset offsets[OFFSET_KIND_COUNT];
	struct store_rate in;
	bool wanted;                  /* in the commits read since the round began */
};

struct store_topic {
	struct name *name;
	uint64_t id_high, id_low;
	bool internal;
	bool present;                 /* in the newest metadata */
	bool changed;                 /* by weir: its offsets are to be read again */
	int64_t missed_ms;            /* when it was last asked for by name, being absent; 0: not yet */
	int64_t ids_asked_ms;         /* when its id was last asked for; 0: never */
	const struct question *ids_asked;   /* the open question; NULL: none */
	struct store_partition *partitions;   /* sorted by id */
	int32_t partition_count;
	struct stamp stamp;
	int32_t min_isr;
	int64_t retention_ms, retention_bytes;
	struct name *cleanup_policy;
	struct stamp settings_stamp;
	int64_t settings_asked_ms;
	const struct question *settings_asked;
	struct store_config config;   /* its changed_ms is of the settings, too */
	struct history in_history;
};

struct store_row {              /* a partition of a group: committed, assigned, or both */
	struct name *topic;
	int32_t partition;
	int64_t committed;
	int32_t leader_epoch;
	struct name *metadata, *error;
	struct store_rate out;
	int64_t still_us;             /* when `committed` was first read as it is */
	int64_t moved_us;             /* when it was last seen to move without members, 0: not since there were some */
	bool had_members;             /* the group, when this was read */
	int32_t still_reads;          /* readings since then that found the same */
	int64_t still_end;            /* the log's end at the first of those; OFFSET_UNKNOWN */
	int64_t left_out_ms;          /* when an answer first did not hold it; 0: the newest one does */
};

struct store_assigned {
	struct name *topic;
	int32_t partition;
};

struct store_member {
	struct name *id, *client_id, *instance_id, *host;
	struct store_assigned *assignment;    /* sorted */
	int32_t assignment_count;
};

struct store_group {
	struct name *id;
	enum group_type type;
	enum group_state state;
	bool is_simple;
	bool present;                 /* in the newest list */
	int64_t missed_ms;            /* when it was last asked for by name, being absent; 0: not yet */
	bool demanded;                /* scratch: among the groups of the demand */
	bool seen;                    /* its state was read before */
	bool changed;                 /* by weir: its committed offsets are to be read again */
	bool rebalancing;             /* a rebalance that was counted is still going on */
	int64_t description_asked_ms, commits_asked_ms;   /* 0: never */
	const struct question *description_asked, *commits_asked;   /* open, or hanging in the source; NULL: none */
	struct name *protocol;
	int32_t coordinator;
	struct store_member *members; /* sorted by id */
	int32_t member_count;         /* -1: not described yet */
	struct stamp list_stamp, describe_stamp, commit_stamp;
	int64_t commit_us;            /* when the committed offsets were read; 0: never */
	struct store_row *commits;    /* as the coordinator gave them, sorted */
	int32_t commit_count;
	int32_t rebalances;
	int64_t lag;                  /* of the newest snapshot: the worst are asked first */
	struct history lag_history, out_history;
};

struct store {
	struct names names;
	struct store_broker *brokers; /* sorted by id */
	size_t broker_count, broker_cap;
	struct store_topic **topics;  /* sorted by name */
	size_t topic_count, topic_cap;
	struct store_group **groups;  /* sorted by id */
	size_t group_count, group_cap;
	struct name *cluster_id;
	enum visibility topics_visible, groups_visible;
	bool cluster_answered;        /* racks and rights were read, or could not be */
	struct stamp metadata, group_list, offsets, commits;
	int32_t partition_count;
	struct history in_history, out_history, lag_history;
	const struct snapshot *last;  /* the newest snapshot, with a reference; NULL at first */
	struct event *events;         /* the newest EVENTS_KEPT; their texts are on the heap */
	size_t event_count;
	uint64_t event_seq;
	int64_t wall_offset_ms;       /* wall clock minus monotonic clock */
	uint64_t seq;
};

/* What a snapshot says besides what the store holds. */
struct store_frame {
	const struct demand *demand;
	int32_t interval_ms;
	bool only_wanted;               /* only partitions marked `wanted` are asked for offsets */
	struct connection connection;   /* texts are copied */
	struct cost cost;
	/* Fills reachable, error (in `text`, when there is one) and rtt_us of one broker. */
	void (*fill_broker)(void *ctx, int32_t id, struct broker *b, char text[256]);
	void *ctx;
};

void store_init(struct store *st);
void store_release(struct store *st);

void stamp_ok(struct stamp *s, int64_t now_ms);
void stamp_fail(struct store *st, struct stamp *s, int64_t now_ms, const struct fault *fault);

/* store_topics.c */
void store_metadata(struct store *st, const struct told_metadata *md, int64_t now_ms);
void store_metadata_failed(struct store *st, const struct fault *fault, int64_t now_ms);
void store_cluster(struct store *st, const struct told_cluster *cluster);
/* A changed id means that the topic was deleted and created again: its figures start anew. */
void store_topic_described(struct store *st, const char *name, uint64_t id_high, uint64_t id_low, bool internal);
/* A topic that was asked for by name has an error: it is gone, or refused, or was not to be had. */
void store_topic_failed(struct store *st, const char *name, const struct fault *fault, int64_t now_ms);
struct store_topic *store_topic(const struct store *st, const char *name);
struct store_broker *store_broker(struct store *st, int32_t id);        /* made when it is new */
struct store_broker *store_find_broker(struct store *st, int32_t id);   /* NULL when it is not known */
struct store_partition *store_topic_partition(const struct store_topic *t, int32_t id);   /* NULL: it has none */
struct store_partition *store_partition(const struct store *st, const char *topic, int32_t id);

/* store_configs.c: an answer about what was asked at `sent_ms`, or why there is none. */
void store_config_read(struct store *st, struct store_config *c, const struct told_config *told, int64_t sent_ms,
	int64_t now_ms);
void store_topic_settings(struct store *st, struct store_topic *t, const struct told_config *told, int64_t sent_ms,
	int64_t now_ms);
void store_config_clear(struct store_config *c);

/* store_offsets.c */
void store_offset_read(struct store_partition *p, enum offset_kind kind, int64_t value, int32_t epoch,
	int64_t sent_us, int64_t now_us);
void store_offset_failed(struct store *st, struct store_partition *p, enum offset_kind kind,
	const struct fault *fault, int64_t sent_us, int64_t now_us);
void store_offsets_forget(struct store_partition *p);

/* store_groups.c */
struct store_group *store_group(const struct store *st, const char *id);
void store_mark_demanded(struct store *st, const struct demand *d);   /* sets `demanded` of every group */
/* With a fault of some broker, a group that is missing may still be there: it stays, and its look-up failed. */
void store_group_list(struct store *st, const struct told_group_list *list, int64_t now_ms);
void store_group_list_failed(struct store *st, const struct fault *fault, int64_t now_ms);
/* May drop the group, when it was missing from the list and its coordinator does not know it either. */
void store_group_described(struct store *st, struct store_group *g, const struct told_description *told, int64_t now_ms);
/* Told without a fault. */
void store_group_committed(struct store *st, struct store_group *g, const struct told_commits *told, int64_t sent_us,
	int64_t now_us);

/*
 * store_changed.c: weir changed it. What is known of it counts as outdated until an answer to a question
 * that was asked later has come; no rate is taken over the jump. What is not known is passed over.
 */
void store_topic_changed(struct store *st, const char *name, int64_t now_us);
void store_group_changed(struct store *st, const char *id, int64_t now_us);
void store_broker_changed(struct store *st, int32_t id, int64_t now_us);
/* An answer to what was asked at `sent_ms` about something that was changed at `changed_ms`. */
void stamp_read(struct stamp *s, int64_t sent_ms, int64_t changed_ms, int64_t now_ms);

/* store_snapshot.c */
/* An event that no comparison of snapshots gives. */
void store_event(struct store *st, enum severity severity, const char *subject, const char *text, int64_t now_ms);
const struct snapshot *store_snapshot(struct store *st, const struct store_frame *frame);

/* store_history.c */
/* Adds the newest figures to the histories again, for periods longer than a slot; what is not of now any more is a gap. */
void store_tick(struct store *st, int64_t now_ms);

#endif

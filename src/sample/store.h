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
#ifndef SAMPLE_STORE_H
#define SAMPLE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/demand.h"
#include "model/snapshot.h"
#include "sample/names.h"
#include "sample/told.h"

struct question;

/* Whether something is asked about: it is in at most one open question of each kind. */
struct store_asked {
	int64_t at_ms;               /* when it was last asked about; 0: never, or it is to be asked again now */
	const struct question *open; /* the question that is open, or hangs in the source; NULL: none */
};

struct store_config {
	struct config_entry *entries;
	size_t count;
	struct origin origin;
	struct store_asked asked;
	int64_t changed_ms; /* when weir changed it last; 0: never */
};

struct store_broker {
	struct broker shown;
	bool in_metadata;
	struct store_config config;
};

struct store_offset {
	int64_t value; /* OFFSET_UNKNOWN */
	int64_t at_us; /* when it was read; 0: never */
	struct origin origin;
};

/* Records/s between two readings of an offset that lie far enough apart: store_rate.c. */
struct store_rate {
	double per_s;              /* mean of the last 15 to 30 s; NaN: unknown */
	double now_per_s;          /* of the last window of some seconds; NaN: unknown */
	int64_t base, base_us;     /* the older reading of that window; base_us 0: none */
	int64_t first, first_us;   /* of the mean */
	int64_t middle, middle_us; /* what comes after it; 0: none yet */
	int64_t newest;            /* the last reading */
	bool settled;              /* per_s is of a whole window */
};

struct store_partition {
	struct partition shown; /* without offsets and rates */
	int32_t *nodes;         /* what its replicas and ISR point into */
	struct store_offset offsets[OFFSET_KIND_COUNT];
	struct store_rate in;
	bool wanted; /* in the commits read since the round began */
};

struct store_topic {
	struct topic shown; /* without partitions and configuration */
	bool present;       /* in the newest metadata */
	bool changed;       /* by weir: its offsets are to be read again */
	int64_t missed_ms;  /* when it was last asked for by name, being absent; 0: not yet */
	struct store_asked ids_asked, settings_asked;
	struct store_partition *partitions; /* sorted by id */
	struct store_config config;         /* its changed_ms is of the settings, too */
};

struct store_row {                    /* a committed offset */
	struct group_partition shown; /* without rates, still_since_ms and arrived */
	struct store_rate out;
	int64_t still_us;    /* when `committed` was first read as it is */
	int64_t moved_us;    /* when it was last seen to move without members, 0: not since there were some */
	bool had_members;    /* the group, when this was read */
	int64_t still_end;   /* the log's end when it was first found the same; OFFSET_UNKNOWN */
	int64_t left_out_ms; /* when an answer first did not hold it; 0: the newest one does */
};

struct store_group {
	struct group shown; /* without members and partitions */
	bool present;       /* in the newest list */
	int64_t missed_ms;  /* when it was last asked for by name, being absent; 0: not yet */
	bool demanded;      /* scratch: among the groups of the demand */
	bool seen;          /* its state was read before */
	bool changed;       /* by weir: its committed offsets are to be read again */
	bool rebalancing;   /* a rebalance that was counted is still going on */
	struct store_asked description_asked, commits_asked;
	struct member *members;           /* sorted by id; shown.member_count of them */
	struct topic_partition *assigned; /* what the assignments of all members point into */
	size_t assigned_count;
	int64_t commit_us;         /* when the committed offsets were read; 0: never */
	struct store_row *commits; /* as the coordinator gave them, sorted */
	int32_t commit_count;
	int64_t lag; /* of the newest snapshot: the worst are asked first */
};

struct store_event {
	struct event shown;
	char *subject, *text; /* of `shown`, owned */
};

struct store {
	struct names names;
	struct store_broker *brokers; /* sorted by id */
	size_t broker_count, broker_cap;
	struct store_topic **topics; /* sorted by name */
	size_t topic_count, topic_cap;
	struct store_group **groups; /* sorted by id */
	size_t group_count, group_cap;
	const char *cluster_id;
	enum visibility topics_visible, groups_visible;
	bool cluster_answered; /* racks and rights were read, or could not be */
	struct origin metadata, group_list, offsets, commits;
	int32_t partition_count;
	struct history in_history, out_history, lag_history;
	const struct snapshot *last; /* the newest snapshot, with a reference; NULL at first */
	struct store_event *events;  /* the newest EVENTS_KEPT */
	size_t event_count;
	uint64_t event_seq;
	int64_t wall_offset_ms; /* wall clock minus monotonic clock */
	uint64_t seq;
};

/* What a snapshot says besides what the store holds. */
struct store_frame {
	const struct demand *demand;
	int32_t interval_ms;
	bool only_wanted;             /* only partitions marked `wanted` are asked for offsets */
	struct connection connection; /* texts are copied */
	struct cost cost;
	/* Fills reachable, error (in `text`, when there is one) and rtt_us of one broker. */
	void (*fill_broker)(void *ctx, int32_t id, struct broker *b, char text[256]);
	void *ctx;
};

void store_init(struct store *st);
void store_release(struct store *st);

void stamp_ok(struct origin *o, int64_t now_ms);
void stamp_fail(struct store *st, struct origin *o, int64_t now_ms, const struct fault *fault);

/* store_topics.c */
void store_metadata(struct store *st, const struct told_metadata *md, int64_t now_ms);
void store_cluster(struct store *st, const struct told_cluster *cluster);
/* A changed id means that the topic was deleted and created again: its figures start anew. */
void store_topic_described(struct store *st, const char *name, uint64_t id_high, uint64_t id_low, bool internal);
/* A topic that was asked for by name has an error: it is gone, or refused, or was not to be had. */
void store_topic_failed(struct store *st, const char *name, const struct fault *fault, int64_t now_ms);
struct store_topic *store_topic(const struct store *st, const char *name);
struct store_broker *store_broker(struct store *st, int32_t id);                        /* made when it is new */
struct store_broker *store_find_broker(struct store *st, int32_t id);                   /* NULL when it is not known */
struct store_partition *store_topic_partition(const struct store_topic *t, int32_t id); /* NULL: it has none */
struct store_partition *store_partition(const struct store *st, const char *topic, int32_t id);
struct store_partition *store_named_partition(const char *topic, int32_t id); /* `topic` is of names_get() */

/* store_configs.c: an answer about what was asked at `sent_ms`, or why there is none. */
void store_config_read(struct store *st, struct store_config *c, const struct told_config *told, int64_t sent_ms,
	int64_t now_ms);
void store_topic_settings(struct store *st, struct store_topic *t, const struct told_config *told, int64_t sent_ms,
	int64_t now_ms);
void store_config_clear(struct store_config *c);

/* store_offsets.c */
void store_offset_read(struct store_partition *p, enum offset_kind kind, int64_t value, int32_t epoch, int64_t sent_us,
	int64_t now_us);
void store_offset_failed(struct store *st, struct store_partition *p, enum offset_kind kind, const struct fault *fault,
	int64_t sent_us, int64_t now_us);
void store_offsets_forget(struct store_partition *p);

/* store_groups.c */
struct store_group *store_group(const struct store *st, const char *id);
void store_mark_demanded(struct store *st, const struct demand *d); /* sets `demanded` of every group */
/* With a fault of some broker, a group that is missing may still be there: it stays, and its look-up failed. */
void store_group_list(struct store *st, const struct told_group_list *list, int64_t now_ms);
/* May drop the group, when it was missing from the list and its coordinator does not know it either. */
void store_group_described(struct store *st, struct store_group *g, const struct told_description *told,
	int64_t now_ms);

/* store_commits.c: all committed offsets of the group, told without a fault. */
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
void stamp_read(struct origin *o, int64_t sent_ms, int64_t changed_ms, int64_t now_ms);

/* store_events.c: an event that no comparison of snapshots gives. */
void store_event(struct store *st, enum severity severity, const char *subject, const char *text, int64_t now_ms);

/* store_snapshot.c: a snapshot of now, with one reference for the caller. */
const struct snapshot *store_snapshot(struct store *st, const struct store_frame *frame);

/* store_history.c */
/* Adds the newest figures to the histories again, for periods longer than a slot; what is not of now any more is a gap. */
void store_tick(struct store *st, int64_t now_ms);

#endif

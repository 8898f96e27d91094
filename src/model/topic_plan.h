/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What will be done to topics (and to settings of brokers): a plan is a list of
 * steps, one a topic, each with its changes from what to what, warnings, and
 * the reason when it is refused. A pure function of the request and of the
 * facts read. A plan lives in one arena; whoever executes it records the result
 * of each step. One thread at a time.
 */
#ifndef MODEL_TOPIC_PLAN_H
#define MODEL_TOPIC_PLAN_H

#include "base/arena.h"
#include "model/config_value.h"
#include "model/journal.h"
#include "model/topic_place.h"

/* What was read. */
struct topic_part {
	int32_t leader; /* -1: none */
	const int32_t *replicas, *isr;
	size_t replica_count, isr_count;
	int64_t log_start, log_end; /* OFFSET_UNKNOWN */
};

/* "604800000 (7d)": a value with its readable form, where that differs. */
void topic_show_value(const char *name, bool of_broker, const char *value, struct str *out);

struct topic_config {             /* one setting at present */
	const char *name, *value; /* NULL: sensitive, or none */
	const char *source;       /* Kafka's words */
	const char *fallback;     /* its value after a reset; NULL: not known */
	bool own;                 /* set on this very topic or broker */
	bool is_read_only, is_sensitive;
};

struct topic_reader { /* a group that has committed offsets of the topic */
	const char *group;
	int32_t partition;
	int64_t committed;
};

struct topic_fact {
	const char *name;
	const char *id; /* the topic's UUID; NULL: not told */
	bool exists;
	const struct topic_part *parts;
	size_t part_count;
	const struct topic_config *configs;
	size_t config_count;
	const struct topic_reader *readers;
	size_t reader_count;
	int64_t last_write_ms; /* -1: not known, or no record */
	int64_t sampled;       /* records sampled for `record_bytes`; 0: none was read */
	double record_bytes;   /* key and value, without compression */
	const char *error;     /* why the topic could not be read, or NULL */
};

struct topic_commit {
	const char *topic;
	struct topic_reader reader;
};

struct topic_facts {
	const char *cluster_id; /* NULL unknown */
	const struct topic_broker *brokers;
	size_t broker_count;
	const char *const *names; /* every topic */
	size_t name_count;
	int64_t partitions; /* of all topics; -1: not known */
	int64_t now_ms;
	const struct topic_commit *commits; /* of all groups, after they were asked */
	size_t commit_count;
	const char *groups_error; /* why not all are known, or NULL */
	bool groups_read;
};

/* What is done. */
enum topic_step_kind {
	TOPIC_CREATE,
	TOPIC_CONFIG,
	TOPIC_DELETE,
	TOPIC_PARTITIONS,
	TOPIC_TRUNCATE,
	TOPIC_ELECT,
	TOPIC_STEP_KIND_COUNT
};

struct topic_setting {
	const char *name;
	const char *value;  /* NULL: no value of its own */
	const char *before; /* NULL: no value of its own */
};

struct topic_cut { /* of one partition, for TOPIC_TRUNCATE; TOPIC_ELECT uses only `partition` */
	int32_t partition;
	int64_t before, offset; /* log start now, and wanted */
	const char *error;      /* Kafka's error for this partition, when executed; NULL */
};

struct topic_row {                  /* one line of the plan on the screen */
	const char *item;           /* "partitions", "retention.ms", "partition 3" */
	const char *before, *after; /* NULL: nothing */
	const char *note;           /* NULL */
};

struct topic_step {
	enum topic_step_kind kind;
	bool of_broker; /* TOPIC_CONFIG: `name` is a broker's id */
	const char *name;
	const char *topic_id; /* of the topic that was read or created; NULL: not known */
	const char *summary;
	const char *refusal; /* why it may not be executed, or NULL */
	const struct topic_setting *settings;
	size_t setting_count;
	int32_t partitions; /* in all; -1: the broker's default */
	int32_t partitions_before;
	int32_t factor;               /* -1: the broker's default, or as placed */
	struct topic_placement place; /* replicas NULL: the broker places; in the plan's arena */
	struct topic_cut *cuts;
	size_t cut_count;
	struct topic_row *rows;
	size_t row_count, row_cap;
	const char **warnings;
	size_t warning_count, warning_cap;
	bool wants_name; /* it cannot be undone: the name must be typed */
	/* of the execution */
	enum journal_state state; /* JOURNAL_OPEN: not executed */
	const char *result;       /* what was read back, or why not; in the arena */
	const char *journal_id;
};

struct topic_plan {
	struct arena *arena;
	struct topic_step *steps;
	size_t step_count, step_cap;
	const char *cluster_id; /* NULL unknown */
};

struct topic_plan *topic_plan_new(void);
void topic_plan_free(struct topic_plan *plan); /* NULL is allowed */
struct topic_step *topic_plan_add(struct topic_plan *plan, enum topic_step_kind kind, const char *name);
struct topic_step *topic_plan_of(struct topic_plan *plan, enum topic_step_kind kind, const struct topic_fact *fact);
char *topic_plan_text(struct topic_plan *plan, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Strings are copied; `before`, `after` and `note` may be NULL. */
void topic_plan_row(struct topic_plan *plan, struct topic_step *s, const char *item, const char *before,
	const char *after, const char *note);
void topic_plan_warn(struct topic_plan *plan, struct topic_step *s, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/*
 * Warns when the cluster would have too many partitions with so many more; not when their present number is
 * unknown.
 */
void topic_plan_warn_size(struct topic_plan *plan, struct topic_step *s, const struct topic_facts *facts, int64_t more);
/* Refuses the step; only the first reason is kept. */
void topic_plan_refuse(struct topic_plan *plan, struct topic_step *s, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
const char *topic_step_verb(enum topic_step_kind kind);                /* "create", "alter", ... */
void topic_step_title(const struct topic_step *s, struct str *out);    /* "create topic orders" */
void topic_plan_title(const struct topic_plan *plan, struct str *out); /* of its one step, or "delete 5 topics" */
/* With compaction alone, no record is removed because of its age or the size of the log. */
bool topic_policy_retains_by_key(const char *cleanup_policy);
/* Warns of each retention that the step sets but that has no effect under this policy (NULL: not known). */
void topic_plan_warn_retention(struct topic_plan *plan, struct topic_step *s, const char *cleanup_policy);
bool topic_plan_refused(const struct topic_plan *plan); /* any step */
/*
 * What must be typed as confirmation: the names, separated by commas, of `all` steps that are not refused, or
 * of those that want it. Returns how many; above TOPIC_NAMED_MOST their number is asked for instead.
 */
enum { TOPIC_NAMED_MOST = 3 };
size_t topic_plan_names(const struct topic_plan *plan, bool all, struct str *out);
bool topic_plan_is_empty(const struct topic_plan *plan); /* no step changes anything */
/* Log end less log start, an upper bound; -1 when it is unknown for some partition. */
int64_t topic_fact_records(const struct topic_fact *fact);
const struct topic_config *topic_fact_config(const struct topic_fact *fact, const char *name); /* NULL: none */

/* The builders. Each adds its step to the plan, refused or not. */
struct topic_create {
	const char *name;
	int32_t partitions, factor; /* -1: the broker's default */
	const char *assignment;     /* text, or NULL */
	bool broker_places;
	const char *const *settings; /* "NAME=VALUE", as given */
	size_t setting_count;
	const char *like; /* everything comes from that topic, with Kafka's own text; NULL: as typed */
};

/* False (ERR_USAGE): the request cannot be read; nothing was added. */
bool topic_plan_create(struct topic_plan *plan, const struct topic_create *ask, const struct topic_facts *facts,
	struct error *err);

struct topic_alter {
	const char *name; /* of the topic, or id of the broker */
	bool of_broker;
	const char *const *add; /* "NAME=VALUE" */
	size_t add_count;
	const char *const *remove; /* "NAME" */
	size_t remove_count;
};

bool topic_plan_alter(struct topic_plan *plan, const struct topic_alter *ask, const struct topic_fact *fact,
	struct error *err);
/* Splits "a=1,b=[x,y]" of kafka-configs into settings, appended to *out; the caller frees each. */
bool topic_settings_split(const char *text, char ***out, size_t *count, size_t *cap, struct error *err);

void topic_plan_delete(struct topic_plan *plan, const struct topic_fact *fact, const struct topic_facts *facts,
	bool internal_too);
/* `moved`: share of sampled keys that would move to another partition, NaN: not sampled. */
bool topic_plan_partitions(struct topic_plan *plan, const struct topic_fact *fact, const struct topic_facts *facts,
	int32_t total, const char *assignment, double moved, int64_t sampled, struct error *err);
/* `cuts`: offsets as requested, -1 for the log end; clamped here. */
void topic_plan_truncate(struct topic_plan *plan, const struct topic_fact *fact, const struct topic_facts *facts,
	const struct topic_cut *cuts, size_t count);
/* No `partitions`, `count` 0: all of them. */
void topic_plan_elect(struct topic_plan *plan, const struct topic_fact *fact, const int32_t *partitions, size_t count);

/* Plans to undo a change of settings; false (ERR_USAGE) when that is not possible. `fact`: the present state. */
bool topic_plan_undo(struct topic_plan *plan, const struct journal_entry *e, const struct topic_fact *fact,
	struct error *err);
/* The journal entry of a step that is about to be executed. */
void topic_step_entry(const struct topic_step *s, struct journal_entry *e);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is wrong, how badly, and why: one table of rules over the figures of a finished
 * snapshot, in model/verdict_rules.c. The marks of a view, its "problems only" filter, the
 * header, the events and the commands all ask this table, so they never differ.
 *
 * A verdict is the set of rules that hold for one subject. It is a plain value, valid as
 * long as the subject is. Pure functions, any thread. How a change or a piece of work of
 * weir's own ended is not judged here: such an outcome has its severity beside it
 * (journal_severity, reset_outcome_severity, produce_status_severity).
 *
 * A group does not move when members hold partitions with lag, nothing was
 * committed in several successive readings, and records arrived meanwhile. A
 * group that has nothing new to read commits nothing either, and is well.
 */
#ifndef MODEL_VERDICT_H
#define MODEL_VERDICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "model/config_diff.h"
#include "model/event.h"
#include "model/severity.h"
#include "model/snapshot.h"

enum {
	VERDICT_STILL_READS = 3,      /* successive readings that must find the same committed offset */
	VERDICT_STILL_MS = 15 * 1000, /* and over how long at least: consumers commit every 5 s by default */
};

enum verdict_subject {
	VERDICT_CONNECTION,
	VERDICT_CLUSTER,
	VERDICT_BROKER,
	VERDICT_TOPIC,
	VERDICT_PARTITION,
	VERDICT_GROUP,
	VERDICT_GROUP_PARTITION,
	VERDICT_MEMBER,
	VERDICT_SETTING,
	VERDICT_EVENT,
	VERDICT_SUBJECT_COUNT
};

/* What a rule looks at; the parts that its subject does not have are NULL. */
struct verdict_of {
	enum verdict_subject subject;
	const struct snapshot *snapshot; /* VERDICT_CLUSTER */
	const struct connection *connection;
	const struct broker *broker;
	const struct topic *topic; /* VERDICT_TOPIC, VERDICT_PARTITION */
	const struct partition *partition;
	const struct group *group; /* all four subjects of groups */
	const struct group_partition *row;
	const struct member *member;
	const struct config_diff_row *setting; /* of brokers that are compared */
	enum event_kind event;
};

/* What a rule found, for its words. */
struct verdict_found {
	int64_t count;   /* {count}, and the s of "partition(s)" */
	int64_t total;   /* {total} */
	int32_t broker;  /* {broker} */
	int64_t age_ms;  /* {age} */
	const char *why; /* {why} */
};

struct verdict_rule {
	const char *name; /* stable, for JSON: "not_moving" */
	enum verdict_subject subject;
	enum severity severity; /* SEVERITY_WARN or SEVERITY_CRIT */
	unsigned needs;         /* NEED_* of the demand, without which it cannot hold */
	const char *figure;     /* name of the column that it marks; NULL: none */
	bool (*holds)(const struct verdict_of *of, struct verdict_found *found);
	const char *words; /* "no leader in {count} partition(s)"; NULL: whoever asks has its own */
	bool advice;       /* marks its figure only, without words: no reason to call the subject a problem */
};

/* Sorted by subject; of each the worst stand first, and at most 64. */
extern const struct verdict_rule verdict_rules[];
extern const size_t verdict_rule_count;

struct verdict {
	enum severity severity; /* of the worst rule that holds; SEVERITY_NONE: none does */
	const char *rule;       /* its name; NULL: none */
	uint64_t rules;         /* bit i: the i-th rule of its subject holds, advice too */
	struct verdict_of of;
};

struct verdict verdict_connection(const struct connection *c);
struct verdict verdict_cluster(const struct snapshot *s);
struct verdict verdict_broker(const struct broker *b);
struct verdict verdict_topic(const struct topic *t);
struct verdict verdict_partition(const struct topic *t, const struct partition *p);
struct verdict verdict_group(const struct group *g);
struct verdict verdict_group_partition(const struct group *g, const struct group_partition *row);
struct verdict verdict_member(const struct group *g, const struct member *m);
struct verdict verdict_setting(const struct config_diff_row *row);
/* A change that is bad news whatever the state after it; `g` is the group it concerns, or NULL. */
struct verdict verdict_event(enum event_kind kind, const struct group *g);

bool verdict_is_problem(struct verdict v);
/* How bad the figure in the column of this name is; SEVERITY_NONE: well, or no rule is about it. */
enum severity verdict_figure(struct verdict v, const char *figure);
/* Appends the reason of the worst rule; nothing when none holds. */
void verdict_reason(struct verdict v, struct str *out);
/* Appends the reasons of all rules that hold, the worst first, "; " between. */
void verdict_reasons(struct verdict v, struct str *out);

/* NEED_* of all rules about the subject. */
unsigned verdict_needs(enum verdict_subject subject);
const char *verdict_severity_name(enum severity severity); /* stable, for JSON: "ok", "warn", "crit" */

/* For snapshot_finish(), about a row that is joined: a member holds it, it has lag, and does not move. */
bool verdict_stands_still(const struct snapshot *s, const struct group *g, const struct group_partition *row);
/* How long ago the committed offset was first read as it still is, when it was read last. */
int64_t verdict_still_ms(const struct group *g, const struct group_partition *row);

#endif

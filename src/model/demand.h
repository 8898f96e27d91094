/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the user is looking at, so that it is kept fresh first: sent by the UI
 * or a command to whoever samples the cluster, newest wins. A plain value on
 * the heap; demand_free() frees all it holds. One owner at a time.
 */
#ifndef MODEL_DEMAND_H
#define MODEL_DEMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/event.h"

enum {
	NEED_METADATA = 1 << 0,      /* brokers, topics, partitions, ISR; always kept */
	NEED_GROUPS = 1 << 1,        /* group list with states */
	NEED_MEMBERS = 1 << 2,       /* descriptions: of `groups`, or of all with DEMAND_OTHERS_DESCRIBED */
	NEED_COMMITTED = 1 << 3,     /* committed offsets: `groups` first, all within the budget */
	NEED_ENDS = 1 << 4,          /* high watermarks and leader epochs */
	NEED_STARTS = 1 << 5,        /* log start offsets */
	NEED_STABLE = 1 << 6,        /* last stable offsets */
	NEED_SETTINGS = 1 << 7,      /* topic_settings of all topics (slow tier) */
	NEED_TOPIC_CONFIG = 1 << 8,  /* whole configuration of `topics` */
	NEED_BROKER_CONFIG = 1 << 9, /* whole configuration of `brokers` */
	NEED_CLUSTER = 1 << 10,      /* cluster id, racks, rights: whether lists are complete */
	NEED_TOPIC_IDS = 1 << 11,    /* of all topics (slow tier) */
	NEED_LAG = NEED_GROUPS | NEED_COMMITTED | NEED_ENDS | NEED_STARTS,
	NEED_ALL = (1 << 12) - 1
};

enum changed_kind { CHANGED_TOPIC, CHANGED_GROUP, CHANGED_BROKER };

/* A change that weir made. What it touched counts as outdated until it was read again, which is done first. */
struct change_note {
	uint32_t number; /* 1, 2, ...: taken in once, however often it is sent */
	enum changed_kind kind;
	char *name; /* of the topic or group, or the broker's id */
	enum severity severity;
	char *text; /* for the events; NULL: none is made of it */
};

enum { CHANGE_NOTES_KEPT = 64 };

enum demand_mode {
	DEMAND_WATCH,   /* a screen: what it needs first, all else slowly, within the request budget */
	DEMAND_COMMAND, /* all that it needs as soon as it can be had, outside the budget, and nothing else */
};

enum demand_others {
	DEMAND_OTHERS_IN_TURN,   /* committed offsets when their turn comes, descriptions rarely */
	DEMAND_OTHERS_DESCRIBED, /* the same, but descriptions like those of the groups named: a sort on such a column */
	DEMAND_OTHERS_NEVER,     /* a command with -g */
};

struct demand {
	enum demand_mode mode;
	unsigned needs; /* NEED_* of what is visible; the rest goes on slowly */
	char **groups;  /* groups on the screen (or asked for), or NULL */
	size_t group_count;
	enum demand_others other_groups; /* what is fetched of groups that are not among `groups` */
	bool all_partitions;             /* a command about groups: offsets also of partitions that no group reads */
	char **topics;                   /* topics whose details are open, or NULL */
	size_t topic_count;
	int32_t *brokers; /* brokers whose details are open, or NULL */
	size_t broker_count;
	bool read_committed;         /* measure lag from the last stable offset */
	int32_t interval_ms;         /* period of the main tiers; 0: the default, 5000 */
	bool paused;                 /* ask nothing until further notice */
	uint32_t refresh;            /* a change of this number asks for everything now */
	struct change_note *changes; /* the newest CHANGE_NOTES_KEPT, oldest first */
	size_t change_count;
};

struct demand *demand_new(void);
struct demand *demand_dup(const struct demand *d);
void demand_add_group(struct demand *d, const char *id);
void demand_add_topic(struct demand *d, const char *name);
void demand_add_broker(struct demand *d, int32_t id);
/* Copies the texts; the oldest one goes when there are too many. */
void demand_add_change(struct demand *d, const struct change_note *note);
bool demand_equal(const struct demand *a, const struct demand *b);
void demand_free(struct demand *d); /* NULL is allowed */

#endif

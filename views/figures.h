/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Figures of a snapshot as cells of a table, the same in every view: what is
 * stale is marked and can say why, what is wrong carries its severity. Ages are
 * measured against the snapshot's own time, so a drawn screen stays true to it
 * and an idle one is not repainted. UI thread.
 */
#ifndef VIEWS_FIGURES_H
#define VIEWS_FIGURES_H

#include "model/snapshot.h"
#include "model/verdict.h"
#include "ui/cell.h"

/* What is wrong, with the sign of how badly; empty: nothing. */
void figure_verdict(struct cell *c, struct verdict v);
/* The sign of the worst rule about the column of this name. */
void figure_mark(struct cell *c, struct verdict v, const char *column);

bool figure_is_stale(const struct snapshot *s, const struct origin *o);
/* For what is read seldom by design: stale only when the newest attempt failed, or weir changed it since. */
bool figure_has_failed(const struct origin *o);
/* Marks a known cell stale when its origin is. */
void figure_check(struct cell *c, const struct snapshot *s, const struct origin *o);
/* Appends "log end offset 23s old: broker 2: timed out" when stale; two blanks part it from others. */
void figure_note(struct str *out, const struct snapshot *s, const char *what, const struct origin *o);

/* Where the end comes from that lag is measured from. */
const struct origin *figure_end_origin(const struct snapshot *s, const struct partition *p);

enum partition_figure {
	PARTITION_LEADER,
	PARTITION_EPOCH,
	PARTITION_REPLICAS,
	PARTITION_ISR,
	PARTITION_LOG_START,
	PARTITION_LOG_END,
	PARTITION_LAST_STABLE,
	PARTITION_RECORDS,
	PARTITION_IN,
	PARTITION_NOTE
};

void figure_partition(struct cell *c, const struct snapshot *s, const struct topic *t, const struct partition *p,
	enum partition_figure figure);
void figure_partition_stale(struct str *out, const struct snapshot *s, const struct partition *p);

/* A sum that leaves out `unknown` of its parts is marked with ?. */
void figure_sum(struct cell *c, int64_t sum, int32_t unknown);
void figure_group_state(struct cell *c, const struct group *g);
/* Fewest and most partitions of a member: "2-3"; sorts by the difference. */
void figure_group_spread(struct cell *c, const struct group *g);
/* Without the slash that Java puts before an address. */
void figure_host(struct cell *c, const struct member *m);
bool figure_group_is_stale(const struct snapshot *s, const struct group *g);
/* Says what is wrong or unknown about a group's figures. */
void figure_group_note(struct str *out, const struct snapshot *s, const struct group *g);

/* How bad it is that fewer brokers are up than there should be. */
enum severity figure_brokers_up(const struct snapshot *s);

#endif

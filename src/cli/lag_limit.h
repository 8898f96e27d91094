/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The limits that `weir lag` compares with: --fail-over, --wait-below, by
 * partition or with --total by group. A lag that is not known is above no
 * limit and below none. Main thread.
 */
#ifndef CLI_LAG_LIMIT_H
#define CLI_LAG_LIMIT_H

#include "cli/session.h"

/* What keeps a figure of the row from being read, NULL when nothing does (lag.c). */
const char *lag_row_error(const struct snapshot *s, const struct group *g, const struct group_partition *row);

/* Of the partitions that were asked for. */
struct lag_total {
	int64_t lag, lost;      /* over those where it is known */
	int32_t count;
	int32_t unknown;        /* without those that were never committed */
	int32_t never;          /* never committed, with records to read */
	const char *error;      /* the first, NULL: none */
};

struct lag_total lag_total_of(const struct session *s, const struct group *g);
/* --fail-over: complains, and wants no further round, where it is exceeded. */
void lag_check_group(struct session *s, const struct group *g);
/* --wait-below: for session_run(). False, with the first obstacle in *why, while a lag is not below the limit. */
bool lag_is_below(const struct session *s, struct str *why);

#endif

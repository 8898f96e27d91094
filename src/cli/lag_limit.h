/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The limits of `weir lag`: --fail-over and --wait-below, for each partition or
 * with --total for each group. An unknown lag is neither above nor below a
 * limit. Main thread.
 */
#ifndef CLI_LAG_LIMIT_H
#define CLI_LAG_LIMIT_H

#include "cli/session.h"

/* Why a figure of the row could not be read, NULL: it was read (lag.c). */
const char *lag_row_error(const struct snapshot *s, const struct group *g, const struct group_partition *row);

/* Over the selected partitions. */
struct lag_total {
	int64_t lag, lost; /* sum over the partitions where it is known */
	int32_t count;
	int32_t unknown;   /* without those that have no committed offset */
	int32_t never;     /* no committed offset, but records to read */
	const char *error; /* the first, NULL: none */
};

struct lag_total lag_total_of(const struct session *s, const struct group *g);
/* --fail-over: complains when the limit is exceeded, and ends after this round. */
void lag_check_group(struct session *s, const struct group *g);
/* --wait-below, for session_run(): false while a lag is not below the limit, with the first reason in *why. */
bool lag_is_below(const struct session *s, struct str *why);

#endif

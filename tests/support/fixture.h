/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Made-up clusters for tests that draw: always the same figures, at the time to
 * which fixture_freeze() set the clock. Each call gives one reference.
 */
#ifndef TESTS_FIXTURE_H
#define TESTS_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/snapshot.h"

enum { FIXTURE_MONO_MS = 1000000000 };

#define FIXTURE_WALL_MS INT64_C(1795356131000) /* 2026-11-22 14:02:11 UTC */

void fixture_freeze(int64_t after_ms); /* stops the clock that long after the snapshot */

/* The rich cluster: a missing broker, hostile names, groups of all kinds, a stale part. */
const struct snapshot *fixture_rich(void);
const struct snapshot *fixture_plain(void);       /* the rich one without hostile names: for pictures */
const struct snapshot *fixture_moving(void);      /* the rich one at the time of the stopped clock */
const struct snapshot *fixture_configured(void);  /* the rich one with configurations to compare */
const struct snapshot *fixture_well(void);        /* small, and nothing wrong with it */
const struct snapshot *fixture_turned_away(void); /* every broker refused the password */
const struct snapshot *fixture_connecting(void);  /* nobody has answered yet, the last attempt was refused */
const struct snapshot *fixture_empty(void);       /* a cluster without topics and groups */
const struct snapshot *fixture_denied(void);      /* the user may see nothing */
const struct snapshot *fixture_lost(void);        /* the rich one after the connection was lost */
/* `topics` topics with `partitions` partitions each and a group for every tenth; `step` moves the figures. */
const struct snapshot *fixture_large(size_t topics, int32_t partitions, int64_t step);

bool made_works_wait(void); /* true while a work of made_works.c waits until it is cancelled */

#endif

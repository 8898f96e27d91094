/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A made-up log for tests that draw: the same records at each run, no threads,
 * no Kafka. The topic says what it holds:
 *     orders, payments, ...   3,000 records each, JSON, three partitions; one more each 100 ms of the frozen clock
 *     odd                     what is hard to show: escapes, bytes, wide characters, tombstones, aborted ones
 *     none                    nothing      denied, unreachable   what fails      large   values of 10 MB
 */
#ifndef TESTS_MADE_FEED_H
#define TESTS_MADE_FEED_H

#include "model/feed.h"

extern const struct feed_source made_feed;

#endif

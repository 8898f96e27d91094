/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Faults of librdkafka (seen up to 2.14.2) that would end the process, and the
 * way around each. The library that set-up builds has them mended
 * (tests/support/librdkafka.patch) and is used as it is meant to be.
 *
 * 1. An admin call to a group's coordinator that reaches its deadline is freed
 *    while the search for the coordinator goes on, which aborts when it ends
 *    (issue 4605). Way around: the longest possible deadline; the sampler gives
 *    questions up after ANSWER_MS, and a source where they hang opens a new handle.
 * 2. OffsetFetch answered with NOT_COORDINATOR dereferences the handle's own
 *    consumer group, which only a consumer with a group.id has. Way around: the
 *    handle is such a consumer. It never subscribes, but looks its coordinator up.
 *
 * Further faults are mended in that library and have no way around:
 *
 * 3. While no broker can be reached, waiting requests make it connect again and again
 *    without the pause of reconnect.backoff.ms, which takes more than one CPU.
 * 4. The state of an admin request is set after it was sent; a broker's thread that
 *    ends may have freed it by then.
 * 5. A record's timestamp of 0 means now. The library of set-up has a number that means 0 itself.
 * 6. Answers that are legal but rare: a cluster without an id or, while it starts, without brokers; a group or the
 *    name of a topic that the answer leaves out. tests/lib/odd_broker.py gives all of them.
 * 7. When the metadata leaves out every broker that the handle knew, the handle never connects again: a broker that
 *    was left out is kept while a request waits for it as a group's coordinator, and every new request starts that
 *    wait again; while it is kept, not all brokers count as down, which would send the handle back to the bootstrap
 *    servers; and an answer that comes at that moment cancels that return and all later ones.
 * 8. An admin call about offsets looks for the leaders in the caller's thread, and in the main thread when metadata or
 *    the deadline comes meanwhile: both free what they share.
 *
 * And one property is added: cluster.id.pin, see kafka/cluster_gate.h.
 */
#ifndef KAFKA_QUIRKS_H
#define KAFKA_QUIRKS_H

#include <librdkafka/rdkafka.h>

#ifdef RDKAFKA_PATCHED
enum { QUIRKS_MENDED = 1 };
#else
enum { QUIRKS_MENDED = 0 };
#endif

#ifdef RD_KAFKA_TIMESTAMP_ZERO
enum { QUIRKS_TIMESTAMP_ZERO_MENDED = 1 };
#else
enum { QUIRKS_TIMESTAMP_ZERO_MENDED = 0 };
#define RD_KAFKA_TIMESTAMP_ZERO INT64_MIN
#endif

#endif

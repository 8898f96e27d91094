/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Looks at single records: the first one at or after an offset, of many partitions
 * at once. No group is joined and nothing is committed. The calling thread waits.
 */
#ifndef KAFKA_PEEK_H
#define KAFKA_PEEK_H

#include "base/error.h"
#include "kafka/client.h"
#include "model/reset_work.h"

struct peek_host {
	bool (*cancelled)(void *context);                            /* asked every 50 ms */
	void (*found)(void *context, const struct reset_peek *peek); /* there is something new; may be NULL */
	void *context;
};

/*
 * Fills the waiting records of `peek`, which are those of `in` (reset_peek_of()). What is not there in time stays
 * waiting. False when nothing could be asked, or cancelled.
 */
bool peek_records(const struct client_config *client, int64_t timeout_ms, const struct reset_peek_input *in,
	struct reset_peek *peek, const struct peek_host *host, struct error *err);

#endif

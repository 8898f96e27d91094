/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a line of librdkafka says about a connection: which broker, at which
 * address, and what happened, in fewer and truer words. Pure; any thread.
 */
#ifndef KAFKA_TROUBLE_H
#define KAFKA_TROUBLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct trouble {
	int32_t broker;          /* -1: a bootstrap connection, or a line about no broker */
	char address[256];       /* HOST:PORT, "" none */
	char words[512];         /* "connection refused" */
};

/* `served`: some broker of this client has answered a request of a named client before. */
void trouble_read(struct trouble *t, const char *line, bool served);
/* "HOST:PORT: connection refused". */
void trouble_say(char *out, size_t size, const char *line, bool served);
/*
 * Whether a line of the log says that a broker belongs to another cluster than the handle's; then `id` is that one's,
 * "" when it told none.
 */
bool trouble_other_cluster(const char *facility, const char *line, char *id, size_t size);

#endif

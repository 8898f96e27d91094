/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Finds settings of a connection that cannot work before anything is sent: librdkafka
 * would say at the earliest after the whole timeout that no broker answered. Pure, any
 * thread.
 */
#ifndef CONNECT_CHECK_H
#define CONNECT_CHECK_H

#include <stdbool.h>

#include "base/error.h"
#include "kafka/client.h"

/*
 * "HOST:PORT,..." as librdkafka takes it; the caller frees. A security protocol in front (SASL_SSL://) must be the one
 * in use (`protocol`, NULL: plaintext), kafka:// is dropped. NULL with *err (ERR_USAGE) names the address.
 */
char *connect_addresses(const char *list, const char *protocol, struct error *err);
/* OAUTHBEARER needs a source of tokens. */
bool connect_check_login(const struct client_config *config, struct error *err);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which decoder was chosen for the keys or values of which topics, as the
 * configuration's [decoders] writes it:
 *
 *     orders.*  = json
 *     payments  = key int64
 *     payments  = value avro-file:/etc/schemas/payment.avsc
 *
 * Names are globs (* and ?); of several that fit, the last counts. A schema file
 * is opened only when its choice is used. One thread at a time.
 */
#ifndef CODEC_RULES_H
#define CODEC_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/str.h"

struct codec_rules;

struct codec_rules *codec_rules_new(void);
struct codec_rules *codec_rules_copy(const struct codec_rules *rules); /* of NULL: an empty one */
void codec_rules_free(struct codec_rules *rules);                      /* NULL is allowed */
/* `rule`: [key|value] DECODER, or auto. Fails when there is no such decoder. */
bool codec_rules_add(struct codec_rules *rules, const char *glob, const char *rule, struct error *err);
/* Text for codec_choice_parse(); NULL: nothing was chosen, or auto. */
const char *codec_rules_find(const struct codec_rules *rules, const char *topic, bool is_key);
size_t codec_rules_count(const struct codec_rules *rules); /* number of rules, which only grows */
/* Whether a rule from number `since` on applies to this topic. */
bool codec_rules_has_new(const struct codec_rules *rules, size_t since, const char *topic);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How the keys and values of each topic are decoded: as chosen for all topics,
 * else by the rules for the topic, else by the decoder of an internal topic. A
 * schema file is read once. Any thread; results stay valid as long as the
 * choices.
 */
#ifndef CODEC_CODEC_CHOICES_H
#define CODEC_CODEC_CHOICES_H

#include "codec/codec_rules.h"
#include "codec/codec.h"

struct codec_choices;

struct codec_choices *codec_choices_new(const struct codec_rules *rules); /* copied; NULL: none */
void codec_choices_free(struct codec_choices *choices);                   /* NULL is allowed */
/* Chooses for every topic; NULL or "auto" changes nothing. */
bool codec_choices_set(struct codec_choices *choices, bool is_key, const char *text, struct error *err);
/* CODEC_AUTO where nothing was chosen or the choice cannot be used: see codec_choices_check(). */
struct codec_choice codec_choices_find(struct codec_choices *choices, const char *topic, bool is_key);
/* Whether the choice for a topic can be used. */
bool codec_choices_check(struct codec_choices *choices, const char *topic, struct error *err);

#endif

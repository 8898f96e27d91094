/* SPDX-License-Identifier: BSD-2-Clause */
#include "codec/codec_match.h"

#include <string.h>

#include "base/text.h"

enum { LOOK_BYTES = 64 };

void codec_match_init(struct codec_match *m, const struct query *query, struct codec_choices *chosen)
{
	memset(m, 0, sizeof(*m));
	m->chosen = chosen;
	m->run = query_run_new(query, &m->codec);
}

void codec_match_release(struct codec_match *m)
{
	query_run_free(m->run);
	codec_query_release(&m->codec);
}

void codec_match_partitions(const struct query *query, struct codec_choices *chosen, bool everywhere, const char *hint,
	const char *topic, int32_t count, bool *wanted, struct str *why)
{
	struct codec_choice choice = codec_choices_find(chosen, topic, true);
	struct error err;
	unsigned kinds = everywhere ? 0 : 1u << HASH_MURMUR2 | 1u << HASH_CRC32;
	struct str reason = { 0 };

	if (!codec_choices_check(chosen, topic, &err))
		str_addf(why, "%s; detected for each record instead\n", err.message);
	if (query &&
		query_partitions(query, kinds, count, codec_query_key_bytes, choice.id == CODEC_AUTO ? NULL : &choice,
			wanted, &reason) &&
		reason.len) {
		str_addf(why, "topic %s: ", topic);
		for (const char *p = reason.p; *p; p++)
			if (*p != '\n' || p[1])
				str_add_char(why, *p == '\n' ? ' ' : *p);
		str_addf(why, " %s\n", hint);
	}
	str_release(&reason);
}

/* Whether detection would call it text: then it is searched as it is, without a decoder. */
static bool looks_like_text(struct bytes bytes)
{
	return text_is_plain(bytes.p, bytes.len < LOOK_BYTES ? bytes.len : LOOK_BYTES);
}

static const struct codec_choice *choice_for(struct codec_match *m, enum query_part part, struct bytes bytes)
{
	return m->choices[part].id == CODEC_AUTO && looks_like_text(bytes) ? NULL : &m->choices[part];
}

enum query_answer codec_match(struct codec_match *m, const struct record *record)
{
	const struct codec_choice *key, *value;

	if (record->topic != m->topic) {
		m->topic = record->topic;
		m->choices[QUERY_KEY] = codec_choices_find(m->chosen, record->topic, true);
		m->choices[QUERY_VALUE] = codec_choices_find(m->chosen, record->topic, false);
		codec_query_prepare(&m->codec, m->run);
	}
	key = choice_for(m, QUERY_KEY, record->key);
	value = choice_for(m, QUERY_VALUE, record->value);
	if (key != m->codec.choices[QUERY_KEY] || value != m->codec.choices[QUERY_VALUE]) {
		m->codec.choices[QUERY_KEY] = key;
		m->codec.choices[QUERY_VALUE] = value;
		codec_query_prepare(&m->codec, m->run);
	}
	codec_query_next(&m->codec);
	return query_match(m->run, record);
}

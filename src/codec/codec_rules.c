/* SPDX-License-Identifier: BSD-2-Clause */
#include "codec/codec_rules.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "codec/codec.h"

struct entry {
	char *glob, *decoder;
	bool is_key;
};

struct codec_rules {
	struct entry *entries;
	size_t count, cap;
};

struct codec_rules *codec_rules_new(void)
{
	return mem_alloc(sizeof(struct codec_rules));
}

static void rules_add_entry(struct codec_rules *rules, const char *glob, const char *decoder, bool is_key)
{
	rules->entries = mem_grow(rules->entries, &rules->cap, rules->count + 1, sizeof(*rules->entries));
	rules->entries[rules->count++] = (struct entry){ mem_strdup(glob), mem_strdup(decoder), is_key };
}

struct codec_rules *codec_rules_copy(const struct codec_rules *rules)
{
	struct codec_rules *copy = codec_rules_new();

	for (size_t i = 0; rules && i < rules->count; i++)
		rules_add_entry(copy, rules->entries[i].glob, rules->entries[i].decoder, rules->entries[i].is_key);
	return copy;
}

void codec_rules_free(struct codec_rules *rules)
{
	if (!rules)
		return;
	for (size_t i = 0; i < rules->count; i++) {
		free(rules->entries[i].glob);
		free(rules->entries[i].decoder);
	}
	free(rules->entries);
	free(rules);
}

static bool takes_word(const char **rule, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(*rule, word, len) != 0 || (*rule)[len] != ' ')
		return false;
	*rule += len + strspn(*rule + len, " ");
	return true;
}

bool codec_rules_add(struct codec_rules *rules, const char *glob, const char *rule, struct error *err)
{
	bool is_key = takes_word(&rule, "key");

	if (!is_key)
		takes_word(&rule, "value");
	char *name = mem_strndup(rule, strcspn(rule, ":"));
	bool known = strcmp(rule, "auto") == 0 || codec_id(name) != CODEC_AUTO;

	free(name);
	if (!known)
		return error_set(err, ERR_USAGE,
			"no decoder is called %s: give [key|value] json, utf8, hex, int64, "
			"msgpack, avro-file:FILE, ...",
			rule);
	rules_add_entry(rules, glob, rule, is_key);
	return true;
}

const char *codec_rules_find(const struct codec_rules *rules, const char *topic, bool is_key)
{
	for (size_t i = rules ? rules->count : 0; i-- > 0;) {
		const struct entry *e = &rules->entries[i];

		if (e->is_key == is_key && fnmatch(e->glob, topic, 0) == 0)
			return strcmp(e->decoder, "auto") == 0 ? NULL : e->decoder;
	}
	return NULL;
}

size_t codec_rules_count(const struct codec_rules *rules)
{
	return rules ? rules->count : 0;
}

bool codec_rules_has_new(const struct codec_rules *rules, size_t since, const char *topic)
{
	for (size_t i = since; rules && i < rules->count; i++)
		if (fnmatch(rules->entries[i].glob, topic, 0) == 0)
			return true;
	return false;
}

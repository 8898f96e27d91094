/* SPDX-License-Identifier: BSD-2-Clause */
#include "codec/book.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "codec/codec.h"

struct entry {
	char *glob, *decoder;
	bool is_key;
};

struct codec_book {
	struct entry *entries;
	size_t count, cap;
};

struct codec_book *codec_book_new(void)
{
	return mem_alloc(sizeof(struct codec_book));
}

static void add(struct codec_book *book, const char *glob, const char *decoder, bool is_key)
{
	book->entries = mem_grow(book->entries, &book->cap, book->count + 1, sizeof(*book->entries));
	book->entries[book->count++] = (struct entry){ mem_strdup(glob), mem_strdup(decoder), is_key };
}

struct codec_book *codec_book_copy(const struct codec_book *book)
{
	struct codec_book *copy = codec_book_new();

	for (size_t i = 0; book && i < book->count; i++)
		add(copy, book->entries[i].glob, book->entries[i].decoder, book->entries[i].is_key);
	return copy;
}

void codec_book_free(struct codec_book *book)
{
	if (!book)
		return;
	for (size_t i = 0; i < book->count; i++) {
		free(book->entries[i].glob);
		free(book->entries[i].decoder);
	}
	free(book->entries);
	free(book);
}

static bool takes_word(const char **rule, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(*rule, word, len) != 0 || (*rule)[len] != ' ')
		return false;
	*rule += len + strspn(*rule + len, " ");
	return true;
}

bool codec_book_add(struct codec_book *book, const char *glob, const char *rule, struct error *err)
{
	bool is_key = takes_word(&rule, "key");

	if (!is_key)
		takes_word(&rule, "value");
	char *name = mem_strndup(rule, strcspn(rule, ":"));
	bool known = strcmp(rule, "auto") == 0 || codec_id(name) != CODEC_AUTO;

	free(name);
	if (!known)
		return error_set(err, ERR_USAGE, "no decoder is called %s: give [key|value] json, utf8, hex, int64, "
			"msgpack, avro-file:FILE, ...", rule);
	add(book, glob, rule, is_key);
	return true;
}

const char *codec_book_find(const struct codec_book *book, const char *topic, bool is_key)
{
	for (size_t i = book ? book->count : 0; i-- > 0;) {
		const struct entry *e = &book->entries[i];

		if (e->is_key == is_key && fnmatch(e->glob, topic, 0) == 0)
			return strcmp(e->decoder, "auto") == 0 ? NULL : e->decoder;
	}
	return NULL;
}

size_t codec_book_count(const struct codec_book *book)
{
	return book ? book->count : 0;
}

bool codec_book_has_new(const struct codec_book *book, size_t since, const char *topic)
{
	for (size_t i = since; book && i < book->count; i++)
		if (fnmatch(book->entries[i].glob, topic, 0) == 0)
			return true;
	return false;
}

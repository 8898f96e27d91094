/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The commands that need no terminal, one row each: what parsing, --help, the man
 * page and completions say of them. It knows nothing of what runs: command.h. Any
 * thread.
 */
#ifndef CLI_COMMAND_TABLE_H
#define CLI_COMMAND_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

enum command_id {
	COMMAND_LAG,
	COMMAND_GROUPS,
	COMMAND_TOPICS,
	COMMAND_BROKERS,
	COMMAND_CONTEXTS,
	COMMAND_TAIL,
	COMMAND_PRODUCE,
	COMMAND_RESET,
	COMMAND_GROUP_DELETE,
	COMMAND_GROUP_DELETE_OFFSETS,
	COMMAND_TOPIC_CREATE,
	COMMAND_TOPIC_ALTER,
	COMMAND_TOPIC_PARTITIONS,
	COMMAND_TOPIC_TRUNCATE,
	COMMAND_TOPIC_DELETE,
	COMMAND_TOPIC_ELECT,
	COMMAND_BROKER_ALTER,
	COMMAND_TOPIC_EXPORT,
	COMMAND_TOPIC_CLONE,
	COMMAND_TOPIC_APPLY,
	COMMAND_UNDO,
	COMMAND_HELP,
	COMMAND_COUNT
};

enum output_format { OUTPUT_TABLE, OUTPUT_JSON, OUTPUT_CSV, OUTPUT_RAW, OUTPUT_NAME, OUTPUT_FORMAT_COUNT };

struct command {
	const char *name;        /* one word or two: "lag", "topic create" */
	const char *summary;     /* for the list of commands: no capital, no period */
	const char *description; /* a paragraph or more, for the man page */
	const char *
		words; /* what may follow the command's name, "TOPIC...": topics; "[" first: or nothing; NULL: nothing */
	const char *formats; /* see command_formats(); NULL: the usual ones */
	bool mutates;        /* changes the cluster: refused with --read-only, in one place */
	bool plans;          /* changes it only with --execute */
	bool offline;        /* needs no cluster */
};

extern const struct command commands[COMMAND_COUNT];
extern const size_t command_count;

const struct command *command_find(const char *name); /* NULL when unknown */
const char *command_near(const char *name);           /* NULL when none is near */
bool command_is_family(const char *word);             /* the first of two words */
/* Whether it has two words, of which `word` is the first. */
bool command_in_family(const struct command *command, const char *word, size_t len);
/* The second words of the commands that begin with this word: "alter, create", with `between` between them. */
void command_list_family(struct str *out, const char *word, size_t len, const char *between);
const char *command_second_word(const struct command *command); /* NULL: it has one word */
size_t command_first_len(const struct command *command);        /* of its first word */
bool command_opens_family(size_t index); /* the first row of two words that begins with its word */
const char *output_format_name(enum output_format format);
const char *command_formats(const struct command *command); /* of -o, the first is the default: "table json csv" */
bool command_has_format(const struct command *command, const char *name);

#endif

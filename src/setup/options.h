/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The command line: one table of options feeds parsing, --help, the man page,
 * completions and the keys of [weir] in the configuration file. Parsing ends
 * nothing and prints nothing. Main thread.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "cli/command.h"
#include "model/settings.h"

enum option_id {
	OPTION_BOOTSTRAP, OPTION_CONTEXT, OPTION_FILE, OPTION_PROPERTY,
	OPTION_READ_ONLY, OPTION_TIMEOUT, OPTION_LOG,
	OPTION_VIEW, OPTION_THEME, OPTION_ASCII, OPTION_NO_MOUSE, OPTION_CLIPBOARD, OPTION_INTERVAL, OPTION_UTC,
	OPTION_READ_COMMITTED,
	OPTION_GROUP, OPTION_TOPIC, OPTION_OUTPUT, OPTION_WATCH, OPTION_FAIL_OVER, OPTION_WAIT_BELOW, OPTION_TOTAL,
	OPTION_FROM, OPTION_TO, OPTION_PARTITIONS, OPTION_FILTER, OPTION_COUNT_RECORDS, OPTION_LAST, OPTION_FOLLOW,
	OPTION_KEY_FORMAT, OPTION_VALUE_FORMAT, OPTION_ALL_PARTITIONS, OPTION_BUFFER, OPTION_PATIENCE, OPTION_VERBOSE,
	OPTION_KEY_SEPARATOR, OPTION_HEADER, OPTION_EMPTY_AS_NULL, OPTION_PARTITIONER, OPTION_COMPRESSION,
	OPTION_KEEP_PARTITION, OPTION_KEEP_TIMESTAMP, OPTION_ALLOW_MASKED, OPTION_RATE, OPTION_LINES,
	OPTION_TO_EARLIEST, OPTION_TO_LATEST, OPTION_TO_OFFSET, OPTION_TO_DATETIME, OPTION_BY_DURATION,
	OPTION_SHIFT_BY, OPTION_TO_CURRENT, OPTION_FROM_GROUP, OPTION_FROM_FILE, OPTION_SKIP,
	OPTION_ALL_TOPICS, OPTION_ALLOW_NEW_TOPICS, OPTION_CREATE, OPTION_EXPORT, OPTION_WAIT_EMPTY, OPTION_WATCH_COMMITS, OPTION_PEEK,
	OPTION_EXECUTE, OPTION_CONFIRM,
	OPTION_TOPIC_CONFIG, OPTION_ADD_CONFIG, OPTION_DELETE_CONFIG, OPTION_REPLICATION_FACTOR,
	OPTION_REPLICA_ASSIGNMENT, OPTION_BROKER_PLACEMENT, OPTION_INCLUDE_INTERNAL,
	OPTION_PRUNE, OPTION_DATA, OPTION_TO_BOOTSTRAP, OPTION_TO_CONTEXT, OPTION_TO_CONFIG,
	OPTION_HELP, OPTION_VERSION, OPTION_PRINT_ACTIONS, OPTION_PRINT_MAN, OPTION_PRINT_COMPLETION,
	OPTION_COUNT
};

struct option_row {
	const char *name;        /* "bootstrap" for --bootstrap */
	char letter;             /* 0: none */
	const char *argument;    /* "HOST:PORT,..."; NULL: takes none */
	/* Where it works: command names (topic-create for two words), "weir" for the terminal program; NULL: everywhere. */
	const char *commands;
	bool in_config;          /* [weir] may hold it under the same name */
	bool repeats;            /* each occurrence counts; else the last one does */
	bool empty;              /* an empty argument is one: the group with the empty id */
	const char *complete;    /* what completion offers: words, or "file", "context", "theme", "decoder"; NULL: nothing */
	const char *help;
	/* What it is in some commands, where that differs; the help of the whole program has all in one. */
	struct option_sense {
		const char *commands;    /* as above; NULL: no such sense */
		const char *argument, *help;
	} senses[3];
};

extern const struct option_row option_table[OPTION_COUNT];

enum option_print { PRINT_NOTHING, PRINT_HELP, PRINT_VERSION, PRINT_ACTIONS, PRINT_MAN, PRINT_COMPLETION };

struct options {                   /* strings are borrowed from argv (or the configuration) */
	const struct command *command; /* NULL: the terminal program */
	const char *first_word;        /* that is no option; alone it may be less than a command: "topic" */
	size_t word_count;
	enum option_print print;
	const char *shell;             /* of --print-completion */
	const char *bootstrap;
	const char *context;
	const char *file;
	const char *config;            /* of --config, where it came after -F: see options_settle_config() */
	const char **properties;       /* -X, as given: KEY=VALUE, checked to hold a = */
	size_t property_count;
	struct settings settings;
	const char **groups, **topics;
	size_t group_count, topic_count;
	enum output_format format;
	int64_t watch_ms;
	int64_t fail_over;             /* -1: no limit */
	int64_t wait_below;            /* 0: does not wait */
	bool total;
	struct tail_options tail;
	struct produce_options produce;
	struct change_options change;
	struct reset_options reset;
	struct topic_options topic;
	struct copy_options copy;
	bool given[OPTION_COUNT];      /* on the command line */
};

/* Fills *o with defaults, then from argv[1..]. On failure (ERR_USAGE) *o needs no release. */
bool options_parse(struct options *o, int argc, char *const *argv, struct error *err);
void options_release(struct options *o);
/* Applies one [weir] pair; what the command line gave stays. Booleans are yes or no. */
bool options_configure(struct options *o, const char *name, const char *value, struct error *err);
/* What options of resets do (options_reset.c); false, and no error, for another one. */
bool options_apply_reset(struct options *o, enum option_id id, const char *value, struct error *err);
/* Likewise of topics (options_topic.c). */
bool options_apply_topic(struct options *o, enum option_id id, const char *value, struct error *err);
void options_settle_config(struct options *o);   /* what --config was, now that the command is known */
void options_release_topic(struct options *o);
void options_append(const char ***list, size_t *count, const char *value);
bool option_works_in(const struct option_row *row, const struct command *command);
/* Its argument and its help in a command; NULL: in the whole program. */
struct option_sense option_sense(const struct option_row *row, const struct command *command);

#endif

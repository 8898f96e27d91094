/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a command was told: the places that the rows of setup/option_table.c and the
 * words after the command fill. Where no option was given, a text is NULL and a
 * number is 0, unless its field says otherwise. Strings are borrowed from the command
 * line, lists belong to struct options.
 */
#ifndef CLI_COMMAND_ARGS_H
#define CLI_COMMAND_ARGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/command_table.h"

/* An option that may be given again: the texts are borrowed, the list is not. */
struct text_list {
	const char **items;
	size_t count;
};

void text_list_append(struct text_list *list, const char *text);
void text_list_release(struct text_list *list);
bool text_list_admits(const struct text_list *list, const char *text); /* it holds the text, or nothing at all */

/* Of options of which one may be given: --to-earliest, --to-offset N, ... */
struct strategy_args {
	const char *option; /* "to-offset" */
	const char *value;  /* NULL: the option takes none */
	const char *other;  /* one that was given before it, which is an error */
};

struct tail_args {
	const char *from, *to; /* WHERE: see model/when.h */
	const char *filter;
	const char *key_format, *value_format;
	int64_t count, last; /* -1: not given */
	bool follow, all_partitions;
};

struct produce_args {
	const char *key_separator; /* of raw lines */
	struct text_list headers;  /* NAME=VALUE */
	const char *partitioner;
	const char *lines; /* "3,7-9,12-" */
	bool keep_partition, keep_timestamp, allow_masked, empty_as_null;
};

struct reset_args {
	const char *export_file;
	int64_t wait_empty_ms;
	int64_t watch_ms; /* for commits of others; -1: not given */
	int64_t peek;     /* records to look at */
	bool all_topics, allow_new_topics, create;
};

/* Of `weir topic ...` and `weir broker alter`. */
struct topic_args {
	struct text_list config;        /* NAME=VALUE */
	struct text_list add_config;    /* NAME=VALUE,... */
	struct text_list delete_config; /* NAME,... */
	int64_t replication;            /* -1: not given */
	const char *assignment;
	bool broker_places, include_internal, prune, data;
};

struct command_args {
	struct text_list groups; /* -g; none: all */
	struct text_list topics; /* -t, or the words after the command; none: all */
	enum output_format format;
	int64_t watch_ms;       /* 0: once */
	const char *partitions; /* "0,3", or how many */
	bool verbose;
	const char *compression;
	int64_t per_s;       /* records; 0: no limit */
	bool execute;        /* the change is made, not only planned */
	const char *confirm; /* the name of what is changed, which protected contexts ask for */
	struct strategy_args strategy;
	int64_t fail_over;  /* lag; -1: no limit */
	int64_t wait_below; /* lag; 0: does not wait */
	bool total;         /* lag by group, not by partition */
	struct tail_args tail;
	struct produce_args produce;
	struct reset_args reset;
	struct topic_args topic;
};

#define COMMAND_ARGS_DEFAULTS                                                                                          \
	{                                                                                                              \
		.fail_over = -1, .tail = { .count = -1, .last = -1 }, .reset.watch_ms = -1, .topic.replication = -1    \
	}

void command_args_release(struct command_args *args);

#endif

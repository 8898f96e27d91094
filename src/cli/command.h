/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The commands that need no terminal: one row each, which also feeds --help,
 * the man page and the completions. A command asks for what it needs, waits
 * for it, prints it and ends. Main thread.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"
#include "kafka/cluster_gate.h"
#include "model/settings.h"

enum output_format { OUTPUT_TABLE, OUTPUT_JSON, OUTPUT_CSV, OUTPUT_RAW, OUTPUT_FORMAT_COUNT };

/* What `weir tail` adds; NULL where it was not given. */
struct tail_options {
	const char *from, *to;         /* WHERE of design: see model/when.h */
	const char *partitions;        /* "0,3" */
	const char *filter;
	const char *key_format, *value_format;
	int64_t count, last;           /* -1: not given */
	bool follow, all_partitions, verbose;
};

/* What `weir produce` adds; NULL where it was not given. */
struct produce_options {
	const char *key_separator;     /* of raw lines */
	const char **headers;          /* NAME=VALUE */
	size_t header_count;
	const char *compression, *partitioner;
	const char *lines;             /* "3,7-9,12-" */
	int64_t per_s;                 /* 0: no limit */
	bool keep_partition, keep_timestamp, allow_masked, empty_as_null;
};

/* What all commands that change a cluster have. */
struct change_options {
	bool execute;
	const char *confirm;           /* the name of what is changed, which protected contexts ask for; NULL */
};

/* What `weir reset` adds. */
struct reset_options {
	const char *strategy;          /* the option that was given, "--to-latest", or NULL */
	const char *second;            /* one that was given before, which is an error; NULL: none */
	const char *value;             /* of the strategy, or NULL */
	const char *export_file;
	int64_t wait_empty_ms;         /* 0: not */
	int64_t watch_ms;              /* for commits of others, when watch_given */
	bool watch_given;
	int64_t peek;                  /* records to look at; 0: none */
	bool all_topics, allow_new_topics, create;
};

/* What `weir topic ...` and `weir broker alter` add; NULL where it was not given. */
struct topic_options {
	const char **settings;         /* --config: NAME=VALUE */
	const char **add;              /* --add-config: NAME=VALUE,... */
	const char **remove;           /* --delete-config: NAME,... */
	size_t setting_count, add_count, remove_count;
	int64_t replication;           /* -1: not given */
	const char *assignment;
	bool broker_places, include_internal;
};

/* What `weir topic apply` and `weir topic clone` add; NULL where it was not given. */
struct copy_options {
	bool prune;
	bool data;
	const char *to_bootstrap, *to_context, *to_file;
	struct cluster_gate to;                  /* made of these; its client NULL: the same cluster */
};

/* A [context NAME] of the configuration, as it is written there; NULL where it is not. */
struct context_info {
	const char *name;
	const char *bootstrap, *protocol, *cluster_id, *color;
	bool read_only, is_protected;
	bool is_default;               /* used without -c, -b and -F */
};

/* What a command works on; borrowed. */
struct command_input {
	const struct settings *settings;
	const struct client_config *client;
	const char *bootstrap;         /* for messages */
	struct cluster_gate gate;      /* to what changes the cluster */
	const char *const *groups;     /* -g; none: all */
	size_t group_count;
	const char *const *topics;     /* -t, or the words after the command; none: all */
	size_t topic_count;
	enum output_format format;
	int64_t watch_ms;              /* 0: once */
	int64_t fail_over;             /* -1: no limit */
	int64_t wait_below;            /* 0: does not wait */
	int64_t wait_limit_ms;         /* for that; 0: without end */
	bool total;                    /* lag by group, not by partition */
	const struct tail_options *tail;
	const struct produce_options *produce;
	const struct change_options *change;
	const struct reset_options *reset;
	const struct topic_options *topic;
	const struct copy_options *copy;
	const char *context;           /* name of the context, or NULL */
	bool is_protected;             /* the context asks for --confirm */
	const struct context_info *contexts;   /* all that there are */
	size_t context_count;
	const char *config_path;       /* for messages */
};

struct column {
	const char *name;        /* JSON and CSV */
	const char *title;       /* NULL: not in the table */
	bool right;              /* numbers */
	bool json_only;
};

struct command {
	const char *name;              /* one word or two: "lag", "topic create" */
	const char *summary;           /* for the list of commands: no capital, no period */
	const char *description;       /* a paragraph or more, for the man page */
	const struct column *columns;  /* of table, JSON and CSV */
	const size_t *column_count;
	const char *words;             /* what may follow the command's name, "TOPIC...": topics; "[" first: or nothing; NULL: nothing */
	const char *formats;           /* of -o, the first is the default; NULL: table, json and csv */
	bool mutates;                  /* changes the cluster: refused with --read-only, in one place */
	bool plans;                    /* changes it only with --execute */
	bool offline;                  /* needs no cluster */
	/* The exit status. Items that said no are reported on standard error as they come; *err is what ended it. */
	int (*run)(const struct command_input *in, struct error *err);
};

extern const struct command commands[];
extern const size_t command_count;

const struct command *command_find(const char *name);     /* NULL when unknown */
const char *command_near(const char *name);               /* NULL when none is near */
bool command_is_family(const char *word);                 /* the first of two words */
void command_list_family(struct str *out, const char *word);   /* "alter, create, ..." */
const char *command_second_word(const struct command *command);   /* NULL: it has one word */
size_t command_first_len(const struct command *command);  /* of its first word */
bool command_opens_family(size_t index);                  /* the first row of two words that begins with its word */
const char *output_format_name(enum output_format format);
bool command_has_format(const struct command *command, const char *name);

extern const struct column lag_columns[], groups_columns[], topics_columns[], brokers_columns[], contexts_columns[],
	tail_columns[], produce_columns[],
	reset_columns[], undo_columns[], topic_change_columns[],
	topic_apply_columns[];
extern const size_t lag_column_count, groups_column_count, topics_column_count, brokers_column_count,
	contexts_column_count, tail_column_count, produce_column_count, reset_column_count,
	undo_column_count, topic_change_column_count, topic_apply_column_count;

int lag_run(const struct command_input *in, struct error *err);
int groups_run(const struct command_input *in, struct error *err);
int topics_run(const struct command_input *in, struct error *err);
int brokers_run(const struct command_input *in, struct error *err);
int contexts_run(const struct command_input *in, struct error *err);
int tail_run(const struct command_input *in, struct error *err);
int reset_run(const struct command_input *in, struct error *err);
int group_delete_run(const struct command_input *in, struct error *err);
int group_delete_offsets_run(const struct command_input *in, struct error *err);
int undo_run(const struct command_input *in, struct error *err);
int topic_create_run(const struct command_input *in, struct error *err);
int topic_alter_run(const struct command_input *in, struct error *err);
int topic_delete_run(const struct command_input *in, struct error *err);
int topic_partitions_run(const struct command_input *in, struct error *err);
int topic_truncate_run(const struct command_input *in, struct error *err);
int topic_elect_run(const struct command_input *in, struct error *err);
int broker_alter_run(const struct command_input *in, struct error *err);
int topic_export_run(const struct command_input *in, struct error *err);
int topic_clone_run(const struct command_input *in, struct error *err);
int topic_apply_run(const struct command_input *in, struct error *err);
int produce_run(const struct command_input *in, struct error *err);

#endif

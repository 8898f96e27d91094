/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a command works on, and the functions that run commands. A command asks
 * for the figures it needs, waits for them, prints them and ends. Main thread.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "cli/command_args.h"
#include "cli/command_table.h"
#include "kafka/cluster_gate.h"
#include "model/settings.h"

/* What a command works on; borrowed. */
struct command_input {
	const struct settings *settings;
	const struct command_args *args;
	const struct client_config *client;
	const char *bootstrap;      /* for messages */
	struct cluster_gate gate;   /* for commands that change the cluster */
	struct cluster_gate target; /* for the target of a clone; its client NULL: the same cluster */
	int64_t wait_limit_ms;      /* of --wait-below; 0: without end */
	const char *context;        /* name of the context, or NULL */
	bool is_protected;          /* the context asks for --confirm */
	const char *config_path;    /* for messages */
};

struct column {
	const char *name;  /* JSON and CSV */
	const char *title; /* NULL: not in the table */
	bool right;        /* numbers */
	bool json_only;
};

/*
 * Runs the command and returns the exit status. Refused items are reported on standard error as they come; *err
 * is what ended the command.
 */
int command_run(const struct command *command, const struct command_input *in, struct error *err);
/* The columns of its table, JSON and CSV; NULL and 0: it prints no rows. */
const struct column *command_columns(const struct command *command, size_t *count);

extern const struct column lag_columns[], groups_columns[], topics_columns[], brokers_columns[], contexts_columns[],
	tail_columns[], produce_columns[], reset_columns[], undo_columns[], topic_change_columns[],
	topic_apply_columns[];
extern const size_t lag_column_count, groups_column_count, topics_column_count, brokers_column_count,
	contexts_column_count, tail_column_count, produce_column_count, reset_column_count, undo_column_count,
	topic_change_column_count, topic_apply_column_count;

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

/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/command.h"

/* The function of each command, and the columns that it prints. main prints help, because it has the manual. */
static const struct command_code {
	int (*run)(const struct command_input *in, struct error *err);
	const struct column *columns;
	const size_t *column_count;
} codes[COMMAND_COUNT] = {
	[COMMAND_LAG] = { lag_run, lag_columns, &lag_column_count },
	[COMMAND_GROUPS] = { groups_run, groups_columns, &groups_column_count },
	[COMMAND_TOPICS] = { topics_run, topics_columns, &topics_column_count },
	[COMMAND_BROKERS] = { brokers_run, brokers_columns, &brokers_column_count },
	[COMMAND_CONTEXTS] = { contexts_run, contexts_columns, &contexts_column_count },
	[COMMAND_TAIL] = { tail_run, tail_columns, &tail_column_count },
	[COMMAND_PRODUCE] = { produce_run, produce_columns, &produce_column_count },
	[COMMAND_RESET] = { reset_run, reset_columns, &reset_column_count },
	[COMMAND_GROUP_DELETE] = { group_delete_run, reset_columns, &reset_column_count },
	[COMMAND_GROUP_DELETE_OFFSETS] = { group_delete_offsets_run, reset_columns, &reset_column_count },
	[COMMAND_TOPIC_CREATE] = { topic_create_run, topic_change_columns, &topic_change_column_count },
	[COMMAND_TOPIC_ALTER] = { topic_alter_run, topic_change_columns, &topic_change_column_count },
	[COMMAND_TOPIC_PARTITIONS] = { topic_partitions_run, topic_change_columns, &topic_change_column_count },
	[COMMAND_TOPIC_TRUNCATE] = { topic_truncate_run, topic_change_columns, &topic_change_column_count },
	[COMMAND_TOPIC_DELETE] = { topic_delete_run, topic_change_columns, &topic_change_column_count },
	[COMMAND_TOPIC_ELECT] = { topic_elect_run, topic_change_columns, &topic_change_column_count },
	[COMMAND_BROKER_ALTER] = { broker_alter_run, topic_change_columns, &topic_change_column_count },
	[COMMAND_TOPIC_EXPORT] = { topic_export_run, topic_apply_columns, &topic_apply_column_count },
	[COMMAND_TOPIC_CLONE] = { topic_clone_run, topic_apply_columns, &topic_apply_column_count },
	[COMMAND_TOPIC_APPLY] = { topic_apply_run, topic_apply_columns, &topic_apply_column_count },
	[COMMAND_UNDO] = { undo_run, undo_columns, &undo_column_count },
	[COMMAND_HELP] = { NULL, NULL, NULL },
};

static const struct command_code *code_of(const struct command *command)
{
	return &codes[command - commands];
}

int command_run(const struct command *command, const struct command_input *in, struct error *err)
{
	return code_of(command)->run(in, err);
}

const struct column *command_columns(const struct command *command, size_t *count)
{
	*count = code_of(command)->columns ? *code_of(command)->column_count : 0;
	return code_of(command)->columns;
}

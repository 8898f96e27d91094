/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/command.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/shell.h"

void command_build(struct str *out, const struct snapshot *s, const char *tool, ...)
{
	const char *option, *value;
	va_list ap;

	str_addf(out, "%s --bootstrap-server ", tool);
	shell_quote(out, s && s->connection.bootstrap ? s->connection.bootstrap : "HOST:PORT");
	va_start(ap, tool);
	while ((option = va_arg(ap, const char *)) != NULL) {
		value = va_arg(ap, const char *);
		str_addf(out, " %s", option);
		if (value) {
			str_add_char(out, ' ');
			shell_quote(out, value);
		}
	}
	va_end(ap);
}

static void copy_command(struct ui *ui, struct str *command)
{
	ui->calls->copy(ui, str_text(command), "the command");
	str_release(command);
}

void command_copy_topic(struct ui *ui, const struct snapshot *s, const char *name)
{
	struct str command = { 0 };

	command_build(&command, s, "kafka-topics", "--describe", NULL, "--topic", name, NULL);
	copy_command(ui, &command);
}

void command_copy_topic_config(struct ui *ui, const struct snapshot *s, const char *name)
{
	struct str command = { 0 };

	command_build(&command, s, "kafka-configs", "--describe", NULL, "--all", NULL, "--topic", name, NULL);
	copy_command(ui, &command);
}

void command_copy_broker_config(struct ui *ui, const struct snapshot *s, int32_t id)
{
	struct str command = { 0 };
	char number[16];

	snprintf(number, sizeof(number), "%d", (int)id);
	command_build(&command, s, "kafka-configs", "--describe", NULL, "--all", NULL, "--broker", number, NULL);
	copy_command(ui, &command);
}

void command_copy_group(struct ui *ui, const struct snapshot *s, const char *id)
{
	struct str command = { 0 };

	command_build(&command, s, "kafka-consumer-groups", "--describe", NULL, "--group", id, NULL);
	copy_command(ui, &command);
}

void command_copy_record(struct ui *ui, const char *topic, int32_t partition, int64_t offset)
{
	struct str command = { 0 };
	char place[16], at[24];

	snprintf(place, sizeof(place), "%" PRId32, partition);
	snprintf(at, sizeof(at), "%" PRId64, offset);
	command_build(&command, ui->live.cluster, "kafka-console-consumer", "--topic", topic, "--partition", place,
		"--offset", at, "--max-messages", "1", NULL);
	copy_command(ui, &command);
}

void command_copy_producer(struct ui *ui, const char *topic)
{
	struct str command = { 0 };

	command_build(&command, ui->live.cluster, "kafka-console-producer", "--topic", topic, NULL);
	copy_command(ui, &command);
}

void command_copy_members(struct ui *ui, const struct snapshot *s, const char *id)
{
	struct str command = { 0 };

	command_build(&command, s, "kafka-consumer-groups", "--describe", NULL, "--members", NULL, "--verbose", NULL,
		"--group", id, NULL);
	copy_command(ui, &command);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* `weir produce`: reads its options, sends the lines and reports each. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/produce_send.h"
#include "cli/say.h"

const struct column produce_columns[] = {
	{ .name = "line" },
	{ .name = "topic" },
	{ .name = "partition" },
	{ .name = "offset" },
	{ .name = "error" },
};
const size_t produce_column_count = sizeof(produce_columns) / sizeof(produce_columns[0]);

static bool parse_partition(struct produce *p, const char *text, struct error *err)
{
	char *end;
	long value;

	errno = 0;
	value = strtol(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || errno || value > INT32_MAX)
		return error_set(err, ERR_USAGE, "--partitions %s: give one number to produce to", text);
	p->partition = (int32_t)value;
	return true;
}

/* "NAME=VALUE", or "NAME" for a header without a value, as kcat takes them. */
static void parse_headers(struct produce *p, const struct produce_args *o)
{
	struct record_header *headers = mem_alloc(o->headers.count * sizeof(*headers));

	for (size_t i = 0; i < o->headers.count; i++) {
		const char *text = o->headers.items[i], *equals = strchr(text, '=');

		headers[i].name = equals ? mem_strndup(text, (size_t)(equals - text)) : mem_strdup(text);
		if (equals)
			headers[i].value = (struct bytes){ equals + 1, strlen(equals + 1) };
	}
	p->headers = headers;
	p->header_count = o->headers.count;
}

static bool check_confirm(const struct command_input *in, const char *topic, struct error *err)
{
	const char *confirm = in->args->confirm;

	if (in->is_protected && !confirm)
		return error_set(err, ERR_USAGE, "context %s is protected: add --confirm %s", in->context, topic);
	if (confirm && strcmp(confirm, topic) != 0)
		return error_set(err, ERR_USAGE, "--confirm %s: the name to confirm is %s", confirm, topic);
	return true;
}

static bool produce_check(const struct command_input *in, struct error *err)
{
	const struct produce_args *o = &in->args->produce;
	bool raw = in->args->format == OUTPUT_RAW;

	if (in->args->topics.count != 1)
		return error_set(err, ERR_USAGE, "weir produce takes one TOPIC");
	if (!check_confirm(in, in->args->topics.items[0], err))
		return false;
	if (raw && (o->keep_partition || o->keep_timestamp))
		return error_set(err, ERR_USAGE, "--keep-%s needs JSON input: raw lines have none",
			o->keep_partition ? "partition" : "timestamp");
	if (raw && o->allow_masked)
		return error_set(err, ERR_USAGE,
			"--allow-masked needs JSON input: raw lines do not say whether they were masked");
	if (!raw && o->key_separator)
		return error_set(err, ERR_USAGE,
			"--key-separator goes with -o raw: JSON lines have a key of their own");
	if (o->keep_partition && in->args->partitions)
		return error_set(err, ERR_USAGE, "--partitions and --keep-partition exclude one another");
	return true;
}

static bool produce_prepare(struct produce *p, const struct command_input *in, struct error *err)
{
	const struct produce_args *o = &in->args->produce;

	p->input.fd = STDIN_FILENO;
	p->topic = in->args->topics.items[0];
	p->raw = in->args->format == OUTPUT_RAW;
	p->keep_partition = o->keep_partition;
	p->keep_timestamp = o->keep_timestamp;
	p->allow_masked = o->allow_masked;
	p->empty_as_null = o->empty_as_null;
	p->separator = o->key_separator;
	p->partition = -1;
	p->tell_reports = in->args->verbose;
	p->progress = isatty(STDERR_FILENO) && !(p->tell_reports && isatty(STDOUT_FILENO)) && !isatty(STDIN_FILENO);
	if (in->args->partitions && !parse_partition(p, in->args->partitions, err))
		return false;
	if (o->lines ? !line_set_parse(&p->wanted, o->lines, err) : false)
		return false;
	if (!o->lines)
		line_set_add(&p->wanted, 1, LINES_NO_END);
	parse_headers(p, o);
	return true;
}

/* Everything that can be refused is refused before the first line is read. */
static bool open_producer(struct produce *p, const struct command_input *in, struct error *err)
{
	const struct producer_setup setup = {
		.partitioner = in->args->produce.partitioner,
		.compression = in->args->compression,
		.per_s = (double)in->args->per_s,
		.report = produce_report,
		.ready = produce_ready,
		.cancelled = produce_cancelled,
		.context = p,
	};
	int32_t count;

	p->producer = cluster_gate_producer(&in->gate, &setup, err);
	if (!p->producer)
		return false;
	count = producer_topic(p->producer, p->topic, err);
	cluster_name(&p->cluster, in->context, in->bootstrap, producer_cluster_id(p->producer));
	if (count > 0 && p->partition >= count)
		return error_set(err, ERR_NOT_FOUND, "topic %s: has no partition %d, only 0 to %d", p->topic,
			(int)p->partition, (int)count - 1);
	return count > 0;
}

static void produce_release(struct produce *p)
{
	producer_free(p->producer);
	str_release(&p->cluster);
	input_release(&p->input);
	record_lines_release(&p->lines);
	line_set_release(&p->wanted);
	line_set_release(&p->failed);
	line_set_release(&p->uncertain);
	str_release(&p->out);
	for (size_t i = 0; i < p->header_count; i++)
		free((char *)p->headers[i].name);
	free((struct record_header *)p->headers);
	free(p->all_headers);
}

int produce_run(const struct command_input *in, struct error *err)
{
	struct produce p = { 0 };
	int status;

	error_clear(err);
	if (!produce_check(in, err) || !wake_init(&p.wake, err))
		return error_exit_status(err);
	interrupt_catch(&p.wake, PRODUCE_WAKE_SIGNAL);
	if (produce_prepare(&p, in, err) && open_producer(&p, in, err)) {
		if (isatty(STDIN_FILENO) && isatty(STDERR_FILENO))
			command_say("reading %s lines from the terminal; Ctrl-d ends", p.raw ? "raw" : "JSON");
		status = produce_lines(&p);
	} else {
		status = error_exit_status(err);
	}
	produce_release(&p);
	wake_release(&p.wake);
	return status;
}

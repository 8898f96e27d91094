/* SPDX-License-Identifier: BSD-2-Clause */
/* Lists the contexts of the configuration file; connects to none and expands no ${...}. */
#include "cli/command.h"
#include "cli/output.h"
#include "cli/say.h"

enum {
	CONTEXTS_CONTEXT,
	CONTEXTS_DEFAULT,
	CONTEXTS_BOOTSTRAP,
	CONTEXTS_PROTOCOL,
	CONTEXTS_CLUSTER,
	CONTEXTS_READ_ONLY,
	CONTEXTS_PROTECTED,
	CONTEXTS_COLOR,
	CONTEXTS_COLUMN_COUNT
};

const struct column contexts_columns[CONTEXTS_COLUMN_COUNT] = {
	[CONTEXTS_CONTEXT] = { .name = "context", .title = "CONTEXT" },
	[CONTEXTS_DEFAULT] = { .name = "default", .title = "DEFAULT" },
	[CONTEXTS_BOOTSTRAP] = { .name = "bootstrap_servers", .title = "BOOTSTRAP SERVERS" },
	[CONTEXTS_PROTOCOL] = { .name = "security_protocol", .title = "PROTOCOL" },
	[CONTEXTS_CLUSTER] = { .name = "cluster_id", .title = "CLUSTER ID" },
	[CONTEXTS_READ_ONLY] = { .name = "read_only", .title = "READ-ONLY" },
	[CONTEXTS_PROTECTED] = { .name = "protected", .title = "PROTECTED" },
	[CONTEXTS_COLOR] = { .name = "color" },
};
const size_t contexts_column_count = CONTEXTS_COLUMN_COUNT;

static struct value yes_no(bool yes)
{
	struct value cell = value_bool(yes);

	cell.shown = yes ? "yes" : "no";
	return cell;
}

static void add_context(struct output *o, const struct context_info *c)
{
	struct value cells[CONTEXTS_COLUMN_COUNT] = {
		[CONTEXTS_CONTEXT] = value_text(c->name),
		[CONTEXTS_DEFAULT] = yes_no(c->is_default),
		[CONTEXTS_BOOTSTRAP] = value_text(c->bootstrap),
		[CONTEXTS_PROTOCOL] = value_text(c->protocol),
		[CONTEXTS_CLUSTER] = value_text(c->cluster_id),
		[CONTEXTS_READ_ONLY] = yes_no(c->read_only),
		[CONTEXTS_PROTECTED] = yes_no(c->is_protected),
		[CONTEXTS_COLOR] = value_text(c->color),
	};

	output_row(o, cells);
}

int contexts_run(const struct command_input *in, struct error *err)
{
	struct output out;
	bool ok;

	error_clear(err);
	output_init(&out, in->args->format, contexts_columns, CONTEXTS_COLUMN_COUNT);
	for (size_t i = 0; i < in->settings->context_count; i++)
		add_context(&out, &in->settings->contexts[i]);
	ok = output_write(&out, NULL, err);
	output_release(&out);
	if (!in->settings->context_count)
		command_say("%s has no contexts; write [context NAME] and bootstrap.servers = HOST:PORT into it",
			in->config_path);
	return ok || err->code == ERR_NONE ? 0 : error_exit_status(err);
}

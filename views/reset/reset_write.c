/* SPDX-License-Identifier: BSD-2-Clause */
/* Writes the plan to a file, or as the command of Kafka's own tool. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "model/reset_text.h"
#include "ui/export.h"
#include "views/reset/reset_state.h"

void reset_check_command(struct view *v)
{
	const struct reset_state *st = reset_state(v);
	const struct snapshot *s = v->ui->live.cluster;
	struct str command = { 0 };
	bool needs_file = false;

	reset_plan_command(&command, st->check.plan,
		s && s->connection.bootstrap ? s->connection.bootstrap : "HOST:PORT", NULL, &needs_file);
	v->ui->calls->copy(v->ui, str_text(&command), needs_file ? "the command (E writes its FILE)" : "the command");
	str_release(&command);
}

static void add_json_row(struct str *out, const struct reset_plan *p, const struct reset_row *r)
{
	struct json j = { .out = out };
	struct str note_text = { 0 };

	reset_row_note(&note_text, r);
	json_object(&j, NULL);
	json_bytes(&j, "group", p->request->group, strlen(p->request->group));
	json_string(&j, "topic", r->topic);
	json_int(&j, "partition", r->partition);
	if (r->committed == RESET_NO_OFFSET)
		json_null(&j, "committed_offset");
	else
		json_int(&j, "committed_offset", r->committed);
	if (r->action == RESET_COMMIT)
		json_int(&j, "target_offset", r->target);
	else
		json_null(&j, "target_offset");
	json_string(&j, "note", str_text(&note_text));
	json_object_end(&j);
	str_add_char(out, '\n');
	str_release(&note_text);
}

static void write_plan(struct ui *ui, void *data, const char *path)
{
	const struct reset_plan *p = reset_state(data)->check.plan;
	struct str out = { 0 };
	struct error err;

	if (!path || !*path || !p)
		return;
	if (export_is_json(path))
		for (size_t i = 0; i < p->row_count; i++)
			add_json_row(&out, p, &p->rows[i]);
	else
		reset_plan_csv(&out, p, false);
	if (export_write(path, &out, &err)) {
		char *said = mem_printf("written to %s", path);

		ui->calls->message(ui, SEVERITY_OK, said);
		free(said);
	} else {
		ui->calls->message(ui, SEVERITY_WARN, err.message);
	}
	str_release(&out);
}

void reset_check_export(struct view *v, const char *path)
{
	struct str name = { 0 };

	if (path && *path) {
		write_plan(v->ui, v, path);
		return;
	}
	export_default_name("reset", &name);
	v->ui->calls->prompt(v->ui, "write the plan to (.csv for kafka-consumer-groups, .json): ", str_text(&name),
		"export", NULL, write_plan, v);
	str_release(&name);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `weir topic apply`: prints the difference between a declarative file and the
 * cluster, and with --execute removes it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "change/apply_execute.h"
#include "change/topic_state.h"
#include "cli/output.h"
#include "cli/say.h"
#include "cli/topic_apply.h"
#include "cli/topic_confirm.h"
#include "cli/topic_run.h"

enum { FILE_MAX = 64 << 20 };
enum { APPLY_TOPIC, APPLY_ACTION, APPLY_NAME, APPLY_BEFORE, APPLY_AFTER, APPLY_STATE, APPLY_ERROR, APPLY_COLUMN_COUNT };

const struct column topic_apply_columns[APPLY_COLUMN_COUNT] = {
	[APPLY_TOPIC] = { .name = "topic", .title = "TOPIC" },
	[APPLY_ACTION] = { .name = "action", .title = "ACTION" },
	[APPLY_NAME] = { .name = "name", .title = "NAME" },
	[APPLY_BEFORE] = { .name = "before", .title = "BEFORE" },
	[APPLY_AFTER] = { .name = "after", .title = "AFTER" },
	[APPLY_STATE] = { .name = "state", .title = "STATE" },
	[APPLY_ERROR] = { .name = "error", .title = "ERROR" },
};
const size_t topic_apply_column_count = APPLY_COLUMN_COUNT;

void topic_apply_row(struct output *o, const char *topic, const char *action, const char *name, const char *before,
	const char *after, const char *state, const char *error)
{
	struct value cells[APPLY_COLUMN_COUNT];

	cells[APPLY_TOPIC] = value_text(topic);
	cells[APPLY_ACTION] = value_text(action);
	cells[APPLY_NAME] = value_text(name);
	cells[APPLY_BEFORE] = value_text(before);
	cells[APPLY_AFTER] = value_text(after);
	/* A reset setting gets its default; a created one had no value before. */
	if (!before && strcmp(action, topic_apply_kind_name(TOPIC_APPLY_CONFIG)) == 0)
		cells[APPLY_BEFORE].shown = "(default)";
	if (!after && strcmp(action, topic_apply_kind_name(TOPIC_APPLY_CONFIG)) == 0)
		cells[APPLY_AFTER].shown = "(default)";
	cells[APPLY_STATE] = value_text(state);
	cells[APPLY_ERROR] = value_text(error);
	output_row(o, cells);
}

static void add_row(struct output *o, const struct topic_apply_item *item, const char *name, const char *before,
	const char *after)
{
	topic_apply_row(o, item->topic, topic_apply_kind_name(item->kind), name, before, after,
		topic_apply_state_name(item->state), item->why);
}

static const char *count_text(struct output *o, int32_t count)
{
	char text[16];

	snprintf(text, sizeof(text), "%d", (int)count);
	return count < 0 ? NULL : arena_strdup(o->arena, text);
}

void topic_apply_rows(struct output *o, const struct topic_apply_item *item)
{
	if (item->kind != TOPIC_APPLY_CONFIG)
		add_row(o, item, "partitions", count_text(o, item->partitions_before), count_text(o, item->partitions));
	if (item->replication >= 0)
		add_row(o, item, "replication-factor", NULL, count_text(o, item->replication));
	for (size_t i = 0; i < item->setting_count; i++)
		add_row(o, item, item->settings[i].name, item->settings[i].before, item->settings[i].after);
}

static bool apply_print(const struct command_input *in, const struct topic_apply *plan, struct error *err)
{
	struct output o;
	bool ok = true;

	output_init(&o, in->args->format, topic_apply_columns, topic_apply_column_count);
	for (size_t i = 0; i < plan->count; i++)
		topic_apply_rows(&o, &plan->items[i]);
	if (plan->count || in->args->format != OUTPUT_TABLE)
		ok = output_write(&o, NULL, err) || err->code == ERR_NONE;
	output_release(&o);
	return ok;
}

static void say_what(const struct command_input *in, const struct topic_apply *plan, const char *cluster_id,
	bool executed)
{
	size_t failed = topic_apply_count(plan, TOPIC_APPLY_FAILED), done = topic_apply_count(plan, TOPIC_APPLY_DONE);
	size_t left = topic_apply_count(plan, TOPIC_APPLY_PLANNED);
	struct str text = { 0 };

	for (size_t i = 0; i < plan->count; i++)
		if (plan->items[i].why)
			command_say("%s%s%s", strncmp(plan->items[i].why, "topic ", 6) ? plan->items[i].topic : "",
				strncmp(plan->items[i].why, "topic ", 6) ? ": " : "", plan->items[i].why);
	if (plan->same)
		str_addf(&text, "%zu topic%s the file; ", plan->same, plan->same == 1 ? " matches" : "s match");
	if (plan->extra)
		str_addf(&text, "%zu not in the file, left alone (--prune deletes them); ", plan->extra);
	if (!plan->count)
		str_add(&text, "nothing to change");
	else if (!in->args->execute)
		str_addf(&text, "%zu change%s planned%s", left, left == 1 ? "" : "s",
			failed            ? ", others are not possible: --execute would change nothing" :
				left == 1 ? "; run with --execute to apply it" :
					    "; run with --execute to apply them");
	else if (!executed)
		str_addf(&text, "%zu of %zu changes are not possible: nothing was changed", failed, plan->count);
	else {
		str_addf(&text, "%zu of %zu changes done and verified on ", done, plan->count);
		cluster_name(&text, in->context, in->bootstrap, cluster_id);
		str_add(&text, "; weir undo lists them");
	}
	command_say("%s", str_text(&text));
	str_release(&text);
}

static bool read_cluster(struct topic_run *r, const struct topic_file *wanted, struct topic_file *now,
	struct error *err)
{
	struct error why = { 0 };

	if (topic_state_read_all(r->admin, false, now, err)) {
		/* Kafka's own topics are read only when they are named. */
		for (size_t i = 0; i < wanted->count; i++)
			if (!topic_file_find(now, wanted->topics[i].name) &&
				!topic_state_read(r->admin, wanted->topics[i].name, now, &why) &&
				why.code != ERR_NOT_FOUND) {
				*err = why;
				return false;
			}
		return true;
	}
	return false;
}

/*
 * Topics to be deleted are confirmed by name, as in weir topic delete; when there are none, protected contexts
 * ask for the name of the file.
 */
static bool apply_confirm(const struct topic_run *r, const struct topic_apply *plan, struct error *err)
{
	struct topic_question q = { .in = r->in, .wake = &r->wake };
	struct str names = { 0 };
	bool ok;

	for (size_t i = 0; i < plan->count; i++) {
		if (plan->items[i].kind != TOPIC_APPLY_DELETE)
			continue;
		str_addf(&names, "%s%s", q.count++ ? "," : "", plan->items[i].topic);
		command_say("delete topic %s, which is not in the file, with all its records (this cannot be undone)",
			plan->items[i].topic);
	}
	if (!q.count && (r->in->is_protected || r->in->args->confirm)) {
		str_add(&names, r->in->args->topics.items[0]);
		q.count = 1;
	}
	q.names = &names;
	ok = topic_confirm(&q, err);
	str_release(&names);
	return ok;
}

static int apply_file(struct topic_run *r, const struct topic_file *wanted, struct error *err)
{
	const struct command_input *in = r->in;
	struct cluster_gate gate = in->gate;
	const struct apply_host host = { &gate, topic_run_interrupted, r };
	const char *id;
	char *cluster_id = NULL;
	struct topic_file now = { 0 };
	struct topic_apply plan = { 0 };
	int status = 0;
	bool ok = admin_cluster_id(r->admin, &id, err), executed = false;

	if (ok) {
		cluster_id = mem_strdup(id);
		gate = cluster_gate_planned(&in->gate, cluster_id);
		ok = read_cluster(r, wanted, &now, err);
	}
	if (ok) {
		topic_apply_plan(&plan, wanted, &now, in->args->topic.prune);
		ok = apply_validate(r->admin, &plan, err);
	}
	executed = ok && in->args->execute && !topic_apply_count(&plan, TOPIC_APPLY_FAILED);
	if (executed)
		ok = executed = apply_confirm(r, &plan, err);
	if (executed)
		apply_execute(r->admin, &plan, &host);
	if (ok && (ok = apply_print(in, &plan, err))) {
		say_what(in, &plan, cluster_id, executed);
		status = topic_apply_count(&plan, in->args->execute ? TOPIC_APPLY_DONE : TOPIC_APPLY_PLANNED) <
			plan.count;
		if (topic_apply_count(&plan, TOPIC_APPLY_LEFT))
			status = 130;
	}
	free(cluster_id);
	topic_file_release(&now);
	topic_apply_release(&plan);
	return ok ? status : error_exit_status(err);
}

int topic_apply_run(const struct command_input *in, struct error *err)
{
	struct topic_file wanted = { 0 };
	struct topic_run r;
	struct str text = { 0 };
	int status;
	bool ok;

	error_clear(err);
	if (in->args->topics.count != 1) {
		error_set(err, ERR_USAGE, "weir topic apply takes one FILE");
		return error_exit_status(err);
	}
	ok = file_read_input(in->args->topics.items[0], FILE_MAX, &text, err) &&
		topic_file_parse(&wanted, in->args->topics.items[0], str_text(&text), text.len, err);
	str_release(&text);
	if (ok && !wanted.count)
		ok = error_set(err, ERR_USAGE, "%s: it has no [TOPIC] section", in->args->topics.items[0]);
	if (!ok || !topic_run_open(&r, in, err)) {
		status = error_exit_status(err);
	} else {
		status = apply_file(&r, &wanted, err);
		topic_run_close(&r);
	}
	topic_file_release(&wanted);
	return status;
}

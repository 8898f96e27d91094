/* SPDX-License-Identifier: BSD-2-Clause */
/* Prints plans and results of resets as rows, and in words below a table. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/reset.h"
#include "cli/say.h"
#include "codec/codec_rules.h"
#include "codec/codec.h"
#include "codec/mask.h"
#include "codec/render.h"
#include "model/cluster_pin.h"
#include "model/format.h"
#include "model/reset_text.h"

enum {
	RESET_COLUMN_GROUP,
	RESET_TOPIC,
	RESET_PARTITION,
	RESET_COMMITTED,
	RESET_LOG_START,
	RESET_LOG_END,
	RESET_TARGET,
	RESET_DIFFERENCE,
	RESET_ACTION,
	RESET_RESULT,
	RESET_RECORD,
	RESET_TIME,
	RESET_KEY,
	RESET_VALUE,
	RESET_NOTES,
	RESET_COLUMN_COUNT
};

enum { MOST_SHOWN = 60 };

const struct column reset_columns[RESET_COLUMN_COUNT] = {
	[RESET_COLUMN_GROUP] = { .name = "group", .title = "GROUP" },
	[RESET_TOPIC] = { .name = "topic", .title = "TOPIC" },
	[RESET_PARTITION] = { .name = "partition", .title = "PART", .right = true },
	[RESET_COMMITTED] = { .name = "committed_offset", .title = "COMMITTED", .right = true },
	[RESET_LOG_START] = { .name = "log_start_offset", .title = "LOG START", .right = true },
	[RESET_LOG_END] = { .name = "log_end_offset", .title = "LOG END", .right = true },
	[RESET_TARGET] = { .name = "target_offset", .title = "TARGET", .right = true },
	[RESET_DIFFERENCE] = { .name = "difference", .title = "DIFF", .right = true },
	[RESET_ACTION] = { .name = "action" },
	[RESET_RESULT] = { .name = "result", .title = "RESULT" },
	[RESET_RECORD] = { .name = "record_offset" },
	[RESET_TIME] = { .name = "timestamp", .title = "LANDS ON" },
	[RESET_KEY] = { .name = "key", .title = "KEY" },
	[RESET_VALUE] = { .name = "value", .title = "VALUE" },
	[RESET_NOTES] = { .name = "note", .title = "NOTE" },
};
const size_t reset_column_count = RESET_COLUMN_COUNT;

static const char *action_name(enum reset_action action)
{
	static const char *const names[] = { "commit", "delete", "leave", "excluded" };

	_Static_assert(sizeof(names) / sizeof(names[0]) == RESET_ACTION_COUNT, "a name for each action");
	return names[action];
}

static const struct reset_result_row *result_of(const struct reset_result *result, const struct reset_row *row)
{
	for (size_t i = 0; result && i < result->row_count; i++)
		if (result->rows[i].partition == row->partition && strcmp(result->rows[i].topic, row->topic) == 0)
			return &result->rows[i];
	return NULL;
}

static struct value result_value(struct reset_run *r, const struct reset_result_row *row)
{
	struct str text = { 0 };
	struct value value;

	if (!row)
		return value_text(NULL);
	if (row->error)
		return value_text(arena_strdup(r->output.arena, row->error));
	if (!row->read_back)
		return value_text("not verified");
	if (row->ok)
		return value_text("verified");
	str_add(&text, "differs: ");
	if (row->after < 0)
		str_add(&text, "no commit");
	else
		str_addf(&text, "%" PRId64, row->after);
	value = value_text(arena_strdup(r->output.arena, str_text(&text)));
	str_release(&text);
	return value;
}

static const struct reset_peek_record *peek_of(const struct reset_peek *peek, const struct reset_row *row)
{
	for (size_t i = 0; peek && i < peek->count; i++)
		if (peek->records[i].partition == row->partition && strcmp(peek->records[i].topic, row->topic) == 0)
			return &peek->records[i];
	return NULL;
}

/* The configured decoder of the topic; one that cannot be used is left to detection. */
static struct codec_choice choice_for(const struct reset_run *r, const char *topic, bool is_key)
{
	const char *text =
		r->in->settings->decoders ? codec_rules_find(r->in->settings->decoders, topic, is_key) : NULL;
	struct codec_choice choice = { 0 };
	struct error err;

	if (text && codec_choice_parse(&choice, text, &err))
		return choice;
	return (struct codec_choice){ codec_for_topic(topic), NULL };
}

static struct value decoded_value(struct reset_run *r, const struct reset_peek_record *record, bool is_key)
{
	struct codec_choice choice = choice_for(r, record->topic, is_key);
	struct bytes key = { record->key, record->key_len };
	struct codec_input input = { is_key ? key : (struct bytes){ record->value, record->value_len }, is_key, key };
	struct str text = { 0 };
	struct decoded decoded;
	struct value value;

	codec_decode(&choice, &input, r->output.arena, &decoded);
	mask_decoded(r->in->settings->mask, record->topic, is_key ? MASK_KEY : MASK_VALUE, r->output.arena, &decoded);
	render_summary(&text, &decoded, MOST_SHOWN);
	value = value_text(arena_strdup(r->output.arena, str_text(&text)));
	if (!input.bytes.p)
		value = (struct value){ .kind = VALUE_NULL, .shown = value.text };
	codec_choice_release(&choice);
	str_release(&text);
	return value;
}

static void add_peek(struct reset_run *r, struct value *cells, const struct reset_peek_record *record)
{
	struct str text = { 0 };

	switch (record->state) {
	case RESET_PEEK_FOUND:
		cells[RESET_RECORD] = value_int(record->offset);
		cells[RESET_TIME] = value_time(&r->output, record->timestamp_ms);
		format_datetime(&text, record->timestamp_ms, r->in->settings->utc);
		cells[RESET_TIME].shown = arena_strdup(r->output.arena, str_text(&text));
		cells[RESET_KEY] = decoded_value(r, record, true);
		cells[RESET_VALUE] = decoded_value(r, record, false);
		break;
	case RESET_PEEK_END:
		cells[RESET_TIME].shown = "end of log";
		break;
	case RESET_PEEK_FAILED:
		cells[RESET_TIME].shown = arena_strdup(r->output.arena, record->error);
		break;
	default:
		cells[RESET_TIME].shown = "not read in time";
		break;
	}
	str_release(&text);
}

static void add_row(struct reset_run *r, const struct reset_plan *plan, const struct reset_row *row,
	const struct reset_peek *peek, const struct reset_result *result)
{
	struct value cells[RESET_COLUMN_COUNT] = { { 0 } };
	const struct reset_peek_record *record = peek_of(peek, row);
	struct str note = { 0 };

	cells[RESET_COLUMN_GROUP] = value_text(plan->request->group);
	cells[RESET_TOPIC] = value_text(row->topic);
	cells[RESET_PARTITION] = value_int(row->partition);
	cells[RESET_COMMITTED] = value_known(row->committed);
	cells[RESET_LOG_START] = value_known(row->log_start);
	cells[RESET_LOG_END] = value_known(row->log_end);
	cells[RESET_TARGET] = value_known(row->target);
	cells[RESET_ACTION] = value_text(action_name(row->action));
	if (row->action == RESET_COMMIT && row->committed >= 0) {
		struct str text = { 0 };

		cells[RESET_DIFFERENCE] = value_int(row->target - row->committed);
		format_signed(&text, row->target - row->committed);
		cells[RESET_DIFFERENCE].shown = arena_strdup(r->output.arena, str_text(&text));
		str_release(&text);
	}
	if (row->action == RESET_REMOVE)
		cells[RESET_TARGET].shown = "delete";
	cells[RESET_RESULT] = result_value(r, result_of(result, row));
	if (record)
		add_peek(r, cells, record);
	reset_row_note(&note, row);
	if (record && record->state == RESET_PEEK_FOUND && record->offset > row->target)
		str_addf(&note, "%snothing at the target, the next record is %" PRId64, note.len ? "; " : "",
			record->offset);
	if (note.len)
		cells[RESET_NOTES] = value_text(arena_strdup(r->output.arena, note.p));
	output_row(&r->output, cells);
	str_release(&note);
}

static void print_safe(const char *text)
{
	struct str safe = { 0 };

	text_safe(&safe, text, strlen(text));
	printf("%s\n", str_text(&safe));
	str_release(&safe);
}

/* A group that stands still has no rate, so no time to catch up is known; the rate of arriving records is. */
static void print_left(const struct reset_run *r, const struct reset_plan *plan)
{
	double per_s = r->arrivals.per_s;
	struct str text = { 0 };

	if (isnan(per_s))
		return;
	str_add(&text, "remaining: up to ");
	format_count(&text, plan->left_to_read);
	str_add(&text, plan->left_to_read == 1 ? " record" : " records");
	if (per_s > 0) {
		str_add(&text, ", about ");
		format_duration(&text, (int64_t)((double)plan->left_to_read / per_s * 1000));
		str_add(&text, " of traffic at ");
		format_rate(&text, per_s);
		str_add(&text, " records/s (by record timestamps of the last ");
		format_duration(&text, r->arrivals.over_ms);
		str_add_char(&text, ')');
	} else {
		str_add(&text, "; none arrived in the last ");
		format_duration(&text, r->arrivals.over_ms);
		str_add(&text, ", by record timestamps");
	}
	printf("%s\n", str_text(&text));
	str_release(&text);
}

/* Below a table: a summary, and the same change as a command of Kafka's tool. */
static void print_words(struct reset_run *r, const struct reset_plan *plan, bool executed)
{
	struct str text = { 0 }, where = { 0 };
	bool needs_file;

	str_add(&text, executed ? "done: " : "would ");
	cluster_name(&where, r->in->context, r->in->bootstrap, plan->cluster_id);
	reset_plan_effect(&text, plan, str_text(&where));
	str_release(&where);
	print_safe(str_text(&text));
	if (!executed)
		print_left(r, plan);
	if (!executed && plan->refusal == RESET_ALLOWED) {
		str_clear(&text);
		str_add(&text, "the same with Kafka's tool: ");
		reset_plan_command(&text, plan, r->in->bootstrap, r->in->args->reset.export_file, &needs_file);
		if (needs_file && !r->in->args->reset.export_file)
			str_add(&text, "   (--export FILE writes the file)");
		print_safe(str_text(&text));
	}
	str_release(&text);
}

void reset_print(struct reset_run *r, const struct reset_plan *plan, const struct reset_peek *peek,
	const struct reset_result *result)
{
	struct column columns[RESET_COLUMN_COUNT];
	struct str heading = { 0 };
	struct error err = { 0 };
	bool done = result && result->journal_id;

	memcpy(columns, reset_columns, sizeof(columns));
	if (r->in->args->groups.count < 2)
		columns[RESET_COLUMN_GROUP].title = NULL;
	if (!peek)
		columns[RESET_TIME].title = columns[RESET_KEY].title = columns[RESET_VALUE].title = NULL;
	if (!done)
		columns[RESET_RESULT].title = NULL;
	r->output.columns = columns;
	for (size_t i = 0; i < plan->row_count; i++)
		add_row(r, plan, &plan->rows[i], peek, result);
	str_add(&heading, "group ");
	text_safe(&heading, group_id_shown(plan->request->group), strlen(group_id_shown(plan->request->group)));
	str_add(&heading, ": ");
	struct str how = { 0 };

	reset_describe_how(&how, &plan->request->how, plan->request, true);
	text_safe(&heading, str_text(&how), how.len);
	str_release(&how);
	if (!output_write(&r->output, plan->row_count ? str_text(&heading) : NULL, &err) && err.code != ERR_NONE)
		command_say("%s", err.message);
	r->output.columns = reset_columns;
	if (r->in->args->format == OUTPUT_TABLE && peek && peek->count < plan->commits)
		printf("read %zu of %zu target records\n", peek->count, plan->commits);
	if (r->in->args->format == OUTPUT_TABLE && (!result || result->outcome == RESET_DONE))
		print_words(r, plan, result != NULL);
	fflush(stdout);
	str_release(&heading);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* The tables of the targets and of the records that were sent. */
#include <stdlib.h>

#include "base/mem.h"
#include "model/format.h"
#include "views/produce/produce_view.h"

static struct produce_state *state_of(const void *owner)
{
	return ((const struct view *)owner)->state;
}

/* Targets */

enum target_column { TARGET, RECORDS, BYTES, DELIVERED, PARTITIONS, TARGET_COLUMNS };

static const struct table_column target_columns[TARGET_COLUMNS] = {
	[TARGET] = { "topic", "TOPIC", "", COLUMN_NAME, 24, 99, .searched = true },
	[RECORDS] = { "records", "TO SEND", "records that would go there", COLUMN_NUMBER, 9, 90 },
	[BYTES] = { "bytes", "BYTES", "of their keys and values", COLUMN_NUMBER, 9, 80 },
	[DELIVERED] = { "delivered", "DELIVERED", "records that are there", COLUMN_NUMBER, 9, 65 },
	[PARTITIONS] = { "partitions", "PARTITIONS", "that the topic has", COLUMN_NUMBER, 16, 70 },
};

static size_t target_rows(void *owner)
{
	return state_of(owner)->target_count;
}

static void target_key(void *owner, size_t row, struct str *out)
{
	const char *topic = state_of(owner)->targets[row].topic;

	str_add(out, topic ? topic : "");
}

static void target_cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct produce_state *st = state_of(owner);
	const struct draft_target *t = &st->targets[row];
	const struct snapshot *s = produce_cluster(owner);
	const struct topic *topic = s && t->topic ? snapshot_topic(s, t->topic) : NULL;

	switch ((enum target_column)column) {
	case TARGET:
		cell_text(c, t->topic ? t->topic : "no topic");
		if (!t->topic)
			cell_severity(c, SEVERITY_WARN);
		break;
	case RECORDS:
		cell_count(c, (int64_t)t->count);
		break;
	case BYTES:
		cell_int(c, (int64_t)t->bytes);
		format_bytes(&c->text, (double)t->bytes);
		break;
	case DELIVERED:
		cell_count(c, (int64_t)t->delivered);
		break;
	case PARTITIONS:
		if (topic) {
			cell_count(c, topic->partition_count);
		} else if (t->topic && s) {
			cell_text(c, "no such topic");
			cell_severity(c, SEVERITY_CRIT);
		}
		break;
	case TARGET_COLUMNS:
		break;
	}
}

static bool target_problem(void *owner, size_t row)
{
	const struct snapshot *s = produce_cluster(owner);
	const char *topic = state_of(owner)->targets[row].topic;

	return !topic || (s && !snapshot_topic(s, topic));
}

static const struct table_ops target_ops = {
	.columns = target_columns,
	.column_count = TARGET_COLUMNS,
	.rows = target_rows,
	.key = target_key,
	.cell = target_cell,
	.problem = target_problem,
};

void produce_targets_add(struct view *v)
{
	panes_add(v, "targets", &target_ops, v, NULL);
}

/* Sent */

enum sent_column { NUMBER, TOPIC, PARTITION, OFFSET, RESULT, SENT_COLUMNS };

static const struct table_column sent_columns[SENT_COLUMNS] = {
	[NUMBER] = { "record", "RECORD", "its number, from 1", COLUMN_NUMBER, 7, 60 },
	[TOPIC] = { "topic", "TOPIC", "", COLUMN_TEXT, 12, 99, 20, .searched = true },
	[PARTITION] = { "partition", "PART", "", COLUMN_NUMBER, 5, 90 },
	[OFFSET] = { "offset", "OFFSET", "", COLUMN_NUMBER, 13, 90 },
	[RESULT] = { "result", "RESULT", "delivered, or why not", COLUMN_NAME, 24, 98, .searched = true },
};

static size_t sent_rows(void *owner)
{
	return state_of(owner)->sent_count;
}

static void sent_key(void *owner, size_t row, struct str *out)
{
	(void)owner;
	str_addf(out, "%zu", row);
}

static void sent_cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct produce_sent *s = &state_of(owner)->sent[row];

	switch ((enum sent_column)column) {
	case NUMBER:
		cell_count(c, (int64_t)s->record + 1);
		break;
	case TOPIC:
		cell_text(c, s->topic);
		break;
	case PARTITION:
		cell_count(c, s->result.partition);
		break;
	case OFFSET:
		cell_count(c, s->result.offset);
		break;
	case RESULT:
		cell_textf(c, "%s%s",
			s->result.status == PRODUCE_DELIVERED         ? "delivered" :
				s->result.status == PRODUCE_UNSENT    ? "not sent" :
				s->result.status == PRODUCE_UNCERTAIN ? "no answer, may have been delivered: " :
									"",
			s->why ? s->why : "");
		cell_severity(c, produce_status_severity(s->result.status));
		break;
	case SENT_COLUMNS:
		break;
	}
}

static bool sent_problem(void *owner, size_t row)
{
	return produce_status_severity(state_of(owner)->sent[row].result.status) >= SEVERITY_WARN;
}

static const struct table_ops sent_ops = {
	.columns = sent_columns,
	.column_count = SENT_COLUMNS,
	.rows = sent_rows,
	.key = sent_key,
	.cell = sent_cell,
	.problem = sent_problem,
};

void produce_sent_add(struct view *v)
{
	panes_add(v, "sent", &sent_ops, v, NULL);
	table_follow(panes_table(v, PRODUCE_SENT), true);
}

void produce_sent_release(struct produce_state *st)
{
	for (size_t i = 0; i < st->sent_count; i++) {
		free(st->sent[i].topic);
		free(st->sent[i].why);
	}
	free(st->sent);
	st->sent = NULL;
	st->sent_count = st->sent_cap = 0;
}

static int compare_sent(const void *a, const void *b)
{
	const struct produce_sent *x = a, *y = b;
	bool x_there = x->result.status == PRODUCE_DELIVERED, y_there = y->result.status == PRODUCE_DELIVERED;

	return x_there != y_there ? y_there - x_there : (x->record > y->record) - (x->record < y->record);
}

/* Drops the reports of failures: those records are sent again. */
static void forget_failed(struct produce_state *st)
{
	size_t kept = 0;

	for (size_t i = 0; i < st->sent_count; i++) {
		if (st->sent[i].result.status == PRODUCE_DELIVERED) {
			st->sent[kept++] = st->sent[i];
			continue;
		}
		free(st->sent[i].topic);
		free(st->sent[i].why);
	}
	st->sent_count = kept;
}

void produce_sent_take(struct produce_state *st, const struct produce_job *job, const struct produce_outcome *o)
{
	if (st->draft->many)
		forget_failed(st);
	for (size_t i = 0; i < o->count; i++) {
		const struct produce_result *r = &o->results[i];
		size_t record = st->indices[i];

		st->draft->statuses[record] = r->status;
		st->sent = mem_grow(st->sent, &st->sent_cap, st->sent_count + 1, sizeof(*st->sent));
		st->sent[st->sent_count++] =
			(struct produce_sent){ record, mem_strdup(job->records[i].topic), mem_strdup(r->why), *r };
	}
	/* Failures come last, where the cursor is. */
	if (st->draft->many && st->sent_count)
		qsort(st->sent, st->sent_count, sizeof(*st->sent), compare_sent);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/verdict.h"
#include "views/figures.h"
#include "views/tables.h"
#include "views/topic_rows.h"

enum column { PART, LEADER, REPLICAS, ISR, LOG_START, LOG_END, RECORDS, IN, NOTE, EPOCH, LAST_STABLE, COLUMN_COUNT };

static const struct table_column columns[COLUMN_COUNT] = {
	[PART] = { "partition", "PART", "partition", COLUMN_TEXT, 5, 99, .searched = true },
	[LEADER] = { "leader", "LEADER", "broker that leads it", COLUMN_NUMBER, 6, 90, .searched = true },
	[REPLICAS] = { "replicas", "REPLICAS", "brokers that hold it, preferred leader first", COLUMN_TEXT, 12, 50 },
	[ISR] = { "isr", "ISR", "replicas in sync", COLUMN_TEXT, 12, 80 },
	[LOG_START] = { "log_start_offset", "LOG START", "oldest record that is still there", COLUMN_NUMBER, 12, 40 },
	[LOG_END] = { "log_end_offset", "LOG END", "high watermark", COLUMN_NUMBER, 12, 70 },
	[RECORDS] = { "records", "RECORDS", "log end - log start", COLUMN_NUMBER, 12, 45 },
	[IN] = { "in_per_s", "IN/S", "records written per second, mean of 30 s", COLUMN_NUMBER, 8, 75 },
	[NOTE] = { "note", "NOTE", "what is wrong with it", COLUMN_NAME, 18, 85, .searched = true, .optional = true,
		.reason = true },
	[EPOCH] = { "leader_epoch", "EPOCH", "leader epoch", COLUMN_NUMBER, 6, 20 },
	[LAST_STABLE] = { "last_stable_offset", "STABLE", "last stable offset: the end under read_committed",
		COLUMN_NUMBER, 12, 10, .optional = true },
};

static const enum partition_figure figures[COLUMN_COUNT] = {
	[LEADER] = PARTITION_LEADER,
	[REPLICAS] = PARTITION_REPLICAS,
	[ISR] = PARTITION_ISR,
	[LOG_START] = PARTITION_LOG_START,
	[LOG_END] = PARTITION_LOG_END,
	[RECORDS] = PARTITION_RECORDS,
	[IN] = PARTITION_IN,
	[NOTE] = PARTITION_NOTE,
	[EPOCH] = PARTITION_EPOCH,
	[LAST_STABLE] = PARTITION_LAST_STABLE,
};

static const struct partition *partition_at(void *owner, size_t row)
{
	return &((const struct topic_rows *)owner)->topic->partitions[row];
}

static size_t rows(void *owner)
{
	const struct topic_rows *r = owner;

	return r->topic ? (size_t)r->topic->partition_count : 0;
}

static void key(void *owner, size_t row, struct str *out)
{
	str_addf(out, "%d", (int)partition_at(owner, row)->id);
}

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct topic_rows *r = owner;
	const struct partition *p = partition_at(owner, row);

	if (column == PART)
		cell_int(c, p->id);
	else
		figure_partition(c, r->s, r->topic, p, figures[column]);
}

static bool problem(void *owner, size_t row)
{
	const struct topic_rows *r = owner;

	return verdict_is_problem(verdict_partition(r->topic, partition_at(owner, row)));
}

static void note(void *owner, size_t row, struct str *out)
{
	figure_partition_stale(out, ((const struct topic_rows *)owner)->s, partition_at(owner, row));
}

const struct table_ops topic_partitions_table = {
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.rows = rows,
	.key = key,
	.cell = cell,
	.problem = problem,
	.note = note,
};

void topic_partitions_add(struct view *v, struct topic_rows *r)
{
	panes_add(v, "partitions", &topic_partitions_table, r, "+partition");
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* The topics to read records of, the busiest first. */
#include "views/figures.h"
#include "views/records/tail.h"
#include "views/topic_list.h"
#include "views/views.h"

enum column { TOPIC, PARTS, RECORDS, IN, TREND, COLUMN_COUNT };

static const struct table_column columns[COLUMN_COUNT] = {
	[TOPIC] = { "topic", "TOPIC", "name", COLUMN_NAME, 16, 99, .searched = true },
	[PARTS] = { "partitions", "PARTS", "partitions", COLUMN_NUMBER, 5, 60 },
	[RECORDS] = { "records", "RECORDS", "sum of log end - log start: an upper bound where records are compacted",
		COLUMN_NUMBER, 12, 80 },
	[IN] = { "in_per_s", "IN/S", "records written per second, mean of 30 s", COLUMN_NUMBER, 8, 90 },
	[TREND] = { "trend", "IN 5M", "records written per second, last five minutes", COLUMN_SPARK, 10, 50 },
};

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct topic *t = topic_list_at(owner, row);

	switch ((enum column)column) {
	case TOPIC:
		cell_text(c, t->name);
		if (t->internal)
			c->role = ROLE_INTERNAL;
		break;
	case PARTS:
		cell_int(c, t->partition_count);
		break;
	case RECORDS:
		figure_sum(c, t->records, t->records_unknown);
		break;
	case IN:
		cell_real(c, t->in_per_s);
		break;
	case TREND:
		cell_series(c, &t->in_history.fine, SPARK_FROM_ZERO);
		break;
	case COLUMN_COUNT:
		break;
	}
}

static const struct table_ops ops = {
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.rows = topic_list_rows,
	.key = topic_list_key,
	.cell = cell,
	.hidden = topic_list_hidden,
};

static bool open(struct view *v, struct error *err)
{
	(void)err;
	panes_add(v, "messages", &ops, v, "-in_per_s");
	return true;
}

static void draw(struct view *v, const struct area *a)
{
	struct waiting waiting = topic_list_waiting(panes_snapshot(v));

	panes_draw_one(v, a, &waiting, "Enter reads the topic; Space marks several; or type :messages TOPIC...");
}

static enum action_result action(struct view *v, enum action_id id, const char *arg)
{
	if (id == ACTION_OPEN || id == ACTION_TAIL) {
		tail_topics(v, panes_active(v), panes_snapshot(v));
		return ACTION_HANDLED;
	}
	return panes_action(v, id, arg);
}

const struct view_ops view_messages = {
	.name = "messages",
	.title = "messages",
	.needs = NEED_METADATA | NEED_ENDS | NEED_STARTS,
	.state_size = sizeof(struct panes),
	.capabilities = VIEW_TABLE | VIEW_TAIL | VIEW_UNDO,
	.open = open,
	.close = panes_close,
	.update = panes_update,
	.draw = draw,
	.action = action,
	.disabled = panes_disabled,
	.click = panes_click,
	.footer = panes_footer,
	.note = panes_note,
	.complete = panes_complete,
};

/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/events.h"
#include "views/views.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/format.h"
#include "views/tables.h"

enum column { TIME, SUBJECT, TEXT, KIND, COLUMN_COUNT };

static const struct table_column columns[COLUMN_COUNT] = {
	[TIME] = { "time", "TIME", "when weir saw it", COLUMN_TEXT, 8, 99 },
	[SUBJECT] = { "subject", "EVENTS", "what it is about", COLUMN_NAME, 10, 90, .searched = true },
	[TEXT] = { "text", "", "what happened", COLUMN_NAME, 14, 98, .searched = true },
	[KIND] = { "kind", "KIND", "kind of event", COLUMN_TEXT, 16, 10, .from_cols = 120, .searched = true },
};

static const struct event *event_at(const void *owner, size_t row)
{
	const struct snapshot *s = ((const struct panes *)((const struct view *)owner)->state)->s;

	return &s->events[s->event_count - 1 - row];
}

static size_t rows(void *owner)
{
	const struct snapshot *s = ((const struct panes *)((const struct view *)owner)->state)->s;

	return s ? s->event_count : 0;
}

static void key(void *owner, size_t row, struct str *out)
{
	str_addf(out, "%" PRIu64, event_at(owner, row)->seq);
}

/* "rebalanced, 20 times since 17:01; last: 3 -> 2 members" */
static void text_cell(struct cell *c, const struct event *e, bool utc)
{
	size_t what = strcspn(e->text, ":");
	struct str since = { 0 };

	if (e->times <= 1) {
		cell_text(c, e->text);
		return;
	}
	format_clock(&since, e->began_ms, utc);
	cell_textf(c, "%.*s, %d times since %.5s", (int)what, e->text, (int)e->times, str_text(&since));
	if (e->text[what])
		cell_textf(c, "; last%s", e->text + what);
	str_release(&since);
}

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct event *e = event_at(owner, row);

	switch ((enum column)column) {
	case TIME:
		cell_int(c, e->wall_ms);
		format_clock(&c->text, e->wall_ms, ((const struct view *)owner)->ui->utc);
		break;
	case SUBJECT:
		cell_text(c, e->subject);
		break;
	case TEXT:
		text_cell(c, e, ((const struct view *)owner)->ui->utc);
		cell_severity(c, e->severity);
		break;
	case KIND:
		cell_text(c, event_kind_name(e->kind));
		break;
	case COLUMN_COUNT:
		break;
	}
}

static bool problem(void *owner, size_t row)
{
	return event_at(owner, row)->severity >= SEVERITY_WARN;
}

const struct table_ops events_table = {
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.rows = rows,
	.key = key,
	.cell = cell,
	.problem = problem,
};

void events_add(struct view *v)
{
	panes_add(v, "events", &events_table, v, NULL);
}

void events_open(struct view *v, size_t row)
{
	const struct snapshot *s = ((const struct panes *)v->state)->s;
	const struct event *e = event_at(v, row);
	const char *dash = strrchr(e->subject, '-');
	char *topic;

	if (e->kind >= EVENT_GROUP_NEW && snapshot_group(s, e->subject)) {
		v->ui->calls->open(v->ui, &view_group, view_request_named(e->subject));
	} else if (snapshot_topic(s, e->subject)) {
		v->ui->calls->open(v->ui, &view_topic, view_request_named(e->subject));
	} else if (strncmp(e->subject, "broker ", 7) == 0) {
		v->ui->calls->open(v->ui, &view_broker, view_request_named(e->subject + 7));
	} else if (dash) {
		topic = mem_strndup(e->subject, (size_t)(dash - e->subject));
		if (snapshot_topic(s, topic))
			v->ui->calls->open(v->ui, &view_topic, view_request_named(topic));
		free(topic);
	}
}

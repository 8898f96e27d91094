/* SPDX-License-Identifier: BSD-2-Clause */
/* The newest events, from one snapshot to the next, and the time of day that they and the snapshots have. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "sample/store_parts.h"

enum { WALL_STEP_MS = 200 }; /* the clock was set, or drifted that far */

/*
 * The difference of the two clocks is kept while it holds, so that a figure's time
 * of day does not change by the moment that passes between reading one clock and
 * the other.
 */
int64_t store_wall_ms(struct store *st, int64_t now_ms)
{
	int64_t offset_ms = clock_wall_ms() - now_ms, change_ms = offset_ms - st->wall_offset_ms;

	if (change_ms > WALL_STEP_MS || change_ms < -WALL_STEP_MS)
		st->wall_offset_ms = offset_ms;
	return now_ms + st->wall_offset_ms;
}

static void drop_event(struct store *st, size_t i)
{
	free(st->events[i].subject);
	free(st->events[i].text);
	st->event_count--;
	memmove(&st->events[i], &st->events[i + 1], (st->event_count - i) * sizeof(*st->events));
}

static void keep_event(struct store *st, const struct event *event)
{
	struct store_event *to;
	struct event now = *event;
	struct str text = { 0 };

	if (!st->events)
		st->events = mem_alloc(EVENTS_KEPT * sizeof(*st->events));
	for (size_t i = st->event_count; i-- > 0;) {
		if (event_continues(&st->events[i].shown, &now, &text))
			drop_event(st, i);
	}
	if (st->event_count == EVENTS_KEPT)
		drop_event(st, 0);
	to = &st->events[st->event_count++];
	to->subject = mem_strdup(event->subject);
	to->text = text.len ? str_take(&text) : mem_strdup(event->text);
	to->shown = now;
	to->shown.subject = to->subject;
	to->shown.text = to->text;
	st->event_seq = event->seq;
}

void store_event(struct store *st, enum severity severity, const char *subject, const char *text, int64_t now_ms)
{
	int64_t wall_ms = store_wall_ms(st, now_ms);

	keep_event(st,
		&(struct event){ .seq = st->event_seq + 1,
			.wall_ms = wall_ms,
			.began_ms = wall_ms,
			.kind = EVENT_CHANGED,
			.severity = severity,
			.subject = subject,
			.text = text });
}

void store_events_add(struct store *st, struct snapshot *s)
{
	const struct event *found;
	size_t count = events_between(st->last, s, st->event_seq + 1, s->arena, &found);
	struct event *events;

	for (size_t i = 0; i < count; i++)
		keep_event(st, &found[i]);
	events = arena_array(s->arena, st->event_count, sizeof(*events));
	for (size_t i = 0; i < st->event_count; i++) {
		events[i] = st->events[i].shown;
		events[i].subject = arena_strdup(s->arena, st->events[i].subject);
		events[i].text = arena_strdup(s->arena, st->events[i].text);
	}
	s->events = events;
	s->event_count = st->event_count;
}

void store_events_release(struct store *st)
{
	while (st->event_count)
		drop_event(st, st->event_count - 1);
	free(st->events);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which offsets of a partition are read: from and to where the setup says, less what its filters leave out, and never
 * beyond the log's present end.
 */
#include <string.h>

#include "kafka/reader_parts.h"

/* `end`: the offset from which START_LAST counts back. -1: it was asked for, and there is none. */
static int64_t resolve_start(const struct reader_part *p, const struct start_at *at, enum reader_ask asked, int64_t end)
{
	int64_t start = p->offset[READER_ASK_START];

	switch (at->kind) {
	case START_EARLIEST:
		return start;
	case START_LAST:
		return end - start > at->count ? end - at->count : start;
	case START_OFFSET:
		return at->offset;
	case START_TIME:
	case START_GROUP:
		return p->offset[asked];
	case START_LATEST:
	case START_COUNT:
		break;
	}
	return p->offset[READER_ASK_END];
}

/* A time after the last record means the end, no committed offset the beginning. */
static int64_t resolve(const struct reader_part *p, const struct start_at *at, enum reader_ask asked, int64_t end)
{
	int64_t offset = resolve_start(p, at, asked, end);

	return offset >= 0 ? offset : p->offset[at->kind == START_GROUP ? READER_ASK_START : READER_ASK_END];
}

/* Where the other reader ended; its end is not known of a partition that it did not come to: only new records then. */
static int64_t resumed(const struct reader *old, const struct reader_part *p)
{
	for (size_t i = 0; i < old->part_count; i++)
		if (old->parts[i].partition == p->partition && strcmp(old->parts[i].topic->name, p->topic->name) == 0)
			return old->parts[i].resolved ? old->parts[i].end : p->offset[READER_ASK_END];
	return p->offset[READER_ASK_START];
}

static void choose_range(const struct reader_setup *s, struct reader_part *p)
{
	int64_t start = p->offset[READER_ASK_START], end = p->offset[READER_ASK_END];

	p->end = s->follow || s->to.kind == START_COUNT ? end : resolve(p, &s->to, READER_ASK_TO, end);
	if (p->end > end)
		p->end = end;
	p->from = s->resume ? resumed(s->resume, p) : resolve(p, &s->from, READER_ASK_FROM, p->end);
	if (s->range)
		s->range(s->context, p->topic->name, p->partition, start, end, &p->from, &p->end);
}

/* Records before the time of the filter; where `from` is a time or a group, the answer is about that. */
static int64_t first_since(const struct reader_setup *s, const struct reader_part *p)
{
	int64_t since = p->offset[READER_ASK_FROM];

	if (s->min_timestamp_ms == INT64_MIN || s->from.kind == START_TIME || s->from.kind == START_GROUP)
		return 0;
	return since < 0 ? p->offset[READER_ASK_END] : since;
}

static int64_t greater(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

int64_t reader_set_range(const struct reader_setup *s, struct reader_part *p)
{
	int64_t end = p->offset[READER_ASK_END], wanted;

	choose_range(s, p);
	wanted = p->from;
	p->from = greater(greater(p->from < end ? p->from : end, first_since(s, p)),
		s->offsets.min < end ? s->offsets.min : end);
	if (p->end > end)
		p->end = end;
	if (!s->follow && s->offsets.max < INT64_MAX && p->end > s->offsets.max + 1)
		p->end = s->offsets.max + 1;
	p->end = greater(p->end, p->from);
	return wanted;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/lag.h"

#include "base/text.h"
#include "model/format.h"

#include <string.h>

static int64_t min64(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t max64(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

struct lag lag_of(int64_t committed, int64_t log_start, int64_t end)
{
	struct lag l = { .lag = OFFSET_UNKNOWN, .lost = OFFSET_UNKNOWN, .note = LAG_OK };

	if (committed < 0) {
		l.note = LAG_NO_COMMIT;
		return l;
	}
	/* The start may have been read later than the end and lie beyond it: lag + lost stays end - committed. */
	if (log_start >= 0 && end >= 0)
		log_start = min64(log_start, end);
	if (log_start >= 0)
		l.lost = max64(0, log_start - committed);
	if (end < 0) {
		l.note = LAG_NO_END;
	} else if (committed > end) {
		l.note = LAG_BEYOND_END;
		l.beyond = committed - end;
	} else {
		/* Without the log start this still counts what retention may have removed: the note says so. */
		l.lag = end - max64(committed, log_start);
		if (log_start < 0)
			l.note = LAG_NO_START;
	}
	return l;
}

void lag_note_text(struct str *out, const struct group_partition *row)
{
	switch (row->note) {
	case LAG_NO_COMMIT:
		str_add(out, "never committed");
		break;
	case LAG_BEYOND_END:
		str_add(out, "committed ");
		format_count(out, row->beyond);
		str_add(out, " beyond the end");
		break;
	case LAG_NO_END:
		if (row->partition_ref && row->partition_ref->leader < 0)
			str_add(out, "no leader: end offset not known");
		else
			str_add(out, "end offset not known");
		break;
	case LAG_NO_START:
		str_add(out, "log start not known");
		break;
	case LAG_NO_TOPIC:
		str_add(out, "topic does not exist or may not be described");
		break;
	case LAG_COMMIT_ERROR:
		str_add(out, "committed offset: ");
		if (row->error)
			text_safe(out, row->error, strlen(row->error));
		else
			str_add(out, "error");
		break;
	case LAG_NOT_READ:
		str_add(out, "committed offset not known");
		break;
	case LAG_OK:
	case LAG_NOTE_COUNT:
		break;
	}
}

const char *lag_note_name(enum lag_note note)
{
	static const char *const names[] = {
		[LAG_OK] = NULL,
		[LAG_NO_COMMIT] = "never_committed",
		[LAG_BEYOND_END] = "beyond_end",
		[LAG_NO_END] = "end_unknown",
		[LAG_NO_START] = "log_start_unknown",
		[LAG_NO_TOPIC] = "topic_unknown",
		[LAG_COMMIT_ERROR] = "commit_error",
		[LAG_NOT_READ] = "commit_unknown",
	};

	_Static_assert(sizeof(names) / sizeof(names[0]) == LAG_NOTE_COUNT, "a name for each note");
	return names[note];
}

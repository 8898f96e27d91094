/* SPDX-License-Identifier: BSD-2-Clause */
/* The range of offsets to read of each partition. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "kafka/reader_parts.h"

static void set_range(struct reader *r, struct reader_part *p)
{
	int64_t wanted = reader_set_range(&r->setup, p), end = p->offset[READER_ASK_END];

	if (wanted > end && r->setup.follow)
		reader_note(r, false,
			"%s-%" PRId32 ": offset %" PRId64 " lies beyond the end %" PRId64 ", reading from there",
			p->topic->name, p->partition, wanted, end);
}

static const char *why_unknown(const struct reader_part *p)
{
	if (p->leader < 0 && !p->err)
		return "no leader";
	return p->why ? p->why : "no answer";
}

static bool is_known(const struct reader_part *p)
{
	return p->offset[READER_ASK_START] >= 0 && p->offset[READER_ASK_END] >= 0 && p->answered[READER_ASK_FROM] &&
		p->answered[READER_ASK_TO];
}

/* A broker refused it and would refuse it again. */
static bool is_refused(const struct reader_part *p)
{
	for (int ask = 0; ask < READER_ASK_COUNT; ask++)
		if (p->answered[ask] && ask <= READER_ASK_END && p->offset[ask] < 0)
			return true;
	return false;
}

static void set_known(struct reader *r, struct reader_part *p, size_t row)
{
	int64_t start = p->offset[READER_ASK_START];
	struct reader_part known = *p;

	if (reader_outside_begin(r)) {
		set_range(r, &known);
		reader_outside_end(r);
	} else {
		known.from = known.end = start;
	}
	pthread_mutex_lock(&r->lock);
	p->from = known.from;
	p->end = known.end;
	p->resolved = true;
	pthread_mutex_unlock(&r->lock);
	scan_range(r->scan, row, p->from, r->setup.follow ? INT64_MAX : p->end);
	if (p->from >= start)
		return;
	reader_note(r, false,
		"%s-%" PRId32 ": retention removed what lay before offset %" PRId64 ", reading from there",
		p->topic->name, p->partition, start);
	scan_torn(r->scan, row, r->setup.follow || start < p->end ? start : p->end);
}

static void resolve_part(struct reader *r, struct reader_part *p)
{
	size_t row = scan_add(r->scan, p->topic->name, p->partition, 0, -1);

	p->from = p->end = -1;
	if (is_known(p)) {
		set_known(r, p, row);
	} else if (reader_is_patient(r) && !is_refused(p)) {
		scan_wait(r->scan, row, why_unknown(p));
		r->unresolved++;
	} else {
		scan_fail(r->scan, row, why_unknown(p));
		reader_note(r, true, "%s-%" PRId32 ": offsets not known: %s", p->topic->name, p->partition,
			why_unknown(p));
	}
}

void reader_resolve_answered(struct reader *r)
{
	for (size_t i = 0; i < r->part_count; i++) {
		struct reader_part *p = &r->parts[i];

		if (p->resolved || scan_row_state(r->scan, i) != SCAN_READING)
			continue;
		if (is_refused(p)) {
			reader_fail_part(r, i, why_unknown(p));
		} else if (is_known(p)) {
			r->unresolved--;
			set_known(r, p, i);
			scan_wait(r->scan, i, NULL);
			if (scan_row_state(r->scan, i) == SCAN_READING)
				reader_start_part(r, i, scan_position(r->scan, i));
			else
				r->unfinished--;
		}
	}
}

/* After the deadline with no offset known, the cluster cannot be reached. */
static bool nothing_known(const struct reader *r)
{
	for (size_t i = 0; i < r->part_count; i++)
		if (r->parts[i].offset[READER_ASK_END] >= 0 || r->parts[i].err)
			return false;
	return true;
}

/* Makes the last note the error. */
static bool nothing_to_read(struct reader *r, struct error *err)
{
	const char *last;

	pthread_mutex_lock(&r->lock);
	if (r->notes.len > 0) {
		r->notes.p[--r->notes.len] = '\0';
		last = strrchr(r->notes.p, '\n');
		last = last ? last + 1 : r->notes.p;
		error_set(err, ERR_NOT_FOUND, "%s", last);
		r->notes.len = (size_t)(last - r->notes.p);
		r->notes.p[r->notes.len] = '\0';
	} else {
		error_set(err, ERR_NOT_FOUND, "there is nothing to read");
	}
	pthread_mutex_unlock(&r->lock);
	return false;
}

bool reader_resolve(struct reader *r, struct error *err)
{
	if (!reader_resolve_topics(r, err))
		return false;
	if (r->part_count == 0)
		return nothing_to_read(r, err);
	if (!reader_ask_groups(r, err))
		return false;
	if (!reader_ask_offsets(r))
		return error_set(err, ERR_INTERRUPTED, "interrupted");
	if (nothing_known(r) && clock_mono_ms() >= r->deadline_ms && !reader_is_patient(r))
		return reader_not_connected(r, RD_KAFKA_RESP_ERR__TIMED_OUT, err);
	for (size_t i = 0; i < r->part_count; i++)
		resolve_part(r, &r->parts[i]);
	return true;
}

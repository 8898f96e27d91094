/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Partitions that do not answer. Where offsets could not be read, they are
 * asked for again with growing pauses while the other partitions are read. When
 * a started partition stands still, librdkafka must recover it; here its
 * silence is measured, reported, and ended after `patience_ms`. Silence counts
 * per leader: a partition that gets nothing while others of its leader do is
 * only waiting its turn.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/mem.h"
#include "kafka/reader_parts.h"
#include "model/format.h"

enum {
	STEP_MS = 1000,
	ASK_MS = 5000,     /* timeout of one request for offsets */
	LEADERS_MS = 1000, /* timeout of one request for leaders */
	PAUSE_MS = 500,    /* before the first call is repeated; doubles */
	PAUSE_MAX_MS = 8000,
	STILL_MS = 3000,   /* time without a record after which a note is made */
	SILENT_MS = 10000, /* time without a description of the topics, requested every 3 s; it may take 5 s */
	QUIET_MS = 30000   /* default patience */
};

/* A longer patience than this is not mentioned in notes. */
static const int64_t PATIENCE_SHOWN_MAX_MS = INT64_C(30) * 24 * 3600 * 1000;

static int64_t reader_patience_ms(const struct reader *r)
{
	return r->setup.patience_ms ? r->setup.patience_ms : QUIET_MS;
}

bool reader_is_patient(const struct reader *r)
{
	return r->setup.patience_ms || r->setup.follow;
}

/* Offsets that are not known yet */

static void ask_again(struct reader *r, int64_t now_ms)
{
	const rd_kafka_metadata_t *md;

	if (rd_kafka_metadata(r->rk, 0, NULL, &md, LEADERS_MS) == RD_KAFKA_RESP_ERR_NO_ERROR) {
		reader_set_leaders(r, md);
		rd_kafka_metadata_destroy(md);
	}
	r->deadline_ms = now_ms + ASK_MS;
	reader_send_missing(r);
}

static void ask_missing_offsets(struct reader *r, int64_t now_ms)
{
	if (r->asked && r->asks_open == 0) {
		r->asked = false;
		reader_resolve_answered(r);
		r->ask_pause_ms = r->ask_pause_ms ? r->ask_pause_ms * 2 : PAUSE_MS;
		if (r->ask_pause_ms > PAUSE_MAX_MS)
			r->ask_pause_ms = PAUSE_MAX_MS;
		/* Spread over time: many readers may wait for one broker. */
		r->ask_ms = now_ms + r->ask_pause_ms * 3 / 4 + (now_ms * 7919) % (r->ask_pause_ms / 2);
	}
	if (r->unresolved > 0 && !r->asked && now_ms >= r->ask_ms) {
		r->asked = true;
		ask_again(r, now_ms);
	}
}

/* Partitions that stand still */

static struct reader_leader *leader_of(struct reader *r, int32_t id)
{
	for (size_t i = 0; i < r->leader_count; i++)
		if (r->leaders[i].id == id)
			return &r->leaders[i];
	r->leaders = mem_grow(r->leaders, &r->leader_cap, r->leader_count + 1, sizeof(*r->leaders));
	r->leaders[r->leader_count] = (struct reader_leader){ id, r->waited_ms };
	return &r->leaders[r->leader_count++];
}

static void note_progress(struct reader *r, int64_t now_ms)
{
	for (size_t i = 0; i < r->part_count; i++) {
		struct reader_part *p = &r->parts[i];
		int64_t position = scan_position(r->scan, i);

		if (!p->resolved || position == p->heard_at)
			continue;
		p->heard_at = position;
		p->heard_ms = now_ms;
		if (p->leader >= 0)
			leader_of(r, p->leader)->heard_ms = now_ms;
	}
}

static int64_t still_since(struct reader *r, const struct reader_part *p)
{
	int64_t since = p->heard_ms > r->waited_ms ? p->heard_ms : r->waited_ms;

	/* A part without offsets has no answer from its leader, whatever the leader does for others. */
	if (p->resolved && p->leader >= 0 && leader_of(r, p->leader)->heard_ms > since)
		since = leader_of(r, p->leader)->heard_ms;
	return since;
}

static void add_reason(const struct reader *r, const struct reader_part *p, int64_t since, struct str *out)
{
	if (p->leader < 0)
		str_add(out, "no leader");
	else
		str_addf(out, "no answer from broker %" PRId32, p->leader);
	if (!p->resolved && p->why && p->leader >= 0)
		str_addf(out, " (%s)", p->why);
	else if (r->last_error[0] && r->last_error_ms >= since)
		str_addf(out, " (%s)", r->last_error);
}

/* Once for each leader: its partitions all wait for it. */
static void reader_tell_reason(struct reader *r, const struct reader_part *p, const char *why)
{
	struct reader_leader *leader = leader_of(r, p->leader);
	struct str until = { 0 };

	if (leader->told)
		return;
	leader->told = true;
	if (!r->setup.follow && reader_patience_ms(r) < PATIENCE_SHOWN_MAX_MS) {
		str_add(&until, " for up to ");
		format_duration(&until, reader_patience_ms(r));
	}
	reader_note(r, false, "%s-%" PRId32 ": %s; weir keeps trying%s", p->topic->name, p->partition, why,
		str_text(&until));
	str_release(&until);
}

static void check_still_part(struct reader *r, size_t row, int64_t now_ms)
{
	struct reader_part *p = &r->parts[row];
	int64_t since = still_since(r, p), still_ms = now_ms - since;
	struct str why = { 0 };

	if (still_ms < STILL_MS && still_ms < reader_patience_ms(r)) {
		scan_wait(r->scan, row, NULL);
		return;
	}
	add_reason(r, p, since, &why);
	if (still_ms < reader_patience_ms(r) || r->setup.follow)
		reader_tell_reason(r, p, str_text(&why));
	str_add(&why, still_ms < reader_patience_ms(r) || r->setup.follow ? " for " : " within ");
	format_duration(&why, still_ms);
	if (still_ms >= reader_patience_ms(r) && !r->setup.follow)
		reader_fail_part(r, row, str_text(&why));
	else
		scan_wait(r->scan, row, str_text(&why));
	str_release(&why);
}

void reader_wait_step(struct reader *r, int64_t now_ms)
{
	ask_missing_offsets(r, now_ms);
	if (now_ms - r->stepped_ms < STEP_MS)
		return;
	r->stepped_ms = now_ms;
	note_progress(r, now_ms);
	for (size_t i = 0; i < r->part_count; i++)
		if (scan_row_state(r->scan, i) == SCAN_READING && (!r->setup.follow || !r->parts[i].resolved))
			check_still_part(r, i, now_ms);
}

/* Brokers that stopped answering. While following, nothing else would show it: the topics may just be quiet. */

static void end_silence(struct reader *r, int64_t now_ms)
{
	struct str since = { 0 };

	format_duration(&since, (now_ms - r->silent_ms) / 1000 * 1000);
	pthread_mutex_lock(&r->lock);
	r->silent_ms = 0;
	pthread_mutex_unlock(&r->lock);
	reader_note(r, false, "a broker answers again after %s", str_text(&since));
	str_release(&since);
}

void reader_watch_silence(struct reader *r, int64_t now_ms)
{
	const char *why = r->last_error[0] && r->last_error_ms >= r->answered_ms ? r->last_error : "";

	if (now_ms - r->answered_ms < SILENT_MS) {
		if (r->silent_ms)
			end_silence(r, now_ms);
		return;
	}
	if (!r->silent_ms)
		reader_note(r, false, "stale: no broker has answered for %d s%s%s; weir keeps trying", SILENT_MS / 1000,
			*why ? ": " : "", why);
	pthread_mutex_lock(&r->lock);
	r->silent_ms = r->answered_ms;
	snprintf(r->silent_why, sizeof(r->silent_why), "%s", why);
	pthread_mutex_unlock(&r->lock);
}

bool reader_stale(struct reader *r, struct str *out)
{
	pthread_mutex_lock(&r->lock);
	bool stale = r->silent_ms != 0;

	if (stale) {
		format_duration(out, (clock_mono_ms() - r->silent_ms) / 1000 * 1000);
		str_addf(out, ": %s", r->silent_why[0] ? r->silent_why : "no answer");
	}
	pthread_mutex_unlock(&r->lock);
	return stale;
}

/* Topics that a broker says do not exist: a broker that has just started says so for a moment. */

void reader_doubt_topic(struct reader *r, struct reader_topic *t)
{
	if (r->setup.follow) {
		reader_topic_gone(r, t);
	} else if (!t->doubt_ms && !t->gone) {
		t->doubt_ms = clock_mono_ms() + STEP_MS;
		t->doubts = 0;
	}
}

static void restart_rows(struct reader *r, const struct reader_topic *t)
{
	for (int32_t i = 0; i < t->partition_count; i++) {
		size_t row = t->rows[i];

		if (row != SIZE_MAX && r->parts[row].resolved && scan_row_state(r->scan, row) == SCAN_READING)
			reader_start_part(r, row, scan_position(r->scan, row));
	}
}

void reader_settle_doubts(struct reader *r, int64_t now_ms)
{
	for (size_t i = 0; i < r->topic_count; i++) {
		struct reader_topic *t = r->topics[i];
		const rd_kafka_metadata_t *md;

		if (!t->doubt_ms || now_ms < t->doubt_ms)
			continue;
		t->doubt_ms = now_ms + STEP_MS;
		if (rd_kafka_metadata(r->rk, 0, t->rkt, &md, LEADERS_MS))
			continue;
		bool there = md->topic_cnt == 1 && md->topics[0].partition_cnt > 0;

		rd_kafka_metadata_destroy(md);
		if (there) {
			t->doubt_ms = 0;
			restart_rows(r, t);
		} else if (++t->doubts >= 3) {
			t->doubt_ms = 0;
			reader_topic_gone(r, t);
		}
	}
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "change/clone_copy.h"

#include <inttypes.h>
#include <math.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "kafka/reader.h"
#include "model/format.h"

enum {
	TICK_MS = 50,
	TELL_MS = 250,
	SAVE_MS = 1000,
	STOP_WAIT_MS = 2000,
	INTERRUPTED_FLUSH_MS = 5000,
	LOOK_EVERY = 100,
	MOMENTS = 32,    /* samples, one every TELL_MS: rates are taken over this many */
	PAUSE_MS = 5000, /* a note is made when nothing has moved for so long */
	LOST_MS = 1000,  /* a connection that failed and has not answered for so long is lost */
	KNOWN_MS = 10000,
	LOOK_MS = 100
};

/* Practically without end: the user cancels. */
static const int64_t PATIENCE_MS = INT64_C(365) * 24 * 3600 * 1000;

struct moment {
	int64_t ms, delivered, bytes, done;
};

struct copy {
	struct clone_job *job;
	struct reader *reader;
	struct producer *producer;
	uint64_t taken; /* batches */
	int64_t begun_ms, told_ms, saved_ms;
	int64_t *answered_ms;           /* by partition: since when it waits for an answer */
	int64_t asked_ms;               /* when the target was last looked up */
	struct moment moments[MOMENTS]; /* a ring */
	size_t moment_count;
	uint64_t moved; /* records and batches when something last moved */
	int64_t moved_ms;
	bool pause_told;
	struct error err; /* the first error */
};

static struct clone_part *part_of(struct clone_job *job, int32_t partition)
{
	return partition >= 0 && (size_t)partition < job->state->part_count ? &job->state->parts[partition] : NULL;
}

/* Fails with an error that no other attempt can mend. */
static bool fail_for_good(struct copy *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static bool fail_for_good(struct copy *c, const char *fmt, ...)
{
	struct str why = { 0 };
	va_list ap;

	va_start(ap, fmt);
	str_addv(&why, fmt, ap);
	va_end(ap);
	c->job->stuck = true;
	error_set(&c->err, ERR_KAFKA, "%s", str_text(&why));
	str_release(&why);
	return false;
}

static void reader_ready(void *context)
{
	struct copy *c = context;

	wake_raise(c->job->wake, CLONE_WAKE_READER);
}

static bool is_interrupted(const struct copy *c)
{
	return c->job->interrupted(c->job->context);
}

/* Waits until something may be new; the caller checks what woke it. */
static void wait_for_news(struct copy *c)
{
	struct pollfd fd = { .fd = c->job->wake->read_fd, .events = POLLIN };
	unsigned others;

	poll(&fd, 1, TICK_MS);
	others = wake_drain(c->job->wake) & ~(unsigned)CLONE_WAKE_READER;
	if (others)
		wake_raise(c->job->wake, others);
}

static void tell_notes(struct copy *c)
{
	struct str notes = { 0 };

	/* A failure is reported as the error of a row that is not complete. */
	reader_take_notes(c->reader, &notes);
	for (char *line = notes.p, *end; line && (end = strchr(line, '\n')) != NULL; line = end + 1) {
		*end = '\0';
		c->job->note(c->job->context, line);
	}
	str_release(&notes);
}

static bool open_reader(struct copy *c, const struct clone_side *side, bool committed,
	void (*range)(void *context, const char *topic, int32_t partition, int64_t log_start, int64_t log_end,
		int64_t *from, int64_t *end))
{
	struct reader_setup setup = {
		.client = side->gate.client,
		.bootstrap = side->gate.pin.bootstrap,
		.cluster_id = cluster_pin_id(&side->gate.pin),
		.topics = &side->topic,
		.topic_count = 1,
		.from.kind = START_EARLIEST,
		.to.kind = START_COUNT,
		.read_committed = committed,
		.patience_ms = PATIENCE_MS,
		.timeout_ms = c->job->timeout_ms,
		.buffer_bytes = c->job->buffer_bytes,
		.offsets = { INT64_MIN, INT64_MAX },
		.min_timestamp_ms = INT64_MIN,
		.range = range,
		.context = c->job,
	};

	c->taken = 0;
	c->reader = reader_start(&setup, reader_ready, c, &c->err);
	return c->reader;
}

static void close_reader(struct copy *c)
{
	reader_leave(c->reader, STOP_WAIT_MS);
	c->reader = NULL;
}

/* Passes every record of the reader, in order, to `take`, until the end or the first error. */
static void read_all(struct copy *c, bool (*take)(struct copy *c, int32_t partition, const struct record *r),
	void (*between)(struct copy *c))
{
	uint64_t batches;

	for (;;) {
		struct reader_batch *b = reader_take_now(c->reader);

		if (between)
			between(c);
		if (c->err.code == ERR_NONE && is_interrupted(c))
			error_set(&c->err, ERR_INTERRUPTED, "interrupted");
		if (c->err.code == ERR_NONE)
			reader_on_other_cluster(c->reader, &c->err);
		for (size_t i = 0; b && i < reader_batch_count(b) && c->err.code == ERR_NONE; i++) {
			struct record record;
			int32_t partition = reader_row(c->reader, reader_batch_record(b, i, &record)).partition;

			reader_batch_headers(b, i, &record);
			if (!take(c, partition, &record) || (i % LOOK_EVERY == 0 && is_interrupted(c)))
				break;
		}
		if (b) {
			reader_batch_release(c->reader, b);
			c->taken++;
		}
		if (c->err.code != ERR_NONE)
			return;
		if (b)
			continue;
		if (reader_is_over(c->reader, &batches, &c->err) && c->taken == batches)
			break;
		if (reader_is_resolved(c->reader))
			tell_notes(c);
		wait_for_news(c);
	}
	if (c->err.code == ERR_NONE)
		tell_notes(c);
	if (c->err.code == ERR_NONE && !scan_complete(reader_scan(c->reader)))
		error_set(&c->err, ERR_KAFKA, "not everything could be read");
}

/* What the target holds */

static void target_range(void *context, const char *topic, int32_t partition, int64_t log_start, int64_t log_end,
	int64_t *from, int64_t *end)
{
	const struct clone_part *p = part_of(context, partition);

	(void)topic;
	if (!p)
		return;
	*end = log_end;
	*from = p->target > 0 ? p->target - 1 : 0;
	if (*from < log_start)
		*from = log_start;
	if (*from > log_end)
		*from = log_end;
}

static bool take_found(struct copy *c, int32_t partition, const struct record *r)
{
	struct clone_part *p = part_of(c->job, partition);

	if (p && clone_part_found(p, r->offset, clone_hash(r)))
		return true;
	return fail_for_good(c,
		"topic %s: partition %d: offset %" PRId64 " is not the record that was written "
		"there: somebody else wrote to it, or it was cut off; delete it to clone it again",
		c->job->target.topic, (int)partition, r->offset);
}

bool clone_align(struct clone_job *job, struct error *err)
{
	struct copy c = { .job = job };

	if (open_reader(&c, &job->target, false, target_range)) {
		read_all(&c, take_found, NULL);
		for (size_t i = 0; c.err.code == ERR_NONE && i < reader_row_count(c.reader); i++) {
			struct reader_row row = reader_row(c.reader, i);
			struct clone_part *p = part_of(job, row.partition);

			if (!p || !clone_part_found_end(p, row.end))
				fail_for_good(&c,
					"topic %s: partition %d ends at offset %" PRId64 ", before what was written "
					"to it: it was cut off; delete it to clone it again",
					job->target.topic, (int)row.partition, row.end);
		}
		close_reader(&c);
	}
	*err = c.err;
	return c.err.code == ERR_NONE;
}

/* Copying */

static void source_range(void *context, const char *topic, int32_t partition, int64_t log_start, int64_t log_end,
	int64_t *from, int64_t *end)
{
	const struct clone_part *p = part_of(context, partition);

	(void)topic;
	*end = log_end;
	if (!p)
		return;
	/* The reader itself reports what retention removed before it was copied. */
	*from = p->source >= 0 ? p->source + 1 : log_start;
	if (*from > log_end)
		*from = log_end;
}

static void copy_save_state(struct copy *c)
{
	struct error err;

	c->saved_ms = clock_mono_ms();
	if (!clone_state_save(c->job->state, &err) && c->err.code == ERR_NONE)
		c->err = err;
}

static void copy_report_written(void *context, const struct producer_report *r)
{
	struct copy *c = context;
	struct clone_part *p = part_of(c->job, r->partition);

	if (r->status != PRODUCER_DELIVERED) {
		if (c->err.code == ERR_NONE)
			c->err = r->err;
	} else if (!p || r->offset < 0 || !clone_part_delivered(p, r->offset)) {
		if (c->err.code == ERR_NONE)
			fail_for_good(c,
				"topic %s: partition %d: a record came to offset %" PRId64 ", not where it "
				"belongs: somebody else writes to it; delete it to clone it again",
				r->topic, (int)r->partition, r->offset);
	} else {
		c->job->now.delivered++;
		c->answered_ms[r->partition] = clock_mono_ms();
	}
}

static void set_rates(struct copy *c)
{
	struct clone_progress *p = &c->job->now;
	struct moment now = { p->ms, p->delivered, p->bytes, p->done };
	const struct moment *first = &c->moments[c->moment_count < MOMENTS ? 0 : c->moment_count % MOMENTS];
	double seconds = c->moment_count ? (double)(now.ms - first->ms) / 1000 : 0;

	p->per_s = seconds > 0 ? (double)(now.delivered - first->delivered) / seconds : NAN;
	p->bytes_per_s = seconds > 0 ? (double)(now.bytes - first->bytes) / seconds : NAN;
	p->eta_ms = seconds > 0 && now.done > first->done && p->total > 0 ?
		(int64_t)((double)(p->total - p->done) * seconds * 1000 / (double)(now.done - first->done)) :
		-1;
	c->moments[c->moment_count++ % MOMENTS] = now;
}

static void tell_progress(struct copy *c)
{
	struct clone_job *job = c->job;

	c->told_ms = clock_mono_ms();
	job->now.ms = c->told_ms - c->begun_ms;
	job->now.done = job->now.total = 0;
	for (size_t i = 0; reader_is_resolved(c->reader) && i < reader_row_count(c->reader); i++) {
		struct reader_row row = reader_row(c->reader, i);
		const struct clone_part *p = part_of(job, row.partition);

		if (!p || row.end < 0)
			continue;
		job->now.total += row.end - row.log_start;
		job->now.done += p->source >= row.log_start ? p->source + 1 - row.log_start : 0;
	}
	set_rates(c);
	job->progress(job->context, &job->now);
}

static void copy_say_progress(const struct copy *c, struct str *text)
{
	c->job->note(c->job->context, str_text(text));
	str_release(text);
}

static void say_pause(struct copy *c)
{
	const struct clone_job *job = c->job;
	const char *trouble = producer_trouble(c->producer);
	struct str text = { 0 };
	size_t at = 0;

	while (at < job->state->part_count && !job->state->parts[at].count)
		at++;
	/* When the source is what stops, the reader reports it. */
	if (at == job->state->part_count)
		return;
	c->pause_told = true;
	str_addf(&text, "topic %s: partition %zu has taken nothing for %d s", job->target.topic, at, PAUSE_MS / 1000);
	if (*trouble)
		str_addf(&text, ": %s", trouble);
	if (job->look)
		job->look(job->look_context, (int32_t)at, &text);
	str_add(&text, "; weir keeps trying");
	copy_say_progress(c, &text);
}

/* librdkafka retries without end and without a message, so weir makes a note. */
static void watch_pause(struct copy *c, int64_t now_ms)
{
	uint64_t moved = (uint64_t)c->job->now.delivered + c->taken;
	struct str text = { 0 };

	if (moved == c->moved && c->moved_ms) {
		if (!c->pause_told && now_ms - c->moved_ms >= PAUSE_MS)
			say_pause(c);
		return;
	}
	if (c->pause_told) {
		str_add(&text, "it goes on after ");
		format_duration(&text, now_ms - c->moved_ms);
		copy_say_progress(c, &text);
	}
	c->pause_told = false;
	c->moved = moved;
	c->moved_ms = now_ms;
}

/* Before a broker that comes back is sent the same records again. */
static void watch_connections(struct copy *c, int64_t now_ms)
{
	const struct clone_job *job = c->job;
	const char *trouble = producer_trouble(c->producer);
	int64_t trouble_ms = producer_trouble_ms(c->producer);

	for (size_t i = 0; i < job->state->part_count && !c->job->lost; i++) {
		if (!job->state->parts[i].count || now_ms - c->answered_ms[i] < LOST_MS)
			continue;
		if (trouble_ms >= c->answered_ms[i]) {
			c->job->lost = !error_set(&c->err, ERR_CONNECT, "topic %s: partition %zu: lost its leader%s%s",
				job->target.topic, i, *trouble ? ": " : "", trouble);
		} else if (job->gone && now_ms - c->asked_ms >= LOST_MS) {
			c->asked_ms = now_ms;
			if (job->gone(job->look_context))
				c->job->lost =
					!error_set(&c->err, ERR_NOT_FOUND, "topic %s: it is gone", job->target.topic);
		}
	}
}

static void watch_copy(struct copy *c)
{
	int64_t now_ms = clock_mono_ms();

	if (c->producer && c->err.code == ERR_NONE)
		producer_on_other_cluster(c->producer, &c->err);
	/* Before there is a reader, the producer is only looking up its topic. */
	if (c->reader && now_ms - c->told_ms >= TELL_MS)
		tell_progress(c);
	if (c->reader && now_ms - c->saved_ms >= SAVE_MS)
		copy_save_state(c);
	if (c->reader && c->err.code == ERR_NONE)
		watch_pause(c, now_ms);
	if (c->reader && c->err.code == ERR_NONE)
		watch_connections(c, now_ms);
}

static bool producer_is_over(void *context)
{
	struct copy *c = context;

	/* This is called while a record waits for room, perhaps for long: progress must go on. */
	watch_copy(c);
	return c->err.code != ERR_NONE || is_interrupted(c);
}

static bool take_record(struct copy *c, int32_t partition, const struct record *r)
{
	struct clone_part *p = part_of(c->job, partition);
	struct record copy = *r;
	struct error err = { 0 };
	uint64_t hash = clone_hash(r);

	if (!p)
		return error_set(&c->err, ERR_KAFKA, "topic %s has more partitions now", c->job->source.topic);
	switch (clone_part_next(p, r->offset, hash)) {
	case CLONE_THERE:
		/* Sent by this run before it lost a broker. */
		c->job->now.delivered += c->job->rounds > 0;
		return true;
	case CLONE_DIFFERS:
		return fail_for_good(c,
			"topic %s: partition %d: offset %" PRId64 " is not a copy of %s at %" PRId64
			": the source was compacted or trimmed meanwhile, or somebody else wrote; delete it to clone it again",
			c->job->target.topic, (int)partition, p->target, c->job->source.topic, r->offset);
	case CLONE_SEND:
		break;
	}
	copy.topic = c->job->target.topic;
	copy.timestamp_type = TIMESTAMP_CREATE;
	if (!producer_can_date(&copy, &err))
		return fail_for_good(c, "topic %s: partition %d: offset %" PRId64 ": %s", c->job->source.topic,
			(int)partition, r->offset, err.message);
	if (!p->count)
		c->answered_ms[partition] = clock_mono_ms();
	/* Before producer_send(), inside which the report may already come. */
	clone_part_sent(p, r->offset, hash);
	if (!producer_send(c->producer, &copy, 0, &err)) {
		clone_part_not_sent(p);
		if (c->err.code == ERR_NONE)
			c->err = err;
		return false;
	}
	c->job->now.bytes += (int64_t)(r->key.len + r->value.len);
	return true;
}

static void between_batches(struct copy *c)
{
	producer_serve(c->producer, 0);
	watch_copy(c);
}

/* Waits until everything that was sent has its report, or until nobody wants to wait so long. */
static void flush_target(struct copy *c)
{
	int64_t hurry_ms = 0;

	while (producer_in_flight(c->producer) > 0 && !c->job->lost) {
		int64_t now_ms = clock_mono_ms();

		if (!hurry_ms && producer_is_over(c))
			hurry_ms = now_ms + INTERRUPTED_FLUSH_MS;
		if (hurry_ms && now_ms >= hurry_ms)
			break;
		producer_flush(c->producer, TICK_MS);
		watch_copy(c);
	}
	if (c->err.code == ERR_NONE && is_interrupted(c))
		error_set(&c->err, ERR_INTERRUPTED, "interrupted");
}

static void check_aligned(struct copy *c)
{
	for (size_t i = 0; i < c->job->state->part_count && c->err.code == ERR_NONE; i++) {
		if (!clone_part_is_aligned(&c->job->state->parts[i]))
			fail_for_good(c,
				"topic %s: partition %zu holds records that %s has not: delete it to clone it again",
				c->job->target.topic, i, c->job->source.topic);
	}
}

static bool open_producer(struct copy *c)
{
	const struct clone_job *job = c->job;
	const struct producer_setup setup = {
		.compression = job->compression,
		.per_s = job->per_s,
		.gapless = true,
		.report = copy_report_written,
		.cancelled = producer_is_over,
		.context = c,
	};

	int64_t deadline_ms = clock_mono_ms() + KNOWN_MS;

	for (;;) {
		c->producer = cluster_gate_producer(&job->target.gate, &setup, &c->err);
		if (!c->producer)
			return false;
		if (producer_topic(c->producer, job->target.topic, &c->err) > 0) {
			error_clear(&c->err);
			return true;
		}
		/* Some brokers learn of a new topic later than others. */
		if (c->err.code != ERR_NOT_FOUND || clock_mono_ms() >= deadline_ms || is_interrupted(c))
			return false;
		producer_free(c->producer);
		error_clear(&c->err);
		poll(NULL, 0, LOOK_MS);
	}
}

bool clone_copy(struct clone_job *job, struct error *err)
{
	struct copy c = { .job = job, .begun_ms = clock_mono_ms() - job->now.ms };

	c.answered_ms = mem_alloc((job->state->part_count + 1) * sizeof(*c.answered_ms));
	c.saved_ms = clock_mono_ms();
	if (open_producer(&c) && open_reader(&c, &job->source, true, source_range)) {
		read_all(&c, take_record, between_batches);
		flush_target(&c);
		if (c.err.code == ERR_NONE)
			check_aligned(&c);
		tell_progress(&c);
		/* The end of a log may have no records: transaction markers, or offsets that compaction removed. */
		if (c.err.code == ERR_NONE)
			job->now.done = job->now.total;
		close_reader(&c);
	}
	/* Records without a report get one here; they are not known to be in the log. */
	producer_free(c.producer);
	copy_save_state(&c);
	free(c.answered_ms);
	*err = c.err;
	return c.err.code == ERR_NONE;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/tail_read.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "model/format.h"

enum { TICK_MS = 250, STOP_WAIT_MS = 1000 };

/* A kept record in its printed form. */
struct kept {
	size_t len;
	bool masked;
	char text[];
};

void tail_say(const char *text, size_t len)
{
	struct str safe = { 0 };

	text_safe(&safe, text, len);
	fprintf(stderr, "weir: %s\n", str_text(&safe));
	str_release(&safe);
}

static void say_lines(const struct str *text)
{
	const char *line = str_text(text), *end;

	for (; (end = strchr(line, '\n')); line = end + 1)
		tail_say(line, (size_t)(end - line));
}

static bool interrupted(struct tail *t)
{
	return atomic_load(&t->wake.bits) & TAIL_WAKE_SIGNAL;
}

static enum tail_end write_all(struct tail *t, const char *p, size_t len, struct error *err)
{
	while (len > 0) {
		ssize_t n = write(STDOUT_FILENO, p, len);

		if (n > 0) {
			p += n;
			len -= (size_t)n;
		} else if (n < 0 && errno == EPIPE) {
			return TAIL_CLOSED;
		} else if (n < 0 && errno == EAGAIN) {
			struct pollfd fd = { .fd = STDOUT_FILENO, .events = POLLOUT };

			poll(&fd, 1, TICK_MS);
		} else if (n < 0 && errno != EINTR) {
			error_set(err, ERR_SYSTEM, "standard output: %s", strerror(errno));
			return TAIL_FAILED;
		}
		if (len > 0 && interrupted(t)) {
			error_set(err, ERR_INTERRUPTED, "interrupted");
			return TAIL_FAILED;
		}
	}
	return TAIL_ALL_READ;
}

static void tail_keep_newest(struct tail *t, struct reader *reader, const struct tail_result *result)
{
	size_t start = 0;

	for (size_t i = 0; i < result->count; i++) {
		const struct tail_match *m = &result->matches[i];
		struct reader_row row = reader_row(reader, m->row);
		struct kept *kept = mem_alloc(sizeof(*kept) + m->end - start);
		struct scan_merge_item item = { m->place_ms, m->offset, kept };

		kept->len = m->end - start;
		kept->masked = m->masked;
		memcpy(kept->text, result->text.p + start, kept->len);
		free(scan_newest_offer(t->newest, row.topic, row.partition, &item));
		start = m->end;
	}
}

static enum tail_end take_result(struct tail *t, struct reader *reader, const struct tail_result *result,
	struct error *err)
{
	size_t count = result->count;
	enum tail_end end = TAIL_ALL_READ;

	if (!t->newest && t->left >= 0 && (int64_t)count > t->left)
		count = (size_t)t->left;
	for (size_t i = 0; i < count; i++) {
		scan_matched(reader_scan(reader), result->matches[i].row);
		t->found[result->matches[i].row]++;
		if (result->matches[i].undecided)
			scan_undecided(reader_scan(reader), result->matches[i].row);
	}
	if (t->newest) {
		tail_keep_newest(t, reader, result);
	} else if (count > 0) {
		end = write_all(t, result->text.p, result->matches[count - 1].end, err);
		for (size_t i = 0; i < count; i++)
			t->masked += result->matches[i].masked;
		if (t->left >= 0)
			t->left -= (int64_t)count;
	}
	return end == TAIL_ALL_READ && !t->newest && t->left == 0 ? TAIL_ENOUGH : end;
}

static void clear_progress(const struct tail *t)
{
	if (t->progress)
		fputs("\r\033[K", stderr);
}

static void show_progress(struct reader *reader)
{
	struct scan_progress now;
	struct str line = { 0 };

	scan_progress(reader_scan(reader), clock_mono_ms(), &now);
	if (!isnan(now.done))
		str_addf(&line, "%d %%  ", (int)(now.done * 100));
	format_bytes(&line, (double)now.bytes);
	str_add(&line, "  ");
	format_count(&line, now.records);
	str_add(&line, " records  ");
	format_count(&line, now.matched);
	str_add(&line, " found  ");
	format_rate(&line, now.records_per_s);
	str_add(&line, "/s");
	if (now.eta_ms >= 0) {
		str_add(&line, "  ");
		format_duration(&line, now.eta_ms);
		str_add(&line, " left");
	}
	if (now.rows_waiting > 0) {
		str_add(&line, "  waiting for ");
		scan_waiting(reader_scan(reader), &line);
	}
	fprintf(stderr, "\r\033[K%s", str_text(&line));
	fflush(stderr);
	str_release(&line);
}

static void say_notes(struct tail *t, struct reader *reader)
{
	str_clear(&t->notes);
	t->failure |= reader_take_notes(reader, &t->notes);
	if (t->notes.len)
		clear_progress(t);
	say_lines(&t->notes);
}

static void say_what_was_read(struct reader *reader, bool follow)
{
	struct str text = { 0 };
	struct scan_progress now;

	if (follow) {
		scan_progress(reader_scan(reader), clock_mono_ms(), &now);
		format_count(&text, now.records);
		str_add(&text, " records read, ");
		format_count(&text, now.matched);
		str_add(&text, " found\n");
	} else {
		scan_statement(reader_scan(reader), &text);
	}
	say_lines(&text);
	str_release(&text);
}

/* Takes all results that are ready, in order. */
static enum tail_end take_results(struct tail *t, struct reader *reader, struct tail_work *work, struct error *err)
{
	struct tail_result *result;

	while ((result = tail_work_next(work))) {
		enum tail_end end = take_result(t, reader, result, err);

		tail_work_release(work, result);
		if (end != TAIL_ALL_READ)
			return end;
	}
	return TAIL_ALL_READ;
}

static void reader_ready(void *context)
{
	wake_raise(context, TAIL_WAKE_READER);
}

/* Called once, when the rows are known. */
static enum tail_end tail_resolved(struct tail *t, struct reader *reader, struct error *err)
{
	struct str heading = { 0 };
	enum tail_end end = TAIL_ALL_READ;

	free(t->found);
	t->found = mem_alloc(reader_row_count(reader) * sizeof(*t->found));
	if (t->why) {
		say_lines(t->why);
		str_clear(t->why);
	}
	if (!t->headed) {
		t->headed = true;
		tail_print_heading(&t->format, &heading);
		end = write_all(t, str_text(&heading), heading.len, err);
		str_release(&heading);
	}
	return end;
}

static enum tail_end tail_run_reader(struct tail *t, struct reader *reader, struct tail_work *work, struct error *err)
{
	/*
	 * Of standard output only a hang-up is polled: when nobody reads it any more, that may be known long
	 * before the next record.
	 */
	struct pollfd fds[] = { { .fd = t->wake.read_fd, .events = POLLIN }, { .fd = STDOUT_FILENO } };
	int64_t shown_ms = clock_mono_ms();
	bool is_resolved = false;

	for (;;) {
		uint64_t batches;
		enum tail_end end = TAIL_ALL_READ;

		poll(fds, 2, TICK_MS);
		if (wake_drain(&t->wake) & TAIL_WAKE_SIGNAL) {
			error_set(err, ERR_INTERRUPTED, "interrupted");
			return TAIL_FAILED;
		}
		if (fds[1].revents & (POLLERR | POLLHUP))
			return TAIL_CLOSED;
		say_notes(t, reader);
		if (!is_resolved && reader_is_resolved(reader)) {
			is_resolved = true;
			end = tail_resolved(t, reader, err);
		}
		if (is_resolved && end == TAIL_ALL_READ)
			end = take_results(t, reader, work, err);
		if (end != TAIL_ALL_READ)
			return end;
		if (reader_is_over(reader, &batches, err) && tail_work_count(work) == batches) {
			say_notes(t, reader);
			return err->code == ERR_NONE ? TAIL_ALL_READ : TAIL_FAILED;
		}
		if (t->progress && is_resolved && clock_mono_ms() - shown_ms >= TICK_MS) {
			shown_ms = clock_mono_ms();
			show_progress(reader);
		}
	}
}

enum tail_end tail_read(struct tail *t, const struct reader_setup *setup, struct reader **used, struct error *err)
{
	struct reader *reader = reader_start(setup, reader_ready, &t->wake, err);
	struct tail_work *work;
	enum tail_end end;

	*used = NULL;
	if (!reader)
		return TAIL_FAILED;
	work = tail_work_start(reader, t->query, &t->format, &t->wake, TAIL_WAKE_RESULT, err);
	end = work ? tail_run_reader(t, reader, work, err) : TAIL_FAILED;
	clear_progress(t);
	reader_cancel(reader);
	if (work)
		tail_work_stop(work);
	if (t->say_what && end != TAIL_CLOSED && reader_is_resolved(reader))
		say_what_was_read(reader, setup->follow);
	if (end == TAIL_ALL_READ && !setup->follow && !scan_complete(reader_scan(reader)))
		t->failure = true;
	if (reader_stop(reader, STOP_WAIT_MS))
		*used = reader;
	else
		reader_leave(reader, 0);
	return end;
}

enum tail_end tail_print_newest(struct tail *t, struct error *err)
{
	struct scan_merge_item item;
	struct str text = { 0 };
	const char *topic;
	int32_t partition;
	enum tail_end end;

	while (scan_newest_pop(t->newest, &item, &topic, &partition)) {
		const struct kept *kept = item.data;

		if (t->left > 0)
			t->left--;
		t->masked += kept->masked;
		str_add_len(&text, kept->text, kept->len);
		free(item.data);
	}
	end = write_all(t, str_text(&text), text.len, err);
	str_release(&text);
	return end == TAIL_ALL_READ && t->left == 0 ? TAIL_ENOUGH : end;
}

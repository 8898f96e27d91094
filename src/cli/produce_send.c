/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/produce_send.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "cli/say.h"
#include "model/format.h"

enum { TICK_MS = 250, COMPLAINTS_MAX = 10, OUT_BYTES = 64 << 10, LIST_BYTES_MAX = 200, RESUME_BYTES_MAX = 100 << 10 };
/* After the user interrupts, waiting longer for failed connections is pointless. */
enum {
	FLUSH_MS = 180 * 1000,
	INTERRUPTED_FLUSH_MS = 10 * 1000,
	LOST_FLUSH_MS = 1000,
	SILENT_MS = 5000,
	ASKED_MANY = 64
};

bool produce_interrupted(const struct produce *p)
{
	return atomic_load_explicit(&p->wake.bits, memory_order_relaxed) & PRODUCE_WAKE_SIGNAL;
}

void produce_ready(void *context)
{
	struct produce *p = context;

	wake_raise(&p->wake, PRODUCE_WAKE_REPORT);
}

/* Progress and reports */

static void clear_progress(struct produce *p)
{
	if (p->progress && p->shown_ms)
		fputs("\r\033[K", stderr);
}

static void show_progress(struct produce *p)
{
	struct str line = { 0 };
	int64_t now_ms = p->progress ? clock_mono_ms() : 0;
	double seconds = (double)(now_ms - p->begun_ms) / 1000;

	if (!p->progress || !p->begun_ms || now_ms - p->shown_ms < TICK_MS)
		return;
	p->shown_ms = now_ms;
	format_count(&line, p->delivered);
	str_add(&line, " delivered  ");
	format_count(&line, (int64_t)producer_in_flight(p->producer));
	str_add(&line, " in flight  ");
	format_bytes(&line, (double)p->bytes);
	if (seconds > 0) {
		str_add(&line, "  ");
		format_rate(&line, (double)p->delivered / seconds);
		str_add(&line, "/s");
	}
	fprintf(stderr, "\r\033[K%s", str_text(&line));
	fflush(stderr);
	str_release(&line);
}

/* librdkafka retries lost brokers for minutes without a message, so weir prints one. */
static void tell_silence(struct produce *p)
{
	const char *trouble = p->producer ? producer_trouble(p->producer) : "";
	int64_t now_ms = clock_mono_ms();

	if (p->delivered != p->moved || !p->producer || producer_in_flight(p->producer) == 0) {
		if (p->silence_told && p->delivered != p->moved) {
			clear_progress(p);
			command_say("records are delivered again");
			p->silence_told = false;
		}
		p->moved = p->delivered;
		p->moved_ms = 0;
		return;
	}
	if (!p->moved_ms)
		p->moved_ms = now_ms;
	if (p->silence_told || now_ms - p->moved_ms < SILENT_MS)
		return;
	p->silence_told = true;
	clear_progress(p);
	command_say("nothing was delivered for %d s%s%s; weir retries until message.timeout.ms", SILENT_MS / 1000,
		*trouble ? ": " : "", trouble);
}

/* Called again and again while a record waits for its turn: a good time to show progress. */
bool produce_cancelled(void *context)
{
	struct produce *p = context;

	show_progress(p);
	if (p->asked++ % ASKED_MANY == 0)
		tell_silence(p);
	return produce_interrupted(p);
}

/* Records are sent on even when nobody reads the reports. */
static void write_reports(struct produce *p)
{
	const char *at = str_text(&p->out);
	size_t left = p->out.len;

	while (left > 0) {
		ssize_t n = write(STDOUT_FILENO, at, left);

		if (n > 0) {
			at += n;
			left -= (size_t)n;
		} else if (n < 0 && errno == EAGAIN) {
			struct pollfd fd = { .fd = STDOUT_FILENO, .events = POLLOUT };

			poll(&fd, 1, TICK_MS);
		} else if (n < 0 && errno != EINTR) {
			p->tell_reports = false;
			break;
		}
	}
	str_clear(&p->out);
}

static void produce_tell_written(struct produce *p, const struct producer_report *report)
{
	struct json j = { .out = &p->out };

	json_object(&j, NULL);
	json_int(&j, "line", (int64_t)report->id);
	json_string(&j, "topic", report->topic);
	if (report->partition >= 0)
		json_int(&j, "partition", report->partition);
	else
		json_null(&j, "partition");
	if (report->offset >= 0)
		json_int(&j, "offset", report->offset);
	else
		json_null(&j, "offset");
	json_string(&j, "error", report->status == PRODUCER_DELIVERED ? NULL : report->err.message);
	json_object_end(&j);
	str_add_char(&p->out, '\n');
	if (p->out.len >= OUT_BYTES)
		write_reports(p);
}

static void complain(struct produce *p, uint64_t line, const char *why)
{
	if (++p->complaints > COMPLAINTS_MAX)
		return;
	clear_progress(p);
	command_say("line %" PRIu64 ": %s", line, why);
}

/* The line is not known to have reached the topic: nothing is sent after it. */
static void produce_fail_line(struct produce *p, uint64_t line, const struct error *err)
{
	if (p->first_error.code == ERR_NONE)
		p->first_error = *err;
	p->stop = true;
	if (err->code != ERR_INTERRUPTED)
		complain(p, line, err->message);
}

void produce_report(void *context, const struct producer_report *report)
{
	struct produce *p = context;

	if (report->status == PRODUCER_DELIVERED) {
		p->delivered++;
	} else {
		line_set_add(report->status == PRODUCER_FAILED ? &p->failed : &p->uncertain, report->id, report->id);
		produce_fail_line(p, report->id, &report->err);
	}
	if (p->tell_reports)
		produce_tell_written(p, report);
}

/* Lines */

static void add_headers(struct produce *p, struct record *record)
{
	size_t own = record->header_count;

	p->all_headers = mem_grow(p->all_headers, &p->all_cap, own + p->header_count, sizeof(*p->all_headers));
	if (own > 0)
		memcpy(p->all_headers, record->headers, own * sizeof(*p->all_headers));
	memcpy(p->all_headers + own, p->headers, p->header_count * sizeof(*p->all_headers));
	record->headers = p->all_headers;
	record->header_count = own + p->header_count;
}

static void aim(struct produce *p, struct record *record)
{
	record->topic = p->topic;
	if (!p->keep_partition)
		record->partition = p->partition;
	if (!p->keep_timestamp)
		record->timestamp_type = TIMESTAMP_NONE;
	if (p->empty_as_null && record->key.len == 0)
		record->key.p = NULL;
	if (p->empty_as_null && record->value.len == 0)
		record->value.p = NULL;
	if (p->header_count > 0)
		add_headers(p, record);
}

/* Reports a line that was never in flight. */
static void produce_refuse(struct produce *p, const struct error *err)
{
	struct producer_report report = { .id = p->input.line,
		.status = PRODUCER_FAILED,
		.topic = p->topic,
		.partition = -1,
		.offset = -1,
		.err = *err };

	produce_fail_line(p, p->input.line, err);
	if (p->tell_reports && err->code != ERR_INTERRUPTED)
		produce_tell_written(p, &report);
}

/* Sends a line. False: it is not in flight. */
static bool send_line(struct produce *p, const char *line, size_t len)
{
	struct record record;
	struct error err;
	size_t at;

	if (p->raw) {
		record_line_read_raw(line, len, p->separator, &record);
	} else if (!record_line_read(&p->lines, line, len, &record, &at, &err)) {
		struct str why = { 0 };

		str_addf(&why, "column %zu: %s", at + 1, err.message);
		error_set(&err, ERR_KAFKA, "%s", str_text(&why));
		produce_refuse(p, &err);
		str_release(&why);
		return false;
	}
	if (record.masked && !p->allow_masked) {
		error_set(&err, ERR_KAFKA,
			"the record was masked, and *** stands in place of what was hidden; --allow-masked "
			"writes it so, a configuration without [mask] reads it as it is");
		produce_refuse(p, &err);
		return false;
	}
	aim(p, &record);
	if (!producer_send(p->producer, &record, p->input.line, &err)) {
		produce_refuse(p, &err);
		return false;
	}
	p->sent++;
	p->bytes += record.key.len + record.value.len;
	return true;
}

static bool is_wanted(const struct produce *p)
{
	const struct line_set *w = &p->wanted;

	return (w->count == 1 && w->ranges[0].first == 1 && w->ranges[0].last == LINES_NO_END) ||
		line_set_has(w, p->input.line);
}

/* Waits for more input and meanwhile makes reports and notices signals. */
static bool wait_for_input(struct produce *p, struct error *err)
{
	struct pollfd fds[] = { { .fd = p->input.fd, .events = POLLIN }, { .fd = p->wake.read_fd, .events = POLLIN } };

	for (;;) {
		int ready = poll(fds, 2, 0);

		if (ready == 0) {
			/* No input is ready: a good time to report what is in flight. */
			producer_serve(p->producer, 0);
			write_reports(p);
			show_progress(p);
			tell_silence(p);
			ready = poll(fds, 2, p->progress || producer_in_flight(p->producer) ? TICK_MS : -1);
		}
		if (ready > 0 && fds[1].revents) {
			unsigned bits = wake_drain(&p->wake);

			producer_serve(p->producer, 0);
			if (bits & PRODUCE_WAKE_SIGNAL) {
				wake_raise(&p->wake, PRODUCE_WAKE_SIGNAL); /* whoever checks later sees it too */
				return true;
			}
		}
		if (p->stop)
			return true;
		if (ready > 0 && fds[0].revents)
			return input_fill(&p->input, err);
	}
}

static void read_lines(struct produce *p)
{
	struct error err;
	const char *line;
	size_t len;

	while (!p->stop && !produce_interrupted(p)) {
		switch (input_next(&p->input, &line, &len)) {
		case INPUT_LINE:
			if (line_set_ends_before(&p->wanted, p->input.line))
				return;
			if (!is_wanted(p) || (!p->raw && record_line_is_blank(line, len)))
				break;
			if (!send_line(p, line, len)) {
				p->stopped_at = p->input.line;
				return;
			}
			break;
		case INPUT_NONE:
			if (!wait_for_input(p, &err)) {
				produce_fail_line(p, p->input.line + 1, &err);
				p->stopped_at = p->input.line + 1;
				return;
			}
			break;
		case INPUT_END:
		case INPUT_FAILED:
			return;
		}
	}
	p->stopped_at = p->input.line + 1;
}

/* The end */

static void produce_finish(struct produce *p)
{
	int64_t now_ms = clock_mono_ms(), deadline_ms = now_ms + FLUSH_MS;
	bool hurried = false;

	while (producer_in_flight(p->producer) > 0 && now_ms < deadline_ms) {
		if (!hurried && produce_interrupted(p)) {
			hurried = true;
			deadline_ms = now_ms + (*producer_trouble(p->producer) ? LOST_FLUSH_MS : INTERRUPTED_FLUSH_MS);
		}
		producer_flush(p->producer, TICK_MS);
		show_progress(p);
		tell_silence(p);
		now_ms = clock_mono_ms();
	}
	/* Lines without a report get one here. */
	producer_free(p->producer);
	p->producer = NULL;
	write_reports(p);
	clear_progress(p);
}

static void add_count(struct str *out, uint64_t count, const struct line_set *lines)
{
	struct str list = { 0 };

	line_set_write(lines, &list);
	str_addf(out, "%" PRIu64 " (line%s %.*s%s)", count, count == 1 ? "" : "s", LIST_BYTES_MAX, str_text(&list),
		list.len > LIST_BYTES_MAX ? "..." : "");
	str_release(&list);
}

static void say_what_was_done(struct produce *p, bool always)
{
	struct str text = { 0 };
	uint64_t failed = line_set_lines(&p->failed), uncertain = line_set_lines(&p->uncertain);

	str_addf(&text, "%" PRId64 " record%s delivered to %s on %s", p->delivered, p->delivered == 1 ? "" : "s",
		p->topic, str_text(&p->cluster));
	if (failed) {
		str_add(&text, "; not delivered: ");
		add_count(&text, failed, &p->failed);
	}
	if (uncertain) {
		str_add(&text, "; no answer, may have been delivered: ");
		add_count(&text, uncertain, &p->uncertain);
	}
	log_write(failed || uncertain ? LOG_WARN : LOG_INFO, "produce", "%s", str_text(&text));
	if (always || failed || uncertain)
		command_say("%s", str_text(&text));
	str_release(&text);
}

/* Prints which lines to give again, so that none is missing and none comes twice. */
static void say_how_to_go_on(struct produce *p)
{
	struct line_set left = { 0 };
	struct str text = { 0 };

	line_set_add_rest(&left, &p->failed, 1);
	line_set_add_rest(&left, &p->uncertain, 1);
	if (p->stopped_at != LINES_NO_END)
		line_set_add_rest(&left, &p->wanted, p->stopped_at);
	line_set_write(&left, &text);
	if (text.len > RESUME_BYTES_MAX)
		command_say("the rest does not fit into a command line; --lines %" PRIu64
			    "- continues, and writes some "
			    "lines twice",
			left.ranges[0].first);
	else if (left.count > 0)
		command_say("continue with --lines %s", str_text(&text));
	str_release(&text);
	line_set_release(&left);
}

int produce_lines(struct produce *p)
{
	bool interrupted;

	p->stopped_at = LINES_NO_END;
	p->begun_ms = clock_mono_ms();
	read_lines(p);
	produce_finish(p);
	interrupted = produce_interrupted(p) && p->stopped_at != LINES_NO_END;
	if (p->complaints > COMPLAINTS_MAX)
		command_say("and %zu more lines failed", p->complaints - COMPLAINTS_MAX);
	say_what_was_done(p, interrupted || p->first_error.code != ERR_NONE || p->tell_reports || p->progress);
	say_how_to_go_on(p);
	if (p->first_error.code != ERR_NONE && p->first_error.code != ERR_INTERRUPTED)
		return p->first_error.code == ERR_CONNECT ? 3 : 1;
	return interrupted || p->first_error.code == ERR_INTERRUPTED ? 130 : 0;
}

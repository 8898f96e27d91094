/* SPDX-License-Identifier: BSD-2-Clause */
/* `weir tail`: turns its options into passes over the log. */
#include <errno.h>
#include <inttypes.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/say.h"
#include "cli/tail_read.h"
#include "codec/codec_match.h"

const struct column tail_columns[] = {
	{ .name = "topic" },
	{ .name = "partition" },
	{ .name = "offset" },
	{ .name = "timestamp" },
	{ .name = "timestamp_type" },
	{ .name = "key" },
	{ .name = "value" },
	{ .name = "headers" },
	{ .name = "key_base64" },
	{ .name = "value_base64" },
	{ .name = "key_decoded" },
	{ .name = "value_decoded" },
	{ .name = "key_schema_id" },
	{ .name = "value_schema_id" },
	{ .name = "masked" },
};
const size_t tail_column_count = sizeof(tail_columns) / sizeof(tail_columns[0]);

enum {
	DEFAULT_LAST = 10,
	LAST_MAX = 10000000,
	SLACK = 16, /* offsets read beyond --last, because transaction markers and gaps hold no records */
};

struct request {
	const struct command_input *in;
	struct tail tail;
	struct reader_setup setup;
	struct query *query;
	int32_t *partitions;
	int64_t last; /* 0: none */
	bool follow;
	struct str why;
};

static bool parse_where(const char *option, const char *text, const struct when_clock *clock, struct start_at *out,
	struct error *err)
{
	struct error why;
	size_t at;

	if (!start_at_parse(text, clock, out, &at, &why))
		return error_set(err, ERR_USAGE, "%s %s, column %zu: %s", option, text, at + 1, why.message);
	if (out->kind == START_TIME && out->time.note[0])
		tail_say(out->time.note, strlen(out->time.note));
	return true;
}

static bool parse_partitions(struct request *q, const char *text, struct error *err)
{
	size_t cap = 0;

	for (const char *p = text;;) {
		char *end;
		long value;

		errno = 0;
		value = strtol(p, &end, 10);
		if (*p < '0' || *p > '9' || errno || value > INT32_MAX || (*end && *end != ','))
			return error_set(err, ERR_USAGE, "--partitions %s: give numbers, as in 0,3", text);
		q->partitions = mem_grow(q->partitions, &cap, q->setup.partition_count + 1, sizeof(*q->partitions));
		q->partitions[q->setup.partition_count++] = (int32_t)value;
		if (!*end)
			break;
		p = end + 1;
	}
	q->setup.partitions = q->partitions;
	return true;
}

static bool parse_format(struct request *q, const char *option, bool is_key, const char *text, struct error *err)
{
	struct error why;

	return codec_choices_set(q->tail.format.choices, is_key, text, &why) ||
		error_set(err, ERR_USAGE, "%s: %s", option, why.message);
}

/* The decoders chosen for each topic; topics that match a pattern are reported when they are found. */
static bool parse_formats(struct request *q, const struct command_input *in, struct error *err)
{
	struct error why;

	q->tail.format.choices = codec_choices_new(in->settings->decoders);
	if (!parse_format(q, "--key-format", true, in->args->tail.key_format, err) ||
		!parse_format(q, "--value-format", false, in->args->tail.value_format, err))
		return false;
	for (size_t i = 0; i < in->args->topics.count; i++)
		if (in->args->topics.items[i][0] != '^' &&
			!codec_choices_check(q->tail.format.choices, in->args->topics.items[i], &why))
			return error_set(err, ERR_USAGE, "%s", why.message);
	return true;
}

/* Called by the reader's thread while it resolves topics. */
static void tail_choose_partitions(void *context, const char *topic, int32_t count, bool *wanted)
{
	struct request *q = context;

	codec_match_partitions(q->query, q->tail.format.choices, q->in->args->tail.all_partitions,
		"(--all-partitions looks in every one)", topic, count, wanted, &q->why);
}

static bool parse_filter(struct request *q, const struct when_clock *clock, struct error *err)
{
	struct query_context context = { *clock, &codec_query_functions };
	struct error why;

	q->query = query_parse(q->in->args->tail.filter, &context, NULL, &why);
	if (!q->query)
		return error_set(err, ERR_USAGE, "--filter: %s", why.message);
	for (const char *p = query_notes(q->query), *end; *p; p = end + (*end == '\n')) {
		end = p + strcspn(p, "\n");
		tail_say(p, (size_t)(end - p));
	}
	q->tail.query = q->query;
	q->setup.offsets = query_offsets(q->query);
	q->setup.min_timestamp_ms = query_timestamps(q->query).min;
	return true;
}

/* A full read is given time; the newest few records are wanted soon, from the partitions that answer. */
static int64_t tail_patience_ms(const struct request *q)
{
	int64_t chosen_ms = q->in->settings->patience_ms;

	if (chosen_ms)
		return chosen_ms;
	return q->last > 0 && !q->query ? 0 : READER_PATIENCE_MS;
}

static bool names_several(const struct command_input *in)
{
	return in->args->topics.count > 1 || in->args->topics.items[0][0] == '^';
}

static void set_up_output(struct request *q)
{
	struct tail_format *f = &q->tail.format;
	struct winsize size;

	f->form = q->in->args->format;
	f->utc = q->in->settings->utc;
	f->mask = q->in->settings->mask;
	f->show_topic = names_several(q->in);
	f->terminal = isatty(STDOUT_FILENO);
	f->ascii = f->terminal && strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	if (f->terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		f->cols = size.ws_col;
	q->tail.say_what = q->in->args->tail.filter || q->in->args->verbose;
	q->tail.progress = q->tail.say_what && !f->terminal && isatty(STDERR_FILENO);
}

/* Without options that say where to begin: the newest few records, or with a filter the whole log. */
static void set_defaults(struct request *q)
{
	const struct tail_args *o = &q->in->args->tail;

	q->last = o->last > 0 ? o->last : 0;
	q->follow = o->follow;
	if (!o->from && o->last < 0 && !o->filter && !o->to)
		q->last = DEFAULT_LAST;
	if (o->from && q->setup.from.kind == START_LATEST && !o->to)
		q->follow = true;
	if (!o->from)
		q->setup.from.kind = o->filter && o->follow && o->last < 0 ? START_LATEST : START_EARLIEST;
}

static bool tail_prepare(struct request *q, struct error *err)
{
	const struct command_input *in = q->in;
	const struct tail_args *o = &in->args->tail;
	struct when_clock clock = { clock_wall_ms(), in->settings->utc };

	q->tail.left = o->count;
	q->setup = (struct reader_setup){
		.client = in->client,
		.bootstrap = in->bootstrap,
		.topics = in->args->topics.items,
		.topic_count = in->args->topics.count,
		.to.kind = START_COUNT,
		.read_committed = in->settings->read_committed,
		.timeout_ms = in->settings->timeout_ms,
		.buffer_bytes = (size_t)in->settings->buffer_bytes,
		.offsets = { INT64_MIN, INT64_MAX },
		.min_timestamp_ms = INT64_MIN,
		.choose = tail_choose_partitions,
		.context = q,
	};
	if (o->from && !parse_where("--from", o->from, &clock, &q->setup.from, err))
		return false;
	if (o->to && !parse_where("--to", o->to, &clock, &q->setup.to, err))
		return false;
	if (o->to && o->follow)
		return error_set(err, ERR_USAGE, "--to and --follow exclude one another");
	if (o->last > LAST_MAX)
		return error_set(err, ERR_USAGE, "--last %" PRId64 ": give at most %d", o->last, LAST_MAX);
	if (in->args->partitions && !parse_partitions(q, in->args->partitions, err))
		return false;
	if (!parse_formats(q, in, err))
		return false;
	if (o->filter && !parse_filter(q, &clock, err))
		return false;
	set_up_output(q);
	set_defaults(q);
	q->setup.patience_ms = tail_patience_ms(q);
	return true;
}

/*
 * The last N offsets of each partition hold the newest N records of all, unless markers or compaction left
 * gaps: then a partition is read further back.
 */
static bool reaches_far_enough(const struct request *q, struct reader *reader)
{
	for (size_t i = 0; i < reader_row_count(reader); i++) {
		struct reader_row row = reader_row(reader, i);

		/* A partition that could not be read would fail further back, too. */
		if (row.from > row.log_start && q->tail.found[i] < q->last &&
			scan_row_state(reader_scan(reader), i) != SCAN_FAILED)
			return false;
	}
	return true;
}

static void free_newest(struct request *q)
{
	scan_newest_free(q->tail.newest, free);
	q->tail.newest = NULL;
}

/* The newest records, merged. *reader is that of the last pass. */
static enum tail_end read_newest(struct request *q, struct reader **reader, struct error *err)
{
	bool all = q->query || q->in->args->tail.from;
	int64_t reach = q->last + SLACK, left = q->tail.left;
	enum tail_end end;

	for (;;) {
		if (!all)
			q->setup.from = (struct start_at){ .kind = START_LAST, .count = reach };
		q->tail.newest = scan_newest_new((size_t)(left >= 0 && left < q->last ? left : q->last));
		end = tail_read(&q->tail, &q->setup, reader, err);
		if (end != TAIL_ALL_READ || all || !*reader || reaches_far_enough(q, *reader))
			break;
		free_newest(q);
		reader_free(*reader);
		*reader = NULL;
		reach *= 8;
	}
	if (end == TAIL_ALL_READ)
		end = tail_print_newest(&q->tail, err);
	free_newest(q);
	if (end == TAIL_ENOUGH && q->follow)
		command_say("--count %" PRId64 " was reached with the newest records; --last %" PRId64
			    " --follow prints these and goes on",
			q->in->args->tail.count, q->in->args->tail.count);
	return end;
}

static enum tail_end read_all(struct request *q, struct error *err)
{
	struct reader *first = NULL, *second = NULL;
	enum tail_end end = TAIL_ALL_READ;

	if (q->last > 0) {
		end = read_newest(q, &first, err);
		if (end == TAIL_ALL_READ && !q->follow) {
			if (first)
				reader_free(first);
			return end;
		}
		q->setup.resume = first;
	}
	if (end == TAIL_ALL_READ && (q->last == 0 || first)) {
		q->setup.follow = q->follow;
		end = tail_read(&q->tail, &q->setup, &second, err);
	}
	if (second)
		reader_free(second);
	if (first)
		reader_free(first);
	return end;
}

static void tail_release(struct request *q)
{
	query_free(q->query);
	codec_choices_free(q->tail.format.choices);
	free(q->partitions);
	free(q->tail.found);
	str_release(&q->tail.notes);
	str_release(&q->why);
	free(q);
}

static int tail_request_run(struct request *q, struct error *err)
{
	enum tail_end end;

	if (!wake_init(&q->tail.wake, err))
		return error_exit_status(err);
	interrupt_catch(&q->tail.wake, TAIL_WAKE_SIGNAL);
	q->tail.why = &q->why;
	end = read_all(q, err);
	if (q->tail.masked > 0)
		command_say("%" PRId64 " record%s masked: what was printed is not what the topic holds", q->tail.masked,
			q->tail.masked == 1 ? " was" : "s were");
	if (end == TAIL_FAILED)
		return error_exit_status(err);
	return q->tail.failure ? 1 : 0;
}

int tail_run(const struct command_input *in, struct error *err)
{
	struct request *q = mem_alloc(sizeof(*q));
	int status;

	q->in = in;
	error_clear(err);
	status = tail_prepare(q, err) ? tail_request_run(q, err) : error_exit_status(err);
	tail_release(q);
	return status;
}

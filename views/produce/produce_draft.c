/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/produce/produce_draft.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "codec/record_lines.h"

/* Takes records over from where they are now, which may be the draft itself. */
static void take_records(struct draft *d, const struct record *records, size_t count)
{
	struct arena *arena = arena_new(0);
	struct record *copies = arena_array(arena, count, sizeof(*copies));

	for (size_t i = 0; i < count; i++)
		record_copy(arena, &records[i], &copies[i]);
	arena_free(d->arena);
	d->arena = arena;
	d->records = copies;
	d->count = count;
	d->statuses = arena_array(arena, count, sizeof(*d->statuses));
}

/* A masked record cannot be sent: it is not what the topic held. */
static bool is_whole(const struct record *record, size_t *at, struct error *why)
{
	*at = 0;
	return !record->masked ||
		error_set(why, ERR_USAGE,
			"the record was masked, and *** stands in place of what was hidden; "
			"weir produce --allow-masked writes it so");
}

/* JSON lines. */
static bool read_records(struct draft *d, const char *text, struct error *err)
{
	struct record_lines lines = { 0 };
	struct arena *arena = arena_new(0);
	struct record *records = NULL;
	size_t count = 0, cap = 0, at, number = 1;
	struct error why;
	bool ok = true;

	for (const char *p = text, *end; ok && *p; p = *end ? end + 1 : end, number++) {
		struct record record;

		end = strchr(p, '\n');
		if (!end)
			end = p + strlen(p);
		if (record_line_is_blank(p, (size_t)(end - p)))
			continue;
		ok = record_line_read(&lines, p, (size_t)(end - p), &record, &at, &why) && is_whole(&record, &at, &why);
		if (!ok) {
			error_set(err, ERR_USAGE, "line %zu, column %zu: %s", number, at + 1, why.message);
			break;
		}
		records = mem_grow(records, &cap, count + 1, sizeof(*records));
		record_copy(arena, &record, &records[count++]);
	}
	if (ok && count == 0)
		ok = error_set(err, ERR_USAGE, "there is no record to send");
	if (ok)
		take_records(d, records, count);
	arena_free(arena);
	free(records);
	record_lines_release(&lines);
	return ok;
}

struct draft *draft_new(const char *topic)
{
	static const struct record empty = { .partition = -1,
		.leader_epoch = -1,
		.offset = -1,
		.timestamp_ms = RECORD_NO_TIME,
		.value = { "", 0 } };
	struct draft *d = mem_alloc(sizeof(*d));

	d->topic = mem_strdup(topic);
	take_records(d, &empty, 1);
	return d;
}

/* One record goes back to its topic; for several the target must be chosen. */
static void choose_topic(struct draft *d)
{
	if (!d->many && d->records[0].topic)
		mem_replace(&d->topic, d->records[0].topic);
}

struct draft *draft_of_records(const struct record *records, size_t count, bool sealed)
{
	struct draft *d = draft_new("");

	take_records(d, records, count);
	for (size_t i = 0; i < count; i++)
		d->records[i].timestamp_type = record_has_time(&records[i]) ? TIMESTAMP_CREATE : TIMESTAMP_NONE;
	d->many = sealed || count > 1;
	choose_topic(d);
	return d;
}

struct draft *draft_of_lines(const char *text, struct error *err)
{
	struct draft *d = draft_new("");

	if (!read_records(d, text, err)) {
		draft_free(d);
		return NULL;
	}
	d->many = d->count > 1;
	choose_topic(d);
	return d;
}

void draft_free(void *draft)
{
	struct draft *d = draft;

	if (!d)
		return;
	arena_free(d->arena);
	free(d->topic);
	free(d->header);
	free(d);
}

void draft_write(const struct draft *d, struct str *out)
{
	struct record record = d->records[0];

	record.topic = *d->topic ? d->topic : NULL;
	if (d->place != DRAFT_KEEP_PARTITION)
		record.partition = d->place == DRAFT_ONE_PARTITION ? d->partition : -1;
	record.offset = -1;
	record.timestamp_type = d->keep_timestamp ? TIMESTAMP_CREATE : TIMESTAMP_NONE;
	record_line_write(out, &record);
}

bool draft_read(struct draft *d, const char *line, size_t len, struct error *err)
{
	struct record_lines lines = { 0 };
	struct record record;
	struct error why;
	size_t at;
	bool ok = record_line_read(&lines, line, len, &record, &at, &why) && is_whole(&record, &at, &why);

	if (ok) {
		mem_replace(&d->topic, record.topic ? record.topic : "");
		d->place = record.partition >= 0 ? DRAFT_ONE_PARTITION : DRAFT_BY_PARTITIONER;
		d->partition = record.partition;
		/* Null means what it meant before: the time of sending, or the record's own lack of a time. */
		d->keep_timestamp = record_has_time(&record) || (d->keep_timestamp && !record_has_time(d->records));
		take_records(d, &record, 1);
	} else {
		error_set(err, ERR_USAGE, "column %zu: %s", at + 1, why.message);
	}
	record_lines_release(&lines);
	return ok;
}

static struct bytes bytes_of(const char *text)
{
	return (struct bytes){ text, text ? strlen(text) : 0 };
}

void draft_set_bytes(struct draft *d, bool is_key, struct bytes bytes)
{
	struct record record = d->records[0];

	*(is_key ? &record.key : &record.value) = bytes;
	take_records(d, &record, 1);
}

void draft_set_key(struct draft *d, const char *text)
{
	draft_set_bytes(d, true, bytes_of(text));
}

void draft_set_value(struct draft *d, const char *text)
{
	draft_set_bytes(d, false, bytes_of(text));
}

bool draft_set_header(struct draft *d, size_t i, const char *text)
{
	struct record record = d->records[0];
	size_t count = record.header_count + (i >= record.header_count && *text);
	struct record_header *headers = mem_alloc((count + 1) * sizeof(*headers));
	const char *equals = strchr(text, '=');
	char *name = equals ? mem_strndup(text, (size_t)(equals - text)) : mem_strdup(text);
	bool ok = !*text || *name;

	for (size_t k = 0; k < record.header_count; k++)
		headers[k] = record.headers[k];
	if (*text) {
		headers[i] = (struct record_header){ name, bytes_of(equals ? equals + 1 : NULL) };
	} else if (i < record.header_count) {
		count--;
		memmove(&headers[i], &headers[i + 1], (count - i) * sizeof(*headers));
	}
	record.headers = headers;
	record.header_count = count;
	if (ok)
		take_records(d, &record, 1);
	free(name);
	free(headers);
	return ok;
}

/* Targets */

const char *draft_target(const struct draft *d, const struct record *record)
{
	/* Of headers with the same name, the last one counts. */
	for (size_t i = record->header_count; d->header && i > 0; i--) {
		const struct record_header *h = &record->headers[i - 1];

		if (strcmp(h->name, d->header) == 0 && h->value.p && h->value.len > 0)
			return strlen(h->value.p) == h->value.len ? h->value.p : NULL;
	}
	return *d->topic ? d->topic : NULL;
}

static int compare_topics(const void *a, const void *b)
{
	const struct draft_target *x = a, *y = b;

	if (!x->topic || !y->topic)
		return (x->topic != NULL) - (y->topic != NULL);
	return strcmp(x->topic, y->topic);
}

static int compare_targets(const void *a, const void *b)
{
	const struct draft_target *x = a, *y = b;

	return (x->count == 0) != (y->count == 0) ? (x->count == 0) - (y->count == 0) : compare_topics(a, b);
}

static bool is_delivered(const struct draft *d, size_t i)
{
	return d->many && d->statuses[i] == PRODUCE_DELIVERED;
}

size_t draft_targets(const struct draft *d, struct arena *arena, struct draft_target **out, size_t *left)
{
	struct draft_target *targets = arena_array(arena, d->count, sizeof(*targets));
	size_t kinds = 0;

	for (size_t i = 0; i < d->count; i++) {
		const struct record *r = &d->records[i];

		targets[i] = is_delivered(d, i) ?
			(struct draft_target){ draft_target(d, r), .delivered = 1 } :
			(struct draft_target){ draft_target(d, r), 1, r->key.len + r->value.len, 0 };
	}
	qsort(targets, d->count, sizeof(*targets), compare_topics);
	for (size_t i = 0; i < d->count; i++) {
		if (kinds > 0 && compare_topics(&targets[kinds - 1], &targets[i]) == 0) {
			targets[kinds - 1].count += targets[i].count;
			targets[kinds - 1].bytes += targets[i].bytes;
			targets[kinds - 1].delivered += targets[i].delivered;
		} else {
			targets[kinds++] = targets[i];
		}
	}
	qsort(targets, kinds, sizeof(*targets), compare_targets);
	*out = targets;
	for (*left = 0; *left < kinds && targets[*left].count > 0;)
		(*left)++;
	return kinds;
}

size_t draft_header_names(const struct draft *d, struct arena *arena, const char ***out)
{
	enum { NAMES_MAX = 100 };
	const char **names = arena_array(arena, NAMES_MAX, sizeof(*names));
	size_t count = 0;

	for (size_t i = 0; i < d->count; i++) {
		for (size_t k = 0; k < d->records[i].header_count; k++) {
			const char *name = d->records[i].headers[k].name;
			size_t at = 0;

			while (at < count && strcmp(names[at], name) != 0)
				at++;
			if (at == count && count < NAMES_MAX)
				names[count++] = name;
		}
	}
	*out = names;
	return count;
}

size_t draft_unsent(const struct draft *d)
{
	size_t count = 0;

	for (size_t i = 0; i < d->count; i++)
		count += !is_delivered(d, i);
	return count;
}

struct produce_job *draft_job(const struct draft *d, size_t *indices)
{
	struct produce_job *job = produce_job_new(draft_unsent(d));
	size_t at = 0;

	for (size_t i = 0; i < d->count; i++) {
		struct record record = d->records[i];

		if (is_delivered(d, i))
			continue;
		record.topic = draft_target(d, &record);
		if (d->place != DRAFT_KEEP_PARTITION)
			record.partition = d->place == DRAFT_ONE_PARTITION ? d->partition : -1;
		if (!d->keep_timestamp)
			record.timestamp_type = TIMESTAMP_NONE;
		indices[at] = i;
		record_copy(job->arena, &record, &job->records[at++]);
	}
	job->partitioner = d->partitioner;
	job->compression = d->compression;
	job->per_s = d->per_s;
	return job;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* The fields of the produce view: how each is shown, asked for and taken. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/format.h"
#include "ui/prompt.h"
#include "views/produce/produce_view.h"

enum column { NAME, VALUE, ABOUT, COLUMN_COUNT };
enum { SHOWN_BYTES = 400, RATE_MAX = 1000000 };

static const struct table_column columns[COLUMN_COUNT] = {
	[NAME] = { "field", "FIELD", "part of the record, or how it is sent", COLUMN_NAME, 15, 99 },
	[VALUE] = { "value", "VALUE", "", COLUMN_NAME, 18, 98 },
	/* A long value on a narrow screen has all the room. */
	[ABOUT] = { "about", "", "what it means", COLUMN_TEXT, 26, 40, 44, .optional = true },
};

static const char *const names[FIELD_COUNT] = {
	[FIELD_TOPIC] = "topic",
	[FIELD_TARGET_HEADER] = "topic in header",
	[FIELD_PARTITION] = "partition",
	[FIELD_KEY] = "key",
	[FIELD_VALUE] = "value",
	[FIELD_TOMBSTONE] = "tombstone",
	[FIELD_HEADER] = "header",
	[FIELD_ADD_HEADER] = "add a header",
	[FIELD_TIMESTAMP] = "timestamp",
	[FIELD_PARTITIONER] = "partitioner",
	[FIELD_COMPRESSION] = "compression",
	[FIELD_RATE] = "rate",
};

/* The first is the default. */
static const struct choice partitioners[] = {
	{ "murmur2_random", "as Kafka's Java clients", false },
	{ "consistent_random", "as librdkafka", false },
	{ "fnv1a_random", "as Sarama", false },
	{ "random", "keys do not matter", false },
};
static const struct choice codecs[] = {
	{ "none", "or as configured", false },
	{ "gzip", NULL, false },
	{ "snappy", NULL, false },
	{ "lz4", NULL, false },
	{ "zstd", NULL, false },
};

static struct produce_state *state_of(const void *owner)
{
	return ((const struct view *)owner)->state;
}

static const struct record *first_record(const struct produce_state *st)
{
	return &st->draft->records[0];
}

static size_t rows(void *owner)
{
	return state_of(owner)->row_count;
}

static void key(void *owner, size_t row, struct str *out)
{
	const struct produce_row *r = &state_of(owner)->rows[row];

	str_addf(out, "%s %zu", names[r->field], r->header);
}

static bool is_line(struct bytes b)
{
	for (size_t i = 0; b.p && i < b.len; i++)
		if ((unsigned char)b.p[i] < 0x20)
			return false;
	return text_is_utf8(b.p, b.len);
}

static void bytes_cell(struct cell *c, struct bytes b)
{
	if (!b.p) {
		cell_text(c, "null");
		c->role = ROLE_DATA_NOTE;
	} else if (b.len == 0) {
		cell_text(c, "empty");
		c->role = ROLE_DATA_NOTE;
	} else {
		cell_text(c, "");
		str_add_len(&c->text, b.p, b.len < SHOWN_BYTES ? b.len : SHOWN_BYTES);
	}
}

static void partition_cell(const struct draft *d, struct cell *c)
{
	switch (d->place) {
	case DRAFT_BY_PARTITIONER:
		cell_text(c, "by the partitioner");
		break;
	case DRAFT_KEEP_PARTITION:
		cell_text(c, "same as each record");
		break;
	case DRAFT_ONE_PARTITION:
		cell_int(c, d->partition);
		break;
	}
}

static void value_cell(const struct view *v, const struct produce_row *r, struct cell *c)
{
	const struct produce_state *st = v->state;
	const struct draft *d = st->draft;

	switch (r->field) {
	case FIELD_TOPIC:
		cell_text(c, *d->topic ? d->topic : "not set");
		c->role = *d->topic ? ROLE_STRONG : ROLE_DATA_NOTE;
		break;
	case FIELD_TARGET_HEADER:
		cell_text(c, d->header ? d->header : "no");
		break;
	case FIELD_PARTITION:
		partition_cell(d, c);
		break;
	case FIELD_KEY:
		bytes_cell(c, first_record(st)->key);
		break;
	case FIELD_VALUE:
		bytes_cell(c, first_record(st)->value);
		break;
	case FIELD_TOMBSTONE:
		cell_text(c, first_record(st)->value.p ? "no" : "yes: the value is null");
		break;
	case FIELD_HEADER:
		bytes_cell(c, first_record(st)->headers[r->header].value);
		break;
	case FIELD_ADD_HEADER:
		cell_text(c, "");
		break;
	case FIELD_TIMESTAMP:
		if (!d->keep_timestamp)
			cell_text(c, "now");
		else if (d->many)
			cell_text(c, "same as each record");
		else if (!record_has_time(first_record(st)))
			cell_text(c, "none");
		else
			format_datetime(&c->text, first_record(st)->timestamp_ms, v->ui->utc), c->kind = CELL_TEXT;
		break;
	case FIELD_PARTITIONER:
		cell_text(c, d->partitioner ? d->partitioner : partitioners[0].label);
		break;
	case FIELD_COMPRESSION:
		cell_text(c, d->compression ? d->compression : codecs[0].label);
		break;
	case FIELD_RATE:
		if (d->per_s > 0)
			cell_textf(c, "%.0f records/s", d->per_s);
		else
			cell_text(c, "no limit");
		break;
	case FIELD_COUNT:
		break;
	}
}

static void topic_cell(const struct view *v, struct cell *c)
{
	const struct produce_state *st = v->state;
	const struct snapshot *s = produce_cluster(v);
	const struct topic *t = s ? snapshot_topic(s, st->draft->topic) : NULL;

	if (t)
		cell_textf(c, "%d partition%s", (int)t->partition_count, t->partition_count == 1 ? "" : "s");
	else if (s && *st->draft->topic) {
		cell_text(c, "no such topic");
		cell_severity(c, SEVERITY_CRIT);
	}
}

static void about_cell(const struct view *v, const struct produce_row *r, struct cell *c)
{
	const struct produce_state *st = v->state;
	const struct bytes *b = r->field == FIELD_KEY ? &first_record(st)->key :
		r->field == FIELD_VALUE               ? &first_record(st)->value :
							NULL;

	cell_text(c, "");
	c->role = ROLE_DIM;
	if (r->field == FIELD_TOPIC)
		topic_cell(v, c);
	if (r->field == FIELD_TARGET_HEADER)
		cell_text(c, "its value is the target topic of the record");
	if (b && b->p && b->len > 0) {
		format_bytes(&c->text, (double)b->len);
		if (!is_line(*b))
			str_add(&c->text, text_is_utf8(b->p, b->len) ? ", several lines" : ", binary");
	}
}

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct produce_state *st = state_of(owner);
	const struct produce_row *r = &st->rows[row];

	switch ((enum column)column) {
	case NAME:
		if (r->field == FIELD_HEADER)
			cell_textf(c, "header %s", first_record(st)->headers[r->header].name);
		else
			cell_text(c, names[r->field]);
		c->role = ROLE_DIM;
		break;
	case VALUE:
		value_cell(owner, r, c);
		break;
	case ABOUT:
		about_cell(owner, r, c);
		break;
	case COLUMN_COUNT:
		break;
	}
}

static const struct table_ops ops = {
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.rows = rows,
	.key = key,
	.cell = cell,
};

void produce_fields_add(struct view *v)
{
	panes_add(v, ((const struct produce_state *)v->state)->draft->many ? "how" : "record", &ops, v, NULL);
}

/* Asking */

static void say_warning(struct view *v, const char *text)
{
	v->ui->calls->message(v->ui, SEVERITY_WARN, text);
}

static bool take_partition(struct draft *d, const char *text)
{
	char *end;
	long value = strtol(text, &end, 10);

	if (!*text) {
		d->place = DRAFT_BY_PARTITIONER;
		return true;
	}
	if (*text < '0' || *text > '9' || *end || value > INT32_MAX)
		return false;
	d->place = DRAFT_ONE_PARTITION;
	d->partition = (int32_t)value;
	return true;
}

static bool take_rate(struct draft *d, const char *text)
{
	char *end;
	long value = strtol(text, &end, 10);

	if (*text && (*text < '0' || *text > '9' || *end || value > RATE_MAX))
		return false;
	d->per_s = *text ? (double)value : 0;
	return true;
}

static void field_typed(struct ui *ui, void *data, const char *text)
{
	struct view *v = data;
	struct produce_state *st = v->state;
	struct draft *d = st->draft;
	const struct produce_row *r = &st->rows[st->editing];

	(void)ui;
	if (!text)
		return;
	switch (r->field) {
	case FIELD_TOPIC:
		free(d->topic);
		d->topic = mem_strdup(text);
		break;
	case FIELD_PARTITION:
		if (!take_partition(d, text))
			say_warning(v, "give a partition number, or leave it empty: the partitioner chooses");
		break;
	case FIELD_KEY:
		draft_set_key(d, *text ? text : NULL);
		break;
	case FIELD_VALUE:
		draft_set_value(d, text);
		break;
	case FIELD_HEADER:
	case FIELD_ADD_HEADER:
		if (!draft_set_header(d, r->field == FIELD_HEADER ? r->header : first_record(st)->header_count, text))
			say_warning(v, "give a header as NAME=VALUE; NAME alone has a null value");
		break;
	case FIELD_RATE:
		if (!take_rate(d, text))
			say_warning(v,
				"give a rate in records per second, up to 1,000,000, or leave it empty: no limit");
		break;
	default:
		break;
	}
	produce_changed(v);
}

static void field_chosen(struct ui *ui, void *data, size_t at)
{
	struct view *v = data;
	struct produce_state *st = v->state;
	struct draft *d = st->draft;
	const char **headers;

	(void)ui;
	if (at == SIZE_MAX)
		return;
	switch (st->rows[st->editing].field) {
	case FIELD_TARGET_HEADER:
		draft_header_names(d, st->arena, &headers);
		free(d->header);
		d->header = at ? mem_strdup(headers[at - 1]) : NULL;
		break;
	case FIELD_PARTITIONER:
		d->partitioner = partitioners[at].label;
		break;
	case FIELD_COMPRESSION:
		d->compression = codecs[at].label;
		break;
	default:
		break;
	}
	produce_changed(v);
}

static void complete_topic(struct ui *ui, void *data, const char *text, size_t cursor, struct prompt_words *words)
{
	const struct snapshot *s = produce_cluster(data);

	(void)ui;
	words->from = 0;
	for (size_t i = 0; s && i < s->topic_count; i++)
		if (strncmp(s->topics[i].name, text, cursor) == 0)
			prompt_words_add(words, s->topics[i].name, NULL, NULL);
}

static void ask_text(struct view *v, const char *label, const char *initial, const char *history)
{
	v->ui->calls->prompt(v->ui, label, initial, history, NULL, field_typed, v);
}

static void ask_bytes(struct view *v, const char *label, struct bytes b)
{
	struct str text = { 0 };

	if (is_line(b)) {
		str_add_len(&text, b.p ? b.p : "", b.len);
		ask_text(v, label, str_text(&text), NULL);
	} else {
		say_warning(v,
			"this cannot be edited on one line: v opens it in $EDITOR, e edits the whole record as JSON");
	}
	str_release(&text);
}

static void ask_header(struct view *v, const struct record_header *h)
{
	struct str text = { 0 };

	str_add(&text, h->name);
	if (h->value.p) {
		str_add_char(&text, '=');
		str_add_len(&text, h->value.p, h->value.len);
	}
	ask_bytes(v, "header NAME=VALUE (empty removes it): ", (struct bytes){ str_text(&text), text.len });
	str_release(&text);
}

static void pick_one(struct view *v, const char *title, const struct choice *choices, size_t count, const char *now)
{
	size_t at = 0;

	for (size_t i = 0; now && i < count; i++)
		if (strcmp(choices[i].label, now) == 0)
			at = i;
	v->ui->calls->pick(v->ui, title, choices, count, at, field_chosen, v);
}

static void pick_header(struct view *v)
{
	struct produce_state *st = v->state;
	const char **headers;
	size_t count = draft_header_names(st->draft, st->arena, &headers);
	struct choice *choices = arena_array(st->arena, count + 1, sizeof(*choices));

	choices[0] = (struct choice){ "no", "all records go to the topic above", false };
	for (size_t i = 0; i < count; i++)
		choices[i + 1] = (struct choice){ headers[i], NULL, false };
	if (count == 0)
		say_warning(v, "none of these records has a header");
	else
		pick_one(v, "take the topic from", choices, count + 1, st->draft->header);
}

static void turn_timestamp(struct view *v)
{
	struct draft *d = ((struct produce_state *)v->state)->draft;

	if (!d->many && d->records[0].timestamp_type == TIMESTAMP_NONE)
		say_warning(v, "this record has no timestamp of its own: set one with e");
	else
		d->keep_timestamp = !d->keep_timestamp;
	produce_changed(v);
}

static void edit_partition(struct view *v)
{
	struct draft *d = ((struct produce_state *)v->state)->draft;
	char text[24] = "";

	if (d->many && d->place != DRAFT_ONE_PARTITION) {
		d->place = d->place == DRAFT_KEEP_PARTITION ? DRAFT_BY_PARTITIONER : DRAFT_KEEP_PARTITION;
		produce_changed(v);
		return;
	}
	if (d->place == DRAFT_ONE_PARTITION)
		snprintf(text, sizeof(text), "%" PRId32, d->partition);
	ask_text(v, "partition (empty: by the partitioner): ", text, NULL);
}

void produce_fields_edit(struct view *v)
{
	struct produce_state *st = v->state;
	struct draft *d = st->draft;
	char text[24] = "";
	size_t row;

	if (!table_current(panes_table(v, PRODUCE_FIELDS), &row))
		return;
	st->editing = row;
	switch (st->rows[row].field) {
	case FIELD_TOPIC:
		ask_text(v, "topic: ", d->topic, "topic");
		v->ui->calls->prompt_words(v->ui, complete_topic);
		break;
	case FIELD_TARGET_HEADER:
		pick_header(v);
		break;
	case FIELD_PARTITION:
		edit_partition(v);
		break;
	case FIELD_KEY:
		ask_bytes(v, "key (empty: null): ", first_record(st)->key);
		break;
	case FIELD_VALUE:
		ask_bytes(v, "value: ", first_record(st)->value);
		break;
	case FIELD_TOMBSTONE:
		draft_set_value(d, first_record(st)->value.p ? NULL : "");
		produce_changed(v);
		break;
	case FIELD_HEADER:
		ask_header(v, &first_record(st)->headers[st->rows[row].header]);
		break;
	case FIELD_ADD_HEADER:
		ask_text(v, "header NAME=VALUE: ", "", NULL);
		break;
	case FIELD_TIMESTAMP:
		turn_timestamp(v);
		break;
	case FIELD_PARTITIONER:
		pick_one(v, "partitioner", partitioners, sizeof(partitioners) / sizeof(*partitioners), d->partitioner);
		break;
	case FIELD_COMPRESSION:
		pick_one(v, "compression", codecs, sizeof(codecs) / sizeof(*codecs), d->compression);
		break;
	case FIELD_RATE:
		if (d->per_s > 0)
			snprintf(text, sizeof(text), "%.0f", d->per_s);
		ask_text(v, "records per second (empty: no limit): ", text, NULL);
		break;
	case FIELD_COUNT:
		break;
	}
}

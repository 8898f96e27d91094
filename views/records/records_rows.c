/* SPDX-License-Identifier: BSD-2-Clause */
/* Records as rows: read from the feed, decoded, masked and summed up once. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "codec/codec_rules.h"
#include "codec/json_path.h"
#include "codec/mask.h"
#include "codec/render.h"
#include "model/format.h"
#include "views/records/records.h"

enum { READ_MOST = 64, READ_BYTES = 4 << 20, FEW_COLS_BYTES = 512 };

const char *txn_outcome_name(enum txn_outcome outcome)
{
	return outcome == TXN_ABORTED ? "aborted" : outcome == TXN_OPEN ? "open transaction" : "";
}

bool records_wait_outcomes(const struct records *r)
{
	return r->rows.unknown_ms && r->feed.now.phase != FEED_FOLLOWING &&
		clock_mono_ms() - r->rows.unknown_ms >= RECORDS_OUTCOMES_MS;
}

void records_key(const struct record_id *id, struct str *out)
{
	str_addf(out, "%s %" PRId32 " %" PRId64, id->topic, id->partition, id->offset);
}

static void choose_decoder(struct records *r, struct records_topic *t, bool is_key)
{
	const char *text = codec_rules_find(r->ui->settings->decoders, t->name, is_key);
	struct error err;

	if (text && !codec_choice_parse(&t->choice[is_key], text, &err))
		records_say(r, SEVERITY_WARN, "%s of %s: %s", is_key ? "keys" : "values", t->name, err.message);
}

struct records_topic *records_topic(struct records *r, const char *name)
{
	struct records_topic *t;

	for (size_t i = 0; i < r->rows.topic_count; i++)
		if (strcmp(r->rows.topics[i]->name, name) == 0)
			return r->rows.topics[i];
	r->rows.topics =
		mem_grow(r->rows.topics, &r->rows.topic_cap, r->rows.topic_count + 1, sizeof(struct records_topic *));
	t = r->rows.topics[r->rows.topic_count++] = mem_alloc(sizeof(*t));
	t->name = mem_strdup(name);
	choose_decoder(r, t, false);
	choose_decoder(r, t, true);
	return t;
}

/* A single value suffices to recognize text; numbers and packed forms look alike, so several values vote. */
const struct codec_choice *records_choice(struct records *r, const char *topic, bool is_key, struct codec_choice *own)
{
	struct records_topic *t = records_topic(r, topic);
	enum codec_id best;

	*own = (struct codec_choice){ .id = CODEC_AUTO };
	if (t->choice[is_key].id != CODEC_AUTO)
		return &t->choice[is_key];
	own->id = codec_for_topic(topic);
	if (own->id != CODEC_AUTO || t->votes[is_key].samples < RECORDS_VOTES)
		return own;
	best = codec_votes_best(&t->votes[is_key]);
	if (best != CODEC_UTF8 && best != CODEC_JSON && best != CODEC_XML && best != CODEC_HEX)
		own->id = best;
	return own;
}

void records_decode(struct records *r, const struct record *record, bool is_key, struct arena *arena,
	struct decoded *out)
{
	struct codec_choice own;
	const struct codec_choice *choice = records_choice(r, record->topic, is_key, &own);
	struct codec_input input = { is_key ? record->key : record->value, is_key, record->key };

	codec_decode(choice, &input, arena, out);
	mask_decoded(r->ui->settings->mask, record->topic, is_key ? MASK_KEY : MASK_VALUE, arena, out);
}

static void set_cell(struct records_cell *c, enum role role, const char *text)
{
	str_clear(&c->text);
	str_add(&c->text, text);
	c->role = role;
	c->masked = false;
}

/* Shows the beginning of a value that is too large to be decoded for the table; nothing of it when parts are masked. */
static void sum_up_big(struct records *r, const char *topic, bool is_key, struct bytes bytes, struct records_cell *c)
{
	struct str size = { 0 };
	size_t len = FEW_COLS_BYTES;

	format_bytes(&size, (double)bytes.len);
	set_cell(c, ROLE_TEXT, "");
	while (len > FEW_COLS_BYTES - 4 && !text_is_utf8(bytes.p, len))
		len--;
	if (mask_concerns(r->ui->settings->mask, topic, is_key ? MASK_KEY : MASK_VALUE)) {
		str_addf(&c->text, MASK_TEXT " %s, masked here as a whole", str_text(&size));
		c->masked = true;
	} else if (text_is_utf8(bytes.p, len)) {
		str_addf(&c->text, "%s: ", str_text(&size));
		text_safe(&c->text, bytes.p, len);
	} else {
		str_addf(&c->text, "%s of bytes, Enter shows them", str_text(&size));
		c->role = ROLE_DATA_NOTE;
	}
	str_release(&size);
}

static void sum_up(const struct decoded *d, struct records_cell *c)
{
	struct str raw = { 0 };

	set_cell(c, d->masked ? ROLE_MASKED : d->form == DECODED_HEX ? ROLE_DATA_NOTE : ROLE_TEXT, "");
	c->masked = d->masked;
	render_summary(&raw, d, RECORDS_SUMMARY_BYTES);
	text_safe(&c->text, str_text(&raw), raw.len);
	str_release(&raw);
}

static void take_vote(struct records *r, const struct record *record, bool is_key, struct bytes bytes)
{
	struct records_topic *t = records_topic(r, record->topic);

	if (t->votes[is_key].samples < RECORDS_VOTES)
		codec_votes_add(&t->votes[is_key], bytes);
}

/* *d: the decoded value; DECODED_NULL when it was not decoded. */
static void fill_part(struct records *r, const struct record *record, bool is_key, struct arena *arena,
	struct records_cell *c, struct decoded *d)
{
	struct bytes bytes = is_key ? record->key : record->value;

	*d = (struct decoded){ .form = DECODED_NULL };
	if (!bytes.p) {
		set_cell(c, ROLE_DATA_NOTE, is_key ? "<null>" : "<tombstone>");
	} else if (bytes.len == 0) {
		set_cell(c, ROLE_DIM, "<empty>");
	} else if (bytes.len > RECORDS_BIG_BYTES) {
		sum_up_big(r, record->topic, is_key, bytes, c);
	} else {
		take_vote(r, record, is_key, bytes);
		records_decode(r, record, is_key, arena, d);
		sum_up(d, c);
		paths_add_decoded(&r->rows.paths, is_key ? "key" : "value", d);
	}
}

static void add_match(struct str *out, const struct json_match *m)
{
	struct str scratch = { 0 }, plain = { 0 };
	size_t len;
	const char *text;

	if (m->kind == NODE_ARRAY || m->kind == NODE_OBJECT || m->kind == NODE_BYTES) {
		if (m->node)
			render_node_brief(&plain, m->node, FEW_COLS_BYTES);
		text = str_text(&plain);
		len = plain.len;
	} else {
		text = json_match_text(m, &scratch, &len);
	}
	text_safe(out, text, len);
	str_release(&scratch);
	str_release(&plain);
}

/* All values on the path; masks are applied already. */
static void fill_extra(const struct records *r, int i, const struct decoded *key, const struct decoded *value,
	struct records_cell *c)
{
	const struct decoded *d = strncmp(r->columns.extra[i], "key", 3) == 0 ? key : value;
	struct json_path_iter iter;
	struct json_match match;

	set_cell(c, ROLE_TEXT, "");
	if (d->form != DECODED_TREE)
		return;
	json_path_begin_tree(&iter, r->columns.extra_path[i], d->tree);
	while (c->text.len < FEW_COLS_BYTES && json_path_next(&iter, &match)) {
		if (c->text.len)
			str_add(&c->text, ", ");
		if (match.node && match.node->masked)
			c->role = ROLE_MASKED;
		add_match(&c->text, &match);
	}
}

static void fill_header(const struct records *r, int i, const struct record *record, struct records_cell *c)
{
	const char *name = r->columns.extra[i] + strlen("header.");

	set_cell(c, ROLE_TEXT, "");
	for (size_t h = 0; h < record->header_count; h++) {
		struct bytes v = record->headers[h].value;
		struct str masked = { 0 };

		if (strcmp(record->headers[h].name, name) != 0 || !v.p)
			continue;
		if (mask_raw(r->ui->settings->mask, record->topic, MASK_HEADERS, v, &masked))
			text_safe(&c->text, str_text(&masked), masked.len);
		else
			text_safe(&c->text, v.p, v.len < FEW_COLS_BYTES ? v.len : FEW_COLS_BYTES);
		str_release(&masked);
		break;
	}
}

static int64_t size_of(const struct record *record)
{
	size_t size = record->key.len + record->value.len;

	for (size_t i = 0; i < record->header_count; i++)
		size += strlen(record->headers[i].name) + record->headers[i].value.len;
	return (int64_t)size;
}

static void fill_row(struct records *r, struct records_row *row, int64_t number, const struct record *record,
	enum txn_outcome outcome)
{
	struct arena *arena = arena_new(4096);
	struct decoded key, value;

	row->number = number;
	row->filled = true;
	row->id = (struct record_id){ records_topic(r, record->topic)->name, record->partition, record->offset };
	row->timestamp_ms = record->timestamp_ms;
	row->outcome = outcome;
	row->size = size_of(record);
	row->header_count = record->header_count;
	fill_part(r, record, true, arena, &row->key, &key);
	fill_part(r, record, false, arena, &row->value, &value);
	for (int i = 0; i < RECORDS_EXTRA_MAX; i++)
		if (r->columns.extra[i] && r->columns.extra_path[i])
			fill_extra(r, i, &key, &value, &row->extra[i]);
		else if (r->columns.extra[i])
			fill_header(r, i, record, &row->extra[i]);
	paths_add_headers(&r->rows.paths, record);
	str_clear(&row->reason);
	if (value.reason)
		str_add(&row->reason, value.reason);
	arena_free(arena);
}

static struct records_row *row_slot(struct records *r, int64_t number)
{
	return &r->rows.cached[(uint64_t)number & (RECORDS_CACHED - 1)];
}

static bool has_row(struct records *r, int64_t number)
{
	const struct records_row *row = row_slot(r, number);

	return row->filled && row->number == number;
}

/* How many to read together, so that large records do not take too much memory. */
static size_t read_at_once(const struct records *r)
{
	int64_t kept = r->feed.now.end - r->feed.now.first;
	size_t mean = kept > 0 ? r->feed.now.bytes / (size_t)kept + 1 : 1, count = READ_BYTES / mean;

	return count < 1 ? 1 : count > READ_MOST ? READ_MOST : count;
}

static void read_rows(struct records *r, int64_t number, size_t count)
{
	struct record records[READ_MOST];
	enum txn_outcome outcomes[READ_MOST];
	struct arena *arena = arena_new(0);
	size_t got = r->feed.ops->read(r->feed.handle, number, count, arena, records, outcomes);

	for (size_t i = 0; i < got; i++)
		fill_row(r, row_slot(r, number + (int64_t)i), number + (int64_t)i, &records[i], outcomes[i]);
	arena_free(arena);
}

void records_fill(struct records *r, int64_t from, int64_t to)
{
	int64_t most = (int64_t)read_at_once(r);

	from = from < r->feed.now.first ? r->feed.now.first : from;
	to = to > r->feed.now.end ? r->feed.now.end : to;
	while (r->feed.handle && from < to) {
		int64_t n = 0;

		if (has_row(r, from)) {
			from++;
			continue;
		}
		while (n < most && from + n < to && !has_row(r, from + n))
			n++;
		read_rows(r, from, (size_t)n);
		from += n;
	}
}

const struct records_row *records_row(struct records *r, int64_t number)
{
	records_fill(r, number, number + 1);
	return has_row(r, number) ? row_slot(r, number) : NULL;
}

void records_forget_rows(struct records *r)
{
	for (size_t i = 0; i < RECORDS_CACHED; i++)
		r->rows.cached[i].filled = false;
}

void records_release_rows(struct records_rows *rows)
{
	for (size_t i = 0; i < RECORDS_CACHED; i++) {
		struct records_row *row = &rows->cached[i];

		str_release(&row->key.text);
		str_release(&row->value.text);
		str_release(&row->reason);
		for (int k = 0; k < RECORDS_EXTRA_MAX; k++)
			str_release(&row->extra[k].text);
	}
	for (size_t i = 0; i < rows->topic_count; i++) {
		codec_choice_release(&rows->topics[i]->choice[0]);
		codec_choice_release(&rows->topics[i]->choice[1]);
		free(rows->topics[i]->name);
		free(rows->topics[i]);
	}
	free(rows->topics);
	paths_release(&rows->paths);
}

struct record_id records_id_at(struct records *r, int64_t number)
{
	const struct records_row *row = records_row(r, number);

	return row ? row->id : (struct record_id){ 0 };
}

int64_t records_find(const struct records *r, const struct record_id *id)
{
	return r->feed.handle && id->topic ? r->feed.ops->find(r->feed.handle, id->topic, id->partition, id->offset) :
					     -1;
}

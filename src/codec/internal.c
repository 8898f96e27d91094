/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Decodes records of Kafka's internal topics by the tables of record_fields.c.
 * A key starts with the number of its type, a value with its version; the key
 * tells the type of the value. Types are encoded as in Kafka's protocol guide
 * and KIP-482 (compact lengths, tagged fields).
 */
#include <inttypes.h>
#include <string.h>

#include "base/json.h"
#include "codec/decoder.h"
#include "codec/byte_reader.h"
#include "codec/record_fields.h"

struct source {
	struct tree *tree;
	struct byte_reader r;
	int version;
	bool flexible;
	const char *name; /* of the message, for error texts */
};

static bool read_fields(struct source *s, struct node *object, const struct record_field *fields);

static void *cut_off(struct source *s)
{
	return tree_fail(s->tree, "not a %s: the bytes end in a field", s->name);
}

static bool can_be_null(const struct source *s, const struct record_field *field)
{
	return field->nullable && s->version >= field->nullable_from;
}

/* A length in one of its three forms; -1 is null. */
static bool read_length(struct source *s, size_t plain_bytes, int64_t *len)
{
	uint64_t value;

	if (s->flexible) {
		if (!byte_reader_varint(&s->r, &value) || value > UINT32_MAX)
			return cut_off(s);
		*len = (int64_t)value - 1;
		return true;
	}
	if (!byte_reader_be(&s->r, plain_bytes, &value))
		return cut_off(s);
	*len = byte_reader_signed(value, plain_bytes);
	return *len >= -1 || cut_off(s);
}

static struct node *read_integer(struct source *s, struct node *parent, size_t size, bool is_signed)
{
	struct node *node;
	uint64_t value;

	if (!byte_reader_be(&s->r, size, &value))
		return cut_off(s);
	node = node_add(s->tree, parent, NODE_NUMBER);
	node_set_number(s->tree, node, "%" PRId64, is_signed ? byte_reader_signed(value, size) : (int64_t)value);
	return node;
}

/* A field is a time when its name says so. */
static void note_if_time(struct source *s, struct node *node, const char *name)
{
	size_t len = strlen(name);
	const char *const ends[] = { "imestamp", "imestampMs" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t tail = strlen(ends[i]);
		struct byte_reader r = s->r;
		uint64_t bits = 0;

		if (len < tail || strcmp(name + len - tail, ends[i]) != 0)
			continue;
		r.p -= 8;
		byte_reader_be(&r, 8, &bits);
		if ((int64_t)bits >= 0)
			node->note = node_time_note(s->tree, "time", (int64_t)(bits / 1000),
				(uint32_t)(bits % 1000) * 1000000);
	}
}

/* The states of a transaction are numbers in the record (TransactionState). */
static void note_if_status(struct node *node, const char *name)
{
	static const char *const states[] = { "Empty", "Ongoing", "PrepareCommit", "PrepareAbort", "CompleteCommit",
		"CompleteAbort", "Dead", "PrepareEpochFence" };

	for (size_t i = 0; strcmp(name, "transactionStatus") == 0 && i < sizeof(states) / sizeof(states[0]); i++) {
		if (node->len == 1 && node->text[0] == (char)('0' + i))
			node->note = states[i];
	}
}

/* Kafka writes its UUIDs in base64 with - and _ and no padding. */
static struct node *read_uuid(struct source *s, struct node *parent)
{
	const unsigned char *bytes;
	struct str text = { 0 };
	struct node *node;

	if (!byte_reader_take(&s->r, 16, &bytes))
		return cut_off(s);
	if (!(node = node_add(s->tree, parent, NODE_STRING)))
		return NULL;
	base64_add(&text, bytes, 16);
	for (size_t i = 0; i < 22; i++)
		text.p[i] = text.p[i] == '+' ? '-' : text.p[i] == '/' ? '_' : text.p[i];
	node_set_string(s->tree, node, arena_strndup(s->tree->arena, text.p, 22), 22);
	str_release(&text);
	return node;
}

/* Bytes that hold a message of the consumer protocol; NULL when they belong to another protocol. */
static struct node *read_embedded(struct source *s, const struct record_field *field, const unsigned char *bytes,
	size_t len)
{
	struct tree probe = { .arena = s->tree->arena, .count = s->tree->count, .depth = s->tree->depth };
	struct source inner = { .tree = &probe, .r = { .p = bytes, .end = bytes + len }, .name = field->name };
	struct node *node = node_add(&probe, NULL, NODE_OBJECT);
	uint64_t version;

	/* Newer versions only add fields: they are read as the newest known version. */
	if (!node || !byte_reader_be(&inner.r, 2, &version) || version > INT16_MAX)
		return NULL;
	inner.version = version < 100 ? (int)version : 100;
	if (!read_fields(&inner, node, field->fields) || (byte_reader_left(&inner.r) > 0 && version <= 3))
		return NULL;
	s->tree->count = probe.count;
	node_set_note(s->tree, node, "version %d", (int)version);
	return node;
}

static struct node *read_bytes(struct source *s, struct node *parent, const struct record_field *field)
{
	const unsigned char *bytes;
	struct node *node;
	int64_t len;

	if (!read_length(s, field->type == RECORD_STRING ? 2 : 4, &len))
		return NULL;
	if (len < 0)
		return can_be_null(s, field) ? node_add(s->tree, parent, NODE_NULL) : cut_off(s);
	if (!byte_reader_take(&s->r, (uint64_t)len, &bytes))
		return cut_off(s);
	if (field->fields && (node = read_embedded(s, field, bytes, (size_t)len))) {
		node_link(parent, node);
		return node;
	}
	if (!(node = node_add(s->tree, parent, NODE_BYTES)))
		return NULL;
	node->text = (const char *)bytes;
	node->len = (size_t)len;
	if (field->type == RECORD_STRING)
		node_set_text_or_bytes(s->tree, node, (const char *)bytes, (size_t)len);
	return node;
}

static struct node *read_struct(struct source *s, struct node *parent, const struct record_field *field, bool element)
{
	struct node *node;
	uint8_t present = 1;

	/* A single struct that may be null follows a byte that says whether it is present. */
	if (!element && can_be_null(s, field) && !byte_reader_u8(&s->r, &present))
		return cut_off(s);
	if (present == 0xff)
		return node_add(s->tree, parent, NODE_NULL);
	node = node_add(s->tree, parent, NODE_OBJECT);
	return node && read_fields(s, node, field->fields) ? node : NULL;
}

static struct node *read_one(struct source *s, struct node *parent, const struct record_field *field, bool element)
{
	struct node *node;

	switch (field->type) {
	case RECORD_INT8:
		if ((node = read_integer(s, parent, 1, true)))
			note_if_status(node, field->name);
		return node;
	case RECORD_INT16:
		return read_integer(s, parent, 2, true);
	case RECORD_UINT16:
		return read_integer(s, parent, 2, false);
	case RECORD_INT32:
		return read_integer(s, parent, 4, true);
	case RECORD_INT64:
		if ((node = read_integer(s, parent, 8, true)))
			note_if_time(s, node, field->name);
		return node;
	case RECORD_BOOL:
		if ((node = read_integer(s, parent, 1, true))) {
			node->kind = NODE_BOOL;
			node->truth = node->text[0] != '0';
		}
		return node;
	case RECORD_UUID:
		return read_uuid(s, parent);
	case RECORD_STRUCT:
		return read_struct(s, parent, field, element);
	default:
		return read_bytes(s, parent, field);
	}
}

static struct node *read_field(struct source *s, struct node *parent, const struct record_field *field)
{
	struct node *array, *node;
	int64_t len;

	if (!field->array) {
		node = read_one(s, parent, field, false);
	} else {
		if (!read_length(s, 4, &len))
			return NULL;
		if (len < 0 && !can_be_null(s, field))
			return cut_off(s);
		array = node = node_add(s->tree, parent, len < 0 ? NODE_NULL : NODE_ARRAY);
		for (int64_t i = 0; node && i < len; i++) {
			if (!read_one(s, array, field, true))
				return NULL;
		}
	}
	if (node) {
		node->name = field->name;
		node->name_len = strlen(field->name);
	}
	return node;
}

static const struct record_field *find_tag(const struct record_field *fields, uint64_t tag)
{
	for (; fields->name; fields++) {
		if (fields->tagged && (uint64_t)fields->tag == tag)
			return fields;
	}
	return NULL;
}

static bool read_tagged(struct source *s, struct node *object, const struct record_field *fields)
{
	uint64_t count, tag, size;

	if (!byte_reader_varint(&s->r, &count))
		return cut_off(s);
	for (; count > 0; count--) {
		const struct record_field *field;
		const unsigned char *bytes;
		struct source inner = *s;
		struct node *node;

		if (!byte_reader_varint(&s->r, &tag) || !byte_reader_varint(&s->r, &size) ||
			!byte_reader_take(&s->r, size, &bytes))
			return cut_off(s);
		inner.r = (struct byte_reader){ .p = bytes, .end = bytes + size };
		if ((field = find_tag(fields, tag))) {
			if (!read_field(&inner, object, field))
				return false;
			continue;
		}
		/* A field of a newer Kafka is shown under its number. */
		if (!(node = node_add(s->tree, object, NODE_BYTES)))
			return false;
		node->text = (const char *)bytes;
		node->len = size;
		node_set_note(s->tree, node, "tag %" PRIu64, tag);
		node->name = node->note;
		node->name_len = strlen(node->note);
	}
	return true;
}

static bool read_fields(struct source *s, struct node *object, const struct record_field *fields)
{
	for (const struct record_field *f = fields; f->name; f++) {
		if (f->tagged || s->version < f->from || s->version > f->to)
			continue;
		if (!read_field(s, object, f))
			return false;
	}
	return !s->flexible || read_tagged(s, object, fields);
}

static const struct record_message *find_message(enum record_family family, bool is_key, uint64_t api_key)
{
	for (size_t i = 0; i < record_message_count; i++) {
		const struct record_message *m = &record_messages[i];

		if (m->family == family && m->is_key == is_key && (uint64_t)m->api_key == api_key)
			return m;
	}
	return NULL;
}

/* Adds "type" to a key: its name without the final "Key". */
static bool add_type(struct tree *tree, struct node *root, const struct record_message *message)
{
	struct node *type = node_add(tree, root, NODE_STRING);

	if (!type)
		return false;
	node_set_name(tree, type, "type", 4);
	node_set_string(tree, type, message->name, strlen(message->name) - 3);
	return true;
}

static struct node *decode_record(struct decode_job *job, enum record_family family)
{
	struct source s = { .tree = &job->tree, .r = byte_reader_of(job->bytes) };
	struct byte_reader key = byte_reader_of(job->is_key ? job->bytes : job->key);
	const struct record_message *message;
	struct node *root;
	uint64_t api_key, version = 0;

	if (!job->is_key && !job->key.p)
		return tree_fail(s.tree, "the record has no key, which would say what the value is");
	if (!byte_reader_be(&key, 2, &api_key) || !byte_reader_be(&s.r, 2, job->is_key ? &api_key : &version))
		return tree_fail(s.tree, "too short for a record of an internal topic");
	if (!(message = find_message(family, job->is_key, api_key)))
		return tree_fail(s.tree, "records of type %" PRIu64 " are not known", api_key);
	if (version > (uint64_t)message->top)
		return tree_fail(s.tree, "%s version %" PRIu64 " is newer than %d, the newest known", message->name,
			version, message->top);
	s.name = message->name;
	s.version = (int)version;
	s.flexible = s.version >= message->flexible_from;
	root = node_add(s.tree, NULL, NODE_OBJECT);
	if (!root || (job->is_key && !add_type(s.tree, root, message)) || !read_fields(&s, root, message->fields))
		return NULL;
	if (byte_reader_left(&s.r) > 0)
		return tree_fail(s.tree, "not a %s: %zu bytes follow", message->name, byte_reader_left(&s.r));
	if (job->is_key)
		root->note = message->name;
	else
		node_set_note(s.tree, root, "%s version %d", message->name, s.version);
	job->summary = internal_summary(s.tree->arena, message, root);
	return root;
}

struct node *decode_consumer_offsets(struct decode_job *job)
{
	return decode_record(job, RECORD_GROUP);
}

struct node *decode_transaction_state(struct decode_job *job)
{
	return decode_record(job, RECORD_TRANSACTION);
}

struct node *decode_share_state(struct decode_job *job)
{
	return decode_record(job, RECORD_SHARE);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads Avro data by its schema, bare and in container files. */
#include "codec/avro.h"

#include <inttypes.h>
#include <string.h>

static void *cut_off(struct tree *tree, const struct avro_schema *schema)
{
	return tree_fail(tree, "not this Avro schema: the bytes end in a value of type %s", schema->name);
}

static int64_t floor_div(int64_t a, int64_t by)
{
	return a / by - (a % by < 0);
}

static void note_timestamp(struct tree *tree, struct node *node, enum avro_logical logical, int64_t value,
	int64_t per_second)
{
	int64_t seconds = floor_div(value, per_second), rest = value % per_second;
	int64_t nanos = (rest < 0 ? rest + per_second : rest) * (1000000000 / per_second);

	node->note = node_time_note(tree, avro_logical_name(logical), seconds, (uint32_t)nanos);
}

static void note_integer(struct tree *tree, struct node *node, enum avro_logical logical, int64_t value)
{
	switch (logical) {
	case LOGICAL_NONE:
	case LOGICAL_DECIMAL:
	case LOGICAL_UUID:
	case LOGICAL_DURATION:
		break;
	case LOGICAL_DATE:
		if (value > -1000000 && value < 3000000)
			node->note = node_time_note(tree, "date", value * 86400, 0);
		break;
	case LOGICAL_TIMESTAMP_MILLIS:
	case LOGICAL_LOCAL_MILLIS:
		note_timestamp(tree, node, logical, value, 1000);
		break;
	case LOGICAL_TIMESTAMP_MICROS:
	case LOGICAL_LOCAL_MICROS:
		note_timestamp(tree, node, logical, value, 1000000);
		break;
	case LOGICAL_TIMESTAMP_NANOS:
	case LOGICAL_LOCAL_NANOS:
		note_timestamp(tree, node, logical, value, 1000000000);
		break;
	default:
		node->note = avro_logical_name(logical);
		break;
	}
}

static struct node *read_integer(struct tree *tree, struct byte_reader *r, const struct avro_schema *schema,
	struct node *parent)
{
	struct node *node;
	int64_t value;

	if (!byte_reader_zigzag(r, &value))
		return cut_off(tree, schema);
	if (!(node = node_add(tree, parent, NODE_NUMBER)))
		return NULL;
	node_set_number(tree, node, "%" PRId64, value);
	note_integer(tree, node, schema->logical, value);
	return node;
}

static struct node *read_float(struct tree *tree, struct byte_reader *r, const struct avro_schema *schema,
	struct node *parent)
{
	size_t size = schema->kind == AVRO_FLOAT ? 4 : 8;
	struct node *node;
	uint64_t bits;

	if (!byte_reader_le(r, size, &bits))
		return cut_off(tree, schema);
	node = node_add(tree, parent, NODE_NUMBER);
	if (node)
		node_set_ieee(tree, node, bits, size);
	return node;
}

static void note_duration(struct tree *tree, struct node *node, const unsigned char *bytes)
{
	struct byte_reader r = { .p = bytes, .end = bytes + 12 };
	uint64_t months = 0, days = 0, ms = 0;

	byte_reader_le(&r, 4, &months);
	byte_reader_le(&r, 4, &days);
	byte_reader_le(&r, 4, &ms);
	node_set_note(tree, node, "duration %" PRIu64 " months %" PRIu64 " days %" PRIu64 " ms", months, days, ms);
}

/* bytes, string and fixed. */
static struct node *read_bytes(struct tree *tree, struct byte_reader *r, const struct avro_schema *schema,
	struct node *parent)
{
	int64_t len = (int64_t)schema->size;
	const unsigned char *bytes;
	struct node *node;

	if ((schema->kind != AVRO_FIXED && !byte_reader_zigzag(r, &len)) || len < 0 ||
		!byte_reader_take(r, (uint64_t)len, &bytes))
		return cut_off(tree, schema);
	if (!(node = node_add(tree, parent, NODE_BYTES)))
		return NULL;
	node->text = (const char *)bytes;
	node->len = (size_t)len;
	if (schema->kind == AVRO_STRING)
		node_set_text_or_bytes(tree, node, (const char *)bytes, (size_t)len);
	else if (schema->logical == LOGICAL_DECIMAL &&
		node_set_big(tree, node, bytes, (size_t)len, true, schema->scale))
		node->note = "decimal";
	else if (schema->logical == LOGICAL_UUID && len == 16)
		node_set_uuid(tree, node, bytes);
	else if (schema->logical == LOGICAL_DURATION && len == 12)
		note_duration(tree, node, bytes);
	return node;
}

static struct node *read_enum(struct tree *tree, struct byte_reader *r, const struct avro_schema *schema,
	struct node *parent)
{
	struct node *node;
	int64_t index;

	if (!byte_reader_zigzag(r, &index))
		return cut_off(tree, schema);
	if (index < 0 || (uint64_t)index >= schema->count)
		return tree_fail(tree, "not this Avro schema: enum %s has no symbol %" PRId64, schema->name, index);
	if ((node = node_add(tree, parent, NODE_STRING)))
		node_set_string(tree, node, schema->item[index].name, strlen(schema->item[index].name));
	return node;
}

static bool read_entry(struct tree *tree, struct byte_reader *r, const struct avro_schema *schema, struct node *node)
{
	const unsigned char *name = NULL;
	int64_t len = 0;
	struct node *value;

	if (schema->kind == AVRO_MAP &&
		(!byte_reader_zigzag(r, &len) || len < 0 || !byte_reader_take(r, (uint64_t)len, &name)))
		return cut_off(tree, schema);
	if (!(value = avro_read(tree, r, schema->element, node)))
		return false;
	if (name)
		node_set_name(tree, value, (const char *)name, (size_t)len);
	return true;
}

/* Arrays and maps come in blocks; a negative count is followed by the block's size in bytes. */
static struct node *read_blocks(struct tree *tree, struct byte_reader *r, const struct avro_schema *schema,
	struct node *parent)
{
	struct node *node = node_add(tree, parent, schema->kind == AVRO_MAP ? NODE_OBJECT : NODE_ARRAY);

	while (node) {
		int64_t count, size;

		if (!byte_reader_zigzag(r, &count) || (count < 0 && !byte_reader_zigzag(r, &size)))
			return cut_off(tree, schema);
		if (count == 0)
			return node;
		for (uint64_t left = count < 0 ? 0 - (uint64_t)count : (uint64_t)count; left > 0; left--) {
			if (!read_entry(tree, r, schema, node))
				return NULL;
		}
	}
	return NULL;
}

static struct node *read_record(struct tree *tree, struct byte_reader *r, const struct avro_schema *schema,
	struct node *parent)
{
	struct node *node = node_add(tree, parent, NODE_OBJECT);

	for (size_t i = 0; node && i < schema->count; i++) {
		struct node *value = avro_read(tree, r, schema->item[i].type, node);

		if (!value)
			return NULL;
		node_set_name(tree, value, schema->item[i].name, strlen(schema->item[i].name));
	}
	return node;
}

/* A union is shown as its value alone; the note names the branch where the value does not tell it. */
static struct node *read_union(struct tree *tree, struct byte_reader *r, const struct avro_schema *schema,
	struct node *parent)
{
	const struct avro_schema *branch;
	struct node *node;
	int64_t index;

	if (!byte_reader_zigzag(r, &index))
		return cut_off(tree, schema);
	if (index < 0 || (uint64_t)index >= schema->count)
		return tree_fail(tree, "not this Avro schema: a union has no branch %" PRId64, index);
	branch = schema->item[index].type;
	node = avro_read(tree, r, branch, parent);
	if (node && !node->note && branch->kind != AVRO_NULL && schema->count > 2)
		node->note = arena_strdup(tree->arena, branch->name);
	return node;
}

static struct node *read_kind(struct tree *tree, struct byte_reader *r, const struct avro_schema *schema,
	struct node *parent)
{
	struct node *node;
	uint8_t byte;

	switch (schema->kind) {
	case AVRO_NULL:
		return node_add(tree, parent, NODE_NULL);
	case AVRO_BOOLEAN:
		if (!byte_reader_u8(r, &byte))
			return cut_off(tree, schema);
		if (byte > 1)
			return tree_fail(tree, "not this Avro schema: a boolean of %u", byte);
		if ((node = node_add(tree, parent, NODE_BOOL)))
			node->truth = byte;
		return node;
	case AVRO_INT:
	case AVRO_LONG:
		return read_integer(tree, r, schema, parent);
	case AVRO_FLOAT:
	case AVRO_DOUBLE:
		return read_float(tree, r, schema, parent);
	case AVRO_RECORD:
		return read_record(tree, r, schema, parent);
	case AVRO_ENUM:
		return read_enum(tree, r, schema, parent);
	case AVRO_ARRAY:
	case AVRO_MAP:
		return read_blocks(tree, r, schema, parent);
	case AVRO_UNION:
		return read_union(tree, r, schema, parent);
	default:
		return read_bytes(tree, r, schema, parent);
	}
}

struct node *avro_read(struct tree *tree, struct byte_reader *r, const struct avro_schema *schema, struct node *parent)
{
	struct node *node;

	if (!tree_enter(tree))
		return NULL;
	node = read_kind(tree, r, schema, parent);
	tree_leave(tree);
	return node;
}

struct node *decode_avro_bare(struct decode_job *job)
{
	struct byte_reader r = byte_reader_of(job->bytes);
	struct node *root;

	if (!job->schema || !job->schema->avro)
		return tree_fail(&job->tree, "no Avro schema was given");
	root = avro_read(&job->tree, &r, job->schema->avro, NULL);
	return decode_whole(&job->tree, "this Avro schema", root, &r);
}

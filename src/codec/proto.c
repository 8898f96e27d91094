/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads Protobuf messages by their descriptor. Fields appear in the order of
 * the bytes; fields that are not in the bytes are not shown, whatever their
 * default. Fields that the descriptor does not know appear under their number.
 */
#include "codec/proto.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/search.h"

static bool add_message(struct tree *tree, struct node *object, const struct proto_message *message,
	struct bytes bytes);

static int compare_number(const void *key, const void *field)
{
	uint32_t x = *(const uint32_t *)key, y = ((const struct proto_field *)field)->number;

	return (x > y) - (x < y);
}

static const struct proto_field *find_field(const struct proto_message *message, uint32_t number)
{
	return search_find(&number, message->field, message->count, sizeof(*message->field), compare_number);
}

static enum proto_wire wire_of(enum proto_type type)
{
	switch (type) {
	case PROTO_DOUBLE:
	case PROTO_FIXED64:
	case PROTO_SFIXED64:
		return WIRE_64;
	case PROTO_FLOAT:
	case PROTO_FIXED32:
	case PROTO_SFIXED32:
		return WIRE_32;
	case PROTO_STRING:
	case PROTO_BYTES:
	case PROTO_MESSAGE:
		return WIRE_LEN;
	case PROTO_GROUP:
		return WIRE_START;
	default:
		return WIRE_VARINT;
	}
}

static void set_enum(struct tree *tree, struct node *node, const struct proto_enum *e, int32_t number)
{
	for (size_t i = 0; i < e->count; i++) {
		if (e->value[i].number != number)
			continue;
		node_set_string(tree, node, e->value[i].name, strlen(e->value[i].name));
		node_set_note(tree, node, "%" PRId32, number);
		return;
	}
	node_set_number(tree, node, "%" PRId32, number);
	node_set_note(tree, node, "not in %.100s", e->name);
}

static void set_scalar(struct tree *tree, struct node *node, const struct proto_field *field, uint64_t value)
{
	switch (field->type) {
	case PROTO_DOUBLE:
	case PROTO_FLOAT:
		node_set_ieee(tree, node, value, field->type == PROTO_FLOAT ? 4 : 8);
		break;
	case PROTO_BOOL:
		node->kind = NODE_BOOL;
		node->truth = value != 0;
		break;
	case PROTO_ENUM:
		set_enum(tree, node, field->enumeration, (int32_t)value);
		break;
	case PROTO_INT64:
	case PROTO_SFIXED64:
		node_set_number(tree, node, "%" PRId64, (int64_t)value);
		break;
	case PROTO_INT32:
	case PROTO_SFIXED32:
		node_set_number(tree, node, "%" PRId32, (int32_t)value);
		break;
	case PROTO_UINT32:
	case PROTO_FIXED32:
		node_set_number(tree, node, "%" PRIu32, (uint32_t)value);
		break;
	case PROTO_SINT32:
	case PROTO_SINT64:
		node_set_number(tree, node, "%" PRId64, (int64_t)(value >> 1 ^ (0 - (value & 1))));
		break;
	default:
		node_set_number(tree, node, "%" PRIu64, value);
		break;
	}
}

/*
 * google.protobuf.Any: when the set has the named type, its fields stand beside "@type", as in Protobuf's own
 * JSON; else the two fields stay as they are.
 */
static void open_any(struct tree *tree, struct node *node, const struct proto_message *message)
{
	const struct node *url = node_member(node, "type_url"), *value = node_member(node, "value");
	struct tree probe = { .arena = tree->arena, .count = tree->count, .depth = tree->depth };
	const struct proto_message *inner;
	struct node *opened, *type;
	const char *name;

	if (!url || url->kind != NODE_STRING || url->escaped || (value && value->kind != NODE_BYTES))
		return;
	name = memrchr(url->text, '/', url->len);
	name = name ? name + 1 : url->text;
	inner = proto_find(message->set, arena_strndup(tree->arena, name, (size_t)(url->text + url->len - name)));
	if (!inner || !(opened = node_add(&probe, NULL, NODE_OBJECT)) ||
		!(type = node_add(&probe, opened, NODE_STRING)))
		return;
	node_set_name(&probe, type, "@type", 5);
	type->text = url->text;
	type->len = url->len;
	if (!add_message(&probe, opened, inner,
		    value ? (struct bytes){ .p = value->text, .len = value->len } :
			    (struct bytes){ .p = "", .len = 0 }))
		return;
	tree->count = probe.count;
	node->first = opened->first;
	node->last = opened->last;
	node->count = opened->count;
}

static int64_t integer_member(const struct node *node, const char *name)
{
	const struct node *member = node_member(node, name);

	return member && member->text ? strtoll(member->text, NULL, 10) : 0;
}

static void note_duration(struct tree *tree, struct node *node)
{
	int64_t seconds = integer_member(node, "seconds"), nanos = integer_member(node, "nanos");

	node_set_note(tree, node, "duration %s%" PRIu64 ".%09" PRIu64 "s", seconds < 0 || nanos < 0 ? "-" : "",
		seconds < 0 ? 0 - (uint64_t)seconds : (uint64_t)seconds,
		(nanos < 0 ? 0 - (uint64_t)nanos : (uint64_t)nanos) % 1000000000);
}

/* Adds a readable note to google.protobuf.Timestamp and Duration. */
static void note_message(struct tree *tree, struct node *node, const struct proto_message *message)
{
	int64_t nanos;

	if (strcmp(message->name, "google.protobuf.Duration") == 0)
		note_duration(tree, node);
	if (strcmp(message->name, "google.protobuf.Timestamp") != 0)
		return;
	nanos = integer_member(node, "nanos");
	node->note = node_time_note(tree, "timestamp", integer_member(node, "seconds"),
		nanos > 0 ? (uint32_t)(nanos % 1000000000) : 0);
}

static struct node *add_value(struct tree *tree, struct node *parent, const struct proto_field *field,
	const struct proto_item *item)
{
	struct node *node = node_add(tree, parent, NODE_BYTES);

	if (!node)
		return NULL;
	if (field->message) {
		node->kind = NODE_OBJECT;
		if (!add_message(tree, node, field->message, item->bytes))
			return NULL;
		if (strcmp(field->message->name, "google.protobuf.Any") == 0)
			open_any(tree, node, field->message);
		note_message(tree, node, field->message);
	} else if (field->type == PROTO_STRING) {
		node_set_text_or_bytes(tree, node, item->bytes.p, item->bytes.len);
	} else if (field->type == PROTO_BYTES) {
		node->text = item->bytes.p;
		node->len = item->bytes.len;
	} else {
		set_scalar(tree, node, field, item->value);
	}
	return node;
}

/* Repeated scalars may come packed as one field, whatever the descriptor says. */
static bool add_packed(struct tree *tree, struct node *array, const struct proto_field *field, struct bytes bytes)
{
	struct byte_reader r = byte_reader_of(bytes);
	enum proto_wire wire = wire_of(field->type);

	while (byte_reader_left(&r) > 0) {
		struct proto_item item = { .wire = wire };
		bool fine = wire == WIRE_VARINT ? byte_reader_varint(&r, &item.value) :
						  byte_reader_le(&r, wire == WIRE_32 ? 4 : 8, &item.value);

		if (!fine)
			return tree_fail(tree, "%s: the bytes end in a value", field->name);
		if (!add_value(tree, array, field, &item))
			return false;
	}
	return true;
}

/* A map entry is a message of key 1 and value 2; it becomes a member of the map. */
static bool add_entry(struct tree *tree, struct node *map, const struct proto_message *entry, struct bytes bytes)
{
	const struct proto_field *key_field = find_field(entry, 1), *value_field = find_field(entry, 2);
	struct node *key, *value, *pair = node_add(tree, NULL, NODE_OBJECT);

	if (!pair || !add_message(tree, pair, entry, bytes))
		return false;
	key = pair->first;
	value = key ? key->next : NULL;
	/* Anything but one key and one value, in this order, is shown as it is. */
	if (pair->count == 2 && key_field && value_field && strcmp(key_field->name, key->name) == 0 &&
		strcmp(value_field->name, value->name) == 0) {
		node_name_from(tree, value, key);
		pair = value;
	} else {
		pair->name = "entry";
		pair->name_len = 5;
	}
	node_link(map, pair);
	return true;
}

/* One message being read; `list` has the array (or map) of each repeated field read so far. */
struct frame {
	struct node *object;
	const struct proto_message *message;
	struct node **list; /* by the field's index in the descriptor; NULL until one is needed */
};

static struct node *find_list(struct tree *tree, struct frame *frame, const struct proto_field *field)
{
	bool map = field->message && field->message->map_entry;
	struct node **list;

	if (!frame->list)
		frame->list = arena_array(tree->arena, frame->message->count, sizeof(*frame->list));
	list = &frame->list[field - frame->message->field];
	if (!*list && (*list = node_add(tree, frame->object, map ? NODE_OBJECT : NODE_ARRAY)))
		node_set_name(tree, *list, field->name, strlen(field->name));
	return *list;
}

static bool add_repeated(struct tree *tree, struct frame *frame, const struct proto_field *field,
	const struct proto_item *item)
{
	struct node *list = find_list(tree, frame, field);

	if (!list)
		return false;
	if (field->message && field->message->map_entry)
		return add_entry(tree, list, field->message, item->bytes);
	if (item->wire == WIRE_LEN && wire_of(field->type) != WIRE_LEN)
		return add_packed(tree, list, field, item->bytes);
	return add_value(tree, list, field, item) != NULL;
}

static bool add_item(struct tree *tree, struct frame *frame, const struct proto_item *item)
{
	const struct proto_field *field = find_field(frame->message, item->number);
	bool packed = field && field->repeated && item->wire == WIRE_LEN && wire_of(field->type) != WIRE_START;
	struct node *node;

	if (!field || (item->wire != wire_of(field->type) && !packed))
		return proto_add_unknown(tree, frame->object, item);
	if (field->repeated)
		return add_repeated(tree, frame, field, item);
	if (!(node = add_value(tree, frame->object, field, item)))
		return false;
	node_set_name(tree, node, field->name, strlen(field->name));
	return true;
}

static bool add_message(struct tree *tree, struct node *object, const struct proto_message *message, struct bytes bytes)
{
	struct frame frame = { .object = object, .message = message };
	struct byte_reader r = byte_reader_of(bytes);
	struct proto_item item;
	bool fine = true;

	if (tree->depth >= NODE_DEPTH_MAX - 1)
		return tree_fail(tree, "nested deeper than %d levels", NODE_DEPTH_MAX);
	tree->depth++;
	while (fine && byte_reader_left(&r) > 0) {
		fine = proto_next(tree, &r, &item);
		if (fine && item.wire == WIRE_END)
			fine = tree_fail(tree, "not Protobuf: the end of a group that was not begun");
		fine = fine && add_item(tree, &frame, &item);
	}
	tree->depth--;
	return fine;
}

struct node *decode_protobuf_message(struct decode_job *job)
{
	struct node *root;

	if (!job->schema || !job->schema->proto)
		return tree_fail(&job->tree, "no Protobuf descriptor was given");
	root = node_add(&job->tree, NULL, NODE_OBJECT);
	return root && add_message(&job->tree, root, job->schema->proto, job->bytes) ? root : NULL;
}

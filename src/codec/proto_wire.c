/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The wire view: fields by number. The content of a length-delimited field is
 * guessed: printable text, else a message when all bytes read as one, else text
 * with control characters, else bytes.
 */
#include <inttypes.h>

#include "base/text.h"
#include "codec/proto.h"

static void *cut_off(struct tree *tree)
{
	return tree_fail(tree, "not Protobuf: the bytes end in a field");
}

/* Skips one group with its nested groups; `inner` ends before the end tag. */
static bool skip_group(struct tree *tree, struct byte_reader *r, uint32_t number, struct bytes *inner)
{
	const unsigned char *start = r->p;

	while (byte_reader_left(r) > 0) {
		const unsigned char *before = r->p;
		struct proto_item item;

		if (!proto_next(tree, r, &item))
			return false;
		if (item.wire != WIRE_END)
			continue;
		if (item.number != number)
			return tree_fail(tree, "not Protobuf: group %u ends as %u", number, item.number);
		*inner = (struct bytes){ .p = (const char *)start, .len = (size_t)(before - start) };
		return true;
	}
	return cut_off(tree);
}

static bool read_group(struct tree *tree, struct byte_reader *r, struct proto_item *item)
{
	bool fine;

	if (!tree_enter(tree))
		return false;
	fine = skip_group(tree, r, item->number, &item->bytes);
	tree_leave(tree);
	return fine;
}

bool proto_next(struct tree *tree, struct byte_reader *r, struct proto_item *item)
{
	const unsigned char *bytes;
	uint64_t tag;
	bool fine;

	if (!byte_reader_varint(r, &tag))
		return cut_off(tree);
	*item = (struct proto_item){ .number = (uint32_t)(tag >> 3), .wire = (enum proto_wire)(tag & 7) };
	if (tag >> 3 == 0 || tag >> 3 > 0x1fffffff)
		return tree_fail(tree, "not Protobuf: a field number of %" PRIu64, tag >> 3);
	switch (item->wire) {
	case WIRE_VARINT:
		fine = byte_reader_varint(r, &item->value);
		break;
	case WIRE_64:
		fine = byte_reader_le(r, 8, &item->value);
		break;
	case WIRE_32:
		fine = byte_reader_le(r, 4, &item->value);
		break;
	case WIRE_LEN:
		fine = byte_reader_varint(r, &item->value) && byte_reader_take(r, item->value, &bytes);
		if (fine)
			item->bytes = (struct bytes){ .p = (const char *)bytes, .len = item->value };
		break;
	case WIRE_START:
		return read_group(tree, r, item);
	case WIRE_END:
		return true;
	default:
		return tree_fail(tree, "not Protobuf: wire type %d", (int)item->wire);
	}
	return fine || cut_off(tree);
}

static bool is_printable(struct bytes bytes)
{
	for (size_t i = 0; i < bytes.len;) {
		unsigned code;
		size_t n = text_decode(bytes.p + i, bytes.len - i, &code);

		if (n == 0 || code < 0x20 || (code >= 0x7f && code < 0xa0))
			return false;
		i += n;
	}
	return true;
}

/* Whether all the bytes read as fields, one level deep. */
static bool reads_as_message(struct tree *tree, struct bytes bytes)
{
	struct tree probe = { .arena = tree->arena, .depth = tree->depth };
	struct byte_reader r = byte_reader_of(bytes);
	struct proto_item item;

	/* A reason set in advance keeps the probe from allocating one for each guess. */
	probe.reason = "a guess";
	while (byte_reader_left(&r) > 0) {
		if (!proto_next(&probe, &r, &item) || item.wire == WIRE_END)
			return false;
	}
	return bytes.len > 0;
}

static bool add_fields(struct tree *tree, struct node *object, struct bytes bytes)
{
	struct byte_reader r = byte_reader_of(bytes);
	struct proto_item item;
	bool fine = true;

	if (!tree_enter(tree))
		return false;
	while (fine && byte_reader_left(&r) > 0) {
		fine = proto_next(tree, &r, &item);
		if (fine && item.wire == WIRE_END)
			fine = tree_fail(tree, "not Protobuf: the end of a group that was not begun");
		fine = fine && proto_add_unknown(tree, object, &item);
	}
	tree_leave(tree);
	return fine;
}

static bool add_length(struct tree *tree, struct node *object, const struct proto_item *item, struct node **added)
{
	bool message =
		!is_printable(item->bytes) && tree->depth < NODE_DEPTH_MAX - 1 && reads_as_message(tree, item->bytes);

	*added = node_add(tree, object, message ? NODE_OBJECT : NODE_BYTES);
	if (!*added)
		return false;
	if (message)
		return add_fields(tree, *added, item->bytes);
	node_set_text_or_bytes(tree, *added, item->bytes.p, item->bytes.len);
	return true;
}

bool proto_add_unknown(struct tree *tree, struct node *object, const struct proto_item *item)
{
	struct node *node = NULL, number = { 0 };
	bool fine = true;

	switch (item->wire) {
	case WIRE_LEN:
		fine = add_length(tree, object, item, &node);
		break;
	case WIRE_START:
		node = node_add(tree, object, NODE_OBJECT);
		fine = node && add_fields(tree, node, item->bytes);
		break;
	default:
		node = node_add(tree, object, NODE_NUMBER);
		node_set_number(tree, node, "%" PRIu64, item->value);
		if (node && item->wire != WIRE_VARINT) {
			node_set_ieee(tree, &number, item->value, item->wire == WIRE_32 ? 4 : 8);
			node_set_note(tree, node, "%s %.*s",
				item->wire == WIRE_32 ? "32 bits, float" : "64 bits, double", (int)number.len,
				number.text);
		}
		break;
	}
	if (!node)
		return false;
	node_set_number(tree, &number, "%u", item->number);
	node->name = number.text;
	node->name_len = number.len;
	return fine;
}

struct node *decode_protobuf_wire(struct decode_job *job)
{
	struct node *root = node_add(&job->tree, NULL, NODE_OBJECT);

	return root && add_fields(&job->tree, root, job->bytes) ? root : NULL;
}

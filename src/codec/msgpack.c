/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * MessagePack (github.com/msgpack/msgpack, spec.md). Keys that are no strings
 * become names by their JSON text; extension types are bytes with a note,
 * timestamps (type -1) numbers with one.
 *
 * Our own, because msgpack-c 4.0 takes the same bytes but refuses nesting beyond
 * 32 levels, and takes memory for as many elements as an array says it has: 12 GB
 * for 150 bytes. This one takes memory for what is there.
 */
#include <inttypes.h>

#include "codec/decoder.h"
#include "codec/byte_reader.h"

struct unpacker {
	struct tree *tree;
	struct byte_reader r;
};

static struct node *msgpack_unpack(struct unpacker *u, struct node *parent);

static void *cut_off(struct unpacker *u)
{
	return tree_fail(u->tree, "not MessagePack: the bytes end in a value");
}

static struct node *unpack_integer(struct unpacker *u, struct node *parent, size_t size, bool is_signed)
{
	struct node *node;
	uint64_t value;

	if (!byte_reader_be(&u->r, size, &value))
		return cut_off(u);
	node = node_add(u->tree, parent, NODE_NUMBER);
	if (is_signed)
		node_set_number(u->tree, node, "%" PRId64, byte_reader_signed(value, size));
	else
		node_set_number(u->tree, node, "%" PRIu64, value);
	return node;
}

static struct node *unpack_float(struct unpacker *u, struct node *parent, size_t size)
{
	struct node *node;
	uint64_t bits;

	if (!byte_reader_be(&u->r, size, &bits))
		return cut_off(u);
	node = node_add(u->tree, parent, NODE_NUMBER);
	if (node)
		node_set_ieee(u->tree, node, bits, size);
	return node;
}

static struct node *unpack_bytes(struct unpacker *u, struct node *parent, uint64_t len, bool text)
{
	struct node *node;
	const unsigned char *bytes;

	if (!byte_reader_take(&u->r, len, &bytes))
		return cut_off(u);
	node = node_add(u->tree, parent, NODE_BYTES);
	if (!node)
		return NULL;
	if (text) {
		node_set_text_or_bytes(u->tree, node, (const char *)bytes, len);
	} else {
		node->text = (const char *)bytes;
		node->len = len;
	}
	return node;
}

/* The three layouts of the timestamp type: 32 bit seconds; 30 bit nanoseconds, 34 bit seconds; 32 and 64 bit. */
static bool timestamp_of(const struct node *node, int64_t *seconds, uint32_t *nanos)
{
	struct byte_reader r = byte_reader_of((struct bytes){ .p = node->text, .len = node->len });
	uint64_t high = 0, low = 0;

	switch (node->len) {
	case 4:
		byte_reader_be(&r, 4, &low);
		break;
	case 8:
		byte_reader_be(&r, 8, &low);
		high = low >> 34;
		low &= (UINT64_C(1) << 34) - 1;
		break;
	case 12:
		byte_reader_be(&r, 4, &high);
		byte_reader_be(&r, 8, &low);
		break;
	default:
		return false;
	}
	*seconds = (int64_t)low;
	*nanos = (uint32_t)high;
	return *nanos < 1000000000;
}

static struct node *unpack_extension(struct unpacker *u, struct node *parent, uint64_t len)
{
	uint8_t type;
	int64_t seconds;
	uint32_t nanos;
	struct node *node;

	if (!byte_reader_u8(&u->r, &type))
		return cut_off(u);
	if (!(node = unpack_bytes(u, parent, len, false)))
		return NULL;
	if (type == 0xff && timestamp_of(node, &seconds, &nanos)) {
		if (nanos && seconds >= 0)
			node_set_number(u->tree, node, "%" PRId64 ".%09" PRIu32, seconds, nanos);
		else
			node_set_number(u->tree, node, "%" PRId64, seconds);
		node->note = node_time_note(u->tree, "timestamp", seconds, nanos);
		return node;
	}
	node_set_note(u->tree, node, "ext %d", (int)(int8_t)type);
	return node;
}

static struct node *unpack_array(struct unpacker *u, struct node *parent, uint64_t count)
{
	struct node *node = node_add(u->tree, parent, NODE_ARRAY);

	for (uint64_t i = 0; node && i < count; i++) {
		if (!msgpack_unpack(u, node))
			return NULL;
	}
	return node;
}

static struct node *unpack_map(struct unpacker *u, struct node *parent, uint64_t count)
{
	struct node *node = node_add(u->tree, parent, NODE_OBJECT);

	for (uint64_t i = 0; node && i < count; i++) {
		struct node *key = msgpack_unpack(u, NULL), *value = key ? msgpack_unpack(u, node) : NULL;

		if (!value)
			return NULL;
		node_name_from(u->tree, value, key);
	}
	return node;
}

static struct node *unpack_constant(struct unpacker *u, struct node *parent, uint8_t tag)
{
	struct node *node = node_add(u->tree, parent, tag == 0xc0 ? NODE_NULL : NODE_BOOL);

	if (node)
		node->truth = tag == 0xc3;
	return node;
}

static struct node *unpack_tagged(struct unpacker *u, struct node *parent, uint8_t tag)
{
	uint64_t len;

	switch (tag) {
	case 0xc0:
	case 0xc2:
	case 0xc3:
		return unpack_constant(u, parent, tag);
	case 0xc4:
	case 0xc5:
	case 0xc6:
		return byte_reader_be(&u->r, (size_t)1 << (tag - 0xc4), &len) ? unpack_bytes(u, parent, len, false) :
										cut_off(u);
	case 0xc7:
	case 0xc8:
	case 0xc9:
		return byte_reader_be(&u->r, (size_t)1 << (tag - 0xc7), &len) ? unpack_extension(u, parent, len) :
										cut_off(u);
	case 0xca:
	case 0xcb:
		return unpack_float(u, parent, tag == 0xca ? 4 : 8);
	case 0xcc:
	case 0xcd:
	case 0xce:
	case 0xcf:
		return unpack_integer(u, parent, (size_t)1 << (tag - 0xcc), false);
	case 0xd0:
	case 0xd1:
	case 0xd2:
	case 0xd3:
		return unpack_integer(u, parent, (size_t)1 << (tag - 0xd0), true);
	case 0xd4:
	case 0xd5:
	case 0xd6:
	case 0xd7:
	case 0xd8:
		return unpack_extension(u, parent, UINT64_C(1) << (tag - 0xd4));
	case 0xd9:
	case 0xda:
	case 0xdb:
		return byte_reader_be(&u->r, (size_t)1 << (tag - 0xd9), &len) ? unpack_bytes(u, parent, len, true) :
										cut_off(u);
	case 0xdc:
	case 0xdd:
		return byte_reader_be(&u->r, tag == 0xdc ? 2 : 4, &len) ? unpack_array(u, parent, len) : cut_off(u);
	case 0xde:
	case 0xdf:
		return byte_reader_be(&u->r, tag == 0xde ? 2 : 4, &len) ? unpack_map(u, parent, len) : cut_off(u);
	default:
		return tree_fail(u->tree, "not MessagePack: a byte 0x%02x where a value starts", tag);
	}
}

static struct node *msgpack_unpack_value(struct unpacker *u, struct node *parent)
{
	struct node *node;
	uint8_t tag;

	if (!byte_reader_u8(&u->r, &tag))
		return cut_off(u);
	if (tag < 0x80 || tag >= 0xe0) {
		node = node_add(u->tree, parent, NODE_NUMBER);
		node_set_number(u->tree, node, "%d", (int)(int8_t)tag);
		return node;
	}
	if (tag < 0x90)
		return unpack_map(u, parent, tag & 15);
	if (tag < 0xa0)
		return unpack_array(u, parent, tag & 15);
	if (tag < 0xc0)
		return unpack_bytes(u, parent, tag & 31, true);
	return unpack_tagged(u, parent, tag);
}

static struct node *msgpack_unpack(struct unpacker *u, struct node *parent)
{
	struct node *node;

	if (!tree_enter(u->tree))
		return NULL;
	node = msgpack_unpack_value(u, parent);
	tree_leave(u->tree);
	return node;
}

struct node *decode_msgpack(struct decode_job *job)
{
	struct unpacker u = { .tree = &job->tree, .r = byte_reader_of(job->bytes) };
	struct node *root = msgpack_unpack(&u, NULL);

	return decode_whole(&job->tree, "MessagePack", root, &u.r);
}

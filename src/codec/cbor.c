/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * CBOR (RFC 8949), definite and indefinite lengths. Tags that change the
 * meaning of a value are kept as notes; big numbers (tags 2, 3) become exact
 * numbers.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "codec/decoder.h"
#include "codec/byte_reader.h"

enum major { UNSIGNED, NEGATIVE, BYTE_STRING, TEXT_STRING, ARRAY, MAP, TAG, SIMPLE };

struct unpacker {
	struct tree *tree;
	struct byte_reader r;
};

struct head {
	enum major major;
	unsigned info;  /* the low five bits */
	uint64_t value; /* the argument: `info` itself or the bytes after it */
	bool indefinite;
};

static struct node *cbor_unpack(struct unpacker *u, struct node *parent);

static void *cut_off(struct unpacker *u)
{
	return tree_fail(u->tree, "not CBOR: the bytes end in a value");
}

static bool read_head(struct unpacker *u, struct head *head)
{
	uint8_t first;

	if (!byte_reader_u8(&u->r, &first))
		return cut_off(u);
	*head = (struct head){ .major = (enum major)(first >> 5), .info = first & 31, .value = first & 31 };
	if (head->info < 24)
		return true;
	if (head->info < 28)
		return byte_reader_be(&u->r, (size_t)1 << (head->info - 24), &head->value) || cut_off(u);
	head->indefinite = head->info == 31 && head->major != UNSIGNED && head->major != NEGATIVE && head->major != TAG;
	return head->indefinite || tree_fail(u->tree, "not CBOR: a byte 0x%02x where a value starts", first);
}

/* The break that ends an indefinite length. */
static bool at_break(struct unpacker *u)
{
	if (byte_reader_left(&u->r) == 0 || *u->r.p != 0xff)
		return false;
	u->r.p++;
	return true;
}

/* Joins the chunks of an indefinite string, each a definite string of the same kind. */
static bool join_chunks(struct unpacker *u, enum major major, struct str *joined)
{
	while (!at_break(u)) {
		const unsigned char *bytes;
		struct head head;

		if (!read_head(u, &head))
			return false;
		if (head.major != major || head.indefinite)
			return tree_fail(u->tree, "not CBOR: a string in chunks holds something else");
		if (!byte_reader_take(&u->r, head.value, &bytes))
			return cut_off(u);
		str_add_len(joined, (const char *)bytes, head.value);
	}
	return true;
}

static struct node *unpack_string(struct unpacker *u, struct node *parent, const struct head *head)
{
	const unsigned char *bytes = NULL;
	struct str joined = { 0 };
	uint64_t len = head->value;
	struct node *node = node_add(u->tree, parent, NODE_BYTES);

	if (!node)
		return NULL;
	if (!head->indefinite && !byte_reader_take(&u->r, len, &bytes))
		return cut_off(u);
	if (head->indefinite) {
		bool fine = join_chunks(u, head->major, &joined);

		len = joined.len;
		bytes = arena_dup(u->tree->arena, str_text(&joined), joined.len);
		str_release(&joined);
		if (!fine)
			return NULL;
	}
	if (head->major == TEXT_STRING) {
		node_set_text_or_bytes(u->tree, node, (const char *)bytes, len);
	} else {
		node->text = (const char *)bytes;
		node->len = len;
	}
	return node;
}

static struct node *unpack_array(struct unpacker *u, struct node *parent, const struct head *head)
{
	struct node *node = node_add(u->tree, parent, NODE_ARRAY);

	for (uint64_t i = 0; node && (head->indefinite ? !at_break(u) : i < head->value); i++) {
		if (!cbor_unpack(u, node))
			return NULL;
	}
	return node;
}

static struct node *unpack_map(struct unpacker *u, struct node *parent, const struct head *head)
{
	struct node *node = node_add(u->tree, parent, NODE_OBJECT);

	for (uint64_t i = 0; node && (head->indefinite ? !at_break(u) : i < head->value); i++) {
		struct node *key = cbor_unpack(u, NULL), *value = key ? cbor_unpack(u, node) : NULL;

		if (!value)
			return NULL;
		node_name_from(u->tree, value, key);
	}
	return node;
}

/* -1 - value, exact over the whole range of 64 bits. */
static void set_negative(struct unpacker *u, struct node *node, uint64_t value)
{
	if (value == UINT64_MAX)
		node_set_number(u->tree, node, "-18446744073709551616");
	else
		node_set_number(u->tree, node, "-%" PRIu64, value + 1);
}

static struct node *unpack_integer(struct unpacker *u, struct node *parent, const struct head *head)
{
	struct node *node = node_add(u->tree, parent, NODE_NUMBER);

	if (!node)
		return NULL;
	if (head->major == NEGATIVE)
		set_negative(u, node, head->value);
	else
		node_set_number(u->tree, node, "%" PRIu64, head->value);
	return node;
}

/* Tag 3 is -1 - n: in two's complement that is n with every bit inverted. */
static void set_big(struct unpacker *u, struct node *node, bool negative)
{
	unsigned char *bytes = arena_alloc(u->tree->arena, node->len + 1);

	bytes[0] = negative ? 0xff : 0;
	for (size_t i = 0; i < node->len; i++)
		bytes[i + 1] = (unsigned char)(negative ? ~(unsigned char)node->text[i] : node->text[i]);
	node_set_big(u->tree, node, bytes, node->len + 1, true, 0);
}

static struct node *unpack_tag(struct unpacker *u, struct node *parent, uint64_t tag)
{
	struct node *node = cbor_unpack(u, parent);

	if (!node)
		return NULL;
	if ((tag == 2 || tag == 3) && node->kind == NODE_BYTES)
		set_big(u, node, tag == 3);
	else if (tag == 1 && node->kind == NODE_NUMBER && node->len < 19 &&
		strspn(node->text, "-0123456789") == node->len)
		node->note = node_time_note(u->tree, "epoch", strtoll(node->text, NULL, 10), 0);
	else if (tag == 37 && node->kind == NODE_BYTES && node->len == 16)
		node_set_uuid(u->tree, node, (const unsigned char *)node->text);
	else if (tag != 55799) /* "this is CBOR" says nothing about the value */
		node_set_note(u->tree, node, "tag %" PRIu64, tag);
	return node;
}

static struct node *unpack_simple(struct unpacker *u, struct node *parent, const struct head *head)
{
	bool is_bool = head->info == 20 || head->info == 21;
	struct node *node;

	if (head->indefinite)
		return tree_fail(u->tree, "not CBOR: a break outside an indefinite length");
	node = node_add(u->tree, parent, is_bool ? NODE_BOOL : NODE_NULL);
	if (!node)
		return NULL;
	node->truth = head->info == 21;
	if (head->info >= 25)
		node_set_ieee(u->tree, node, head->value, (size_t)1 << (head->info - 24));
	else if (head->info == 23)
		node->note = "undefined";
	else if (!is_bool && head->info != 22) {
		node_set_number(u->tree, node, "%" PRIu64, head->value);
		node->note = "simple value";
	}
	return node;
}

static struct node *cbor_unpack_value(struct unpacker *u, struct node *parent)
{
	struct head head;

	if (!read_head(u, &head))
		return NULL;
	switch (head.major) {
	case BYTE_STRING:
	case TEXT_STRING:
		return unpack_string(u, parent, &head);
	case ARRAY:
		return unpack_array(u, parent, &head);
	case MAP:
		return unpack_map(u, parent, &head);
	case TAG:
		return unpack_tag(u, parent, head.value);
	case SIMPLE:
		return unpack_simple(u, parent, &head);
	default:
		return unpack_integer(u, parent, &head);
	}
}

static struct node *cbor_unpack(struct unpacker *u, struct node *parent)
{
	struct node *node;

	if (!tree_enter(u->tree))
		return NULL;
	node = cbor_unpack_value(u, parent);
	tree_leave(u->tree);
	return node;
}

struct node *decode_cbor(struct decode_job *job)
{
	struct unpacker u = { .tree = &job->tree, .r = byte_reader_of(job->bytes) };
	struct node *root = cbor_unpack(&u, NULL);

	return decode_whole(&job->tree, "CBOR", root, &u.r);
}

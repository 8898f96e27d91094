/* SPDX-License-Identifier: BSD-2-Clause */
/* Avro object container files: a header with the schema, then blocks of values, each ended by the sync marker. */
#include <string.h>

#include "codec/avro.h"

enum { SYNC_BYTES = 16 };

struct container {
	struct tree *tree;
	struct byte_reader r;
	struct bytes schema, compression;
	const unsigned char *sync;
};

static void *damaged(struct container *c, const char *what)
{
	return tree_fail(c->tree, "not an Avro container: %s", what);
}

static bool take_bytes(struct byte_reader *r, struct bytes *bytes)
{
	const unsigned char *p;
	int64_t len;

	if (!byte_reader_zigzag(r, &len) || len < 0 || !byte_reader_take(r, (uint64_t)len, &p))
		return false;
	*bytes = (struct bytes){ .p = (const char *)p, .len = (size_t)len };
	return true;
}

static bool bytes_are(struct bytes bytes, const char *text)
{
	return bytes.len == strlen(text) && memcmp(bytes.p, text, bytes.len) == 0;
}

static bool read_header(struct container *c)
{
	const unsigned char *magic;
	struct bytes name, value;
	int64_t count, size;

	if (!byte_reader_take(&c->r, 4, &magic) || memcmp(magic, "Obj\1", 4) != 0)
		return damaged(c, "it does not start with Obj");
	do {
		if (!byte_reader_zigzag(&c->r, &count) || (count < 0 && !byte_reader_zigzag(&c->r, &size)))
			return damaged(c, "the header ends too early");
		for (uint64_t left = count < 0 ? 0 - (uint64_t)count : (uint64_t)count; left > 0; left--) {
			if (!take_bytes(&c->r, &name) || !take_bytes(&c->r, &value))
				return damaged(c, "the header ends too early");
			if (bytes_are(name, "avro.schema"))
				c->schema = value;
			else if (bytes_are(name, "avro.codec"))
				c->compression = value;
		}
	} while (count != 0);
	if (!byte_reader_take(&c->r, SYNC_BYTES, &c->sync))
		return damaged(c, "the header ends too early");
	return c->schema.p || damaged(c, "no schema in the header");
}

/* Decompresses the block; a snappy block is followed by a CRC-32. */
static struct bytes open_block(struct container *c, struct bytes block)
{
	if (!c->compression.p || bytes_are(c->compression, "null"))
		return block;
	if (bytes_are(c->compression, "deflate"))
		return unwrap_bytes(c->tree, WRAP_DEFLATE, block);
	if (bytes_are(c->compression, "zstandard"))
		return unwrap_bytes(c->tree, WRAP_ZSTD, block);
	if (bytes_are(c->compression, "snappy") && block.len >= 4)
		return unwrap_bytes(c->tree, WRAP_SNAPPY_BLOCK, (struct bytes){ .p = block.p, .len = block.len - 4 });
	damaged(c, "its compression is not known");
	return (struct bytes){ 0 };
}

static bool read_block(struct container *c, const struct avro_schema *schema, struct node *values)
{
	const unsigned char *sync;
	struct bytes block;
	struct byte_reader r;
	int64_t count;

	if (!byte_reader_zigzag(&c->r, &count) || count < 0 || !take_bytes(&c->r, &block) ||
		!byte_reader_take(&c->r, SYNC_BYTES, &sync))
		return damaged(c, "a block ends too early");
	if (memcmp(sync, c->sync, SYNC_BYTES) != 0)
		return damaged(c, "a block is not followed by the sync marker");
	block = open_block(c, block);
	if (!block.p)
		return false;
	r = byte_reader_of(block);
	for (int64_t i = 0; i < count; i++) {
		if (!avro_read(c->tree, &r, schema, values))
			return false;
	}
	return byte_reader_left(&r) == 0 || damaged(c, "a block holds more than its values");
}

struct node *decode_avro_container(struct decode_job *job)
{
	struct container c = { .tree = &job->tree, .r = byte_reader_of(job->bytes) };
	const struct avro_schema *schema;
	struct node *values;

	if (!read_header(&c) || !(schema = avro_schema_read(&job->tree, c.schema.p, c.schema.len)) ||
		!(values = node_add(&job->tree, NULL, NODE_ARRAY)))
		return NULL;
	values->note = arena_strdup(job->tree.arena, schema->name);
	while (byte_reader_left(&c.r) > 0) {
		if (!read_block(&c, schema, values))
			return NULL;
	}
	return values;
}

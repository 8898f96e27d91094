/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Decompression; each library is optional. Output is bounded by
 * CODEC_UNWRAPPED_MAX, whatever the bytes claim: a few bytes can stand for
 * gigabytes.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "codec/decoder.h"
#include "codec/byte_reader.h"

#ifdef HAVE_ZLIB
#include <zlib.h>
#endif
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif
#ifdef HAVE_LZ4
#include <lz4frame.h>
#endif
#ifdef HAVE_SNAPPY
#include <snappy-c.h>
#endif

/* The growing output; has room after room() returned true. */
struct sink {
	char *p;
	size_t len, cap;
	size_t max; /* the rest of CODEC_UNWRAPPED_MAX */
};

#if defined(HAVE_ZLIB) || defined(HAVE_ZSTD) || defined(HAVE_LZ4)
static bool room(struct tree *tree, struct sink *sink)
{
	if (sink->len < sink->cap)
		return true;
	if (sink->cap >= sink->max) {
		tree_fail(tree, "unpacks to more than %u MB", CODEC_UNWRAPPED_MAX >> 20);
		return false;
	}
	sink->cap = sink->cap ? sink->cap * 4 : 16384;
	if (sink->cap > sink->max)
		sink->cap = sink->max;
	sink->p = mem_realloc(sink->p, sink->cap);
	return true;
}
#endif

#ifdef HAVE_ZLIB
static void inflate_all(struct tree *tree, struct sink *sink, struct bytes bytes, int window_bits)
{
	z_stream z = { .next_in = (unsigned char *)(uintptr_t)bytes.p, .avail_in = (unsigned)bytes.len };
	int status = Z_OK;

	if (bytes.len > UINT32_MAX || inflateInit2(&z, window_bits) != Z_OK) {
		tree_fail(tree, "gzip: cannot start");
		return;
	}
	/*
	 * A gzip file may have several members in a row. Bare deflate tells its own end; some writers of Avro
	 * append a checksum.
	 */
	while (room(tree, sink)) {
		z.next_out = (unsigned char *)sink->p + sink->len;
		z.avail_out = (unsigned)(sink->cap - sink->len);
		status = inflate(&z, Z_NO_FLUSH);
		sink->len = sink->cap - z.avail_out;
		if (status == Z_STREAM_END && (window_bits < 0 || z.avail_in == 0 || inflateReset(&z) != Z_OK))
			break;
		if (status != Z_OK && status != Z_STREAM_END) {
			tree_fail(tree, "gzip: %s",
				status == Z_BUF_ERROR ? "the bytes end too early" :
					z.msg         ? z.msg :
							"damaged");
			break;
		}
	}
	inflateEnd(&z);
}
#endif

#ifdef HAVE_ZSTD
static void unzstd_all(struct tree *tree, struct sink *sink, struct bytes bytes)
{
	ZSTD_DStream *stream = ZSTD_createDStream();
	ZSTD_inBuffer in = { .src = bytes.p, .size = bytes.len };
	size_t hint = 1;

	if (!stream)
		mem_abort("out of memory");
	while (room(tree, sink)) {
		ZSTD_outBuffer out = { .dst = sink->p, .size = sink->cap, .pos = sink->len };

		hint = ZSTD_decompressStream(stream, &out, &in);
		sink->len = out.pos;
		if (ZSTD_isError(hint)) {
			tree_fail(tree, "zstd: %s", ZSTD_getErrorName(hint));
			break;
		}
		if (in.pos == in.size && out.pos < out.size) {
			if (hint != 0)
				tree_fail(tree, "zstd: the bytes end too early");
			break;
		}
	}
	ZSTD_freeDStream(stream);
}
#endif

#ifdef HAVE_LZ4
static void unlz4_all(struct tree *tree, struct sink *sink, struct bytes bytes)
{
	LZ4F_dctx *context;
	size_t at = 0, hint = 1;

	if (LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION)))
		mem_abort("out of memory");
	while (room(tree, sink)) {
		size_t out = sink->cap - sink->len, in = bytes.len - at;

		hint = LZ4F_decompress(context, sink->p + sink->len, &out, bytes.p + at, &in, NULL);
		sink->len += out;
		at += in;
		if (LZ4F_isError(hint)) {
			tree_fail(tree, "lz4: %s", LZ4F_getErrorName(hint));
			break;
		}
		if ((at == bytes.len || (in == 0 && out == 0)) && sink->len < sink->cap) {
			if (hint != 0)
				tree_fail(tree, "lz4: the bytes end too early");
			break;
		}
	}
	LZ4F_freeDecompressionContext(context);
}
#endif

#ifdef HAVE_SNAPPY
static bool unsnap_block(struct tree *tree, struct sink *sink, const char *bytes, size_t len)
{
	size_t size;

	if (snappy_uncompressed_length(bytes, len, &size) != SNAPPY_OK)
		return tree_fail(tree, "snappy: no length at the start");
	if (size > sink->max - sink->len)
		return tree_fail(tree, "unpacks to more than %u MB", CODEC_UNWRAPPED_MAX >> 20);
	/* n bytes cannot hold more than 64 bytes for every 3: refuse before allocating. */
	if (size > len * 32 + 64)
		return tree_fail(tree, "snappy: the length at the start cannot be");
	sink->p = mem_realloc(sink->p, sink->len + size + 1);
	sink->cap = sink->len + size + 1;
	if (snappy_uncompress(bytes, len, sink->p + sink->len, &size) != SNAPPY_OK)
		return tree_fail(tree, "snappy: damaged");
	sink->len += size;
	return true;
}

/* The stream of snappy-java: a header of 16 bytes, then blocks, each after its 32 bit size. */
static void unsnap_java(struct tree *tree, struct sink *sink, struct byte_reader *r)
{
	const unsigned char *block;
	uint64_t size;

	byte_reader_take(r, 16, &block);
	while (byte_reader_left(r) > 0) {
		if (!byte_reader_be(r, 4, &size) || !byte_reader_take(r, size, &block)) {
			tree_fail(tree, "snappy: the bytes end too early");
			return;
		}
		if (!unsnap_block(tree, sink, (const char *)block, size))
			return;
	}
}

/* The snappy framing format: chunks with a type and a 24 bit size; checksums are not verified. */
static void unsnap_frames(struct tree *tree, struct sink *sink, struct byte_reader *r)
{
	while (byte_reader_left(r) > 0) {
		const unsigned char *chunk;
		uint8_t type = 0;
		uint64_t size;

		if (!byte_reader_u8(r, &type) || !byte_reader_le(r, 3, &size) || !byte_reader_take(r, size, &chunk)) {
			tree_fail(tree, "snappy: the bytes end too early");
			return;
		}
		if (type > 1 && type < 0x80) {
			tree_fail(tree, "snappy: a chunk of unknown type %u", type);
			return;
		}
		if (type > 1)
			continue;
		if (size < 4 || (type == 1 && size - 4 > sink->max - sink->len)) {
			tree_fail(tree, "snappy: a damaged chunk");
			return;
		}
		if (type == 0) {
			if (!unsnap_block(tree, sink, (const char *)chunk + 4, size - 4))
				return;
			continue;
		}
		sink->cap = sink->len + size - 3;
		sink->p = mem_realloc(sink->p, sink->cap);
		memcpy(sink->p + sink->len, chunk + 4, size - 4);
		sink->len += size - 4;
	}
}

static void unsnap_all(struct tree *tree, struct sink *sink, struct bytes bytes)
{
	struct byte_reader r = byte_reader_of(bytes);

	if (bytes.len >= 16 && memcmp(bytes.p, "\x82SNAPPY\0", 8) == 0)
		unsnap_java(tree, sink, &r);
	else if (bytes.len >= 10 && memcmp(bytes.p, "\xff\x06\0\0sNaPpY", 10) == 0)
		unsnap_frames(tree, sink, &r);
	else
		unsnap_block(tree, sink, bytes.p, bytes.len);
}
#endif

struct bytes unwrap_bytes(struct tree *tree, enum wrapping wrapping, struct bytes bytes)
{
	struct sink sink = { .max = CODEC_UNWRAPPED_MAX - tree->unwrapped };
	struct bytes inner = { 0 };
	bool known = false;

	(void)bytes; /* a build without these libraries does not read them */
	switch (wrapping) {
#ifdef HAVE_ZLIB
	case WRAP_GZIP:
	case WRAP_DEFLATE:
		/* 32: gzip or zlib, by the header; negative: no header */
		inflate_all(tree, &sink, bytes, wrapping == WRAP_GZIP ? 32 + MAX_WBITS : -MAX_WBITS);
		known = true;
		break;
#endif
#ifdef HAVE_ZSTD
	case WRAP_ZSTD:
		unzstd_all(tree, &sink, bytes);
		known = true;
		break;
#endif
#ifdef HAVE_LZ4
	case WRAP_LZ4:
		unlz4_all(tree, &sink, bytes);
		known = true;
		break;
#endif
#ifdef HAVE_SNAPPY
	case WRAP_SNAPPY:
		unsnap_all(tree, &sink, bytes);
		known = true;
		break;
	case WRAP_SNAPPY_BLOCK:
		unsnap_block(tree, &sink, bytes.p, bytes.len);
		known = true;
		break;
#endif
	default:
		break;
	}
	if (!known)
		tree_fail(tree, "this build lacks the library that unpacks it");
	if (!tree->reason)
		inner = (struct bytes){ .p = arena_dup(tree->arena, sink.p ? sink.p : "", sink.len), .len = sink.len };
	tree->unwrapped += inner.len;
	free(sink.p);
	return inner;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How likely bytes are of each format, 0-100. Formats that start with a
 * signature or can be checked as a whole score high; sizes that fit many things
 * score low. Only the order of the scores matters.
 */
#include <string.h>

#include "base/text.h"
#include "codec/decoder.h"
#include "codec/envelope.h"
#include "codec/json_read.h"
#include "codec/byte_reader.h"

/* Enough to tell the format: a value of many MB is not decoded only to guess. */
enum { LOOK_BYTES = 64 * 1024 };
/* Detection runs for each record: a small arena, because a large one takes long to clear. */
enum { PROBE_ARENA = 4096 };

static bool starts_with(struct bytes bytes, const char *magic, size_t len)
{
	return bytes.len >= len && memcmp(bytes.p, magic, len) == 0;
}

/* The first non-blank byte, 0 when there is none. */
static char first_of(struct bytes bytes)
{
	for (size_t i = 0; i < bytes.len; i++) {
		if (!strchr(" \t\r\n", bytes.p[i]) || !bytes.p[i])
			return bytes.p[i];
	}
	return 0;
}

static char last_of(struct bytes bytes)
{
	for (size_t i = bytes.len; i > 0; i--) {
		if (!strchr(" \t\r\n", bytes.p[i - 1]) || !bytes.p[i - 1])
			return bytes.p[i - 1];
	}
	return 0;
}

unsigned score_utf8(struct bytes bytes)
{
	size_t controls = 0, count = 0;

	for (size_t i = 0; i < bytes.len && i < LOOK_BYTES; count++) {
		unsigned code;
		size_t n;

		if (bytes.p[i] >= 0x20 && bytes.p[i] < 0x7f) {
			i++;
			continue;
		}
		n = text_decode(bytes.p + i, bytes.len - i, &code);
		if (n == 0 || code == 0)
			return 0;
		controls += code == 0x7f || (code >= 0x80 && code < 0xa0) ||
			(code < 0x20 && code != '\n' && code != '\t' && code != '\r');
		i += n;
	}
	/* Terminal output has escapes between its text; small binary numbers are mostly control characters. */
	return controls == 0 ? 80 : controls * 10 <= count ? 45 : 0;
}

static struct node *try_decoder(struct node *(*decode)(struct decode_job *), struct bytes bytes, struct arena *arena)
{
	struct decode_job job = { .tree = { .arena = arena }, .bytes = bytes };
	struct node *root = decode(&job);

	return job.tree.reason ? NULL : root;
}

static bool reads_as_json(struct bytes bytes)
{
	struct arena *arena = arena_new(PROBE_ARENA);
	struct tree tree = { .arena = arena };
	bool fine = json_read(&tree, bytes.p, bytes.len) != NULL;

	arena_free(arena);
	return fine;
}

unsigned score_json(struct bytes bytes)
{
	char first, last = last_of(bytes);

	bytes = envelope_skip_bom(bytes);
	first = first_of(bytes);
	if ((first != '{' || last != '}') && (first != '[' || last != ']'))
		return 0;
	if (bytes.len > LOOK_BYTES)
		return score_utf8(bytes) > 0 ? 90 : 0;
	return reads_as_json(bytes) ? 95 : 0;
}

unsigned score_xml(struct bytes bytes)
{
	struct bytes rest = envelope_skip_bom(bytes);

	if (first_of(rest) != '<' || last_of(rest) != '>' || rest.len < 4 || score_utf8(rest) == 0)
		return 0;
	return 90;
}

static uint64_t big_endian(struct bytes bytes)
{
	struct byte_reader r = byte_reader_of(bytes);
	uint64_t value = 0;

	byte_reader_be(&r, bytes.len, &value);
	return value;
}

/* Counters and ids are small numbers of either sign. */
static unsigned score_integer(int64_t value, int64_t likely)
{
	return value >= -likely && value <= likely ? 60 : 20;
}

unsigned score_int32(struct bytes bytes)
{
	return bytes.len == 4 ? score_integer(byte_reader_signed(big_endian(bytes), 4), 1 << 24) : 0;
}

unsigned score_int64(struct bytes bytes)
{
	return bytes.len == 8 ? score_integer((int64_t)big_endian(bytes), INT64_C(1) << 44) : 0;
}

unsigned score_int32_le(struct bytes bytes)
{
	struct byte_reader r = byte_reader_of(bytes);
	uint64_t value;

	return bytes.len == 4 && byte_reader_le(&r, 4, &value) ?
		score_integer(byte_reader_signed(value, 4), 1 << 24) - 5 :
		0;
}

unsigned score_int64_le(struct bytes bytes)
{
	struct byte_reader r = byte_reader_of(bytes);
	uint64_t value;

	return bytes.len == 8 && byte_reader_le(&r, 8, &value) ? score_integer((int64_t)value, INT64_C(1) << 44) - 5 :
								 0;
}

/* Exponents of numbers between about 1e-9 and 1e15. */
unsigned score_double(struct bytes bytes)
{
	unsigned exponent = bytes.len == 8 ? (unsigned)(big_endian(bytes) >> 52 & 2047) : 0;

	return exponent >= 1023 - 30 && exponent <= 1023 + 50 ? 50 : 0;
}

unsigned score_uuid(struct bytes bytes)
{
	unsigned version, variant;

	if (bytes.len != 16)
		return 0;
	version = (unsigned char)bytes.p[6] >> 4;
	variant = (unsigned char)bytes.p[8] >> 6;
	return version >= 1 && version <= 8 && variant == 2 ? 70 : 10;
}

/* People send maps with names as keys; a lone number or string is weak evidence. */
static unsigned score_tree(const struct node *root)
{
	if (!root || !root->first)
		return 0;
	if (root->kind == NODE_ARRAY)
		return root->count > 1 ? 55 : 40;
	for (const struct node *child = root->first; child; child = child->next) {
		for (size_t i = 0; i < child->name_len; i++) {
			if (child->name_escaped || (unsigned char)child->name[i] < 0x20)
				return 50;
		}
	}
	return 75;
}

static unsigned score_binary(struct node *(*decode)(struct decode_job *), struct bytes bytes)
{
	struct arena *arena;
	unsigned score;

	if (bytes.len < 2 || bytes.len > LOOK_BYTES * 16)
		return 0;
	arena = arena_new(PROBE_ARENA);
	score = score_tree(try_decoder(decode, bytes, arena));
	arena_free(arena);
	return score;
}

unsigned score_msgpack(struct bytes bytes)
{
	unsigned char first = bytes.len ? (unsigned char)bytes.p[0] : 0;

	return (first >= 0x80 && first <= 0x9f) || (first >= 0xdc && first <= 0xdf) ?
		score_binary(decode_msgpack, bytes) :
		0;
}

unsigned score_cbor(struct bytes bytes)
{
	unsigned char first = bytes.len ? (unsigned char)bytes.p[0] : 0;

	/* RFC 8949 3.4.6: the tag that marks CBOR. */
	if (starts_with(bytes, "\xd9\xd9\xf7", 3))
		return 98;
	return (first >= 0x80 && first <= 0xbf) || first == 0x9f ? score_binary(decode_cbor, bytes) : 0;
}

unsigned score_avro_container(struct bytes bytes)
{
	return starts_with(bytes, "Obj\1", 4) ? 98 : 0;
}

/* Short bytes read as Protobuf by chance: longer bytes and lower field numbers are likelier. */
unsigned score_protobuf(struct bytes bytes)
{
	struct arena *arena;
	const struct node *root;
	unsigned score = 0;

	if (bytes.len < 2 || bytes.len > LOOK_BYTES * 16 || (unsigned char)bytes.p[0] < 8)
		return 0;
	arena = arena_new(PROBE_ARENA);
	root = try_decoder(decode_protobuf_wire, bytes, arena);
	if (root && root->first) {
		score = bytes.len >= 8 ? SCORE_PROTOBUF_MOST : 30;
		for (const struct node *child = root->first; child; child = child->next) {
			if (child->name_len > 2)
				score = 15;
		}
	}
	arena_free(arena);
	return score;
}

unsigned score_gzip(struct bytes bytes)
{
	if (bytes.len >= 18 && starts_with(bytes, "\x1f\x8b\x08", 3) && !((unsigned char)bytes.p[3] & 0xe0))
		return 99;
	return 0;
}

unsigned score_zstd(struct bytes bytes)
{
	return starts_with(bytes, "\x28\xb5\x2f\xfd", 4) ? 99 : 0;
}

unsigned score_snappy(struct bytes bytes)
{
	return starts_with(bytes, "\x82SNAPPY\0", 8) || starts_with(bytes, "\xff\x06\0\0sNaPpY", 10) ? 99 : 0;
}

unsigned score_lz4(struct bytes bytes)
{
	return starts_with(bytes, "\x04\x22\x4d\x18", 4) ? 99 : 0;
}

/*
 * Registries count ids from 1, so the first byte of one is zero. Numbers begin the same way: bytes that are
 * exactly as wide as a number are taken for a number.
 */
unsigned score_framed(struct bytes bytes)
{
	struct bytes rest, behind;
	uint32_t schema_id;

	if (!envelope_registry(bytes, &schema_id, &rest) || schema_id == 0 || schema_id >> 24)
		return 0;
	if (score_json(rest) > 0)
		return 90;
	if (envelope_message_indexes(rest, &behind) && score_protobuf(behind) >= SCORE_PROTOBUF_FRAMED)
		return 65;
	return 30;
}

/* The cheapest tests come first, and a certain answer ends the search. */
enum codec_id codec_detect(struct bytes bytes, unsigned *confidence)
{
	enum codec_id best = CODEC_HEX;
	unsigned best_score = 0;

	for (int id = CODEC_AUTO + 1; bytes.p && bytes.len && id < CODEC_COUNT; id++) {
		const struct codec *codec = codec_get((enum codec_id)id);
		bool may_win = codec->score && (codec->most == 0 || codec->most > best_score);
		unsigned score = may_win ? codec->score(bytes) : 0;

		if (score > best_score) {
			best = (enum codec_id)id;
			best_score = score;
		}
		if (best_score >= 95)
			break;
	}
	if (confidence)
		*confidence = best_score;
	return best;
}

void codec_votes_add(struct codec_votes *votes, struct bytes bytes)
{
	unsigned confidence;
	enum codec_id id;

	if (!bytes.p || bytes.len == 0)
		return;
	/*
	 * Only the best guess gets the vote: JSON is also text, and a few broken records must not turn the
	 * topic into text.
	 */
	id = codec_detect(bytes, &confidence);
	votes->samples++;
	votes->score[id] += confidence;
}

enum codec_id codec_votes_best(const struct codec_votes *votes)
{
	enum codec_id best = votes->samples ? CODEC_HEX : CODEC_AUTO;

	for (int id = CODEC_AUTO + 1; id < CODEC_COUNT; id++) {
		if (votes->score[id] > votes->score[best])
			best = (enum codec_id)id;
	}
	return best;
}

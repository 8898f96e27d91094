/* SPDX-License-Identifier: BSD-2-Clause */
/* Values without structure: text, base64, integers, floats, UUIDs. */
#include <inttypes.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "codec/decoder.h"
#include "codec/byte_reader.h"

/* Index of the first byte that is not UTF-8, or `len`. */
static size_t utf8_length(const char *bytes, size_t len)
{
	size_t i = 0;

	while (i < len) {
		unsigned code;
		size_t n = text_decode(bytes + i, len - i, &code);

		if (n == 0)
			break;
		i += n;
	}
	return i;
}

struct node *decode_utf8(struct decode_job *job)
{
	size_t fine = utf8_length(job->bytes.p, job->bytes.len);

	if (fine < job->bytes.len)
		return tree_fail(&job->tree, "not UTF-8 at byte %zu", fine);
	job->text = job->bytes.p;
	job->text_len = job->bytes.len;
	return NULL;
}

struct node *decode_xml(struct decode_job *job)
{
	const char *p = job->bytes.p, *end = p + job->bytes.len;

	if (job->bytes.len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		p += 3;
	while (p < end && strchr(" \t\r\n", *p) && *p)
		p++;
	if (p == end || *p != '<')
		return tree_fail(&job->tree, "not XML: it does not start with <");
	return decode_utf8(job);
}

struct node *decode_base64(struct decode_job *job)
{
	struct str out = { 0 };

	base64_add(&out, job->bytes.p, job->bytes.len);
	job->text = arena_strndup(job->tree.arena, str_text(&out), out.len);
	job->text_len = out.len;
	str_release(&out);
	return NULL;
}

static struct node *decode_integer(struct decode_job *job, bool is_signed, bool little)
{
	struct byte_reader r = byte_reader_of(job->bytes);
	size_t size = job->bytes.len;
	struct node *node;
	uint64_t value = 0;

	if (little)
		byte_reader_le(&r, size, &value);
	else
		byte_reader_be(&r, size, &value);
	if (!(node = node_add(&job->tree, NULL, NODE_NUMBER)))
		return NULL;
	if (is_signed)
		node_set_number(&job->tree, node, "%" PRId64, byte_reader_signed(value, size));
	else
		node_set_number(&job->tree, node, "%" PRIu64, value);
	return node;
}

/* The width follows from the codec's size, which codec_decode() has checked. */
struct node *decode_int_be(struct decode_job *job)
{
	return decode_integer(job, true, false);
}

struct node *decode_uint_be(struct decode_job *job)
{
	return decode_integer(job, false, false);
}

struct node *decode_int_le(struct decode_job *job)
{
	return decode_integer(job, true, true);
}

struct node *decode_uint_le(struct decode_job *job)
{
	return decode_integer(job, false, true);
}

static struct node *decode_floating(struct decode_job *job, bool little)
{
	struct byte_reader r = byte_reader_of(job->bytes);
	struct node *node = node_add(&job->tree, NULL, NODE_NUMBER);
	uint64_t bits = 0;

	if (!node)
		return NULL;
	if (little)
		byte_reader_le(&r, job->bytes.len, &bits);
	else
		byte_reader_be(&r, job->bytes.len, &bits);
	node_set_ieee(&job->tree, node, bits, job->bytes.len);
	return node;
}

struct node *decode_float_be(struct decode_job *job)
{
	return decode_floating(job, false);
}

struct node *decode_float_le(struct decode_job *job)
{
	return decode_floating(job, true);
}

struct node *decode_uuid(struct decode_job *job)
{
	struct node *node = node_add(&job->tree, NULL, NODE_STRING);

	if (node)
		node_set_uuid(&job->tree, node, (const unsigned char *)job->bytes.p);
	return node;
}

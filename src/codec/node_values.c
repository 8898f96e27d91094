/* SPDX-License-Identifier: BSD-2-Clause */
/* Values that several binary formats have: times, big integers, names made from keys. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "codec/byte_reader.h"
#include "codec/decoder.h"
#include "codec/render.h"

/* A bigger integer is shown as bytes: the conversion is quadratic. */
enum { BIG_BYTES_MAX = 1024 };
/* Nested keys double their quotes at each level, so a name made from a container is cut at this length. */
enum { CONTAINER_NAME_MAX = 256 };

struct node *decode_whole(struct tree *tree, const char *format, struct node *root, const struct byte_reader *rest)
{
	size_t left = byte_reader_left(rest);

	return root && left > 0 ? tree_fail(tree, "not %s: %zu bytes follow the value", format, left) : root;
}

const char *node_time_note(struct tree *tree, const char *name, int64_t seconds, uint32_t nanos)
{
	struct tm tm;
	time_t t = (time_t)seconds;
	char date[40], fraction[16] = "", line[96];

	/* A date is given only for years of four digits. */
	if (seconds < -62135596800 || seconds > 253402300799 || !gmtime_r(&t, &tm))
		return name;
	strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &tm);
	if (nanos % 1000000)
		snprintf(fraction, sizeof(fraction), ".%09" PRIu32, nanos);
	else if (nanos)
		snprintf(fraction, sizeof(fraction), ".%03" PRIu32, nanos / 1000000);
	snprintf(line, sizeof(line), "%s %s%sZ", name, date, fraction);
	return arena_strdup(tree->arena, line);
}

/* Divides a big-endian number in place and returns the remainder. */
static uint32_t divide(unsigned char *number, size_t len, uint32_t by)
{
	uint64_t rest = 0;

	for (size_t i = 0; i < len; i++) {
		rest = rest << 8 | number[i];
		number[i] = (unsigned char)(rest / by);
		rest %= by;
	}
	return (uint32_t)rest;
}

static void negate(unsigned char *number, size_t len)
{
	bool carry = true;

	for (size_t i = len; i > 0; i--) {
		number[i - 1] = (unsigned char)(~number[i - 1] + carry);
		carry = carry && number[i - 1] == 0;
	}
}

bool node_set_big(struct tree *tree, struct node *node, const unsigned char *bytes, size_t len, bool is_signed,
	int64_t scale)
{
	char digits[BIG_BYTES_MAX * 3 + 16], *p = digits + sizeof(digits);
	unsigned char number[BIG_BYTES_MAX];
	struct str out = { 0 };
	bool negative = is_signed && len > 0 && bytes[0] & 0x80;
	size_t from = 0, count;

	if (len > BIG_BYTES_MAX || scale < 0 || scale > 4096 || !node)
		return false;
	if (len > 0)
		memcpy(number, bytes, len);
	if (negative)
		negate(number, len);
	do {
		uint32_t group;

		while (from < len && number[from] == 0)
			from++;
		group = divide(number + from, len - from, 1000000000);
		for (int i = 0; i < 9; i++, group /= 10)
			*--p = (char)('0' + group % 10);
		while (from < len && number[from] == 0)
			from++;
	} while (from < len);
	while (p < digits + sizeof(digits) - 1 && *p == '0')
		p++;
	count = (size_t)(digits + sizeof(digits) - p);
	if (negative)
		str_add_char(&out, '-');
	if (count <= (size_t)scale) {
		str_add(&out, "0.");
		str_add_fill(&out, '0', (size_t)scale - count);
		str_add_len(&out, p, count);
	} else {
		str_add_len(&out, p, count - (size_t)scale);
		if (scale > 0)
			str_add_char(&out, '.');
		str_add_len(&out, p + count - scale, (size_t)scale);
	}
	node->kind = NODE_NUMBER;
	node->len = out.len;
	node->text = arena_strndup(tree->arena, str_text(&out), out.len);
	str_release(&out);
	return true;
}

void node_name_from(struct tree *tree, struct node *node, const struct node *key)
{
	struct str out = { 0 };

	if (key->kind == NODE_STRING) {
		node->name = key->text;
		node->name_len = key->len;
		node->name_escaped = key->escaped;
		return;
	}
	if (key->kind == NODE_ARRAY || key->kind == NODE_OBJECT)
		render_node_brief(&out, key, CONTAINER_NAME_MAX);
	else
		render_node_json(&out, key);
	node_set_name(tree, node, arena_strndup(tree->arena, str_text(&out), out.len), out.len);
	str_release(&out);
}

/* IEEE 754 half precision, which C11 has no type for. */
static double half_to_double(unsigned half)
{
	unsigned exponent = half >> 10 & 31, fraction = half & 1023;
	double value = exponent == 0 ? ldexp(fraction, -24) :
		exponent < 31        ? ldexp(fraction + 1024, (int)exponent - 25) :
		fraction             ? (double)NAN :
				       (double)INFINITY;

	return half & 0x8000 ? -value : value;
}

void node_set_ieee(struct tree *tree, struct node *node, uint64_t bits, size_t size)
{
	uint32_t narrow = (uint32_t)bits;
	double wide;
	float single;

	switch (size) {
	case 2:
		node_set_double(tree, node, half_to_double((unsigned)bits));
		break;
	case 4:
		memcpy(&single, &narrow, sizeof(single));
		node_set_float(tree, node, single);
		break;
	default:
		memcpy(&wide, &bits, sizeof(wide));
		node_set_double(tree, node, wide);
		break;
	}
}

void node_set_uuid(struct tree *tree, struct node *node, const unsigned char *b)
{
	char text[40];

	snprintf(text, sizeof(text), "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1],
		b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
	node_set_string(tree, node, arena_strdup(tree->arena, text), 36);
}

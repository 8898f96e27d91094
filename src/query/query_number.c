/* SPDX-License-Identifier: BSD-2-Clause */
#include "query/query_number.h"

#include <stdio.h>
#include <string.h>

static const int64_t EXPONENT_MAX = 1000000000000000; /* larger than any text in memory */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool parse_exponent(const char *p, const char *end, int64_t *out)
{
	bool negative = p < end && *p == '-';

	if (p < end && (*p == '-' || *p == '+'))
		p++;
	if (p == end)
		return false;
	for (*out = 0; p < end; p++) {
		if (!is_digit(*p))
			return false;
		if (*out < EXPONENT_MAX)
			*out = *out * 10 + (*p - '0');
	}
	if (negative)
		*out = -*out;
	return true;
}

/* Reads the digits and the position of the point among them. */
static bool parse_mantissa(const char *p, const char *end, struct query_number *out)
{
	const char *point = NULL, *start = p, *first = NULL;

	for (; p < end; p++) {
		if (*p == '.') {
			if (point || p == start || p + 1 == end)
				return false;
			point = p;
		} else if (!is_digit(*p)) {
			return false;
		} else if (*p != '0' && !first) {
			first = p;
		}
	}
	if (start == end)
		return false;
	if (!first)
		return true;
	out->digits = first;
	out->len = (size_t)(end - first);
	if (!point)
		out->exponent = end - first;
	else
		out->exponent = first < point ? point - first : point + 1 - first;
	return true;
}

static void parse_whole(const char *p, const char *end, struct query_number *out)
{
	int64_t value = 0;

	for (; p < end; p++)
		if (__builtin_mul_overflow(value, 10, &value) ||
			(out->negative ? __builtin_sub_overflow(value, *p - '0', &value) :
					 __builtin_add_overflow(value, *p - '0', &value)))
			return;
	out->i = value;
	out->whole = true;
}

bool query_number_parse(const char *text, size_t len, struct query_number *out)
{
	const char *p = text, *end = text + len, *mantissa_end = text;
	int64_t exponent = 0;

	*out = (struct query_number){ 0 };
	if (p < end && (*p == '-' || *p == '+'))
		out->negative = *p++ == '-';
	for (mantissa_end = p; mantissa_end < end && (is_digit(*mantissa_end) || *mantissa_end == '.');)
		mantissa_end++;
	if (!parse_mantissa(p, mantissa_end, out))
		return false;
	if (mantissa_end == end) {
		if (!memchr(p, '.', (size_t)(end - p)))
			parse_whole(p, end, out);
		return true;
	}
	if (*mantissa_end != 'e' && *mantissa_end != 'E')
		return false;
	if (!parse_exponent(mantissa_end + 1, end, &exponent))
		return false;
	out->exponent += exponent;
	return true;
}

struct query_number query_number_of(int64_t value)
{
	return (struct query_number){ .whole = true, .i = value, .negative = value < 0 };
}

static int sign_of(const struct query_number *n)
{
	if (n->whole)
		return (n->i > 0) - (n->i < 0);
	return n->len == 0 ? 0 : n->negative ? -1 : 1;
}

/* The next digit, skipping the point; 0 after the last. */
static char next_digit(const char **p, const char *end)
{
	if (*p < end && **p == '.')
		(*p)++;
	return *p < end ? *(*p)++ : '0';
}

static int compare_magnitude(const struct query_number *a, const struct query_number *b)
{
	const char *p = a->digits, *p_end = p + a->len, *q = b->digits, *q_end = q + b->len;

	if (a->exponent != b->exponent)
		return a->exponent < b->exponent ? -1 : 1;
	while (p < p_end || q < q_end) {
		char x = next_digit(&p, p_end), y = next_digit(&q, q_end);

		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

int query_number_compare(const struct query_number *a, const struct query_number *b)
{
	int sign = sign_of(a), other = sign_of(b);
	char text[2][24];
	struct query_number copy[2] = { *a, *b };

	if (a->whole && b->whole)
		return (a->i > b->i) - (a->i < b->i);
	if (sign != other)
		return sign < other ? -1 : 1;
	if (sign == 0)
		return 0;
	for (int i = 0; i < 2; i++)
		if (!copy[i].digits) { /* made by query_number_of() */
			int n = snprintf(text[i], sizeof(text[i]), "%lld", (long long)copy[i].i);

			query_number_parse(text[i], (size_t)n, &copy[i]);
		}
	return sign * compare_magnitude(&copy[0], &copy[1]);
}

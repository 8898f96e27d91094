/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Numbers compared exactly as they are written: whole numbers that fit 64 bits
 * as such, all others digit by digit, so that no number of a record is rounded
 * before it is compared. 1, 1.0 and 10e-1 are equal. Any thread.
 */
#ifndef MODEL_QUERY_NUMBER_H
#define MODEL_QUERY_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct query_number {
	bool whole;                /* `i` is the exact value */
	bool negative;
	int64_t i;
	const char *digits;        /* from the first digit that is not 0; may hold a decimal point; borrowed */
	size_t len;                /* up to the exponent; 0: the value is 0 */
	int64_t exponent;          /* the value is 0.DIGITS times ten to this power */
};

/* False when `text` as a whole is no number: JSON's grammar, leading zeros and a + allowed. */
bool query_number_parse(const char *text, size_t len, struct query_number *out);
struct query_number query_number_of(int64_t value);
int query_number_compare(const struct query_number *a, const struct query_number *b);   /* <0, 0, >0 */

#endif

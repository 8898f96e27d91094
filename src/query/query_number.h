/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Compares numbers exactly as written: whole numbers of 64 bits as such, others
 * digit by digit, so that no number of a record is rounded first. 1, 1.0 and
 * 10e-1 are equal. Any thread.
 */
#ifndef QUERY_QUERY_NUMBER_H
#define QUERY_QUERY_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct query_number {
	bool whole; /* `i` is the exact value */
	bool negative;
	int64_t i;
	const char *digits; /* from the first digit other than 0; may contain a decimal point; borrowed */
	size_t len;         /* up to the exponent; 0: the value is 0 */
	int64_t exponent;   /* the value is 0.DIGITS times ten to this power */
};

/* False when `text` is not a number as a whole: JSON's grammar, but leading zeros and + are allowed. */
bool query_number_parse(const char *text, size_t len, struct query_number *out);
struct query_number query_number_of(int64_t value);
int query_number_compare(const struct query_number *a, const struct query_number *b); /* <0, 0, >0 */

#endif

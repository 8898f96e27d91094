/* SPDX-License-Identifier: BSD-2-Clause */
/* cmocka wants its headers in this order; and what many tests share. */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Names the row of a table that failed. */
#define assert_text(row, got, want)                                                                                    \
	do {                                                                                                           \
		if (strcmp(got, want) != 0)                                                                            \
			fail_msg("row %zu: got \"%s\", want \"%s\"", (size_t)(row), got, want);                        \
	} while (0)

#endif

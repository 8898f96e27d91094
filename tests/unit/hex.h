/* SPDX-License-Identifier: BSD-2-Clause */
/* Bytes as tests write them. After unit.h. */
#ifndef TESTS_UNIT_HEX_H
#define TESTS_UNIT_HEX_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/record.h"

/* An exact copy on the heap: a sanitizer sees a read past its end. The caller frees .p, which is not const. */
static inline struct bytes unhex(const char *hex)
{
	size_t len = strlen(hex) / 2;
	char *bytes = malloc(len ? len : 1);

	for (size_t i = 0; i < len; i++) {
		unsigned byte;

		assert_int_equal(sscanf(hex + i * 2, "%2x", &byte), 1);
		bytes[i] = (char)byte;
	}
	return (struct bytes){ .p = bytes, .len = len };
}

#endif

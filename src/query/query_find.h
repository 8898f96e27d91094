/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Finds text in the bytes of a record. With SSE2 two bytes of the text are
 * compared at 16 places together; else memmem() is used. Any thread.
 */
#ifndef QUERY_QUERY_FIND_H
#define QUERY_QUERY_FIND_H

#include <stdbool.h>

#include "model/record.h"

bool query_find(struct bytes hay, struct bytes text); /* an empty text is always found; null contains nothing */

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Finds text in the bytes of a record. Looks at two bytes of the text at once
 * in 16 places where the machine has SSE2, else memmem(). Any thread.
 */
#ifndef MODEL_QUERY_FIND_H
#define MODEL_QUERY_FIND_H

#include <stdbool.h>

#include "model/record.h"

bool query_find(struct bytes hay, struct bytes text);   /* an empty text is found, nothing in null */

#endif

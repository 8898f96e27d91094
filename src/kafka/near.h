/* SPDX-License-Identifier: BSD-2-Clause */
/* The nearest of many names to a misspelt one: near_init(), near_try() each, then `best`. Pure. */
#ifndef KAFKA_NEAR_H
#define KAFKA_NEAR_H

#include <stddef.h>

struct near {
	const char *name;
	const char *best;      /* NULL: none is near enough to be meant */
	size_t least;          /* only fewer changes than this are nearer */
};

void near_init(struct near *n, const char *name);
void near_try(struct near *n, const char *candidate);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The known word a mistyped one most likely meant:
 *     struct near near = {.word = typed};
 *     for each known word: near_offer(&near, word);
 *     near.best is it, or NULL when nothing is near enough to be worth saying
 * Insertions, deletions, replacements and swaps of neighbours count one each.
 */
#ifndef BASE_NEAR_H
#define BASE_NEAR_H

#include <stddef.h>

struct near {
	const char *word;
	const char *best;
	size_t distance;     /* of best */
};

void near_offer(struct near *near, const char *known);
size_t near_distance(const char *a, const char *b);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Finds the known word that a mistyped word most likely stands for:
 *     struct near near = {.word = typed};
 *     for each known word: near_offer(&near, word);
 *     near.best is that word, or NULL when none is near enough to suggest
 * Insertions, deletions, replacements and swaps of neighbours count as one each.
 */
#ifndef BASE_NEAR_H
#define BASE_NEAR_H

#include <stddef.h>

struct near {
	const char *word;
	const char *best;
	size_t distance; /* of best */
};

void near_offer(struct near *near, const char *known);
size_t near_distance(const char *a, const char *b);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/near.h"

#include <string.h>

enum { WORD_MAX = 64 }; /* longer words are cut to this, and are never near another word */

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t near_distance(const char *a, const char *b)
{
	size_t rows[3][WORD_MAX + 1];
	size_t *before = rows[0], *above = rows[1], *row = rows[2];
	size_t a_len = strnlen(a, WORD_MAX), b_len = strnlen(b, WORD_MAX);

	for (size_t j = 0; j <= b_len; j++)
		above[j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		row[0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			row[j] = least(least(above[j] + 1, row[j - 1] + 1), above[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		size_t *spare = before;

		before = above;
		above = row;
		row = spare;
	}
	return above[b_len];
}

/* Up to a third of the letters may be wrong; with more it is another word. */
void near_offer(struct near *near, const char *known)
{
	size_t len = strlen(near->word), limit = len < 3 ? 1 : len / 3, distance;

	if (len > WORD_MAX || strlen(known) > WORD_MAX)
		return;
	distance = near_distance(near->word, known);
	if (distance > limit)
		return;
	if (!near->best || distance < near->distance) {
		near->best = known;
		near->distance = distance;
	}
}

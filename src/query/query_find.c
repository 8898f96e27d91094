/* SPDX-License-Identifier: BSD-2-Clause */
#include "query/query_find.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>

/*
 * Compares the first and the last byte of the text at 16 places together, and the whole text only where both
 * agree. `last` is the number of places.
 */
static bool find_pairs(const char *hay, size_t places, struct bytes text)
{
	const __m128i first = _mm_set1_epi8(text.p[0]), last = _mm_set1_epi8(text.p[text.len - 1]);
	size_t i = 0;

	for (;;) {
		__m128i a = _mm_loadu_si128((const __m128i *)(const void *)(hay + i));
		__m128i b = _mm_loadu_si128((const __m128i *)(const void *)(hay + i + text.len - 1));
		unsigned hits =
			(unsigned)_mm_movemask_epi8(_mm_and_si128(_mm_cmpeq_epi8(a, first), _mm_cmpeq_epi8(b, last)));

		for (; hits; hits &= hits - 1)
			if (memcmp(hay + i + __builtin_ctz(hits), text.p, text.len) == 0)
				return true;
		if (i + 16 >= places)
			return false;
		i += 16;
		if (i + 16 > places)
			i = places - 16; /* the last step overlaps the previous one */
	}
}
#endif

/* For short keys, setting up memmem() costs more than this loop. */
static bool find_in_short(const char *hay, size_t places, struct bytes text)
{
	for (size_t i = 0; i < places; i++)
		if (hay[i] == text.p[0] && memcmp(hay + i, text.p, text.len) == 0)
			return true;
	return false;
}

bool query_find(struct bytes hay, struct bytes text)
{
	if (!hay.p || hay.len < text.len)
		return false;
	if (text.len == 0)
		return true;
	if (text.len == 1)
		return memchr(hay.p, text.p[0], hay.len) != NULL;
	if (hay.len - text.len + 1 < 16)
		return find_in_short(hay.p, hay.len - text.len + 1, text);
#ifdef __SSE2__
	return find_pairs(hay.p, hay.len - text.len + 1, text);
#else
	return memmem(hay.p, hay.len, text.p, text.len) != NULL;
#endif
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/status.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"

struct placed {
	int col, cols; /* cols 0: left out */
};

static int text_need(const char *text)
{
	struct str safe = { 0 };
	text_safe(&safe, text, strlen(text));
	int cols = text_cols(str_text(&safe));
	str_release(&safe);
	return cols;
}

static int word_need(const struct status_word *word)
{
	if (!word->text || !*word->text)
		return 0;
	return text_need(word->text) + (word->key ? text_need(word->key) + 1 : 0);
}

static int total(const struct status_word *words, const struct placed *placed, size_t count)
{
	int sum = 0;
	for (size_t i = 0; i < count; i++)
		if (placed[i].cols > 0)
			sum += words[i].gap + placed[i].cols;
	return sum;
}

/* A word cut to its minimum may get a higher priority. */
static int priority_of(const struct status_word *word, const struct placed *placed)
{
	return word->kept && placed->cols <= word->least ? word->kept : word->priority;
}

/* The shown word of the lowest priority, the rightmost among equals; with `cut`, one that can be shortened. */
static int least_important(const struct status_word *words, const struct placed *placed, size_t count, bool cut)
{
	int found = -1;
	for (size_t i = 0; i < count; i++) {
		if (placed[i].cols == 0 || (cut && (words[i].least == 0 || placed[i].cols <= words[i].least)))
			continue;
		if (found < 0 || priority_of(&words[i], &placed[i]) <= priority_of(&words[found], &placed[found]))
			found = (int)i;
	}
	return found;
}

/* Leaving out a word after another was cut may free more room than needed: returns it to the cut word. */
static void give_back(const struct status_word *words, struct placed *placed, size_t count, int cols)
{
	int spare = cols - total(words, placed, count);
	for (size_t i = 0; i < count && spare > 0; i++) {
		int more = placed[i].cols > 0 ? word_need(&words[i]) - placed[i].cols : 0;
		more = more < spare ? more : spare;
		placed[i].cols += more;
		spare -= more;
	}
}

static void lay_out(const struct status_word *words, struct placed *placed, size_t count, int cols)
{
	assert(count <= STATUS_WORDS_MAX);
	for (size_t i = 0; i < count; i++)
		placed[i] = (struct placed){ .cols = word_need(&words[i]) };
	for (int over; (over = total(words, placed, count) - cols) > 0;) {
		int drop = least_important(words, placed, count, false);
		int cut = least_important(words, placed, count, true);
		if (drop < 0)
			break;
		/* Shortens a word before one of the same priority is left out. */
		if (cut >= 0 && words[cut].priority <= priority_of(&words[drop], &placed[drop])) {
			int room = placed[cut].cols - words[cut].least;
			placed[cut].cols -= over < room ? over : room;
		} else {
			placed[drop].cols = 0;
		}
	}
	give_back(words, placed, count, cols);
	int left = 0, right = cols;
	for (size_t i = 0; i < count; i++)
		if (placed[i].cols > 0 && !words[i].right) {
			placed[i].col = left + words[i].gap;
			left = placed[i].col + placed[i].cols;
		}
	for (size_t i = count; i-- > 0;)
		if (placed[i].cols > 0 && words[i].right) {
			placed[i].col = right - placed[i].cols;
			right = placed[i].col - words[i].gap;
		}
}

void status_draw(const struct area *a, int row, enum role under, const struct status_word *words, size_t count)
{
	struct placed placed[STATUS_WORDS_MAX];
	lay_out(words, placed, count, a->cols);
	draw_fill(a, row, 0, a->cols, under);
	for (size_t i = 0; i < count; i++) {
		int used = 0;
		if (placed[i].cols > 0 && words[i].key)
			used = 1 + draw_text_on(a, row, placed[i].col, placed[i].cols, ROLE_KEY, under, words[i].key);
		if (placed[i].cols > 0)
			draw_text_on(a, row, placed[i].col + used, placed[i].cols - used, words[i].role, under,
				words[i].text);
	}
}

int status_word_at(const struct area *a, const struct status_word *words, size_t count, int col)
{
	struct placed placed[STATUS_WORDS_MAX];
	lay_out(words, placed, count, a->cols);
	for (size_t i = 0; i < count; i++)
		if (placed[i].cols > 0 && col >= placed[i].col && col < placed[i].col + placed[i].cols)
			return (int)i;
	return -1;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/work.h"

#include <stdlib.h>

#include "base/mem.h"

struct work *work_new(enum work_kind kind, const char *title, void *input, void (*input_free)(void *input))
{
	struct work *w = mem_alloc(sizeof(*w));

	w->kind = kind;
	w->title = mem_strdup(title);
	w->input = input;
	w->input_free = input_free;
	return w;
}

void work_free(struct work *w)
{
	void *news;

	if (!w)
		return;
	news = mailbox_take(&w->news);
	if (news && w->news_free)
		w->news_free(news);
	if (w->input && w->input_free)
		w->input_free(w->input);
	if (w->output && w->output_free)
		w->output_free(w->output);
	free((char *)w->title);
	free(w);
}

static void work_wake(struct work *w)
{
	if (w->wake)
		w->wake(w->waker);
}

void work_progress(struct work *w, int64_t done, int64_t total)
{
	atomic_store(&w->total, total);
	atomic_store(&w->done, done);
	work_wake(w);
}

void work_publish(struct work *w, void *news)
{
	void *unread = mailbox_put(&w->news, news);

	if (unread && w->news_free)
		w->news_free(unread);
	work_wake(w);
}

bool work_is_cancelled(const struct work *w)
{
	return atomic_load(&w->cancelled);
}

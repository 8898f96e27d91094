/* SPDX-License-Identifier: BSD-2-Clause */
/* The functions of model/feed.h, for the UI's thread, and the worker thread that carries out their commands. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/thread.h"
#include "feed/feed_parts.h"

/* Commands */

static void command_free(struct feed_command *c)
{
	feed_query_unref(c->query);
	if (c->item)
		feed_item_unref(c->item);
	free(c->group);
	free(c);
}

/* With the lock. Cancels the running command and all that wait. */
static void cancel_all(struct feed *f)
{
	f->shared.cancelled = f->shared.issued;
	feed_search_pause(f);
	if (f->shared.current)
		reader_cancel(f->shared.current->reader);
}

/* Queues the command and owns it. `instead`: cancels all other commands first. */
static void give_command(struct feed *f, struct feed_command *c, bool instead)
{
	struct feed_command **end = &f->shared.commands;

	pthread_mutex_lock(&f->lock);
	if (instead)
		cancel_all(f);
	else if (f->shared.looking && f->shared.current)
		reader_cancel(f->shared.current->reader);
	c->number = ++f->shared.issued;
	while (*end)
		end = &(*end)->next;
	*end = c;
	pthread_cond_signal(&f->changed);
	pthread_mutex_unlock(&f->lock);
}

static struct feed_command *command_new(enum feed_verb verb)
{
	struct feed_command *c = mem_alloc(sizeof(*c));

	c->verb = verb;
	return c;
}

/* Whether a command of this kind waits or runs: a key held down must not queue many pages. */
static bool is_given(struct feed *f, enum feed_verb verb)
{
	bool found = false;

	pthread_mutex_lock(&f->lock);
	for (const struct feed_command *c = f->shared.commands; c; c = c->next)
		found |= c->verb == verb && c->number > f->shared.cancelled;
	pthread_mutex_unlock(&f->lock);
	return found;
}

/* The worker */

static void do_seek(struct feed *f, const struct feed_command *c)
{
	feed_follow_stop(f);
	feed_page_seek(f, c, &c->where);
}

static void do_follow(struct feed *f, const struct feed_command *c)
{
	feed_follow_start(f, c);
}

static void do_unfollow(struct feed *f, const struct feed_command *c)
{
	(void)c;
	feed_follow_stop(f);
}

static void (*const verbs[])(struct feed *f, const struct feed_command *c) = {
	[FEED_DO_SEEK] = do_seek,
	[FEED_DO_OLDER] = feed_page_older,
	[FEED_DO_NEWER] = feed_page_newer,
	[FEED_DO_FOLLOW] = do_follow,
	[FEED_DO_UNFOLLOW] = do_unfollow,
	[FEED_DO_FILTER] = feed_filter_set,
	[FEED_DO_SEARCH] = feed_search_start,
	[FEED_DO_RESUME] = feed_search_resume,
	[FEED_DO_SAME_KEY] = feed_same_key,
};

static void host_leave(struct feed_host *host)
{
	pthread_mutex_lock(&host->lock);
	host->feeds--;
	pthread_cond_broadcast(&host->ended);
	pthread_mutex_unlock(&host->lock);
}

static void feed_free(struct feed *f)
{
	struct feed_host *host = f->host;

	for (struct feed_command *c = f->shared.commands, *next; c; c = next) {
		next = c->next;
		command_free(c);
	}
	feed_view_free(mailbox_take(&f->published));
	feed_view_free(f->ui.view);
	feed_window_release(&f->shared.window);
	f->shared.phase = FEED_FAILED;
	free(f->shared.rates);
	free(f->shared.rows);
	free(f->shared.order);
	for (size_t i = 0; i < f->worker.topic_name_count; i++)
		free(f->worker.topic_names[i]);
	free(f->worker.topic_names);
	for (size_t i = 0; i < f->setup.topic_count; i++)
		free((char *)f->setup.topics[i]);
	free((void *)f->setup.topics);
	free((void *)f->setup.partitions);
	free(f->start_group);
	codec_choices_free(f->choices);
	feed_query_unref(f->shared.filter);
	str_release(&f->shared.notes);
	str_release(&f->shared.statement);
	str_release(&f->shared.waiting);
	str_release(&f->shared.stale);
	pthread_cond_destroy(&f->changed);
	pthread_mutex_destroy(&f->lock);
	free(f);
	host_leave(host);
}

/* Waits for a command, or until the next step is due. With the lock. */
static void wait_change(struct feed *f)
{
	int64_t until_ms = clock_mono_ms() +
		(f->shared.phase == FEED_SEARCHING || f->shared.look_fresh ? FEED_SEARCH_MS : FEED_STEP_MS);

	if (f->shared.follower || f->worker.stopping || f->worker.retry_ms || f->shared.phase == FEED_SEARCHING ||
		f->shared.look_end > f->shared.look_first)
		thread_wait_until(&f->changed, &f->lock, until_ms);
	else
		pthread_cond_wait(&f->changed, &f->lock);
}

static void feed_step(struct feed *f, int64_t *sampled_ms)
{
	int64_t now_ms = clock_mono_ms();

	feed_pass_reap(f, 0);
	feed_follow_step(f);
	feed_search_step(f);
	feed_outcomes_step(f);
	if (!f->shared.follower || now_ms - *sampled_ms < FEED_STEP_MS)
		return;
	*sampled_ms = now_ms;
	pthread_mutex_lock(&f->lock);
	feed_sample(f);
	feed_publish(f);
	pthread_mutex_unlock(&f->lock);
}

static void *feed_run(void *arg)
{
	struct feed *f = arg;
	int64_t sampled_ms = 0;

	pthread_mutex_lock(&f->lock);
	while (!f->shared.closing) {
		struct feed_command *c = f->shared.commands;

		if (c) {
			bool cancelled = c->number <= f->shared.cancelled;

			pthread_mutex_unlock(&f->lock);
			if (!cancelled)
				verbs[c->verb](f, c);
			pthread_mutex_lock(&f->lock);
			f->shared.ended = c->number;
			feed_publish(f);
			f->shared.commands = c->next;
			command_free(c);
		} else {
			wait_change(f);
		}
		pthread_mutex_unlock(&f->lock);
		feed_step(f, &sampled_ms);
		pthread_mutex_lock(&f->lock);
	}
	pthread_mutex_unlock(&f->lock);
	feed_follow_stop(f);
	feed_page_forget(f);
	feed_search_forget(f);
	if (f->worker.match_query)
		codec_match_release(&f->worker.match);
	feed_query_unref(f->worker.match_query);
	while (f->worker.stopping)
		feed_pass_reap(f, 1000);
	feed_free(f);
	return NULL;
}

/* Opening and closing */

static void copy_setup(struct feed *f, const struct feed_setup *setup)
{
	const char **topics = mem_alloc(setup->topic_count * sizeof(*topics));
	int32_t *partitions = mem_alloc(setup->partition_count * sizeof(*partitions));

	f->setup = *setup;
	for (size_t i = 0; i < setup->topic_count; i++)
		topics[i] = mem_strdup(setup->topics[i]);
	if (setup->partition_count)
		memcpy(partitions, setup->partitions, setup->partition_count * sizeof(*partitions));
	f->setup.topics = topics;
	f->setup.partitions = partitions;
	f->setup.page = setup->page ? setup->page : FEED_PAGE;
	f->setup.buffer_bytes = setup->buffer_bytes ? setup->buffer_bytes : FEED_BUFFER;
	f->setup.decoders = NULL;
	f->choices = codec_choices_new(setup->decoders);
	f->start_group = mem_strdup(setup->from.group);
	f->setup.from.group = f->start_group;
}

static void give_seek(struct feed *f, const struct start_at *where)
{
	struct feed_command *c = command_new(FEED_DO_SEEK);

	c->where = *where;
	c->group = mem_strdup(where->group);
	c->where.group = c->group;
	give_command(f, c, true);
}

static void feed_follow(struct feed *f, bool on);

static struct feed *feed_open(void *context, const struct feed_setup *setup, void (*wake)(void *waker), void *waker,
	struct error *err)
{
	struct feed_host *host = context;
	struct feed *f = mem_alloc(sizeof(*f));

	f->host = host;
	f->wake = wake;
	f->waker = waker;
	f->shared.found = -1;
	feed_window_init(&f->shared.window);
	copy_setup(f, setup);
	pthread_mutex_init(&f->lock, NULL);
	thread_cond_init(&f->changed);
	f->ui.view = mem_alloc(sizeof(*f->ui.view));
	f->ui.view->state.first = f->ui.view->state.end = FEED_NUMBER_FIRST;
	pthread_mutex_lock(&host->lock);
	host->feeds++;
	pthread_mutex_unlock(&host->lock);
	give_seek(f, &f->setup.from);
	if (setup->follow)
		feed_follow(f, true);
	if (!thread_start(&f->thread, "weir-feed", feed_run, f, err)) {
		feed_free(f);
		return NULL;
	}
	pthread_detach(f->thread);
	return f;
}

static void feed_close(struct feed *f)
{
	if (!f)
		return;
	pthread_mutex_lock(&f->lock);
	f->shared.closing = true;
	cancel_all(f);
	pthread_cond_signal(&f->changed);
	pthread_mutex_unlock(&f->lock);
}

/* What the UI sees */

static bool feed_take(struct feed *f)
{
	struct feed_view *view = mailbox_take(&f->published);
	bool told;

	if (view) {
		feed_view_free(f->ui.view);
		f->ui.view = view;
	}
	pthread_mutex_lock(&f->lock);
	told = f->shared.has_notes;
	f->shared.has_notes = false;
	pthread_mutex_unlock(&f->lock);
	return view || told;
}

static void feed_state(const struct feed *f, struct feed_state *out)
{
	*out = f->ui.view->state;
	/* Only this thread writes `issued`. */
	out->busy = f->ui.view->ended < f->shared.issued || out->phase == FEED_SEARCHING;
}

/* Outcomes are looked up only for the records on the screen. */
static void look_at(struct feed *f, int64_t number, size_t count, bool fresh)
{
	if (f->setup.read_committed)
		return;
	pthread_mutex_lock(&f->lock);
	f->shared.look_first = number;
	f->shared.look_end = number + (int64_t)count;
	if (fresh && !f->shared.look_fresh) {
		f->shared.look_fresh = true;
		pthread_cond_signal(&f->changed);
	}
	pthread_mutex_unlock(&f->lock);
}

static size_t feed_read(struct feed *f, int64_t number, size_t count, struct arena *arena, struct record *out,
	enum txn_outcome *outcomes)
{
	size_t n = 0;

	bool fresh = false, open = false;

	if (number < f->ui.view->state.first)
		return 0;
	for (; n < count; n++) {
		const struct feed_item *item =
			feed_entries_get(f->ui.view->entries, f->ui.view->count, number + (int64_t)n);
		struct record_header *headers;

		if (!item)
			break;
		out[n] = item->record;
		if (item->record.key.p)
			out[n].key.p = arena_dup(arena, item->record.key.p, item->record.key.len);
		if (item->record.value.p)
			out[n].value.p = arena_dup(arena, item->record.value.p, item->record.value.len);
		headers = arena_array(arena, item->record.header_count, sizeof(*headers));
		for (size_t i = 0; i < item->record.header_count; i++) {
			const struct record_header *from = &item->record.headers[i];

			headers[i].name = arena_strdup(arena, from->name);
			headers[i].value = from->value;
			if (from->value.p)
				headers[i].value.p = arena_dup(arena, from->value.p, from->value.len);
		}
		out[n].headers = headers;
		out[n].topic = arena_strdup(arena, item->record.topic);
		if (outcomes) {
			outcomes[n] = (enum txn_outcome)atomic_load(&item->outcome);
			fresh |= outcomes[n] == TXN_UNKNOWN;
			open |= outcomes[n] == TXN_OPEN;
		}
	}
	if (fresh || open)
		look_at(f, number, n, fresh);
	return n;
}

static int64_t feed_find(const struct feed *f, const char *topic, int32_t partition, int64_t offset)
{
	/* From the newest on: a topic that was deleted and created again may have the same offset twice. */
	for (size_t i = f->ui.view->count; i-- > 0;) {
		const struct feed_entry *entry = &f->ui.view->entries[i];

		for (size_t k = entry->slice->count; k-- > 0;) {
			const struct record *record = &entry->slice->items[k]->record;

			if (record->offset == offset && record->partition == partition &&
				strcmp(record->topic, topic) == 0)
				return entry->first + (int64_t)k;
		}
	}
	return -1;
}

static int64_t feed_found(struct feed *f)
{
	int64_t found;

	pthread_mutex_lock(&f->lock);
	found = f->shared.found;
	if (found >= f->ui.view->state.first && found < f->ui.view->state.end)
		f->shared.found = -1;
	else
		found = -1;
	pthread_mutex_unlock(&f->lock);
	return found;
}

static void feed_statement(struct feed *f, struct str *out)
{
	pthread_mutex_lock(&f->lock);
	feed_search_state(f);
	str_add_len(out, str_text(&f->shared.statement), f->shared.statement.len);
	pthread_mutex_unlock(&f->lock);
}

static void feed_notes(struct feed *f, struct str *out)
{
	pthread_mutex_lock(&f->lock);
	str_add_len(out, str_text(&f->shared.notes), f->shared.notes.len);
	str_clear(&f->shared.notes);
	pthread_mutex_unlock(&f->lock);
}

static size_t feed_rates(const struct feed *f, struct feed_rate *out, size_t max)
{
	const struct feed_rates *rates = f->ui.view->rates;

	if (!rates)
		return 0;
	if (max > rates->count)
		max = rates->count;
	if (max)
		memcpy(out, rates->rows, max * sizeof(*out));
	return rates->count;
}

/* Commands of the UI */

static void feed_older(struct feed *f)
{
	if (!is_given(f, FEED_DO_OLDER))
		give_command(f, command_new(FEED_DO_OLDER), false);
}

static void feed_newer(struct feed *f)
{
	if (!is_given(f, FEED_DO_NEWER))
		give_command(f, command_new(FEED_DO_NEWER), false);
}

static void feed_seek(struct feed *f, const struct start_at *where)
{
	give_seek(f, where);
}

static void feed_follow(struct feed *f, bool on)
{
	give_command(f, command_new(on ? FEED_DO_FOLLOW : FEED_DO_UNFOLLOW), false);
}

static bool parse_query(const struct feed *f, const char *text, struct feed_query **out, size_t *at, struct error *err)
{
	const struct query_context context = { { clock_wall_ms(), f->setup.utc }, &codec_query_functions };
	struct query *query;

	*out = NULL;
	if (!text || !*text)
		return true;
	query = query_parse(text, &context, at, err);
	if (!query)
		return false;
	if (query_is_empty(query))
		query_free(query);
	else
		*out = feed_query_new(query);
	return true;
}

static bool feed_filter(struct feed *f, const char *text, size_t *at, struct error *err)
{
	struct feed_command *c;
	struct feed_query *query;

	if (!parse_query(f, text, &query, at, err))
		return false;
	c = command_new(FEED_DO_FILTER);
	c->query = query;
	give_command(f, c, false);
	return true;
}

static bool feed_search(struct feed *f, const char *text, const struct start_at *from, bool all_partitions, size_t *at,
	struct error *err)
{
	struct feed_command *c;
	struct feed_query *query;

	if (!parse_query(f, text, &query, at, err))
		return false;
	c = command_new(FEED_DO_SEARCH);
	c->query = query;
	c->where.kind = START_EARLIEST;
	if (from)
		c->where = *from;
	c->group = from ? mem_strdup(from->group) : NULL;
	c->where.group = c->group;
	c->all_partitions = all_partitions;
	give_command(f, c, true);
	return true;
}

static void feed_cancel(struct feed *f)
{
	pthread_mutex_lock(&f->lock);
	cancel_all(f);
	pthread_mutex_unlock(&f->lock);
}

static void feed_resume(struct feed *f)
{
	give_command(f, command_new(FEED_DO_RESUME), false);
}

static void feed_same(struct feed *f, int64_t number, bool next)
{
	struct feed_item *item = feed_entries_get(f->ui.view->entries, f->ui.view->count, number);
	struct feed_command *c;

	if (!item)
		return;
	c = command_new(FEED_DO_SAME_KEY);
	c->item = feed_item_ref(item);
	c->forward = next;
	give_command(f, c, true);
}

static const struct feed_ops ops = {
	.open = feed_open,
	.close = feed_close,
	.take = feed_take,
	.state = feed_state,
	.read = feed_read,
	.find = feed_find,
	.older = feed_older,
	.newer = feed_newer,
	.seek = feed_seek,
	.follow = feed_follow,
	.filter = feed_filter,
	.search = feed_search,
	.cancel = feed_cancel,
	.resume = feed_resume,
	.same_key = feed_same,
	.found = feed_found,
	.statement = feed_statement,
	.notes = feed_notes,
	.rates = feed_rates,
};

struct feed_source feed_host_source(struct feed_host *host)
{
	return (struct feed_source){ &ops, host };
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Readers, and works that use a reader, that are abandoned while brokers do not answer. */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "feed/feed_host.h"
#include "kafka/reader.h"
#include "model/save_work.h"
#include "tests/fault/mock.h"
#include "work/works.h"

enum { SLOW_MS = 8000, WORK_MS = 20000, ENDED = 1 };

static void pause_ms(long ms)
{
	const struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

static void set_rtt(struct mock *m, int ms)
{
	for (int id = 1; id <= MOCK_BROKERS; id++)
		rd_kafka_mock_broker_set_rtt(m->cluster, id, ms);
}

static struct client_config *client_of(struct mock *m)
{
	struct client_config *c = client_config_new();
	struct error err;

	if (!client_config_set(c, "bootstrap.servers", rd_kafka_mock_cluster_bootstraps(m->cluster), &err))
		fail_msg("%s", err.message);
	return c;
}

/*
 * Lets brokers answer again, so that abandoned readers end and free themselves: a
 * sanitizer sees what they use.
 */
static void await_left(struct mock *m)
{
	int64_t until_ms = clock_mono_ms() + 60000;

	set_rtt(m, 0);
	while (reader_left_behind() && clock_mono_ms() < until_ms)
		pause_ms(20);
	assert_false(reader_left_behind());
}

struct host {
	char *name;
	int calls;
};

static void on_ready(void *context)
{
	((struct host *)context)->calls++;
}

static void choose(void *context, const char *topic, int32_t count, bool *wanted)
{
	struct host *h = context;

	(void)count, (void)wanted;
	h->calls += strcmp(h->name, topic) == 0;
}

static void range(void *context, const char *topic, int32_t partition, int64_t log_start, int64_t log_end,
	int64_t *from, int64_t *end)
{
	struct host *h = context;

	(void)partition, (void)log_start, (void)log_end, (void)from, (void)end;
	h->calls += strcmp(h->name, topic) == 0;
}

/*
 * Abandons a reader after so many ms and frees everything it was given. `cluster_id`:
 * NULL, or of another cluster.
 */
static void leave_after(struct mock *m, long after_ms, const char *cluster_id)
{
	struct client_config *client = client_of(m);
	struct host *host = mem_alloc(sizeof(*host));
	char **topics = mem_alloc(sizeof(*topics)), *id;
	struct error err;
	struct reader *r;

	host->name = mem_strdup("orders");
	topics[0] = mem_strdup("orders");
	id = mem_strdup(cluster_id);
	set_rtt(m, SLOW_MS);
	r = reader_start(&(struct reader_setup){ .client = client,
				 .bootstrap = topics[0],
				 .cluster_id = id,
				 .topics = (const char *const *)topics,
				 .topic_count = 1,
				 .from.kind = START_EARLIEST,
				 .to.kind = START_COUNT,
				 .timeout_ms = 2 * SLOW_MS,
				 .patience_ms = READER_PATIENCE_MS,
				 .buffer_bytes = 1 << 20,
				 .offsets = { INT64_MIN, INT64_MAX },
				 .min_timestamp_ms = INT64_MIN,
				 .choose = choose,
				 .range = range,
				 .context = host },
		on_ready, host, &err);
	assert_non_null(r);
	pause_ms(after_ms / 2);
	if (after_ms)
		set_rtt(m, 0);
	pause_ms(after_ms / 2);
	set_rtt(m, SLOW_MS);
	reader_leave(r, 0);
	free(id);
	free(topics[0]);
	free(topics);
	free(host->name);
	free(host);
	client_config_free(client);
}

static void test_a_reader_that_is_left_looks_at_nothing_of_others(void **state)
{
	struct mock *m = *state;

	mock_topic(m, "orders", 6);
	mock_produce(m, "orders", 0, 10);
	for (long after_ms = 0; after_ms <= 400; after_ms += 40)
		leave_after(m, after_ms, NULL);
	await_left(m);
}

static atomic_int woken;

static void wake(void *waker)
{
	(void)waker;
	atomic_fetch_or(&woken, ENDED);
}

struct saved {
	char path[128];
	bool ended, has_output;
	enum error_code code;
};

static void save_done(struct view *owner, struct work *w)
{
	struct saved *s = (struct saved *)(void *)owner;
	const struct save_job *job = w->input;
	const struct save_outcome *o = w->output;

	/* As a view's callback does. */
	assert_non_null(job);
	assert_string_equal(job->path, s->path);
	s->has_output = o != NULL;
	s->code = w->err.code;
	s->ended = true;
	work_free(w);
}

static struct work *save_work(const char *path)
{
	struct save_job *job = save_job_new();

	job->topics = arena_array(job->arena, 1, sizeof(*job->topics));
	job->topics[0] = arena_strdup(job->arena, "orders");
	job->topic_count = 1;
	job->json = true;
	job->path = arena_strdup(job->arena, path);
	return work_new(WORK_SAVE, "saving of records", job, save_job_free);
}

static void test_a_save_is_cancelled_while_no_broker_answers(void **state)
{
	struct mock *m = *state;
	struct client_config *client = client_of(m);
	const struct work_setup setup = {
		.gate = { .client = client, .pin.bootstrap = "the mock", .timeout_ms = 2 * SLOW_MS }
	};
	struct works *works = works_new(work_table, &setup, wake, NULL);

	mock_topic(m, "orders", 6);
	mock_produce(m, "orders", 0, 10);
	for (long after_ms = 20; after_ms <= 2520; after_ms += 1250) {
		struct saved saved = { .ended = false };
		struct view *owner = (struct view *)(void *)&saved;
		int64_t begun_ms;

		snprintf(saved.path, sizeof(saved.path), "build/check/save-%d-%ld.jsonl", (int)getpid(), after_ms);
		set_rtt(m, SLOW_MS);
		works_start(works, owner, save_work(saved.path), NULL, save_done);
		pause_ms(after_ms);
		assert_true(works_cancel(works, owner));
		for (begun_ms = clock_mono_ms(); !saved.ended && clock_mono_ms() - begun_ms < WORK_MS; pause_ms(5))
			works_turn(works);
		assert_true(saved.ended);
		assert_true(saved.has_output);
		assert_int_equal(saved.code, ERR_INTERRUPTED);
		unlink(saved.path);
	}
	assert_true(works_free(works, WORK_MS));
	client_config_free(client);
	await_left(m);
}

/* Each connection is refused, and each refusal is a log line that the reader handles. */
static void test_a_reader_of_another_cluster_calls_nobody_once_it_is_left(void **state)
{
	struct mock *m = *state;

	mock_topic(m, "orders", 6);
	for (long after_ms = 0; after_ms <= 400; after_ms += 20)
		leave_after(m, after_ms, "not-this-cluster");
	await_left(m);
}

/* It answers immediately, not at its deadline: the caller may have freed its data by then. */
static void test_a_reader_says_which_cluster_it_is_of(void **state)
{
	struct mock *m = *state;
	struct client_config *client = client_of(m);
	struct host host = { .calls = 0 };
	char *topic = mem_strdup("orders"), *id = mem_strdup("not-this-cluster");
	int64_t until_ms = clock_mono_ms() + MOCK_WAIT_MS;
	struct error err = { 0 };
	struct reader *r;

	mock_topic(m, "orders", 1);
	r = reader_start(&(struct reader_setup){ .client = client,
				 .bootstrap = topic,
				 .cluster_id = id,
				 .topics = (const char *const[]){ topic },
				 .topic_count = 1,
				 .from.kind = START_EARLIEST,
				 .to.kind = START_COUNT,
				 .timeout_ms = 4 * MOCK_WAIT_MS,
				 .patience_ms = READER_PATIENCE_MS,
				 .buffer_bytes = 1 << 20,
				 .offsets = { INT64_MIN, INT64_MAX },
				 .min_timestamp_ms = INT64_MIN },
		on_ready, &host, &err);
	assert_non_null(r);
	memset(id, 'x', strlen(id));
	free(id);
	free(topic);
	while (!reader_on_other_cluster(r, &err) && clock_mono_ms() < until_ms)
		pause_ms(20);
	assert_int_equal(err.code, ERR_OTHER_CLUSTER);
	assert_non_null(strstr(err.message, "orders was read from cluster not-this-cluster, but"));
	reader_leave(r, MOCK_WAIT_MS);
	await_left(m);
	client_config_free(client);
}

/* Partition and timestamp (-1: none), and in which order a search shows them: PARTITION:OFFSET. */
static const struct {
	int partition;
	int64_t ms;
} written[] = { { 0, 1000 }, { 0, -1 }, { 0, 3000 }, { 1, -1 }, { 1, 2000 }, { 1, -1 }, { 1, -1 } };
static const char found_order[] = "1:0 0:0 0:1 1:1 1:2 1:3 0:2 ";

/*
 * Records without timestamp at the beginning of a partition come first: they are older
 * than timestamps in Kafka.
 */
static void test_a_search_leaves_records_without_a_timestamp_where_they_lie(void **state)
{
	struct mock *m = *state;
	struct client_config *client = client_of(m);
	const struct feed_setup setup = { .topics = (const char *const[]){ "orders" }, .topic_count = 1 };
	int64_t until_ms = clock_mono_ms() + MOCK_WAIT_MS;
	struct arena *arena = arena_new(0);
	struct record records[COUNT(written)];
	struct str order = { 0 };
	struct feed_state now;
	struct error err;
	size_t at, count;

	mock_topic(m, "orders", 2);
	for (size_t i = 0; i < COUNT(written); i++)
		assert_int_equal(rd_kafka_producev(m->rk, RD_KAFKA_V_TOPIC("orders"),
					 RD_KAFKA_V_PARTITION(written[i].partition),
					 RD_KAFKA_V_TIMESTAMP(written[i].ms),
					 RD_KAFKA_V_VALUE((void *)(uintptr_t) "x", 1), RD_KAFKA_V_END),
			0);
	assert_int_equal(rd_kafka_flush(m->rk, MOCK_WAIT_MS), 0);
	struct feed_host *host = feed_host_new(client, "the mock", MOCK_WAIT_MS);
	const struct feed_source source = feed_host_source(host);
	struct feed *feed = source.ops->open(source.context, &setup, wake, NULL, &err);

	assert_non_null(feed);
	assert_true(source.ops->search(feed, "value == \"x\"", NULL, false, &at, &err));
	do {
		pause_ms(20);
		source.ops->take(feed);
		source.ops->state(feed, &now);
	} while ((now.busy || !now.searched) && clock_mono_ms() < until_ms);
	assert_string_equal(now.error.message, "");
	count = source.ops->read(feed, now.first, COUNT(written), arena, records, NULL);
	for (size_t i = 0; i < count; i++)
		str_addf(&order, "%d:%d ", (int)records[i].partition, (int)records[i].offset);
	assert_string_equal(str_text(&order), found_order);
	source.ops->close(feed);
	assert_true(feed_host_free(host, MOCK_WAIT_MS));
	str_release(&order);
	arena_free(arena);
	client_config_free(client);
	await_left(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		MOCK_TEST(test_a_reader_that_is_left_looks_at_nothing_of_others),
		MOCK_TEST(test_a_reader_of_another_cluster_calls_nobody_once_it_is_left),
		MOCK_TEST(test_a_reader_says_which_cluster_it_is_of),
		MOCK_TEST(test_a_search_leaves_records_without_a_timestamp_where_they_lie),
		MOCK_TEST(test_a_save_is_cancelled_while_no_broker_answers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

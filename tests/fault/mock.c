/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/unit.h"

#include <dirent.h>
#include <poll.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "tests/fault/mock.h"

int mock_setup(void **state)
{
	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	struct mock *m = mem_alloc(sizeof(*m));
	struct error err;
	char why[256];

	*state = m;
	rd_kafka_conf_set(conf, "log_level", "0", why, sizeof(why));
	m->rk = rd_kafka_new(RD_KAFKA_PRODUCER, conf, why, sizeof(why));
	assert_non_null(m->rk);
	m->cluster = rd_kafka_mock_cluster_new(m->rk, MOCK_BROKERS);
	assert_non_null(m->cluster);
	assert_int_equal(rd_kafka_brokers_add(m->rk, rd_kafka_mock_cluster_bootstraps(m->cluster)), MOCK_BROKERS);
	assert_true(wake_init(&m->wake, &err));
	return 0;
}

void mock_topic(struct mock *m, const char *name, int partitions)
{
	assert_int_equal(rd_kafka_mock_topic_create(m->cluster, name, partitions, MOCK_BROKERS), 0);
	for (int i = 0; i < partitions; i++)
		rd_kafka_mock_partition_set_leader(m->cluster, name, i, i % MOCK_BROKERS + 1);
}

void mock_produce(struct mock *m, const char *topic, int32_t partition, int count)
{
	for (int i = 0; i < count; i++)
		assert_int_equal(rd_kafka_producev(m->rk, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_PARTITION(partition),
					 RD_KAFKA_V_VALUE((void *)(uintptr_t) "x", 1), RD_KAFKA_V_END),
			0);
	assert_int_equal(rd_kafka_flush(m->rk, MOCK_WAIT_MS), 0);
}

void mock_sample(struct mock *m)
{
	struct client_config *config = client_config_new();
	struct demand *demand = demand_new();
	struct error err;

	demand->mode = DEMAND_COMMAND;
	demand->needs = NEED_METADATA | NEED_ENDS | NEED_STARTS;
	demand->interval_ms = MOCK_INTERVAL_MS;
	assert_true(client_config_set(config, "bootstrap.servers", rd_kafka_mock_cluster_bootstraps(m->cluster), &err));
	m->sampler = kafka_sampler_start(config, demand, &m->wake, 1, &err);
	assert_non_null(m->sampler);
	demand_free(demand);
	client_config_free(config);
}

const struct snapshot *mock_until(struct mock *m, bool (*holds)(const struct snapshot *s, const void *arg),
	const void *arg, const char *what)
{
	int64_t until_ms = clock_mono_ms() + MOCK_WAIT_MS;

	for (;;) {
		struct pollfd fd = { .fd = m->wake.read_fd, .events = POLLIN };
		int64_t left_ms = until_ms - clock_mono_ms();
		const struct snapshot *s;

		if (left_ms <= 0)
			fail_msg("no snapshot in time where %s; newest: %s", what,
				m->last && m->last->connection.error ? m->last->connection.error : "no error");
		poll(&fd, 1, (int)left_ms);
		wake_drain(&m->wake);
		s = sampler_take(m->sampler);
		if (!s)
			continue;
		snapshot_unref(m->last);
		m->last = s;
		if (holds(s, arg))
			return s;
	}
}

int mock_teardown(void **state)
{
	struct mock *m = *state;

	if (m->sampler)
		sampler_stop(m->sampler, MOCK_WAIT_MS);
	snapshot_unref(m->last);
	rd_kafka_mock_cluster_destroy(m->cluster);
	rd_kafka_destroy(m->rk);
	wake_release(&m->wake);
	free(m);
	return 0;
}

static bool sampler_threads(void)
{
	DIR *tasks = opendir("/proc/self/task");
	bool found = false;

	for (struct dirent *d; tasks && !found && (d = readdir(tasks));) {
		char path[320], name[32] = "";
		FILE *f;

		snprintf(path, sizeof(path), "/proc/self/task/%s/comm", d->d_name);
		f = fopen(path, "r");
		if (f && fgets(name, sizeof(name), f))
			found = strncmp(name, "weir-", 5) == 0;
		if (f)
			fclose(f);
	}
	if (tasks)
		closedir(tasks);
	return found;
}

void mock_await_threads(struct mock *m)
{
	int64_t until_ms = clock_mono_ms() + MOCK_WAIT_MS;

	(void)m;
	while (sampler_threads()) {
		if (clock_mono_ms() > until_ms)
			fail_msg("a sampler that was stopped still runs");
		poll(NULL, 0, 10);
	}
}

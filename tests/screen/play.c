/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * play [rich|lost|empty|denied|connecting|well|TOPICSxPARTITIONS[@MS]]: the
 * whole terminal program on made-up figures, to see and measure it without Kafka.
 * It replaces the sampler when linked: the same functions. With @MS a large
 * cluster sends a new snapshot every MS milliseconds.
 */
#include <locale.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "base/clock.h"
#include "base/mailbox.h"
#include "base/mem.h"
#include "fixture.h"
#include "kafka/source.h"
#include "model/settings.h"

struct sampler {
	pthread_t thread;
	struct mailbox box;
	struct wake *wake;
	unsigned wake_bit;
	atomic_bool ended;
};

/* Set by the command line; the interface of the sampler has no parameter for it. */
static struct {
	const char *fixture;
	size_t topics;
	int partitions;
	int period_ms;
} asked = { .fixture = "rich" };

static const struct snapshot *make_snapshot(int64_t step)
{
	static const struct {
		const char *name;
		const struct snapshot *(*make)(void);
	} fixtures[] = { { "lost", fixture_lost }, { "well", fixture_well }, { "empty", fixture_empty },
		{ "denied", fixture_denied }, { "connecting", fixture_connecting } };
	if (asked.topics)
		return fixture_large(asked.topics, asked.partitions, step);
	for (size_t i = 0; i < sizeof(fixtures) / sizeof(*fixtures); i++)
		if (strcmp(asked.fixture, fixtures[i].name) == 0)
			return fixtures[i].make();
	return fixture_rich();
}

static void *work(void *data)
{
	struct sampler *s = data;
	for (int64_t step = 0; !atomic_load(&s->ended); step++) {
		snapshot_unref(mailbox_put(&s->box, (void *)(uintptr_t)make_snapshot(step)));
		wake_raise(s->wake, s->wake_bit);
		if (!asked.period_ms)
			return NULL;
		usleep((useconds_t)asked.period_ms * 1000);
	}
	return NULL;
}

struct sampler *kafka_sampler_start(const struct client_config *config, const struct demand *demand, struct wake *wake,
	unsigned wake_bit, struct error *err)
{
	(void)config;
	(void)demand;
	struct sampler *s = mem_alloc(sizeof(*s));
	s->wake = wake;
	s->wake_bit = wake_bit;
	if (pthread_create(&s->thread, NULL, work, s) != 0) {
		error_set(err, ERR_SYSTEM, "no thread");
		free(s);
		return NULL;
	}
	return s;
}

void sampler_demand(struct sampler *s, struct demand *demand)
{
	(void)s;
	demand_free(demand);
}

const struct snapshot *sampler_take(struct sampler *s)
{
	return mailbox_take(&s->box);
}

void sampler_stop(struct sampler *s, int wait_ms)
{
	(void)wait_ms;
	atomic_store(&s->ended, true);
	pthread_join(s->thread, NULL);
	snapshot_unref(mailbox_take(&s->box));
	free(s);
}

int main(int argc, char **argv)
{
	struct settings settings = SETTINGS_DEFAULTS;
	struct app_setup setup = { .settings = &settings,
		.cluster = { .gate.pin = { .bootstrap = "kafka-1.example:9092", .context = getenv("PLAY_CONTEXT") },
			.color = getenv("PLAY_COLOR") } };
	struct error err = { 0 };
	setlocale(LC_ALL, "");
	settings.theme = getenv("PLAY_THEME");
	settings.view = getenv("PLAY_VIEW");
	settings.ascii = getenv("PLAY_ASCII") != NULL;
	settings.no_color = getenv("NO_COLOR") && *getenv("NO_COLOR");
	if (argc > 1) {
		asked.fixture = argv[1];
		if (sscanf(argv[1], "%zux%d@%d", &asked.topics, &asked.partitions, &asked.period_ms) >= 2)
			asked.fixture = "large";
	}
	/* The small clusters have one snapshot only, so the clock stands still at its time. */
	if (!asked.topics)
		fixture_freeze(0);
	int status = app_run(&setup, &err);
	if (status != 0 && err.message[0])
		fprintf(stderr, "play: %s\n", err.message);
	return status;
}

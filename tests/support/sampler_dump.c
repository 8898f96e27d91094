/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Prints each snapshot of a cluster, for work on the sampler.
 *     sampler_dump [-1] [-n SECONDS] [-g GROUP]... [-v] BOOTSTRAP [NAME=VALUE]...
 * -1: one complete snapshot, as a command takes it. -v: prints the rows too.
 */
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "kafka/source.h"

static void print_rows(const struct snapshot *s)
{
	for (size_t i = 0; i < s->group_count; i++) {
		const struct group *g = &s->groups[i];

		printf("  group %s %s %s members %d lag %lld unknown %d coordinator %d rebalances %d out %.1f age %lld%s%s\n",
			g->id, group_type_name(g->type), group_state_name(g->state), (int)g->member_count,
			(long long)g->lag, (int)g->lag_unknown, (int)g->coordinator, (int)g->rebalances, g->out_per_s,
			(long long)(s->mono_ms - g->commit_origin.at_ms), g->commit_origin.error ? " ! " : "",
			g->commit_origin.error ? g->commit_origin.error : "");
		if (g->describe_origin.error)
			printf("    describe ! %s\n", g->describe_origin.error);
	}
	for (size_t i = 0; i < s->topic_count && i < 60; i++) {
		const struct topic *t = &s->topics[i];
		char id[23];

		topic_id_text(t, id);
		printf("  topic %s %s partitions %d records %lld in %.1f min.isr %d policy %s%s%s\n", t->name, id,
			(int)t->partition_count, (long long)t->records, t->in_per_s, (int)t->settings.min_isr,
			t->settings.cleanup_policy ? t->settings.cleanup_policy : "-", t->origin.error ? " ! " : "",
			t->origin.error ? t->origin.error : "");
		for (int32_t p = 0; p < t->partition_count; p++) {
			if (t->partitions[p].end_origin.error)
				printf("    %d leader %d ! %s (%lld ms old)\n", (int)p, (int)t->partitions[p].leader,
					t->partitions[p].end_origin.error,
					(long long)(s->mono_ms - t->partitions[p].end_origin.at_ms));
		}
	}
}

static void print(const struct snapshot *s, int64_t start_us, bool rows)
{
	printf("%8.1f ms #%llu %s brokers %d/%d topics %zu partitions %d (ends unknown %d) groups %zu (unknown %d) "
	       "lag %lld in %.1f out %.1f ready %03x cost %.1f/s %.0f B/s arena %zu kB%s%s\n",
		(double)(clock_mono_us() - start_us) / 1000, (unsigned long long)s->seq,
		s->connection.state == CONNECTION_UP           ? "up" :
			s->connection.state == CONNECTION_LOST ? "LOST" :
								 "connecting",
		(int)s->totals.brokers_up, (int)s->totals.brokers_known, s->topic_count, (int)s->totals.partitions,
		(int)s->totals.ends_unknown, s->group_count, (int)s->totals.groups_unknown, (long long)s->totals.lag,
		s->totals.in_per_s, s->totals.out_per_s, s->ready, s->cost.requests_per_s, s->cost.bytes_per_s,
		arena_bytes(s->arena) / 1024, s->connection.error ? " ! " : "",
		s->connection.error ? s->connection.error : "");
	for (size_t i = 0; i < s->broker_count; i++) {
		const struct broker *b = &s->brokers[i];

		if (rows || !b->reachable || b->state != BROKER_UP)
			printf("  broker %d %s:%d %s rack %s rtt %d us%s%s\n", (int)b->id, b->host ? b->host : "-",
				(int)b->port, b->state == BROKER_UP ? (b->reachable ? "up" : "UNREACHABLE") : "missing",
				b->rack ? b->rack : "-", (int)b->rtt_us, b->error ? " ! " : "",
				b->error ? b->error : "");
	}
	if (s->event_count)
		printf("  last event: %s %s\n", s->events[s->event_count - 1].subject,
			s->events[s->event_count - 1].text);
	if (rows)
		print_rows(s);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	struct client_config *config = client_config_new();
	struct demand *demand = demand_new();
	struct error err = { 0 };
	struct wake wake;
	struct sampler *sampler;
	struct rusage usage;
	int64_t start_us = clock_mono_us();
	double seconds = 12;
	bool once = false, rows = false, ended = false;
	int option;

	demand->needs = NEED_LAG | NEED_METADATA;
	while ((option = getopt(argc, argv, "1n:g:v")) != -1) {
		if (option == '1')
			once = true;
		else if (option == 'n')
			seconds = atof(optarg);
		else if (option == 'v')
			rows = true;
		else if (option == 'g')
			demand_add_group(demand, optarg), demand->needs |= NEED_MEMBERS;
		else
			return 2;
	}
	demand->mode = once ? DEMAND_COMMAND : DEMAND_WATCH;
	if (once && demand->group_count > 0)
		demand->other_groups = DEMAND_OTHERS_NEVER;
	if (optind >= argc || !client_config_set(config, "bootstrap.servers", argv[optind], &err))
		return 2;
	for (int i = optind + 1; i < argc; i++) {
		char *value = strchr(argv[i], '=');

		if (!value)
			return 2;
		*value = '\0';
		if (!client_config_set(config, argv[i], value + 1, &err)) {
			fprintf(stderr, "%s\n", err.message);
			return 2;
		}
	}
	if (!wake_init(&wake, &err) || !(sampler = kafka_sampler_start(config, demand, &wake, 1, &err))) {
		fprintf(stderr, "%s\n", err.message);
		return 2;
	}
	while (!ended) {
		struct pollfd fd = { .fd = wake.read_fd, .events = POLLIN };
		double left_ms = seconds * 1000 - (double)(clock_mono_us() - start_us) / 1000;
		const struct snapshot *s;

		if (left_ms <= 0 || poll(&fd, 1, (int)left_ms) <= 0)
			break;
		wake_drain(&wake);
		s = sampler_take(sampler);
		if (!s)
			continue;
		print(s, start_us, rows);
		ended = once && (s->ready & demand->needs) == demand->needs;
		snapshot_unref(s);
	}
	getrusage(RUSAGE_SELF, &usage);
	printf("cpu %.1f ms rss %ld kB\n",
		(double)usage.ru_utime.tv_sec * 1e3 + (double)usage.ru_utime.tv_usec / 1e3 +
			(double)usage.ru_stime.tv_sec * 1e3 + (double)usage.ru_stime.tv_usec / 1e3,
		usage.ru_maxrss);
	start_us = clock_mono_us();
	sampler_stop(sampler, 1000);
	printf("stopped in %.1f ms\n", (double)(clock_mono_us() - start_us) / 1000);
	wake_release(&wake);
	demand_free(demand);
	client_config_free(config);
	return once && !ended;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/topic_place.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct load {
	int32_t replicas, leaders;
	bool taken; /* by the partition being placed */
};

static bool same_rack(const struct topic_broker *a, const struct topic_broker *b)
{
	return a->rack && b->rack && strcmp(a->rack, b->rack) == 0;
}

static bool rack_taken(const struct topic_broker *brokers, const struct load *loads, size_t count, size_t broker)
{
	for (size_t i = 0; i < count; i++)
		if (loads[i].taken && same_rack(&brokers[i], &brokers[broker]))
			return true;
	return false;
}

/* The broker with the fewest replicas, if possible on a new rack; ties are taken in turn from `turn` on. */
static size_t choose_broker(const struct topic_broker *brokers, const struct load *loads, size_t count, size_t turn)
{
	size_t best = count;
	bool best_new = false;

	for (size_t k = 0; k < count; k++) {
		size_t i = (turn + k) % count;
		bool is_new;

		if (loads[i].taken)
			continue;
		is_new = !rack_taken(brokers, loads, count, i);
		if (best == count || (is_new && !best_new) ||
			(is_new == best_new && loads[i].replicas < loads[best].replicas)) {
			best = i;
			best_new = is_new;
		}
	}
	return best;
}

static void lead_with_least(struct load *loads, int32_t *places, int32_t factor)
{
	int32_t best = 0, first;

	for (int32_t r = 1; r < factor; r++)
		if (loads[places[r]].leaders < loads[places[best]].leaders)
			best = r;
	first = places[best];
	memmove(places + 1, places, (size_t)best * sizeof(*places));
	places[0] = first;
	loads[first].leaders++;
}

/* A leader with two partitions more than another replica of one of them gives that one away. */
static void level_leaders(struct load *loads, struct topic_placement *p)
{
	for (bool moved = true; moved;) {
		moved = false;
		for (int32_t i = 0; i < p->partitions; i++) {
			int32_t *places = p->replicas + (size_t)i * (size_t)p->factor;

			for (int32_t r = 1; r < p->factor; r++) {
				int32_t leader = places[0];

				if (loads[places[r]].leaders + 1 >= loads[leader].leaders)
					continue;
				loads[leader].leaders--;
				loads[places[r]].leaders++;
				places[0] = places[r];
				places[r] = leader;
				moved = true;
			}
		}
	}
}

static void count_existing(const struct topic_placement *p, const struct topic_broker *brokers, struct load *loads,
	size_t count)
{
	for (int32_t i = 0; p && i < p->partitions * p->factor; i++)
		for (size_t b = 0; b < count; b++)
			if (brokers[b].id == p->replicas[i]) {
				loads[b].replicas++;
				loads[b].leaders += i % p->factor == 0;
			}
}

bool topic_place(const struct topic_broker *brokers, size_t broker_count, int32_t partitions, int32_t factor,
	const struct topic_placement *existing, struct topic_placement *out, struct error *err)
{
	struct load *loads;

	*out = (struct topic_placement){ .partitions = partitions,
		.factor = factor,
		.first = existing ? existing->partitions : 0 };
	if (factor < 1 || (size_t)factor > broker_count)
		return error_set(err, ERR_USAGE, "replication factor %d: the cluster has %zu %s up", (int)factor,
			broker_count, broker_count == 1 ? "broker" : "brokers");
	loads = mem_alloc(broker_count * sizeof(*loads));
	count_existing(existing, brokers, loads, broker_count);
	out->replicas = mem_alloc((size_t)partitions * (size_t)factor * sizeof(*out->replicas));
	for (int32_t p = 0; p < partitions; p++) {
		int32_t *places = out->replicas + (size_t)p * (size_t)factor;

		for (int32_t r = 0; r < factor; r++) {
			size_t b = choose_broker(brokers, loads, broker_count, (size_t)p);

			loads[b].taken = true;
			loads[b].replicas++;
			places[r] = (int32_t)b;
		}
		lead_with_least(loads, places, factor);
		for (int32_t r = 0; r < factor; r++)
			loads[places[r]].taken = false;
	}
	level_leaders(loads, out);
	for (int32_t i = 0; i < partitions * factor; i++)
		out->replicas[i] = brokers[out->replicas[i]].id;
	free(loads);
	return true;
}

static bool known_broker(const struct topic_broker *brokers, size_t count, int32_t id)
{
	for (size_t i = 0; i < count; i++)
		if (brokers[i].id == id)
			return true;
	return false;
}

struct parsing {
	const char *text;
	struct topic_placement *out;
	size_t *at; /* NULL: not wanted */
	struct error *err;
};

static bool place_fault(const struct parsing *p, const char *at, const char *why)
{
	topic_placement_release(p->out);
	if (p->at)
		*p->at = (size_t)(at - p->text);
	return error_set(p->err, ERR_USAGE, "replica assignment, column %zu: %s", (size_t)(at - p->text) + 1, why);
}

bool topic_place_parse(const char *text, const struct topic_broker *brokers, size_t broker_count,
	struct topic_placement *out, size_t *at, struct error *err)
{
	const struct parsing parsing = { text, out, at, err };
	size_t cap = 0, count = 0, begin = 0;

	*out = (struct topic_placement){ 0 };
	for (const char *p = text;; p++) {
		char *end;
		long id;

		errno = 0;
		id = strtol(p, &end, 10);
		if (*p < '0' || *p > '9' || errno || id > INT32_MAX)
			return place_fault(&parsing, p, "give broker ids, as in 1:2,2:3,3:1");
		if (!known_broker(brokers, broker_count, (int32_t)id))
			return place_fault(&parsing, p, "no such broker is up");
		for (size_t i = begin; i < count; i++)
			if (out->replicas[i] == id)
				return place_fault(&parsing, p, "a broker holds one replica of a partition");
		out->replicas = mem_grow(out->replicas, &cap, count + 1, sizeof(*out->replicas));
		out->replicas[count++] = (int32_t)id;
		if (*end == ':') {
			p = end;
			continue;
		}
		if (*end && *end != ',')
			return place_fault(&parsing, end, "give broker ids, as in 1:2,2:3,3:1");
		if (out->factor && count - begin != (size_t)out->factor)
			return place_fault(&parsing, p, "each partition has as many replicas as the first");
		out->factor = (int32_t)(count - begin);
		out->partitions++;
		begin = count;
		if (!*end)
			return true;
		p = end;
	}
}

void topic_placement_release(struct topic_placement *p)
{
	free(p->replicas);
	p->replicas = NULL;
}

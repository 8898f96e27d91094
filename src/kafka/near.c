/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pthread.h>

#include <librdkafka/rdkafka.h>

#include "base/mem.h"
#include "kafka/client.h"

enum { NAME_MOST = 64 };   /* no known name is that long */

/* librdkafka's own table, one name a line; read once, kept for the life of the program. */
struct known {
	char **names;
	size_t count, cap;
};

static struct known known;
static pthread_once_t known_once = PTHREAD_ONCE_INIT;

static void read_known(void)
{
	char *text = NULL, *save = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return;
	rd_kafka_conf_properties_show(out);
	fclose(out);
	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		size_t len = strcspn(line, " |");

		/* Headings have capitals, rules and comments other signs. */
		if (len == 0 || len >= NAME_MOST || !strchr(line, '|') ||
			strspn(line, "abcdefghijklmnopqrstuvwxyz0123456789._") < len)
			continue;
		known.names = mem_grow(known.names, &known.cap, known.count + 1, sizeof(char *));
		known.names[known.count++] = mem_strndup(line, len);
	}
	free(text);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Insertions, deletions, replacements and swaps of neighbours between two names. */
static size_t distance(const char *a, const char *b)
{
	size_t rows[3][NAME_MOST + 1];
	size_t *before = rows[0], *above = rows[1], *row = rows[2];
	size_t a_len = strlen(a), b_len = strlen(b);

	for (size_t j = 0; j <= b_len; j++)
		above[j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		size_t *oldest = before;

		row[0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			size_t cost = a[i - 1] != b[j - 1];

			row[j] = least(least(above[j] + 1, row[j - 1] + 1), above[j - 1] + cost);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		before = above;
		above = row;
		row = oldest;
	}
	return above[b_len];
}

void near_init(struct near *n, const char *name)
{
	size_t len = strlen(name);

	*n = (struct near){ .name = name, .least = len && len < NAME_MOST ? len / 4 + 2 : 0 };
}

void near_try(struct near *n, const char *candidate)
{
	size_t changes;

	if (n->least == 0 || strlen(candidate) >= NAME_MOST)
		return;
	changes = distance(n->name, candidate);
	if (changes < n->least) {
		n->best = candidate;
		n->least = changes;
	}
}

const char *client_property_near(const char *name)
{
	struct near n;

	near_init(&n, name);
	pthread_once(&known_once, read_known);
	for (size_t i = 0; i < known.count; i++)
		near_try(&n, known.names[i]);
	return n.best;
}

/* Asked of a configuration: nearly all names are right, and the table takes a fifth of a start to print. */
bool client_property_known(const char *name)
{
	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	char why[256];
	rd_kafka_conf_res_t answer = rd_kafka_conf_set(conf, name, NULL, why, sizeof(why));

	rd_kafka_conf_destroy(conf);
	return answer != RD_KAFKA_CONF_UNKNOWN;
}

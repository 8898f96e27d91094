/* SPDX-License-Identifier: BSD-2-Clause */
/* The names of librdkafka's properties, as librdkafka itself lists them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pthread.h>

#include <librdkafka/rdkafka.h>

#include "base/mem.h"
#include "base/near.h"
#include "kafka/client.h"

enum { NAME_MOST = 64 }; /* no known name is that long */

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
	/* Where memory is out, fclose() leaves no text. */
	if (fclose(out) != 0 || !text)
		return;
	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		size_t len = strcspn(line, " |");

		/* Headings have capitals; rules and comments have other characters. */
		if (len == 0 || len >= NAME_MOST || !strchr(line, '|') ||
			strspn(line, "abcdefghijklmnopqrstuvwxyz0123456789._") < len)
			continue;
		known.names = mem_grow(known.names, &known.cap, known.count + 1, sizeof(char *));
		known.names[known.count++] = mem_strndup(line, len);
	}
	free(text);
}

const char *client_property_near(const char *name)
{
	struct near near = { .word = name };

	pthread_once(&known_once, read_known);
	for (size_t i = 0; i < known.count; i++)
		near_offer(&near, known.names[i]);
	return near.best;
}

/*
 * Asks a configuration object first: nearly all names are right, and printing the table takes a fifth of the
 * start time.
 */
bool client_property_known(const char *name)
{
	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	char why[256];
	rd_kafka_conf_res_t answer = rd_kafka_conf_set(conf, name, NULL, why, sizeof(why));

	rd_kafka_conf_destroy(conf);
	return answer != RD_KAFKA_CONF_UNKNOWN;
}

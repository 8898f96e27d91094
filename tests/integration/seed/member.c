/* SPDX-License-Identifier: BSD-2-Clause */
/* A group member that commits nothing unless it is told to; or a consumer of the group that assigns partitions itself. */
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "seed.h"

static void on_rebalance(rd_kafka_t *rk, rd_kafka_resp_err_t err, rd_kafka_topic_partition_list_t *list, void *opaque)
{
	const char *protocol = rd_kafka_rebalance_protocol(rk);
	bool assign = err == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS;
	rd_kafka_error_t *error = NULL;

	(void)opaque;
	if (!strcmp(protocol, "COOPERATIVE"))
		error = assign ? rd_kafka_incremental_assign(rk, list) : rd_kafka_incremental_unassign(rk, list);
	else
		rd_kafka_assign(rk, assign ? list : NULL);
	if (error)
		rd_kafka_error_destroy(error);
	if (assign) {
		printf("assigned %d\n", list->cnt);
		fflush(stdout);
	}
}

static bool commits(int argc, char **argv)
{
	for (int i = 5; i < argc; i++) {
		if (!strcmp(argv[i], "enable.auto.commit=true"))
			return true;
	}
	return false;
}

int run_member(int argc, char **argv)
{
	rd_kafka_conf_t *conf = conf_new(argc - 5, argv + 5, argv[1]);
	rd_kafka_topic_partition_list_t *topics = rd_kafka_topic_partition_list_new(4);
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };
	rd_kafka_t *rk;
	bool assigns = false;
	char *save, *colon;

	set(conf, "group.id", argv[3]);
	if (!commits(argc, argv))
		set(conf, "enable.auto.commit", "false");
	rd_kafka_conf_set_rebalance_cb(conf, on_rebalance);
	rk = client_new(RD_KAFKA_CONSUMER, conf);
	rd_kafka_poll_set_consumer(rk);
	for (char *name = strtok_r(argv[4], ",", &save); name; name = strtok_r(NULL, ",", &save)) {
		colon = strchr(name, ':');
		if (colon)
			*colon = '\0';
		assigns |= colon != NULL;
		rd_kafka_topic_partition_list_add(topics, name, colon ? atoi(colon + 1) : RD_KAFKA_PARTITION_UA)
			->offset = RD_KAFKA_OFFSET_STORED;
	}
	if (assigns ? rd_kafka_assign(rk, topics) : rd_kafka_subscribe(rk, topics))
		die("cannot subscribe");
	if (assigns) {
		printf("assigned %d\n", topics->cnt);
		fflush(stdout);
	}
	rd_kafka_topic_partition_list_destroy(topics);
	while (poll(&in, 1, 0) == 0) {
		rd_kafka_message_t *message = rd_kafka_consumer_poll(rk, 100);

		if (message)
			rd_kafka_message_destroy(message);
	}
	rd_kafka_consumer_close(rk);
	rd_kafka_destroy(rk);
	return 0;
}

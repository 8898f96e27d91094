/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fills a cluster for the tests: commands from standard input, one a line,
 * words split at blanks, \xNN for any byte. Stops at the first that fails.
 *
 *   seed BOOTSTRAP [-X KEY=VALUE]...
 *     topic NAME PARTITIONS REPLICATION [KEY=VALUE]...   create, wait for leaders
 *     many PREFIX COUNT PARTITIONS REPLICATION           create PREFIX-0000 and so on, at once
 *     place NAME ID[,ID]... [ID[,ID]...]...              create, replicas of each partition given
 *     grow NAME PARTITIONS                               add partitions
 *     leaders NAME COUNT                                 wait until COUNT partitions have a leader
 *     delete NAME                                        delete, wait until it is gone
 *     produce NAME PARTITION COUNT                       append COUNT small records
 *     record NAME PARTITION MS KEY VALUE [NAME=VALUE]... append one record: Unix ms (0: now), headers;
 *                                                        ~ is null, partition -1 lets the key decide
 *     fill NAME PARTITION BYTES                          append one record of so many bytes
 *     commits|aborts NAME PARTITION COUNT                append COUNT records in a transaction that ends so
 *     open NAME PARTITION COUNT                          the same in a transaction that stays open
 *                                                        until this program's input ends
 *     trim NAME PARTITION OFFSET                         move the log start
 *     commit GROUP NAME PARTITION OFFSET                 of a group without members
 *     drop GROUP                                         delete the group
 *     allow|deny PRINCIPAL topic|group|cluster NAME OPERATION   an ACL: describe, read, all, ...
 *
 *   seed BOOTSTRAP --member GROUP TOPIC[,TOPIC]... [-X KEY=VALUE]...
 *     a group member that commits nothing; prints "assigned N", ends when its input ends
 */
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <librdkafka/rdkafka.h>

enum { WAIT_MS = 70000, WORDS_MAX = 64 };

static void __attribute__((noreturn, format(printf, 1, 2))) die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputs("seed: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(1);
}

static void set(rd_kafka_conf_t *conf, const char *name, const char *value)
{
	char why[512];

	if (rd_kafka_conf_set(conf, name, value, why, sizeof(why)) != RD_KAFKA_CONF_OK)
		die("%s", why);
}

static void quiet(const rd_kafka_t *rk, int level, const char *facility, const char *line)
{
	(void)rk;
	if (getenv("SEED_VERBOSE"))
		fprintf(stderr, "seed: %d %s %s\n", level, facility, line);
}

/* Applies -X KEY=VALUE from the arguments. */
static rd_kafka_conf_t *conf_new(int argc, char **argv, const char *bootstrap)
{
	rd_kafka_conf_t *conf = rd_kafka_conf_new();

	set(conf, "bootstrap.servers", bootstrap);
	set(conf, "client.id", "seed");
	rd_kafka_conf_set_log_cb(conf, quiet);
	for (int i = 0; i + 1 < argc; i++) {
		char *eq;

		if (strcmp(argv[i], "-X") || !(eq = strchr(argv[i + 1], '=')))
			continue;
		*eq = '\0';
		set(conf, argv[i + 1], eq + 1);
		*eq = '=';
	}
	return conf;
}

static rd_kafka_t *client_new(rd_kafka_type_t type, rd_kafka_conf_t *conf)
{
	char why[512];
	rd_kafka_t *rk = rd_kafka_new(type, conf, why, sizeof(why));

	if (!rk)
		die("%s", why);
	return rk;
}

/* ---- admin calls, one at a time --------------------------------------- */

struct seed {
	rd_kafka_t *rk;              /* producer, also the admin client */
	rd_kafka_queue_t *queue;
	rd_kafka_t *transactional;   /* holds an open transaction, or NULL */
	bool unflushed;              /* records are on their way */
	int argc;
	char **argv;
};

/* The answer to the call just made; dies when the call as a whole failed. */
static rd_kafka_event_t *answer(struct seed *s, const char *what)
{
	rd_kafka_event_t *event = rd_kafka_queue_poll(s->queue, WAIT_MS);

	if (!event)
		die("%s: no answer", what);
	if (rd_kafka_event_error(event))
		die("%s: %s", what, rd_kafka_event_error_string(event));
	return event;
}

static void check_topics(const char *what, const rd_kafka_topic_result_t **results, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (rd_kafka_topic_result_error(results[i]))
			die("%s: %s", what, rd_kafka_topic_result_error_string(results[i]));
}

/* Partitions that have a leader, or -1 while the topic is unknown. */
static int leaders(struct seed *s, const char *name)
{
	const struct rd_kafka_metadata *md;
	int count = -1;

	if (rd_kafka_metadata(s->rk, 1, NULL, &md, WAIT_MS))
		return -1;
	for (int i = 0; i < md->topic_cnt; i++) {
		if (strcmp(md->topics[i].topic, name))
			continue;
		count = 0;
		for (int p = 0; p < md->topics[i].partition_cnt; p++)
			count += md->topics[i].partitions[p].leader >= 0;
	}
	rd_kafka_metadata_destroy(md);
	return count;
}

static void wait_leaders(struct seed *s, const char *name, int wanted)
{
	for (int tries = 0; leaders(s, name) != wanted; tries++) {
		if (tries == 600)
			die("topic %s: not %d leaders", name, wanted);
		usleep(50000);
	}
}

static void create(struct seed *s, rd_kafka_NewTopic_t *topic, const char *name, int partitions)
{
	rd_kafka_event_t *event;
	const rd_kafka_topic_result_t **results;
	size_t count;

	rd_kafka_CreateTopics(s->rk, &topic, 1, NULL, s->queue);
	event = answer(s, name);
	results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count);
	check_topics(name, results, count);
	rd_kafka_event_destroy(event);
	rd_kafka_NewTopic_destroy(topic);
	wait_leaders(s, name, partitions);
}

static void do_leaders(struct seed *s, char **w, int n)
{
	(void)n;
	wait_leaders(s, w[0], atoi(w[1]));
}

static void do_topic(struct seed *s, char **w, int n)
{
	char why[256];
	rd_kafka_NewTopic_t *topic = rd_kafka_NewTopic_new(w[0], atoi(w[1]), atoi(w[2]), why, sizeof(why));

	if (!topic)
		die("topic %s: %s", w[0], why);
	for (int i = 3; i < n; i++) {
		char *eq = strchr(w[i], '=');

		if (!eq)
			die("topic %s: %s is no KEY=VALUE", w[0], w[i]);
		*eq = '\0';
		rd_kafka_NewTopic_set_config(topic, w[i], eq + 1);
	}
	create(s, topic, w[0], atoi(w[1]));
}

static void do_many(struct seed *s, char **w, int n)
{
	size_t total = (size_t)atoi(w[1]), count;
	rd_kafka_NewTopic_t **list = calloc(total, sizeof(*list));
	const rd_kafka_topic_result_t **results;
	rd_kafka_AdminOptions_t *options = rd_kafka_AdminOptions_new(s->rk, RD_KAFKA_ADMIN_OP_CREATETOPICS);
	rd_kafka_event_t *event;
	char name[256], why[256];

	(void)n;
	for (size_t i = 0; i < total; i++) {
		snprintf(name, sizeof(name), "%s-%04zu", w[0], i);
		list[i] = rd_kafka_NewTopic_new(name, atoi(w[2]), atoi(w[3]), why, sizeof(why));
	}
	rd_kafka_AdminOptions_set_request_timeout(options, WAIT_MS, why, sizeof(why));
	rd_kafka_AdminOptions_set_operation_timeout(options, WAIT_MS, why, sizeof(why));
	rd_kafka_CreateTopics(s->rk, list, total, options, s->queue);
	event = answer(s, "many");
	results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count);
	check_topics("many", results, count);
	wait_leaders(s, name, atoi(w[2]));
	rd_kafka_event_destroy(event);
	rd_kafka_NewTopic_destroy_array(list, total);
	rd_kafka_AdminOptions_destroy(options);
	free(list);
}

static void do_place(struct seed *s, char **w, int n)
{
	char why[256];
	rd_kafka_NewTopic_t *topic = rd_kafka_NewTopic_new(w[0], n - 1, -1, why, sizeof(why));

	if (!topic)
		die("place %s: %s", w[0], why);
	for (int i = 1; i < n; i++) {
		int32_t ids[16];
		size_t count = 0;
		char *save;

		for (char *id = strtok_r(w[i], ",", &save); id && count < 16; id = strtok_r(NULL, ",", &save))
			ids[count++] = atoi(id);
		if (rd_kafka_NewTopic_set_replica_assignment(topic, i - 1, ids, count, why, sizeof(why)))
			die("place %s: %s", w[0], why);
	}
	create(s, topic, w[0], n - 1);
}

static void do_grow(struct seed *s, char **w, int n)
{
	char why[256];
	rd_kafka_NewPartitions_t *more = rd_kafka_NewPartitions_new(w[0], (size_t)atoi(w[1]), why, sizeof(why));
	rd_kafka_event_t *event;
	const rd_kafka_topic_result_t **results;
	size_t count;

	(void)n;
	if (!more)
		die("grow %s: %s", w[0], why);
	rd_kafka_CreatePartitions(s->rk, &more, 1, NULL, s->queue);
	event = answer(s, "grow");
	results = rd_kafka_CreatePartitions_result_topics(
		rd_kafka_event_CreatePartitions_result(event), &count);
	check_topics("grow", results, count);
	rd_kafka_event_destroy(event);
	rd_kafka_NewPartitions_destroy(more);
	wait_leaders(s, w[0], atoi(w[1]));
}

static void do_delete(struct seed *s, char **w, int n)
{
	rd_kafka_DeleteTopic_t *topic = rd_kafka_DeleteTopic_new(w[0]);
	rd_kafka_event_t *event;
	const rd_kafka_topic_result_t **results;
	size_t count;

	(void)n;
	rd_kafka_DeleteTopics(s->rk, &topic, 1, NULL, s->queue);
	event = answer(s, "delete");
	results = rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event), &count);
	check_topics("delete", results, count);
	rd_kafka_event_destroy(event);
	rd_kafka_DeleteTopic_destroy(topic);
	wait_leaders(s, w[0], -1);
}

static void do_trim(struct seed *s, char **w, int n)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
	rd_kafka_DeleteRecords_t *call;
	const rd_kafka_topic_partition_list_t *done;
	rd_kafka_event_t *event;

	(void)n;
	rd_kafka_topic_partition_list_add(list, w[0], atoi(w[1]))->offset = atoll(w[2]);
	call = rd_kafka_DeleteRecords_new(list);
	rd_kafka_DeleteRecords(s->rk, &call, 1, NULL, s->queue);
	event = answer(s, "trim");
	done = rd_kafka_DeleteRecords_result_offsets(rd_kafka_event_DeleteRecords_result(event));
	if (done->elems[0].err)
		die("trim %s %s: %s", w[0], w[1], rd_kafka_err2str(done->elems[0].err));
	rd_kafka_event_destroy(event);
	rd_kafka_DeleteRecords_destroy(call);
	rd_kafka_topic_partition_list_destroy(list);
}

/* The error of the first group, or of its first partition that has one; NULL when all went well. */
static const char *group_error(const rd_kafka_group_result_t **results, size_t count, rd_kafka_resp_err_t *code)
{
	*code = RD_KAFKA_RESP_ERR_NO_ERROR;
	for (size_t i = 0; i < count && !*code; i++) {
		const rd_kafka_topic_partition_list_t *list = rd_kafka_group_result_partitions(results[i]);

		if (rd_kafka_group_result_error(results[i]))
			*code = rd_kafka_error_code(rd_kafka_group_result_error(results[i]));
		for (int p = 0; list && p < list->cnt && !*code; p++)
			*code = list->elems[p].err;
	}
	return *code ? rd_kafka_err2str(*code) : NULL;
}

/* True while a group's coordinator is only just being found or loaded, or has not heard of a new topic yet. */
static bool passes(rd_kafka_resp_err_t code)
{
	return code == RD_KAFKA_RESP_ERR_NOT_COORDINATOR || code == RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE ||
		code == RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS || code == RD_KAFKA_RESP_ERR__TIMED_OUT ||
		code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
}

static void do_commit(struct seed *s, char **w, int n)
{
	const char *why;
	rd_kafka_resp_err_t code;

	(void)n;
	for (int tries = 0;; tries++) {
		rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
		rd_kafka_AlterConsumerGroupOffsets_t *call;
		const rd_kafka_group_result_t **results;
		rd_kafka_event_t *event;
		size_t count;

		rd_kafka_topic_partition_list_add(list, w[1], atoi(w[2]))->offset = atoll(w[3]);
		call = rd_kafka_AlterConsumerGroupOffsets_new(w[0], list);
		rd_kafka_AlterConsumerGroupOffsets(s->rk, &call, 1, NULL, s->queue);
		event = rd_kafka_queue_poll(s->queue, WAIT_MS);
		if (!event)
			die("commit: no answer");
		code = rd_kafka_event_error(event);
		why = code ? rd_kafka_err2str(code) : NULL;
		if (!code) {
			results = rd_kafka_AlterConsumerGroupOffsets_result_groups(
				rd_kafka_event_AlterConsumerGroupOffsets_result(event), &count);
			why = group_error(results, count, &code);
		}
		rd_kafka_event_destroy(event);
		rd_kafka_AlterConsumerGroupOffsets_destroy(call);
		rd_kafka_topic_partition_list_destroy(list);
		if (!why)
			return;
		if (!passes(code) || tries == 300)
			die("commit %s %s %s: %s", w[0], w[1], w[2], why);
		usleep(100000);
	}
}

static void do_drop(struct seed *s, char **w, int n)
{
	rd_kafka_DeleteGroup_t *group = rd_kafka_DeleteGroup_new(w[0]);
	rd_kafka_event_t *event;
	const rd_kafka_group_result_t **results;
	rd_kafka_resp_err_t code;
	size_t count;

	(void)n;
	rd_kafka_DeleteGroups(s->rk, &group, 1, NULL, s->queue);
	event = answer(s, "drop");
	results = rd_kafka_DeleteGroups_result_groups(rd_kafka_event_DeleteGroups_result(event), &count);
	if (group_error(results, count, &code))
		die("drop %s: %s", w[0], rd_kafka_err2str(code));
	rd_kafka_event_destroy(event);
	rd_kafka_DeleteGroup_destroy(group);
}

static rd_kafka_ResourceType_t resource_type(const char *name)
{
	return !strcmp(name, "topic") ? RD_KAFKA_RESOURCE_TOPIC
		: !strcmp(name, "group") ? RD_KAFKA_RESOURCE_GROUP : RD_KAFKA_RESOURCE_BROKER;
}

static rd_kafka_AclOperation_t operation(const char *name)
{
	for (int op = 0; op < RD_KAFKA_ACL_OPERATION__CNT; op++)
		if (!strcasecmp(name, rd_kafka_AclOperation_name((rd_kafka_AclOperation_t)op)))
			return (rd_kafka_AclOperation_t)op;
	die("unknown operation %s", name);
}

static void add_acl(struct seed *s, char **w, rd_kafka_AclPermissionType_t permission)
{
	char why[256];
	rd_kafka_AclBinding_t *acl = rd_kafka_AclBinding_new(resource_type(w[1]), w[2],
		RD_KAFKA_RESOURCE_PATTERN_LITERAL, w[0], "*", operation(w[3]), permission, why, sizeof(why));
	const rd_kafka_acl_result_t **results;
	rd_kafka_event_t *event;
	size_t count;

	if (!acl)
		die("acl: %s", why);
	rd_kafka_CreateAcls(s->rk, &acl, 1, NULL, s->queue);
	event = answer(s, "acl");
	results = rd_kafka_CreateAcls_result_acls(rd_kafka_event_CreateAcls_result(event), &count);
	for (size_t i = 0; i < count; i++)
		if (rd_kafka_acl_result_error(results[i]))
			die("acl: %s", rd_kafka_error_string(rd_kafka_acl_result_error(results[i])));
	rd_kafka_event_destroy(event);
	rd_kafka_AclBinding_destroy(acl);
}

static void do_allow(struct seed *s, char **w, int n)
{
	(void)n;
	add_acl(s, w, RD_KAFKA_ACL_PERMISSION_TYPE_ALLOW);
}

static void do_deny(struct seed *s, char **w, int n)
{
	(void)n;
	add_acl(s, w, RD_KAFKA_ACL_PERMISSION_TYPE_DENY);
}

/* ---- records ----------------------------------------------------------- */

static void append(rd_kafka_t *rk, const char *topic, int partition, long count)
{
	rd_kafka_topic_t *handle = rd_kafka_topic_new(rk, topic, NULL);

	for (long i = 0; i < count; i++) {
		char value[64];
		int len = snprintf(value, sizeof(value), "record %ld", i);

		while (rd_kafka_produce(handle, partition, RD_KAFKA_MSG_F_COPY, value, (size_t)len, NULL, 0, NULL)) {
			if (rd_kafka_last_error() != RD_KAFKA_RESP_ERR__QUEUE_FULL)
				die("produce %s: %s", topic, rd_kafka_err2str(rd_kafka_last_error()));
			rd_kafka_poll(rk, 10);
		}
	}
	if (rd_kafka_flush(rk, WAIT_MS))
		die("produce %s: not delivered", topic);
	rd_kafka_topic_destroy(handle);
}

static void on_delivery(rd_kafka_t *rk, const rd_kafka_message_t *message, void *opaque)
{
	(void)rk;
	(void)opaque;
	if (message->err)
		die("produce: %s", rd_kafka_err2str(message->err));
}

static void do_produce(struct seed *s, char **w, int n)
{
	(void)n;
	append(s->rk, w[0], atoi(w[1]), atol(w[2]));
}

static void check_step(const char *what, rd_kafka_error_t *error)
{
	if (error)
		die("%s: %s", what, rd_kafka_error_string(error));
}

static void do_open(struct seed *s, char **w, int n)
{
	(void)n;
	if (!s->transactional) {
		rd_kafka_conf_t *conf = conf_new(s->argc, s->argv, s->argv[1]);

		set(conf, "transactional.id", "seed");
		set(conf, "transaction.timeout.ms", "600000");
		rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
		s->transactional = client_new(RD_KAFKA_PRODUCER, conf);
		check_step("open", rd_kafka_init_transactions(s->transactional, WAIT_MS));
		check_step("open", rd_kafka_begin_transaction(s->transactional));
	}
	append(s->transactional, w[0], atoi(w[1]), atol(w[2]));
	puts("open");
	fflush(stdout);
}

static void do_record(struct seed *s, char **w, int n)
{
	rd_kafka_headers_t *headers = rd_kafka_headers_new(4);
	char *key = strcmp(w[3], "~") ? w[3] : NULL, *value = strcmp(w[4], "~") ? w[4] : NULL;
	rd_kafka_resp_err_t err;

	for (int i = 5; i < n; i++) {
		char *eq = strchr(w[i], '=');

		if (!eq)
			die("record %s: %s is no NAME=VALUE", w[0], w[i]);
		*eq = '\0';
		rd_kafka_header_add(headers, w[i], -1, strcmp(eq + 1, "~") ? eq + 1 : NULL, -1);
	}
	err = rd_kafka_producev(s->rk, RD_KAFKA_V_TOPIC(w[0]), RD_KAFKA_V_PARTITION(atoi(w[1])),
		RD_KAFKA_V_TIMESTAMP(atoll(w[2])), RD_KAFKA_V_KEY(key, key ? strlen(key) : 0),
		RD_KAFKA_V_VALUE(value, value ? strlen(value) : 0), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
		RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_END);
	if (err)
		die("record %s: %s", w[0], rd_kafka_err2str(err));
	s->unflushed = true;
}

static void do_fill(struct seed *s, char **w, int n)
{
	size_t len = (size_t)atol(w[2]);
	char *value = malloc(len);
	rd_kafka_resp_err_t err;

	(void)n;
	memset(value, 'x', len);
	err = rd_kafka_producev(s->rk, RD_KAFKA_V_TOPIC(w[0]), RD_KAFKA_V_PARTITION(atoi(w[1])),
		RD_KAFKA_V_VALUE(value, len), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
	if (err)
		die("fill %s: %s", w[0], rd_kafka_err2str(err));
	free(value);
	s->unflushed = true;
}

static void transaction(struct seed *s, char **w, bool commit)
{
	rd_kafka_conf_t *conf = conf_new(s->argc, s->argv, s->argv[1]);
	rd_kafka_t *rk;

	set(conf, "transactional.id", commit ? "seed-commits" : "seed-aborts");
	rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
	rk = client_new(RD_KAFKA_PRODUCER, conf);
	check_step("init", rd_kafka_init_transactions(rk, WAIT_MS));
	check_step("begin", rd_kafka_begin_transaction(rk));
	append(rk, w[0], atoi(w[1]), atol(w[2]));
	check_step("end", commit ? rd_kafka_commit_transaction(rk, WAIT_MS) : rd_kafka_abort_transaction(rk, WAIT_MS));
	rd_kafka_destroy(rk);
}

static void do_commits(struct seed *s, char **w, int n)
{
	(void)n;
	transaction(s, w, true);
}

static void do_aborts(struct seed *s, char **w, int n)
{
	(void)n;
	transaction(s, w, false);
}

/* ---- commands ---------------------------------------------------------- */

static const struct command {
	const char *name;
	int words;               /* that it needs after its name */
	void (*run)(struct seed *s, char **words, int count);
} commands[] = {
	{ "topic", 3, do_topic }, { "many", 4, do_many }, { "place", 2, do_place }, { "leaders", 2, do_leaders },
	{ "grow", 2, do_grow }, { "delete", 1, do_delete },
	{ "produce", 3, do_produce }, { "record", 5, do_record }, { "fill", 3, do_fill },
	{ "commits", 3, do_commits }, { "aborts", 3, do_aborts }, { "open", 3, do_open }, { "trim", 3, do_trim },
	{ "commit", 4, do_commit }, { "drop", 1, do_drop }, { "allow", 4, do_allow }, { "deny", 4, do_deny },
};

/* \xNN in place. */
static void unescape(char *word)
{
	char *to = word;

	for (const char *from = word; *from; to++) {
		unsigned byte;

		if (from[0] == '\\' && from[1] == 'x' && sscanf(from + 2, "%2x", &byte) == 1) {
			*to = (char)byte;
			from += 4;
		} else {
			*to = *from++;
		}
	}
	*to = '\0';
}

static void run_line(struct seed *s, char *line)
{
	char *words[WORDS_MAX], *save;
	int count = 0;

	for (char *w = strtok_r(line, " \t\n", &save); w && count < WORDS_MAX; w = strtok_r(NULL, " \t\n", &save)) {
		unescape(w);
		words[count++] = w;
	}
	if (count == 0 || words[0][0] == '#')
		return;
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		if (strcmp(commands[i].name, words[0]))
			continue;
		if (count - 1 < commands[i].words)
			die("%s: too few words", words[0]);
		if (s->unflushed && strcmp(words[0], "record") && rd_kafka_flush(s->rk, WAIT_MS))
			die("%s: earlier records not delivered", words[0]);
		commands[i].run(s, words + 1, count - 1);
		return;
	}
	die("unknown command %s", words[0]);
}

static int run_commands(int argc, char **argv)
{
	rd_kafka_conf_t *conf = conf_new(argc, argv, argv[1]);
	struct seed s = { .argc = argc, .argv = argv };
	char *line = NULL;
	size_t room = 0;

	set(conf, "linger.ms", "1");
	set(conf, "message.max.bytes", "20000000");
	set(conf, "partitioner", "murmur2_random");
	rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
	s.rk = client_new(RD_KAFKA_PRODUCER, conf);
	s.queue = rd_kafka_queue_new(s.rk);
	while (getline(&line, &room, stdin) > 0)
		run_line(&s, line);
	free(line);
	if (rd_kafka_flush(s.rk, WAIT_MS))
		die("records not delivered");
	if (s.transactional) {
		rd_kafka_abort_transaction(s.transactional, WAIT_MS);
		rd_kafka_destroy(s.transactional);
	}
	rd_kafka_queue_destroy(s.queue);
	rd_kafka_destroy(s.rk);
	return 0;
}

/* ---- a member ---------------------------------------------------------- */

static void on_rebalance(rd_kafka_t *rk, rd_kafka_resp_err_t err, rd_kafka_topic_partition_list_t *list,
	void *opaque)
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

static int run_member(int argc, char **argv)
{
	rd_kafka_conf_t *conf = conf_new(argc - 5, argv + 5, argv[1]);
	rd_kafka_topic_partition_list_t *topics = rd_kafka_topic_partition_list_new(4);
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };
	rd_kafka_t *rk;
	char *save;

	set(conf, "group.id", argv[3]);
	set(conf, "enable.auto.commit", "false");
	rd_kafka_conf_set_rebalance_cb(conf, on_rebalance);
	rk = client_new(RD_KAFKA_CONSUMER, conf);
	rd_kafka_poll_set_consumer(rk);
	for (char *name = strtok_r(argv[4], ",", &save); name; name = strtok_r(NULL, ",", &save))
		rd_kafka_topic_partition_list_add(topics, name, RD_KAFKA_PARTITION_UA);
	if (rd_kafka_subscribe(rk, topics))
		die("cannot subscribe");
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

int main(int argc, char **argv)
{
	if (argc >= 5 && !strcmp(argv[2], "--member"))
		return run_member(argc, argv);
	if (argc < 2)
		die("usage: seed BOOTSTRAP [--member GROUP TOPICS] [-X KEY=VALUE]...");
	return run_commands(argc, argv);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* `weir topic create`, `alter`, `delete`, `partitions`, `truncate`, `elect` and `weir broker alter`. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "cli/topic.h"
#include "model/when.h"

static bool parse_number(const char *text, int32_t *value, struct error *err)
{
	char *end;
	long number;

	errno = 0;
	number = strtol(text, &end, 10);
	if (*text < '1' || *text > '9' || *end || errno || number > 1000000)
		return error_set(err, ERR_USAGE, "--partitions %s: give a number from 1 on", text);
	*value = (int32_t)number;
	return true;
}

static bool check_words(const struct command_input *in, struct error *err)
{
	for (size_t i = 0; i < in->topic_count; i++)
		for (size_t k = 0; k < i; k++)
			if (strcmp(in->topics[i], in->topics[k]) == 0)
				return error_set(err, ERR_USAGE, "%s: given twice", in->topics[i]);
	return true;
}

static bool check_one(const struct command_input *in, const char *command, struct error *err)
{
	return in->topic_count == 1 || error_set(err, ERR_USAGE, "weir topic %s takes one TOPIC", command);
}

int topic_create_run(const struct command_input *in, struct error *err)
{
	struct topic_create ask = {.partitions = -1, .factor = (int32_t)in->topic->replication,
		.assignment = in->topic->assignment, .broker_places = in->topic->broker_places,
		.settings = in->topic->settings, .setting_count = in->topic->setting_count};
	struct topic_change r;
	int status;

	error_clear(err);
	if (!check_words(in, err) || (in->tail->partitions && !parse_number(in->tail->partitions, &ask.partitions, err)) ||
		!topic_change_open(&r, in, err))
		return error_exit_status(err);
	if (!topic_read_cluster(r.admin, r.plan->arena, true, &r.facts, err))
		return topic_change_fail(&r, err);
	for (size_t i = 0; i < in->topic_count; i++) {
		ask.name = in->topics[i];
		if (!topic_plan_create(r.plan, &ask, &r.facts, err))
			return topic_change_fail(&r, err);
	}
	status = topic_change_plan(&r, NULL, err);
	topic_change_close(&r);
	return status;
}

struct texts {
	char **items;
	size_t count, cap;
};

static void texts_release(struct texts *t)
{
	for (size_t i = 0; i < t->count; i++)
		free(t->items[i]);
	free(t->items);
}

/* "a,b" of each option into single names. */
static void split_names(const char *const *options, size_t count, struct texts *out)
{
	for (size_t i = 0; i < count; i++) {
		for (const char *p = options[i]; *p; p += *p == ',') {
			size_t len = strcspn(p, ",");

			if (len) {
				out->items = mem_grow(out->items, &out->cap, out->count + 1, sizeof(*out->items));
				out->items[out->count++] = mem_strndup(p, len);
			}
			p += len;
		}
	}
}

static bool plan_alter(struct topic_change *r, bool of_broker, const struct texts *add, const struct texts *remove,
	struct error *err)
{
	const struct command_input *in = r->in;

	for (size_t i = 0; i < in->topic_count; i++) {
		const struct topic_alter ask = {.name = in->topics[i], .of_broker = of_broker,
			.add = (const char *const *)add->items, .add_count = add->count,
			.remove = (const char *const *)remove->items, .remove_count = remove->count};
		struct topic_fact fact;
		bool ok = of_broker ? topic_read_broker(r->admin, r->plan->arena, ask.name, &fact, err) :
			topic_change_read(r, ask.name, TOPIC_READ_CONFIG, &fact, err);

		if (!ok || !topic_plan_alter(r->plan, &ask, &fact, err))
			return false;
	}
	return true;
}

static int alter(const struct command_input *in, bool of_broker, struct error *err)
{
	struct texts add = {0}, remove = {0};
	struct topic_change r;
	bool ok = check_words(in, err);
	int status;

	for (size_t i = 0; ok && i < in->topic->add_count; i++)
		ok = topic_settings_split(in->topic->add[i], &add.items, &add.count, &add.cap, err);
	split_names(in->topic->remove, in->topic->remove_count, &remove);
	if (ok && !add.count && !remove.count)
		ok = error_set(err, ERR_USAGE, "give --add-config NAME=VALUE or --delete-config NAME");
	if (!ok || !topic_change_open(&r, in, err)) {
		status = error_exit_status(err);
	} else if (!topic_read_cluster(r.admin, r.plan->arena, false, &r.facts, err) ||
		!plan_alter(&r, of_broker, &add, &remove, err)) {
		status = topic_change_fail(&r, err);
	} else {
		status = topic_change_plan(&r, NULL, err);
		topic_change_close(&r);
	}
	texts_release(&add);
	texts_release(&remove);
	return status;
}

int topic_alter_run(const struct command_input *in, struct error *err)
{
	error_clear(err);
	return alter(in, false, err);
}

int broker_alter_run(const struct command_input *in, struct error *err)
{
	error_clear(err);
	for (size_t i = 0; i < in->topic_count; i++) {
		if (!in->topics[i][0] || in->topics[i][strspn(in->topics[i], "0123456789")]) {
			error_set(err, ERR_USAGE, "broker %s: give the number of a broker", in->topics[i]);
			return error_exit_status(err);
		}
	}
	return alter(in, true, err);
}

int topic_delete_run(const struct command_input *in, struct error *err)
{
	struct topic_change r;
	int status;

	error_clear(err);
	if (!check_words(in, err) || !topic_change_open(&r, in, err))
		return error_exit_status(err);
	if (!topic_read_cluster(r.admin, r.plan->arena, false, &r.facts, err))
		return topic_change_fail(&r, err);
	for (size_t i = 0; i < in->topic_count; i++) {
		struct topic_fact fact;

		if (!topic_change_read(&r, in->topics[i], TOPIC_READ_OFFSETS | TOPIC_READ_GROUPS | TOPIC_READ_NEWEST, &fact, err))
			return topic_change_fail(&r, err);
		topic_plan_delete(r.plan, &fact, &r.facts, in->topic->include_internal);
	}
	status = topic_change_plan(&r, NULL, err);
	topic_change_close(&r);
	return status;
}

int topic_partitions_run(const struct command_input *in, struct error *err)
{
	struct topic_fact fact;
	struct topic_change r;
	int32_t total = 0;
	int status;

	error_clear(err);
	if (!in->tail->partitions)
		error_set(err, ERR_USAGE, "weir topic partitions needs --partitions N, how many there shall be in all");
	if (!in->tail->partitions || !check_one(in, "partitions", err) ||
		!parse_number(in->tail->partitions, &total, err) || !topic_change_open(&r, in, err))
		return error_exit_status(err);
	if (!topic_read_cluster(r.admin, r.plan->arena, false, &r.facts, err) ||
		!topic_change_read(&r, in->topics[0], TOPIC_READ_CONFIG | TOPIC_READ_OFFSETS, &fact, err))
		return topic_change_fail(&r, err);
	if (!topic_plan_partitions(r.plan, &fact, &r.facts, total, in->topic->assignment, NAN, 0, err))
		return topic_change_fail(&r, err);
	status = topic_change_plan(&r, NULL, err);
	topic_change_close(&r);
	return status;
}

int topic_elect_run(const struct command_input *in, struct error *err)
{
	int32_t *partitions;
	struct topic_change r;
	size_t count;
	int status;

	error_clear(err);
	if (!check_words(in, err) || !topic_parse_partitions(in->tail->partitions, &partitions, &count, err))
		return error_exit_status(err);
	if (!topic_change_open(&r, in, err)) {
		free(partitions);
		return error_exit_status(err);
	}
	if (!topic_read_cluster(r.admin, r.plan->arena, false, &r.facts, err))
		goto failed;
	for (size_t i = 0; i < in->topic_count; i++) {
		struct topic_fact fact;

		if (!topic_change_read(&r, in->topics[i], 0, &fact, err))
			goto failed;
		topic_plan_elect(r.plan, &fact, partitions, count);
	}
	status = topic_change_plan(&r, NULL, err);
	topic_change_close(&r);
	free(partitions);
	return status;
failed:
	free(partitions);
	return topic_change_fail(&r, err);
}

/* Where to truncate each partition to: an offset, the log end, or the first record at or after a time. */
static bool find_cuts(struct topic_change *r, const struct topic_fact *fact, struct topic_cut *cuts, size_t count,
	struct error *err)
{
	const struct reset_options *to = r->in->reset;
	struct admin_offset *asked;
	struct when_clock clock = {.now_ms = clock_wall_ms(), .utc = true};
	struct when at;
	char *end;
	bool ok;

	if (strcmp(to->strategy, "--to-latest") == 0)
		return true;             /* -1 already */
	if (strcmp(to->strategy, "--to-offset") == 0) {
		long long offset = strtoll(to->value, &end, 10);

		if (*to->value < '0' || *to->value > '9' || *end)
			return error_set(err, ERR_USAGE, "--to-offset %s: give an offset", to->value);
		for (size_t i = 0; i < count; i++)
			cuts[i].offset = offset;
		return true;
	}
	if (!when_parse(to->value, strlen(to->value), &clock, &at, NULL, err))
		return error_set(err, ERR_USAGE, "--to-datetime %s: %s", to->value, err->message);
	asked = mem_alloc((count + 1) * sizeof(*asked));
	for (size_t i = 0; i < count; i++) {
		size_t p = (size_t)cuts[i].partition;

		asked[i] = (struct admin_offset){.topic = fact->name, .partition = cuts[i].partition, .at = at.ms,
			.leader = p < fact->part_count ? fact->parts[p].leader : -1};
	}
	ok = admin_list_offsets(r->admin, asked, count, err);
	for (size_t i = 0; ok && i < count; i++) {
		if (asked[i].error)
			ok = error_set(err, ERR_KAFKA, "topic %s, partition %d: %s", fact->name, (int)asked[i].partition,
				asked[i].error);
		cuts[i].offset = asked[i].offset;   /* -1: no record is as new, so all go */
	}
	free(asked);
	return ok;
}

static bool plan_truncate(struct topic_change *r, const int32_t *partitions, size_t count, struct error *err)
{
	unsigned what = TOPIC_READ_CONFIG | TOPIC_READ_OFFSETS | TOPIC_READ_GROUPS;
	struct topic_fact fact;
	struct topic_cut *cuts;
	bool ok;

	if (!topic_read_cluster(r->admin, r->plan->arena, false, &r->facts, err) ||
		!topic_change_read(r, r->in->topics[0], what, &fact, err))
		return false;
	if (!count)
		count = fact.part_count;
	cuts = mem_alloc((count + 1) * sizeof(*cuts));
	for (size_t i = 0; i < count; i++)
		cuts[i] = (struct topic_cut){.partition = partitions ? partitions[i] : (int32_t)i, .offset = -1};
	ok = find_cuts(r, &fact, cuts, fact.exists ? count : 0, err);
	if (ok)
		topic_plan_truncate(r->plan, &fact, &r->facts, cuts, count);
	free(cuts);
	return ok;
}

int topic_truncate_run(const struct command_input *in, struct error *err)
{
	int32_t *partitions;
	struct topic_change r;
	size_t count;
	int status;

	error_clear(err);
	if (!in->reset->strategy || in->reset->second)
		error_set(err, ERR_USAGE, "weir topic truncate needs one of --to-offset N, --to-datetime T, --to-latest");
	if (!in->reset->strategy || in->reset->second || !check_one(in, "truncate", err) ||
		!topic_parse_partitions(in->tail->partitions, &partitions, &count, err))
		return error_exit_status(err);
	if (!topic_change_open(&r, in, err)) {
		status = error_exit_status(err);
	} else if (!plan_truncate(&r, partitions, count, err)) {
		status = topic_change_fail(&r, err);
	} else {
		status = topic_change_plan(&r, NULL, err);
		topic_change_close(&r);
	}
	free(partitions);
	return status;
}

/* On another cluster a topic or broker of the same name would be changed. */
static bool same_cluster(const struct topic_change *r, const struct journal_entry *e, struct error *err)
{
	if (!e->cluster_id || !r->facts.cluster_id || strcmp(e->cluster_id, r->facts.cluster_id) == 0)
		return true;
	return error_set(err, ERR_USAGE, "change %s was made on cluster %s (%s), this is %s", e->id, e->cluster_id,
		e->bootstrap ? e->bootstrap : "?", r->facts.cluster_id);
}

int topic_undo_run(const struct command_input *in, const struct journal_entry *e, struct error *err)
{
	bool of_broker = strncmp(e->name, "broker:", 7) == 0;
	struct topic_fact fact;
	struct topic_change r;
	int status;

	if (!topic_change_open(&r, in, err))
		return error_exit_status(err);
	if (e->undone_by)
		topic_say("change %s was undone before, by %s", e->id, e->undone_by);
	if (!topic_read_cluster(r.admin, r.plan->arena, false, &r.facts, err) || !same_cluster(&r, e, err) ||
		!(of_broker ? topic_read_broker(r.admin, r.plan->arena, e->name + 7, &fact, err) :
			topic_change_read(&r, e->name, TOPIC_READ_CONFIG, &fact, err)) ||
		!topic_plan_undo(r.plan, e, &fact, err))
		return topic_change_fail(&r, err);
	status = topic_change_plan(&r, e->id, err);
	topic_change_close(&r);
	return status;
}

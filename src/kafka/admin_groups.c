/* SPDX-License-Identifier: BSD-2-Clause */
/* Groups: whether they exist, who is in them, deleting them (kafka/admin.h). */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "kafka/admin_logs.h"
#include "kafka/admin_parts.h"
#include "kafka/codes.h"
#include "kafka/quirks.h"

enum { OTHER_WAIT_MS = 2000, ANSWER_MS = 100 };

static const rd_kafka_ConsumerGroupListing_t *listing(const rd_kafka_ConsumerGroupListing_t **all, size_t count,
	const char *id)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(rd_kafka_ConsumerGroupListing_group_id(all[i]), id) == 0)
			return all[i];
	}
	return NULL;
}

static bool all_listed(const rd_kafka_ConsumerGroupListing_t **all, size_t all_count, const char *const *ids,
	size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!listing(all, all_count, ids[i]))
			return false;
	}
	return true;
}

/* Each broker lists its own groups: a broker that does not answer must not hold up the answers of the others. */
static rd_kafka_AdminOptions_t *list_options(struct admin *a, const struct admin_question *q)
{
	rd_kafka_AdminOptions_t *options = admin_options(a, RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPS);
	int64_t left_ms = q->attempt_ms - clock_mono_ms();
	char why[256];

	if (QUIRKS_MENDED)
		rd_kafka_AdminOptions_set_request_timeout(options, left_ms > 1 ? (int)left_ms : 1, why, sizeof(why));
	return options;
}

/*
 * Returns the answer that *valid points into; the caller destroys it. A coordinator's error goes into *part: it
 * is asked again, unless all of `ids` are listed. `ids` NULL: all groups.
 */
static rd_kafka_event_t *list_groups(struct admin *a, const char *const *ids, size_t id_count,
	const rd_kafka_ConsumerGroupListing_t ***valid, size_t *count, const rd_kafka_error_t **part, struct error *err)
{
	struct admin_question question;

	admin_question_begin(a, &question);
	for (;;) {
		rd_kafka_AdminOptions_t *options = list_options(a, &question);
		const rd_kafka_ListConsumerGroups_result_t *result;
		const rd_kafka_error_t **errors;
		rd_kafka_resp_err_t code;
		rd_kafka_event_t *ev;
		size_t error_count;

		rd_kafka_ListConsumerGroups(a->rk, options, a->queue);
		rd_kafka_AdminOptions_destroy(options);
		ev = admin_answer(a, question.attempt_ms + ANSWER_MS, "list of groups", &code, err);
		if (ev) {
			result = rd_kafka_event_ListConsumerGroups_result(ev);
			*valid = rd_kafka_ListConsumerGroups_result_valid(result, count);
			errors = rd_kafka_ListConsumerGroups_result_errors(result, &error_count);
			*part = error_count ? errors[0] : NULL;
			if (*part && !(ids && all_listed(*valid, *count, ids, id_count)))
				code = rd_kafka_error_code(*part);
		}
		if (!admin_question_goes_on(a, &question, code, err))
			return ev;
		if (ev)
			rd_kafka_event_destroy(ev);
		admin_question_anew(a, &question, code);
	}
}

static bool fail_list(const rd_kafka_error_t *why, struct error *err)
{
	return admin_error(err, rd_kafka_error_code(why), "list of groups", rd_kafka_error_string(why));
}

/*
 * Whether the id belongs to a group of another kind. ListConsumerGroups leaves those out; DescribeGroups knows
 * every group that ListGroups names and no other id. The call can only wait, so it waits briefly: a missing
 * answer is no reason to refuse.
 */
static bool is_other_kind(struct admin *a, const char *id)
{
	int wait_ms = a->timeout_ms < OTHER_WAIT_MS ? (int)a->timeout_ms : OTHER_WAIT_MS;
	const struct rd_kafka_group_list *list = NULL;
	bool found = false;

	rd_kafka_list_groups(a->rk, id, &list, wait_ms);
	for (int i = 0; list && i < list->group_cnt; i++) {
		const char *type = list->groups[i].protocol_type;

		/* A group of kind "consumer" was created just now. */
		if (!type || strcmp(type, "consumer") != 0)
			found |= strcmp(list->groups[i].group, id) == 0;
	}
	if (list)
		rd_kafka_group_list_destroy(list);
	return found;
}

bool admin_list_groups(struct admin *a, const char *const *ids, struct admin_listed *out, size_t count,
	struct error *err)
{
	const rd_kafka_ConsumerGroupListing_t **all;
	const rd_kafka_error_t *part;
	size_t all_count;
	rd_kafka_event_t *ev = list_groups(a, ids, count, &all, &all_count, &part, err);
	bool ok = true;

	if (!ev)
		return false;
	for (size_t i = 0; i < count; i++) {
		const rd_kafka_ConsumerGroupListing_t *found = listing(all, all_count, ids[i]);

		out[i] = (struct admin_listed){ .listed = found != NULL };
		if (found) {
			out[i].type = code_group_type(rd_kafka_ConsumerGroupListing_type(found));
			out[i].state = code_group_state(rd_kafka_ConsumerGroupListing_state(found));
			out[i].is_simple = rd_kafka_ConsumerGroupListing_is_simple_consumer_group(found);
		} else if (part) {
			ok = fail_list(part, err);
		}
	}
	rd_kafka_event_destroy(ev);
	for (size_t i = 0; i < count && ok; i++) {
		if (!out[i].listed)
			out[i].other_kind = is_other_kind(a, ids[i]);
	}
	return ok;
}

static int compare_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

bool admin_list_group_names(struct admin *a, struct admin_names *out, struct error *err)
{
	const rd_kafka_ConsumerGroupListing_t **all;
	const rd_kafka_error_t *part;
	size_t count;
	rd_kafka_event_t *ev = list_groups(a, NULL, 0, &all, &count, &part, err);
	bool ok = true;

	*out = (struct admin_names){ 0 };
	if (!ev)
		return false;
	out->items = mem_alloc((count + 1) * sizeof(*out->items));
	for (size_t i = 0; i < count; i++)
		out->items[out->count++] = mem_strdup(rd_kafka_ConsumerGroupListing_group_id(all[i]));
	qsort(out->items, out->count, sizeof(*out->items), compare_text);
	if (part)
		ok = fail_list(part, err);
	rd_kafka_event_destroy(ev);
	return ok;
}

void admin_group_release(struct admin_group *g)
{
	for (size_t i = 0; i < g->member_count; i++) {
		free(g->members[i].id);
		free(g->members[i].client_id);
		free(g->members[i].host);
	}
	free(g->members);
	*g = (struct admin_group){ 0 };
}

/* Java writes addresses with a leading slash. */
static const char *host_name(const char *host)
{
	return host && *host == '/' ? host + 1 : host;
}

static void take_group(struct admin_group *out, const rd_kafka_ConsumerGroupDescription_t *g)
{
	out->state = code_group_state(rd_kafka_ConsumerGroupDescription_state(g));
	out->type = code_group_type(rd_kafka_ConsumerGroupDescription_type(g));
	out->member_count = rd_kafka_ConsumerGroupDescription_member_count(g);
	out->members = mem_alloc(out->member_count * sizeof(*out->members));
	for (size_t i = 0; i < out->member_count; i++) {
		const rd_kafka_MemberDescription_t *m = rd_kafka_ConsumerGroupDescription_member(g, i);

		out->members[i].id = mem_strdup(rd_kafka_MemberDescription_consumer_id(m));
		out->members[i].client_id = mem_strdup(rd_kafka_MemberDescription_client_id(m));
		out->members[i].host = mem_strdup(host_name(rd_kafka_MemberDescription_host(m)));
	}
}

bool admin_describe_group(struct admin *a, const char *id, struct admin_group *out, struct error *err)
{
	char *what = mem_printf("group %s", group_id_shown(id));
	struct admin_question question;

	admin_question_begin(a, &question);
	*out = (struct admin_group){ 0 };
	for (;;) {
		rd_kafka_AdminOptions_t *options = admin_options(a, RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS);
		const rd_kafka_ConsumerGroupDescription_t **groups;
		const rd_kafka_error_t *error = NULL;
		rd_kafka_resp_err_t code;
		rd_kafka_event_t *ev;
		size_t count;

		rd_kafka_DescribeConsumerGroups(a->rk, &id, 1, options, a->queue);
		rd_kafka_AdminOptions_destroy(options);
		ev = admin_answer(a, question.attempt_ms, what, &code, err);
		if (ev) {
			groups = rd_kafka_DescribeConsumerGroups_result_groups(
				rd_kafka_event_DescribeConsumerGroups_result(ev), &count);
			error = rd_kafka_ConsumerGroupDescription_error(groups[0]);
			code = error ? rd_kafka_error_code(error) : RD_KAFKA_RESP_ERR_NO_ERROR;
			if (error && code_is_nameless(id, code)) {
				*out = (struct admin_group){ .state = GROUP_EMPTY, .type = GROUP_TYPE_CLASSIC };
				code = RD_KAFKA_RESP_ERR_NO_ERROR;
			} else if (error) {
				admin_error(err, code, what, rd_kafka_error_string(error));
			} else {
				take_group(out, groups[0]);
			}
			rd_kafka_event_destroy(ev);
		}
		if (!admin_question_again(a, &question, code, err)) {
			admin_needs(err, code, "DESCRIBE on the group");
			free(what);
			return !code;
		}
	}
}

bool admin_delete_group(struct admin *a, const char *group, struct admin_change *change, struct error *err)
{
	int64_t deadline_ms = admin_deadline(a);
	char *what;

	*change = (struct admin_change){ 0 };
	if (!admin_may_change(a, err))
		return false;
	what = mem_printf("group %s", group_id_shown(group));
	for (;;) {
		rd_kafka_AdminOptions_t *options = admin_options(a, RD_KAFKA_ADMIN_OP_DELETEGROUPS);
		rd_kafka_DeleteGroup_t *call = rd_kafka_DeleteGroup_new(group);
		const rd_kafka_group_result_t **groups;
		const rd_kafka_error_t *error;
		rd_kafka_resp_err_t code;
		rd_kafka_event_t *ev;
		size_t count;

		change->sent = true;
		rd_kafka_DeleteGroups(a->rk, &call, 1, options, a->queue);
		rd_kafka_DeleteGroup_destroy(call);
		rd_kafka_AdminOptions_destroy(options);
		ev = admin_answer(a, deadline_ms, what, &code, err);
		if (ev) {
			groups = rd_kafka_DeleteGroups_result_groups(rd_kafka_event_DeleteGroups_result(ev), &count);
			error = rd_kafka_group_result_error(groups[0]);
			code = error ? rd_kafka_error_code(error) : RD_KAFKA_RESP_ERR_NO_ERROR;
			if (error)
				admin_error(err, code, what, rd_kafka_error_string(error));
			change->race = code == RD_KAFKA_RESP_ERR_NON_EMPTY_GROUP;
			rd_kafka_event_destroy(ev);
		}
		change->unsure = admin_unsure(code);
		if (!code || !admin_passes(code) || !admin_again(a, deadline_ms, err)) {
			admin_needs(err, code, "DELETE on the group");
			free(what);
			return !code;
		}
	}
}

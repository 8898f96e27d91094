/* SPDX-License-Identifier: BSD-2-Clause */
#include "change/topic_execute.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "change/journal.h"
#include "change/topic_verify.h"
#include "kafka/admin_configs.h"
#include "kafka/admin_logs.h"

static struct admin_setting *settings_of(const struct topic_step *s)
{
	struct admin_setting *settings = mem_alloc((s->setting_count + 1) * sizeof(*settings));

	for (size_t i = 0; i < s->setting_count; i++)
		settings[i] = (struct admin_setting){ s->settings[i].name, s->settings[i].value };
	return settings;
}

static struct admin_log_item *items_of(const struct topic_step *s)
{
	struct admin_log_item *items = mem_alloc((s->cut_count + 1) * sizeof(*items));

	for (size_t i = 0; i < s->cut_count; i++)
		items[i] = (struct admin_log_item){ .partition = s->cuts[i].partition, .offset = s->cuts[i].offset };
	return items;
}

static bool send_create(struct admin *a, const struct topic_step *s, bool validate, bool *sent, struct error *err)
{
	struct admin_setting *settings = settings_of(s);
	const struct admin_new_topic topic = { .name = s->name,
		.partitions = s->partitions,
		.replication = s->factor,
		.replicas = s->place.replicas,
		.settings = settings,
		.setting_count = s->setting_count };
	bool ok = admin_create_topic(a, &topic, validate, sent, err);

	free(settings);
	return ok;
}

static bool send_config(struct admin *a, const struct topic_step *s, bool validate, bool *sent, struct error *err)
{
	struct admin_setting *settings = settings_of(s);
	bool ok = admin_alter_config(a, s->of_broker ? ADMIN_BROKER : ADMIN_TOPIC, s->name, settings, s->setting_count,
		validate, sent, err);

	free(settings);
	return ok;
}

static bool send_partitions(struct admin *a, const struct topic_step *s, bool validate, bool *sent, struct error *err)
{
	return admin_add_partitions(a, s->name, s->partitions, s->place.replicas,
		s->place.replicas ? (size_t)s->place.partitions : 0,
		(size_t)(s->place.factor > 0 ? s->place.factor : 0), validate, sent, err);
}

/* Errors of single partitions go into the cuts, and into the entry's items, which have the same order. */
static bool send_cuts(struct admin *a, struct topic_plan *plan, struct topic_step *s, struct journal_entry *e,
	bool *sent, struct error *err)
{
	struct admin_log_item *items = items_of(s);
	bool ok = s->kind == TOPIC_TRUNCATE ? admin_delete_records(a, s->name, items, s->cut_count, sent, err) :
					      admin_elect_leaders(a, s->name, items, s->cut_count, sent, err);

	for (size_t i = 0; i < s->cut_count; i++) {
		s->cuts[i].error = ok ? arena_strdup(plan->arena, items[i].error) : NULL;
		e->items[i].error = mem_strdup(s->cuts[i].error);
		free(items[i].error);
	}
	free(items);
	return ok;
}

bool topic_validate(struct admin *a, struct topic_plan *plan, struct error *err)
{
	for (size_t i = 0; i < plan->step_count; i++) {
		struct topic_step *s = &plan->steps[i];
		struct error why = { 0 };
		bool sent, ok = true;

		if (s->refusal)
			continue;
		if (s->kind == TOPIC_CREATE)
			ok = send_create(a, s, true, &sent, &why);
		else if (s->kind == TOPIC_CONFIG && s->setting_count)
			ok = send_config(a, s, true, &sent, &why);
		else if (s->kind == TOPIC_PARTITIONS)
			ok = send_partitions(a, s, true, &sent, &why);
		if (ok)
			continue;
		if (error_ends_all(&why)) {
			*err = why;
			return false;
		}
		topic_plan_refuse(plan, s, "%s", why.message);
	}
	return true;
}

static bool topic_step_send(struct admin *a, struct topic_plan *plan, struct topic_step *s, struct journal_entry *e,
	bool *sent, struct error *err)
{
	switch (s->kind) {
	case TOPIC_CREATE:
		return send_create(a, s, false, sent, err);
	case TOPIC_CONFIG:
		return send_config(a, s, false, sent, err);
	case TOPIC_DELETE:
		return admin_delete_topic(a, s->name, sent, err);
	case TOPIC_PARTITIONS:
		return send_partitions(a, s, false, sent, err);
	default:
		return send_cuts(a, plan, s, e, sent, err);
	}
}

/* Kafka refused: nothing was done. Else only reading back can tell. */
static bool was_refused(const struct error *err, bool sent)
{
	return !sent || !error_is_unanswered(err);
}

static size_t count_errors(const struct topic_step *s)
{
	size_t count = 0;

	for (size_t i = 0; i < s->cut_count; i++)
		count += s->cuts[i].error != NULL;
	return count;
}

static void topic_step_fail(struct topic_plan *plan, struct topic_step *s, const char *why)
{
	s->state = JOURNAL_FAILED;
	s->result = topic_plan_text(plan, "%s", why);
}

/* Marks a step that was not sent, because the topic could not be read, as failed. */
static void fail_unsent(struct topic_plan *plan, struct topic_step *s, const struct error *why)
{
	s->state = JOURNAL_FAILED;
	s->result =
		topic_plan_text(plan, "%s%s", error_is_unanswered(why) ? "nothing was changed: " : "", why->message);
}

static void tell_errors(const struct topic_step *s, struct str *out)
{
	for (size_t i = 0; i < s->cut_count; i++)
		if (s->cuts[i].error)
			str_addf(out, "; partition %d: %s", (int)s->cuts[i].partition, s->cuts[i].error);
}

/* The outcome, from the answer and from what was read back. */
static void topic_step_outcome(struct admin *a, struct topic_plan *plan, struct topic_step *s, bool ok,
	const struct error *answer)
{
	struct error unseen = { 0 };
	struct str text = { 0 };
	enum topic_seen seen = topic_verify(a, plan, s, &unseen);
	size_t errors = count_errors(s);

	if (seen == TOPIC_SEEN_DONE && !errors) {
		s->state = JOURNAL_DONE;
		str_add(&text, "done and verified");
	} else if (seen == TOPIC_SEEN_UNKNOWN) {
		s->state = JOURNAL_UNVERIFIED;
		str_addf(&text, "%s; it could not be read back: %s", ok ? "applied" : answer->message, unseen.message);
	} else if (errors) {
		s->state = errors == s->cut_count ? JOURNAL_FAILED : JOURNAL_PARTIAL;
		str_addf(&text, "%zu of %zu partitions done", s->cut_count - errors, s->cut_count);
		tell_errors(s, &text);
	} else {
		s->state = ok ? JOURNAL_PARTIAL : JOURNAL_UNVERIFIED;
		str_addf(&text, "%s, but what was read back differs: %s", ok ? "Kafka accepted it" : answer->message,
			unseen.message);
	}
	s->result = arena_strdup(plan->arena, str_text(&text));
	str_release(&text);
}

static void change_and_look(struct admin *a, struct topic_plan *plan, struct topic_step *s, struct journal_entry *e)
{
	struct error answer = { 0 };
	bool sent = false, ok = topic_step_send(a, plan, s, e, &sent, &answer);

	if (!ok && was_refused(&answer, sent))
		topic_step_fail(plan, s, answer.message);
	else
		topic_step_outcome(a, plan, s, ok, &answer);
}

void topic_execute_step(struct admin *a, struct topic_plan *plan, struct topic_step *s, const struct topic_host *host)
{
	const struct cluster_gate gate = cluster_gate_planned(host->gate, plan->cluster_id);
	struct journal_entry entry;
	struct journal_change *change;
	struct error err = { 0 };

	if (!topic_still_holds(a, s, &err)) {
		fail_unsent(plan, s, &err);
		return;
	}
	topic_step_entry(s, &entry);
	entry.cluster_id = mem_strdup(plan->cluster_id);
	entry.bootstrap = mem_strdup(host->gate->pin.bootstrap);
	entry.context = mem_strdup(host->gate->pin.context);
	entry.undo_of = mem_strdup(host->undo_of);
	change = journal_begin(&entry, &err);
	if (!change) {
		topic_step_fail(plan, s, err.message);
		journal_entry_release(&entry);
		return;
	}
	s->journal_id = arena_strdup(plan->arena, entry.id);
	/* From here on it is finished even when cancelled: what was sent is read back. */
	admin_on_cancel(a, NULL, NULL);
	/*
	 * Time may have passed, waiting for a broker that hangs, for another weir that writes to the journal,
	 * or for a slow disk.
	 */
	if (cluster_gate_allow(&gate, a, &err))
		change_and_look(a, plan, s, &entry);
	else
		fail_unsent(plan, s, &err);
	entry.state = s->state;
	if (s->kind == TOPIC_CREATE)
		entry.topic_id = mem_strdup(s->topic_id);
	entry.message = s->state == JOURNAL_DONE ? NULL : mem_strdup(s->result);
	if (!journal_end(change, &entry, &err))
		s->result = topic_plan_text(plan, "%s; %s", s->result, err.message);
	journal_entry_release(&entry);
	admin_on_cancel(a, host->cancelled, host->data);
}

static bool has_work(const struct topic_step *s)
{
	return s->kind == TOPIC_CREATE || s->kind == TOPIC_DELETE || s->kind == TOPIC_PARTITIONS || s->setting_count ||
		s->cut_count;
}

bool topic_execute(struct admin *a, struct topic_plan *plan, const struct topic_host *host)
{
	const struct cluster_gate gate = cluster_gate_planned(host->gate, plan->cluster_id);
	struct error err = { 0 };
	bool all = true, here = true;

	admin_on_cancel(a, host->cancelled, host->data);
	for (size_t i = 0; i < plan->step_count; i++) {
		struct topic_step *s = &plan->steps[i];

		if (host->cancelled && host->cancelled(host->data)) {
			s->result = "not started: interrupted";
			all = false;
		} else if (s->refusal) {
			all = false;
		} else if (!has_work(s)) {
			s->state = JOURNAL_DONE;
			s->result = "nothing to do";
		} else if (!(here = here && cluster_gate_allow(&gate, a, &err))) {
			fail_unsent(plan, s, &err);
			all = false;
		} else {
			topic_execute_step(a, plan, s, host);
			all = all && s->state == JOURNAL_DONE;
		}
	}
	return all;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "change/apply_execute.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "change/journal.h"
#include "change/topic_state.h"
#include "kafka/admin_configs.h"

/* A change reaches the brokers one after another, so a value that is missing now may still come. */
enum { READ_BACK_MS = 5000, LOOK_MS = 100, LOOKS_LEAST = 2 };

static struct admin_setting *settings_of(const struct topic_apply_item *item)
{
	struct admin_setting *settings = mem_alloc((item->setting_count + 1) * sizeof(*settings));

	for (size_t i = 0; i < item->setting_count; i++)
		settings[i] = (struct admin_setting){ item->settings[i].name, item->settings[i].after };
	return settings;
}

static bool change_topic(struct admin *a, const struct topic_apply_item *item, bool validate, bool *sent,
	struct error *err)
{
	struct admin_setting *settings = settings_of(item);
	bool ok = true;

	*sent = false;
	switch (item->kind) {
	case TOPIC_APPLY_CREATE: {
		const struct admin_new_topic topic = { .name = item->topic,
			.partitions = item->partitions,
			.replication = item->replication,
			.settings = settings,
			.setting_count = item->setting_count };

		ok = admin_create_topic(a, &topic, validate, sent, err);
		break;
	}
	case TOPIC_APPLY_PARTITIONS:
		ok = admin_add_partitions(a, item->topic, item->partitions, NULL, 0, 0, validate, sent, err);
		break;
	case TOPIC_APPLY_CONFIG:
		ok = admin_alter_config(a, ADMIN_TOPIC, item->topic, settings, item->setting_count, validate, sent,
			err);
		break;
	case TOPIC_APPLY_DELETE:
		if (!validate)
			ok = admin_delete_topic(a, item->topic, sent, err);
		break;
	case TOPIC_APPLY_KIND_COUNT:
		break;
	}
	free(settings);
	return ok;
}

bool apply_validate(struct admin *a, struct topic_apply *plan, struct error *err)
{
	for (size_t i = 0; i < plan->count; i++) {
		struct topic_apply_item *item = &plan->items[i];
		struct error why;
		bool sent;

		if (item->state != TOPIC_APPLY_PLANNED || change_topic(a, item, true, &sent, &why))
			continue;
		if (error_ends_all(&why)) {
			*err = why;
			return false;
		}
		topic_apply_fail(item, TOPIC_APPLY_FAILED, why.message);
	}
	return true;
}

/* The journal */

static void fill_entry(struct journal_entry *e, const struct topic_apply_item *item, const struct apply_host *host)
{
	static const enum journal_kind kinds[TOPIC_APPLY_KIND_COUNT] = {
		[TOPIC_APPLY_CREATE] = JOURNAL_TOPIC_CREATE,
		[TOPIC_APPLY_PARTITIONS] = JOURNAL_TOPIC_PARTITIONS,
		[TOPIC_APPLY_CONFIG] = JOURNAL_TOPIC_CONFIG,
		[TOPIC_APPLY_DELETE] = JOURNAL_TOPIC_DELETE,
	};
	struct str summary = { 0 };

	e->kind = kinds[item->kind];
	e->kind_name = mem_strdup(journal_kind_name(e->kind));
	e->cluster_id = mem_strdup(host->gate->pin.planned);
	e->bootstrap = mem_strdup(host->gate->pin.bootstrap);
	e->context = mem_strdup(host->gate->pin.context);
	e->name = mem_strdup(item->topic);
	topic_apply_describe(&summary, item);
	e->summary = str_take(&summary);
	if (item->partitions_before >= 0 || item->partitions >= 0) {
		struct journal_item *j = journal_add_item(e, "partitions", -1);

		j->text_before = item->partitions_before < 0 ? NULL : mem_printf("%d", (int)item->partitions_before);
		j->text_after = item->partitions < 0 ? NULL : mem_printf("%d", (int)item->partitions);
	}
	for (size_t i = 0; i < item->setting_count; i++) {
		struct journal_item *j = journal_add_item(e, item->settings[i].name, -1);

		j->text_before = mem_strdup(item->settings[i].before);
		j->text_after = mem_strdup(item->settings[i].after);
	}
}

static enum journal_state journal_state_of(enum topic_apply_state state)
{
	switch (state) {
	case TOPIC_APPLY_DONE:
		return JOURNAL_DONE;
	case TOPIC_APPLY_UNSURE:
		return JOURNAL_UNVERIFIED;
	default:
		return JOURNAL_FAILED;
	}
}

/* Reading back */

/* Appends what still differs from the plan; nothing when all is as planned. */
static void add_differences(struct str *out, const struct topic_apply_item *item, const struct topic_entry *now)
{
	if (item->partitions >= 0 && now->partitions != item->partitions)
		str_addf(out, "it has %d partitions", (int)now->partitions);
	for (size_t i = 0; i < item->setting_count && item->kind != TOPIC_APPLY_DELETE; i++) {
		const struct topic_file_setting *have = topic_entry_find(now, item->settings[i].name);

		if (!str_equal(have ? have->value : NULL, item->settings[i].after))
			str_addf(out, "%s%s is %s", out->len ? ", " : "", item->settings[i].name,
				have ? have->value : "not set");
	}
}

/* True: everything is as planned. Else *why tells what is not. */
static bool is_done(struct admin *a, const struct topic_apply_item *item, struct str *why)
{
	struct topic_file now = { 0 };
	struct error err;
	bool found = topic_state_read(a, item->topic, &now, &err);

	str_clear(why);
	if (item->kind == TOPIC_APPLY_DELETE && found)
		str_add(why, "it is still there");
	else if (item->kind == TOPIC_APPLY_DELETE ? err.code != ERR_NOT_FOUND : !found)
		str_addf(why, "could not be read back: %s", err.message);
	else if (found)
		add_differences(why, item, &now.topics[0]);
	topic_file_release(&now);
	return !why->len;
}

static bool read_back(struct admin *a, const struct topic_apply_item *item, struct str *why)
{
	int64_t deadline_ms = clock_mono_ms() + READ_BACK_MS;

	for (int looks = 0; !is_done(a, item, why); looks++) {
		/* A broker that hangs uses up the time for all looks: the next look may reach another broker. */
		if ((clock_mono_ms() >= deadline_ms && looks >= LOOKS_LEAST) || !admin_pause(a, LOOK_MS))
			return false;
		if (looks < LOOKS_LEAST)
			admin_renew(a);
	}
	return true;
}

static void apply_item_outcome(struct admin *a, struct topic_apply_item *item, bool ok, bool sent,
	const struct error *err)
{
	struct str why = { 0 };

	bool unsure = !ok && sent && error_is_unanswered(err);

	if (!ok && !unsure) {
		topic_apply_fail(item, TOPIC_APPLY_FAILED, err->message);
	} else if (read_back(a, item, &why)) {
		item->state = TOPIC_APPLY_DONE;
	} else if (unsure) {
		str_addf(&why, "; %s", err->message);
		topic_apply_fail(item, TOPIC_APPLY_UNSURE, str_text(&why));
	} else {
		topic_apply_fail(item, TOPIC_APPLY_UNSURE, str_text(&why));
	}
	str_release(&why);
}

char *apply_execute_item(struct admin *a, struct topic_apply_item *item, const struct apply_host *host)
{
	struct journal_entry entry = { 0 };
	struct admin_description d;
	struct journal_change *open;
	struct error err = { 0 };
	char *id = NULL;
	bool ok, sent = false;

	if (!cluster_gate_allow(host->gate, a, &err)) {
		topic_apply_fail(item, TOPIC_APPLY_FAILED, err.message);
		return NULL;
	}
	fill_entry(&entry, item, host);
	if (item->kind != TOPIC_APPLY_CREATE && admin_describe_topic(a, item->topic, &d, NULL)) {
		entry.topic_id = *d.id ? mem_strdup(d.id) : NULL;
		admin_description_release(&d);
	}
	open = journal_begin(&entry, &err);
	if (!open) {
		topic_apply_fail(item, TOPIC_APPLY_FAILED, err.message);
		journal_entry_release(&entry);
		return NULL;
	}
	id = mem_strdup(entry.id);
	/*
	 * Time may have passed, waiting for a broker that hangs, for another weir that writes to the journal,
	 * or for a slow disk.
	 */
	ok = cluster_gate_allow(host->gate, a, &err) && change_topic(a, item, false, &sent, &err);
	apply_item_outcome(a, item, ok, sent, &err);
	entry.state = journal_state_of(item->state);
	entry.message = mem_strdup(item->why);
	if (!journal_end(open, &entry, &err)) {
		char *why = mem_printf("%s%s%s", item->why ? item->why : "", item->why ? "; " : "", err.message);

		topic_apply_fail(item, item->state, why);
		free(why);
	}
	journal_entry_release(&entry);
	return id;
}

void apply_execute(struct admin *a, struct topic_apply *plan, const struct apply_host *host)
{
	/* From here on an item is finished even when cancelled: what was sent is read back. */
	admin_on_cancel(a, NULL, NULL);
	for (size_t i = 0; i < plan->count; i++) {
		struct topic_apply_item *item = &plan->items[i];

		if (item->state != TOPIC_APPLY_PLANNED)
			continue;
		if (host->cancelled && host->cancelled(host->data))
			topic_apply_fail(item, TOPIC_APPLY_LEFT, "interrupted");
		else
			free(apply_execute_item(a, item, host));
	}
	admin_on_cancel(a, host->cancelled, host->data);
}

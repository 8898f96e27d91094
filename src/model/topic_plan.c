/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/topic_plan.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A common rule for the most partitions that a broker should lead. */
enum { PARTITIONS_PER_BROKER = 4000 };

struct topic_plan *topic_plan_new(void)
{
	struct topic_plan *plan = mem_alloc(sizeof(*plan));

	plan->arena = arena_new(0);
	return plan;
}

void topic_plan_free(struct topic_plan *plan)
{
	if (!plan)
		return;
	for (size_t i = 0; i < plan->step_count; i++) {
		free(plan->steps[i].rows);
		free(plan->steps[i].warnings);
	}
	free(plan->steps);
	arena_free(plan->arena);
	free(plan);
}

struct topic_step *topic_plan_add(struct topic_plan *plan, enum topic_step_kind kind, const char *name)
{
	struct topic_step *s;

	plan->steps = mem_grow(plan->steps, &plan->step_cap, plan->step_count + 1, sizeof(*plan->steps));
	s = &plan->steps[plan->step_count++];
	*s = (struct topic_step){ .kind = kind,
		.name = arena_strdup(plan->arena, name),
		.summary = "",
		.partitions = -1,
		.factor = -1 };
	return s;
}

struct topic_step *topic_plan_of(struct topic_plan *plan, enum topic_step_kind kind, const struct topic_fact *fact)
{
	struct topic_step *s = topic_plan_add(plan, kind, fact->name);

	s->topic_id = arena_strdup(plan->arena, fact->id);
	return s;
}

static char *format(struct topic_plan *plan, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));

static char *format(struct topic_plan *plan, const char *fmt, va_list ap)
{
	struct str text = { 0 };
	char *kept;

	str_addv(&text, fmt, ap);
	kept = arena_strdup(plan->arena, str_text(&text));
	str_release(&text);
	return kept;
}

char *topic_plan_text(struct topic_plan *plan, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = format(plan, fmt, ap);
	va_end(ap);
	return text;
}

void topic_plan_row(struct topic_plan *plan, struct topic_step *s, const char *item, const char *before,
	const char *after, const char *note)
{
	s->rows = mem_grow(s->rows, &s->row_cap, s->row_count + 1, sizeof(*s->rows));
	s->rows[s->row_count++] = (struct topic_row){ arena_strdup(plan->arena, item),
		arena_strdup(plan->arena, before), arena_strdup(plan->arena, after), arena_strdup(plan->arena, note) };
}

void topic_plan_warn(struct topic_plan *plan, struct topic_step *s, const char *fmt, ...)
{
	va_list ap;

	s->warnings = mem_grow(s->warnings, &s->warning_cap, s->warning_count + 1, sizeof(*s->warnings));
	va_start(ap, fmt);
	s->warnings[s->warning_count++] = format(plan, fmt, ap);
	va_end(ap);
}

void topic_plan_warn_size(struct topic_plan *plan, struct topic_step *s, const struct topic_facts *facts, int64_t more)
{
	if (facts->partitions >= 0 && facts->partitions + more > (int64_t)facts->broker_count * PARTITIONS_PER_BROKER)
		topic_plan_warn(plan, s, "the cluster would hold %lld partitions, more than %d for each of its brokers",
			(long long)(facts->partitions + more), PARTITIONS_PER_BROKER);
}

void topic_plan_refuse(struct topic_plan *plan, struct topic_step *s, const char *fmt, ...)
{
	va_list ap;

	if (s->refusal)
		return;
	va_start(ap, fmt);
	s->refusal = format(plan, fmt, ap);
	va_end(ap);
}

const char *topic_step_verb(enum topic_step_kind kind)
{
	static const char *const verbs[] = { "create", "alter", "delete", "add partitions to", "truncate",
		"elect leaders of" };

	_Static_assert(sizeof(verbs) / sizeof(verbs[0]) == TOPIC_STEP_KIND_COUNT, "a verb for each kind");
	return verbs[kind];
}

void topic_plan_title(const struct topic_plan *plan, struct str *out)
{
	const struct topic_step *first = &plan->steps[0];

	if (plan->step_count > 1)
		str_addf(out, "%s %zu %ss", topic_step_verb(first->kind), plan->step_count,
			first->of_broker ? "broker" : "topic");
	else
		topic_step_title(first, out);
}

void topic_step_title(const struct topic_step *s, struct str *out)
{
	str_addf(out, "%s %s %s", topic_step_verb(s->kind), s->of_broker ? "broker" : "topic", s->name);
}

bool topic_plan_refused(const struct topic_plan *plan)
{
	for (size_t i = 0; i < plan->step_count; i++)
		if (plan->steps[i].refusal)
			return true;
	return false;
}

size_t topic_plan_names(const struct topic_plan *plan, bool all, struct str *out)
{
	size_t count = 0;

	for (size_t i = 0; i < plan->step_count; i++)
		all |= plan->steps[i].wants_name && !plan->steps[i].refusal;
	for (size_t i = 0; all && i < plan->step_count; i++)
		if (!plan->steps[i].refusal)
			str_addf(out, "%s%s", count++ ? "," : "", plan->steps[i].name);
	return count;
}

static bool changes(const struct topic_step *s)
{
	return s->kind == TOPIC_CREATE || s->kind == TOPIC_DELETE || s->setting_count || s->cut_count ||
		(s->kind == TOPIC_PARTITIONS && s->partitions != s->partitions_before);
}

bool topic_plan_is_empty(const struct topic_plan *plan)
{
	for (size_t i = 0; i < plan->step_count; i++)
		if (changes(&plan->steps[i]))
			return false;
	return true;
}

int64_t topic_fact_records(const struct topic_fact *fact)
{
	int64_t sum = 0;

	for (size_t i = 0; i < fact->part_count; i++) {
		if (fact->parts[i].log_start < 0 || fact->parts[i].log_end < 0)
			return -1;
		sum += fact->parts[i].log_end - fact->parts[i].log_start;
	}
	return sum;
}

const struct topic_config *topic_fact_config(const struct topic_fact *fact, const char *name)
{
	for (size_t i = 0; i < fact->config_count; i++)
		if (strcmp(fact->configs[i].name, name) == 0)
			return &fact->configs[i];
	return NULL;
}

void topic_show_value(const char *name, bool of_broker, const char *value, struct str *out)
{
	const struct config_def *def = config_catalog_find(of_broker ? CONFIG_BROKER : CONFIG_TOPIC, name);
	struct str more = { 0 };

	str_add(out, value);
	config_value_print(def, value, &more);
	if (more.len && strcmp(more.p, value) != 0)
		str_addf(out, " (%s)", more.p);
	str_release(&more);
}

static void entry_of_settings(const struct topic_step *s, struct journal_entry *e)
{
	for (size_t i = 0; i < s->setting_count; i++) {
		struct journal_item *item = journal_add_item(e, s->settings[i].name, -1);

		item->text_before = mem_strdup(s->settings[i].before);
		item->text_after = mem_strdup(s->settings[i].value);
	}
}

static void entry_of_number(struct journal_entry *e, const char *name, int32_t before, int32_t after)
{
	struct journal_item *item = journal_add_item(e, name, -1);

	item->text_before = before < 0 ? NULL : mem_printf("%d", (int)before);
	item->text_after = after < 0 ? NULL : mem_printf("%d", (int)after);
}

void topic_step_entry(const struct topic_step *s, struct journal_entry *e)
{
	/* The journal's line stands alone, so it says what was done. */
	static const char *const words[] = { "create with ", "", "delete ", "add partitions, ", "", "elect " };
	static const enum journal_kind kinds[] = { JOURNAL_TOPIC_CREATE, JOURNAL_TOPIC_CONFIG, JOURNAL_TOPIC_DELETE,
		JOURNAL_TOPIC_PARTITIONS, JOURNAL_TOPIC_TRUNCATE, JOURNAL_TOPIC_ELECT };

	_Static_assert(sizeof(kinds) / sizeof(kinds[0]) == TOPIC_STEP_KIND_COUNT, "a kind for each");
	_Static_assert(sizeof(words) / sizeof(words[0]) == TOPIC_STEP_KIND_COUNT, "a word for each");
	*e = (struct journal_entry){ .kind = kinds[s->kind],
		.kind_name = mem_strdup(journal_kind_name(kinds[s->kind])),
		.name = s->of_broker ? mem_printf("broker:%s", s->name) : mem_strdup(s->name),
		.topic_id = mem_strdup(s->topic_id),
		.summary = mem_printf("%s%s", words[s->kind], s->summary) };
	entry_of_settings(s, e);
	if (s->kind == TOPIC_PARTITIONS || s->kind == TOPIC_CREATE)
		entry_of_number(e, "partitions", s->kind == TOPIC_CREATE ? -1 : s->partitions_before, s->partitions);
	for (size_t i = 0; i < s->cut_count; i++) {
		struct journal_item *item = journal_add_item(e, s->name, s->cuts[i].partition);

		item->before = s->cuts[i].before;
		item->after = s->cuts[i].offset;
	}
}

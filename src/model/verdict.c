/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/verdict.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/search.h"
#include "model/format.h"

static int by_subject(const void *subject, const void *rule)
{
	return (int)*(const enum verdict_subject *)subject - (int)((const struct verdict_rule *)rule)->subject;
}

/* The first rule of the subject; the others follow it. */
static const struct verdict_rule *first_rule(enum verdict_subject subject)
{
	return &verdict_rules[search_place(&subject, verdict_rules, verdict_rule_count, sizeof(verdict_rules[0]),
		by_subject)];
}

static bool is_rule_of(const struct verdict_rule *rule, enum verdict_subject subject)
{
	return rule < verdict_rules + verdict_rule_count && rule->subject == subject;
}

static struct verdict verdict_find(struct verdict_of of)
{
	struct verdict v = { .severity = SEVERITY_NONE, .of = of };
	uint64_t bit = 1;

	for (const struct verdict_rule *rule = first_rule(of.subject); is_rule_of(rule, of.subject);
		rule++, bit <<= 1) {
		struct verdict_found found = { 0 };

		if (!rule->holds(&of, &found))
			continue;
		v.rules |= bit;
		if (!v.rule && !rule->advice) {
			v.rule = rule->name;
			v.severity = rule->severity;
		}
	}
	return v;
}

struct verdict verdict_connection(const struct connection *c)
{
	return verdict_find((struct verdict_of){ .subject = VERDICT_CONNECTION, .connection = c });
}

struct verdict verdict_cluster(const struct snapshot *s)
{
	return verdict_find((struct verdict_of){ .subject = VERDICT_CLUSTER, .snapshot = s });
}

struct verdict verdict_broker(const struct broker *b)
{
	return verdict_find((struct verdict_of){ .subject = VERDICT_BROKER, .broker = b });
}

struct verdict verdict_topic(const struct topic *t)
{
	return verdict_find((struct verdict_of){ .subject = VERDICT_TOPIC, .topic = t });
}

struct verdict verdict_partition(const struct topic *t, const struct partition *p)
{
	return verdict_find((struct verdict_of){ .subject = VERDICT_PARTITION, .topic = t, .partition = p });
}

struct verdict verdict_group(const struct group *g)
{
	return verdict_find((struct verdict_of){ .subject = VERDICT_GROUP, .group = g });
}

struct verdict verdict_group_partition(const struct group *g, const struct group_partition *row)
{
	return verdict_find((struct verdict_of){ .subject = VERDICT_GROUP_PARTITION, .group = g, .row = row });
}

struct verdict verdict_member(const struct group *g, const struct member *m)
{
	return verdict_find((struct verdict_of){ .subject = VERDICT_MEMBER, .group = g, .member = m });
}

struct verdict verdict_setting(const struct config_diff_row *row)
{
	return verdict_find((struct verdict_of){ .subject = VERDICT_SETTING, .setting = row });
}

struct verdict verdict_event(enum event_kind kind, const struct group *g)
{
	return verdict_find((struct verdict_of){ .subject = VERDICT_EVENT, .event = kind, .group = g });
}

bool verdict_is_problem(struct verdict v)
{
	return v.rule != NULL;
}

enum severity verdict_figure(struct verdict v, const char *figure)
{
	enum verdict_subject subject = v.of.subject;
	uint64_t bit = 1;

	for (const struct verdict_rule *rule = first_rule(subject); is_rule_of(rule, subject); rule++, bit <<= 1)
		if (v.rules & bit && rule->figure && strcmp(rule->figure, figure) == 0)
			return rule->severity;
	return SEVERITY_NONE;
}

/* Whole minutes from one minute on: the text of a row that stands still must not change in every round. */
static void add_age(struct str *out, int64_t ms)
{
	int64_t minutes = ms / 60000;

	if (minutes < 1)
		str_addf(out, "%" PRId64 "s", ms / 5000 * 5);
	else if (minutes < 60)
		str_addf(out, "%" PRId64 "m", minutes);
	else if (minutes < 24 * 60)
		str_addf(out, "%" PRId64 "h%02" PRId64 "m", minutes / 60, minutes % 60);
	else
		format_duration(out, ms);
}

static void add_found(struct str *out, const char *name, size_t len, const struct verdict_found *found)
{
	if (strncmp(name, "count", len) == 0)
		format_count(out, found->count);
	else if (strncmp(name, "total", len) == 0)
		format_count(out, found->total);
	else if (strncmp(name, "broker", len) == 0)
		str_addf(out, "%" PRId32, found->broker);
	else if (strncmp(name, "age", len) == 0)
		add_age(out, found->age_ms);
	else if (strncmp(name, "why", len) == 0)
		str_add(out, found->why);
	else
		assert(!"words of a rule name what was not found");
}

static void add_words(struct str *out, const char *words, const struct verdict_found *found)
{
	for (const char *p = words; *p;) {
		const char *end = *p == '{' ? strchr(p, '}') : NULL;

		if (end) {
			add_found(out, p + 1, (size_t)(end - p) - 1, found);
			p = end + 1;
		} else if (strncmp(p, "(s)", 3) == 0) {
			str_add(out, found->count == 1 ? "" : "s");
			p += 3;
		} else {
			str_add_char(out, *p++);
		}
	}
}

static void add_reasons(const struct verdict *v, size_t most, struct str *out)
{
	enum verdict_subject subject = v->of.subject;
	uint64_t bit = 1;
	size_t said = 0;

	for (const struct verdict_rule *rule = first_rule(subject); said < most && is_rule_of(rule, subject);
		rule++, bit <<= 1) {
		struct verdict_found found = { 0 };

		if (!(v->rules & bit) || !rule->words)
			continue;
		rule->holds(&v->of, &found);
		str_add(out, said++ ? "; " : "");
		add_words(out, rule->words, &found);
	}
}

void verdict_reason(struct verdict v, struct str *out)
{
	add_reasons(&v, 1, out);
}

void verdict_reasons(struct verdict v, struct str *out)
{
	add_reasons(&v, SIZE_MAX, out);
}

unsigned verdict_needs(enum verdict_subject subject)
{
	unsigned needs = 0;

	for (const struct verdict_rule *rule = first_rule(subject); is_rule_of(rule, subject); rule++)
		needs |= rule->needs;
	return needs;
}

const char *verdict_severity_name(enum severity severity)
{
	static const char *const names[] = {
		[SEVERITY_NONE] = "ok",
		[SEVERITY_OK] = "ok",
		[SEVERITY_WARN] = "warn",
		[SEVERITY_CRIT] = "crit",
	};

	_Static_assert(sizeof(names) / sizeof(names[0]) == SEVERITY_COUNT, "a name for each severity");
	return names[severity];
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* A plan of topics as commands of Kafka's own tools, one a line (views/change/change.h). */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/shell.h"
#include "views/change/change.h"
#include "views/command.h"

static void add_option(struct str *out, const char *option, const char *value)
{
	str_addf(out, " %s ", option);
	shell_quote(out, value);
}

static void add_number(struct str *out, const char *option, int32_t value)
{
	if (value > 0)
		str_addf(out, " %s %" PRId32, option, value);
}

/* "1:2,2:3" */
static void add_place(struct str *out, const struct topic_placement *place)
{
	str_add(out, " --replica-assignment ");
	for (int32_t p = 0; p < place->partitions; p++)
		for (int32_t r = 0; r < place->factor; r++)
			str_addf(out, "%s%" PRId32, r ? ":" : p ? "," : "", place->replicas[p * place->factor + r]);
}

static void add_create(struct str *out, const struct topic_step *s)
{
	if (s->place.replicas) {
		add_place(out, &s->place);
	} else {
		add_number(out, "--partitions", s->partitions);
		add_number(out, "--replication-factor", s->factor);
	}
	for (size_t i = 0; i < s->setting_count; i++) {
		struct str setting = { 0 };

		str_addf(&setting, "%s=%s", s->settings[i].name, s->settings[i].value);
		add_option(out, "--config", str_text(&setting));
		str_release(&setting);
	}
}

/* The tool wants a value with a comma in brackets. */
static void add_settings(struct str *out, const struct topic_step *s)
{
	struct str set = { 0 }, unset = { 0 };

	for (size_t i = 0; i < s->setting_count; i++) {
		const struct topic_setting *t = &s->settings[i];
		bool list = t->value && strchr(t->value, ',');

		if (t->value)
			str_addf(&set, "%s%s=%s%s%s", set.len ? "," : "", t->name, list ? "[" : "", t->value,
				list ? "]" : "");
		else
			str_addf(&unset, "%s%s", unset.len ? "," : "", t->name);
	}
	if (set.len)
		add_option(out, "--add-config", str_text(&set));
	if (unset.len)
		add_option(out, "--delete-config", str_text(&unset));
	str_release(&set);
	str_release(&unset);
}

static void add_elections(struct str *out, const struct snapshot *s, const struct topic_step *step)
{
	for (size_t i = 0; i < step->cut_count; i++) {
		char number[16];

		snprintf(number, sizeof(number), "%" PRId32, step->cuts[i].partition);
		str_add(out, i ? "\n" : "");
		command_build(out, s, "kafka-leader-election", "--election-type", "preferred", "--topic", step->name,
			"--partition", number, NULL);
	}
}

static void add_step(struct str *out, const struct snapshot *s, const struct topic_step *step)
{
	switch (step->kind) {
	case TOPIC_CREATE:
		command_build(out, s, "kafka-topics", "--create", NULL, "--topic", step->name, NULL);
		add_create(out, step);
		break;
	case TOPIC_CONFIG:
		command_build(out, s, "kafka-configs", "--alter", NULL, step->of_broker ? "--broker" : "--topic",
			step->name, NULL);
		add_settings(out, step);
		break;
	case TOPIC_DELETE:
		command_build(out, s, "kafka-topics", "--delete", NULL, "--topic", step->name, NULL);
		break;
	case TOPIC_PARTITIONS:
		command_build(out, s, "kafka-topics", "--alter", NULL, "--topic", step->name, NULL);
		add_number(out, "--partitions", step->partitions);
		break;
	case TOPIC_ELECT:
		add_elections(out, s, step);
		break;
	case TOPIC_TRUNCATE:
	case TOPIC_STEP_KIND_COUNT:
		break;
	}
}

bool change_command(const struct topic_plan *plan, const struct snapshot *s, struct str *out)
{
	for (size_t i = 0; i < plan->step_count; i++) {
		if (plan->steps[i].refusal)
			continue;
		str_add(out, out->len ? "\n" : "");
		add_step(out, s, &plan->steps[i]);
	}
	return out->len > 0;
}

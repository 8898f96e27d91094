/* SPDX-License-Identifier: BSD-2-Clause */
#include "docs/manual.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "cli/command_table.h"
#include "docs/docs.h"
#include "docs/markdown.h"

#define MARK     "<!-- "
#define MARK_END " -->\n"

const struct manual_topic *manual_find(const char *name)
{
	for (size_t i = 0; i < manual_topic_count; i++)
		if (strcmp(manual_topics[i].name, name) == 0)
			return &manual_topics[i];
	return NULL;
}

/* The text with its tables; `keep_marks`: between the lines that name them, as in doc/. */
static void add_filled(struct str *out, const char *text, const struct action_set *actions, bool keep_marks)
{
	const char *mark;

	while ((mark = strstr(text, MARK))) {
		const char *name = mark + strlen(MARK), *end = strstr(name, MARK_END);
		size_t len = (size_t)(end - name);

		str_add_len(out, text, (size_t)(mark - text));
		if (keep_marks)
			str_addf(out, MARK "%.*s" MARK_END "\n", (int)len, name);

		bool known = manual_add_table(out, name, len, actions);

		assert(known);
		(void)known;
		if (keep_marks)
			str_addf(out, "\n" MARK "/%.*s" MARK_END, (int)len, name);
		text = end + strlen(MARK_END);
	}
	str_add(out, text);
}

/* "weir" is a command, the topics are explanations. */
static void add_roff_head(struct str *out, const struct manual_topic *topic)
{
	bool whole = topic == manual_topics;
	struct str name = { 0 };

	str_addf(&name, "%s%s", whole ? "" : "weir-", topic->name);
	str_add(out, ".TH ");
	roff_add(out, name.p);
	str_addf(out, " %s \"\" \"weir " WEIR_VERSION "\" \"%s\"\n.SH NAME\n", whole ? "1" : "7",
		whole ? "User Commands" : "Manual of weir");
	roff_add(out, name.p);
	str_add(out, " \\- ");
	roff_add(out, topic->summary);
	str_add(out, "\n");
	if (topic->text[strspn(topic->text, "\n")] != '#')
		str_add(out, ".SH DESCRIPTION\n");
	str_release(&name);
}

void manual_print(struct str *out, const struct manual_topic *topic, const struct action_set *actions,
	enum manual_form form, size_t cols)
{
	struct str page = { 0 };

	if (form != MANUAL_ROFF)
		str_addf(&page, "# %s: %s\n", topic->name, topic->summary);
	add_filled(&page, topic->text, actions, form == MANUAL_MARKDOWN);
	switch (form) {
	case MANUAL_TEXT:
	case MANUAL_BOLD_TEXT:
		markdown_to_text(out, page.p, cols, form == MANUAL_BOLD_TEXT);
		break;
	case MANUAL_ROFF:
		add_roff_head(out, topic);
		markdown_to_roff(out, page.p);
		break;
	case MANUAL_MARKDOWN:
		str_add(out, page.p);
		break;
	}
	str_release(&page);
}

void manual_list(struct str *out, size_t cols)
{
	struct str page = { 0 };

	str_add(&page, "Usage: weir help TOPIC or weir help COMMAND\n\n## Topics\n");
	manual_add_table(&page, "topics", strlen("topics"), NULL);
	str_add(&page, "\n## Commands\n");
	for (size_t i = 0; i < command_count; i++) {
		const struct command *c = &commands[i];

		str_addf(&page, "- `%s`: %s\n", c->name, c->summary);
	}
	markdown_to_text(out, page.p, cols, false);
	str_release(&page);
}

/* The words with blanks between, as the name of a command has them. */
static char *join_words(const char *const *words, size_t count)
{
	struct str name = { 0 };

	for (size_t i = 0; i < count; i++)
		str_addf(&name, "%s%s", i ? " " : "", words[i]);
	return str_take(&name);
}

static bool unknown_topic(const char *name, struct error *err)
{
	struct near near = { .word = name };

	for (size_t i = 0; i < manual_topic_count; i++)
		near_offer(&near, manual_topics[i].name);
	for (size_t i = 0; i < command_count; i++)
		near_offer(&near, commands[i].name);
	if (near.best)
		return error_set(err, ERR_USAGE, "no help on %s; did you mean weir help %s?", name, near.best);
	return error_set(err, ERR_USAGE, "no help on %s; weir help lists the topics", name);
}

bool manual_help(struct str *out, const char *const *words, size_t count, const struct action_set *actions, bool bold,
	size_t cols, struct error *err)
{
	char *name = join_words(words, count);
	const struct manual_topic *topic = manual_find(name);
	const struct command *command = command_find(name);
	bool known = true;

	if (count == 0)
		manual_list(out, cols);
	else if (topic)
		manual_print(out, topic, actions, bold ? MANUAL_BOLD_TEXT : MANUAL_TEXT, cols);
	else if (command)
		docs_help(out, command, cols);
	else if (command_is_family(name))
		docs_help_family(out, name, cols);
	else
		known = unknown_topic(name, err);
	free(name);
	return known;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* A request as the argument of the change view: fields, with separators that no name can hold. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "views/change/change.h"

static const char separator = '\x1f', list_separator = '\x1e';

static void add_list(struct str *out, const struct topic_texts *t)
{
	for (size_t i = 0; i < t->count; i++)
		str_addf(out, "%s%c", t->items[i], list_separator);
	str_add_char(out, separator);
}

void change_open(struct ui *ui, struct topic_request *r)
{
	struct str arg = { 0 };

	str_addf(&arg, "%d%c%d%c%d%c", (int)r->kind, separator, r->of_broker, separator, (int)r->partitions, separator);
	add_list(&arg, &r->names);
	add_list(&arg, &r->set);
	add_list(&arg, &r->unset);
	for (size_t i = 0; i < r->part_count; i++)
		str_addf(&arg, "%s%d", i ? "," : "", (int)r->parts[i]);
	str_addf(&arg, "%c%s%c%s%c%s%c%s%c%s", separator, r->to ? r->to : "", separator, r->like ? r->like : "", separator,
		r->undo_of ? r->undo_of : "", separator, r->original ? r->original : "", separator, r->draft ? r->draft : "");
	ui->calls->open(ui, "change", str_text(&arg));
	topic_request_release(r);
	str_release(&arg);
}

void change_create(struct ui *ui)
{
	ui->calls->open(ui, "change", "create");
}

static char *take(const char **p, char end)
{
	size_t len = 0;
	char *part;

	while ((*p)[len] && (*p)[len] != end)
		len++;
	part = mem_strndup(*p, len);
	*p += len + ((*p)[len] != '\0');
	return part;
}

/* NULL where there is nothing. */
static char *take_text(const char **p)
{
	char *text = take(p, separator);

	if (*text)
		return text;
	free(text);
	return NULL;
}

static int32_t take_number(const char **p)
{
	char *text = take(p, separator);
	int32_t value = (int32_t)strtol(text, NULL, 10);

	free(text);
	return value;
}

static void take_list(const char **p, struct topic_texts *out)
{
	char *list = take(p, separator);

	for (const char *q = list; *q;) {
		char *item = take(&q, list_separator);

		topic_texts_add(out, item);
		free(item);
	}
	free(list);
}

bool change_take_request(const char *p, struct topic_request *r, struct error *err)
{
	int32_t kind = take_number(&p);
	char *parts;
	bool ok;

	if (kind < 0 || kind >= TOPIC_STEP_KIND_COUNT || !strchr(p, separator))
		return error_set(err, ERR_USAGE, "changes begin with an action on topics or brokers");
	topic_request_init(r, (enum topic_step_kind)kind);
	r->of_broker = take_number(&p) != 0;
	r->partitions = take_number(&p);
	take_list(&p, &r->names);
	take_list(&p, &r->set);
	take_list(&p, &r->unset);
	parts = take(&p, separator);
	ok = !*parts || topic_request_parts(r, parts, err);
	free(parts);
	r->to = take(&p, separator);
	r->like = take_text(&p);
	r->undo_of = take_text(&p);
	r->original = take_text(&p);
	r->draft = take_text(&p);
	return ok;
}

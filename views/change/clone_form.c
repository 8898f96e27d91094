/* SPDX-License-Identifier: BSD-2-Clause */
/* What a clone is made of: the target, its records or not, and where. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/topic_name.h"
#include "views/change/clone.h"

enum { CONFIGURATION, RECORDS, WHAT_COUNT };

static const struct form_option whats[WHAT_COUNT] = {
	[CONFIGURATION] = { "configuration only", "an empty topic with the same partitions, replicas and settings" },
	[RECORDS] = { "records too", "partition by partition in their order, with keys, headers and timestamps" },
};

static const struct form_option codecs[] = {
	{ "as configured", "compression.codec of the context, or none" },
	{ "none", NULL },
	{ "lz4", NULL },
	{ "zstd", NULL },
	{ "snappy", NULL },
	{ "gzip", NULL },
};

static bool is_context(const struct ui *ui, const char *name)
{
	for (size_t i = 0; i < ui->settings->context_count; i++)
		if (strcmp(ui->settings->contexts[i].name, name) == 0)
			return true;
	return false;
}

static bool check_where(const struct ui *ui, const char *text, struct error *err)
{
	if (!*text || is_context(ui, text) || strchr(text, ':'))
		return true;
	return error_set(err, ERR_USAGE, "no such context; give a context or HOST:PORT, or leave it empty");
}

static bool check_rate(const char *text, size_t *at, struct error *err)
{
	*at = strspn(text, "0123456789");
	return (!text[*at] && *at < 10) ||
		error_set(err, ERR_USAGE, "a number of records per second, or empty for no limit");
}

static bool check(void *owner, int field, const char *text, size_t *at, struct error *err)
{
	const struct clone_form *f = owner;

	*at = SIZE_MAX;
	if (field == f->target)
		return topic_name_check(text, err);
	if (field == f->where)
		return check_where(f->ui, text, err);
	return field != f->rate || check_rate(text, at, err);
}

static void gloss(void *owner, int field, const char *text, struct str *out)
{
	const struct clone_form *f = owner;
	const struct snapshot *s = f->ui->live.cluster;

	if (field == f->where && !*text)
		str_add(out, "the same cluster");
	if (field == f->rate && !*text)
		str_add(out, "no limit");
	if (field != f->target || !*text || *form_text(f->form, f->where) || !s || !snapshot_topic(s, text))
		return;
	str_add(out,
		form_chosen(f->form, f->what) == RECORDS ? "exists: the copy is resumed if this clone created it" :
							   "exists already");
}

static void complete(void *owner, int field, const char *text, size_t cursor, struct prompt_words *words)
{
	const struct clone_form *f = owner;

	if (field != f->where)
		return;
	words->from = 0;
	for (size_t i = 0; i < f->ui->settings->context_count; i++)
		if (strncmp(f->ui->settings->contexts[i].name, text, cursor) == 0)
			prompt_words_add(words, f->ui->settings->contexts[i].name, "context", NULL);
}

static void changed(void *owner, int field)
{
	const struct clone_form *f = owner;
	bool data = form_chosen(f->form, f->what) == RECORDS;

	(void)field;
	form_show(f->form, f->compression, data);
	form_show(f->form, f->rate, data);
}

static const struct form_ops ops = { .check = check, .gloss = gloss, .complete = complete, .changed = changed };

void clone_form_new(struct clone_form *f, struct ui *ui, const char *source, const char *target)
{
	f->ui = ui;
	f->source = mem_strdup(source);
	f->form = form_new(&ops, f);
	form_add(f->form, &(struct form_field){ FORM_FIXED, "clone of", .text = source });
	f->target = form_add(f->form,
		&(struct form_field){ FORM_TEXT, "target", .text = target,
			.placeholder = "a new name, or an interrupted clone",
			.help = "letters, digits, . _ and -, up to 249" });
	f->what = form_add(f->form,
		&(struct form_field){ FORM_CHOICE, "what", .options = whats, .option_count = WHAT_COUNT });
	f->where = form_add(f->form,
		&(struct form_field){ FORM_TEXT, "cluster", .placeholder = "a context, or HOST:PORT",
			.help = "where the target is created; empty: the cluster of the source" });
	f->compression = form_add(f->form,
		&(struct form_field){ FORM_CHOICE, "compression", .options = codecs,
			.option_count = sizeof(codecs) / sizeof(*codecs) });
	f->rate = form_add(f->form,
		&(struct form_field){ FORM_TEXT, "records/s", .placeholder = "e.g. 20000",
			.help = "upper limit, to spare the brokers; empty: no limit" });
	f->plan = form_add(f->form,
		&(struct form_field){ FORM_BUTTON, "show the plan",
			.help = "reads both topics, the broker validates it; nothing is created yet" });
	form_focus(f->form, target ? f->what : f->target);
	changed(f, f->what);
}

void clone_form_free(struct clone_form *f)
{
	form_free(f->form);
	free(f->source);
	*f = (struct clone_form){ 0 };
}

void clone_form_request(const struct clone_form *f, struct clone_request *r)
{
	size_t codec = form_chosen(f->form, f->compression);
	const char *where = form_text(f->form, f->where);

	*r = (struct clone_request){
		.source = mem_strdup(f->source),
		.target = mem_strdup(form_text(f->form, f->target)),
		.where = *where ? mem_strdup(where) : NULL,
		.data = form_chosen(f->form, f->what) == RECORDS,
		.compression = codec ? mem_strdup(codecs[codec].label) : NULL,
		.per_s = strtoll(form_text(f->form, f->rate), NULL, 10),
	};
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The form of a topic like another one. The configuration is cloned here, by the plan of a creation; copying records,
 * and to another cluster, is left to `weir topic clone`, whose line the form shows and copies.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/shell.h"
#include "model/topic_name.h"
#include "views/change.h"
#include "views/command.h"

enum { CONFIGURATION, RECORDS, ELSEWHERE, WHAT_COUNT };

static const struct form_option whats[WHAT_COUNT] = {
	[CONFIGURATION] = {"configuration only", "an empty topic with the same partitions, replicas and settings"},
	[RECORDS] = {"records too", "by the command: it copies, goes on after a break, and counts at the end"},
	[ELSEWHERE] = {"to another cluster", "by the command: put the address of that cluster in the place of OTHER:9092"},
};

static void write_command(struct str *out, const struct snapshot *s, const char *source, const char *target,
	size_t what)
{
	str_add(out, "weir topic clone ");
	shell_quote(out, source);
	str_add_char(out, ' ');
	shell_quote(out, *target ? target : "TARGET");
	str_add(out, " --data -b ");
	shell_quote(out, s && s->connection.bootstrap ? s->connection.bootstrap : "HOST:PORT");
	if (what == ELSEWHERE)
		str_add(out, " -B OTHER:9092");
}

static bool check(void *owner, int field, const char *text, size_t *at, struct error *err)
{
	const struct change_form *f = owner;

	*at = SIZE_MAX;
	return field != f->name || topic_name_check(text, err);
}

static void show_command(const struct change_form *f, const struct snapshot *s)
{
	size_t what = form_chosen(f->form, f->what);
	struct str command = {0};

	write_command(&command, s, f->like, form_text(f->form, f->name), what);
	form_set_text(f->form, f->command, str_text(&command));
	form_show(f->form, f->command, what != CONFIGURATION);
	form_show(f->form, f->copy, what != CONFIGURATION);
	form_show(f->form, f->plan, what == CONFIGURATION);
	str_release(&command);
}

static void changed(void *owner, int field)
{
	const struct change_form *f = owner;

	(void)field;
	show_command(f, f->ui->snapshot);
}

static const struct form_ops ops = {.check = check, .changed = changed};

void change_clone_form_new(struct view *v, struct change_form *f, const char *source)
{
	f->like = mem_strdup(source);
	f->ui = v->ui;
	f->form = form_new(&ops, f, v->ui);
	form_add(f->form, &(struct form_field){FORM_FIXED, "clone of", .text = source});
	f->name = form_add(f->form, &(struct form_field){FORM_TEXT, "target", .placeholder = "a name that no topic has",
		.help = "letters, digits, . _ and -, up to 249"});
	f->what = form_add(f->form, &(struct form_field){FORM_CHOICE, "what", .options = whats, .option_count = WHAT_COUNT});
	f->command = form_add(f->form, &(struct form_field){FORM_FIXED, "command"});
	f->plan = form_add(f->form, &(struct form_field){FORM_BUTTON, "show the plan",
		.help = "the broker validates it; nothing is made yet"});
	f->copy = form_add(f->form, &(struct form_field){FORM_BUTTON, "copy the command",
		.help = "it shows its plan; with --execute behind it, it copies"});
	form_focus(f->form, f->name);
	changed(f, f->what);
}

bool change_clone_form_copies(struct view *v, const struct change_form *f)
{
	struct str command = {0};

	if (!f->like || form_chosen(f->form, f->what) == CONFIGURATION)
		return false;
	write_command(&command, v->ui->snapshot, f->like, form_text(f->form, f->name), form_chosen(f->form, f->what));
	v->ui->calls->copy(v->ui, str_text(&command), "the command");
	str_release(&command);
	return true;
}

void change_clone_copy_command(struct ui *ui, const char *source, const char *target)
{
	struct str command = {0};

	write_command(&command, ui->snapshot, source, target, RECORDS);
	ui->calls->copy(ui, str_text(&command), "the command");
	str_release(&command);
}

void change_clone_request(const struct change_form *f, struct topic_request *r)
{
	topic_request_init(r, TOPIC_CREATE);
	r->like = mem_strdup(f->like);
	topic_texts_add(&r->names, form_text(f->form, f->name));
}

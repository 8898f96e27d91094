/* SPDX-License-Identifier: BSD-2-Clause */
/* Marked settings in the user's editor, as properties: what was changed there becomes a request. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/config_draft.h"
#include "views/change/change.h"

static void write_settings(struct str *text, const struct config *config, const size_t *rows, size_t count)
{
	str_add(text, "# Change a value to set it; delete a line to reset the setting to its default.\n");
	for (size_t i = 0; i < count; i++) {
		const struct config_entry *e = &config->entries[rows[i]];

		if (e->is_read_only || e->is_sensitive)
			str_addf(text, "# %s: %s\n", e->name, e->is_sensitive ? "secret, not shown" : "read-only");
		else
			str_addf(text, "%s=%s\n", e->name, e->value ? e->value : "");
	}
}

/* The draft of a change that was not typed in the editor. */
static char *draft_of(const struct topic_request *r)
{
	struct str text = { 0 };

	str_add(&text, "# Each of these values will be set.\n");
	for (size_t i = 0; i < r->set.count; i++)
		str_addf(&text, "%s\n", r->set.items[i]);
	return str_take(&text);
}

static bool is_empty(const struct str *text)
{
	return !text->len || text->p[strspn(text->p, " \t\r\n")] == '\0';
}

/* True: *text differs from what was shown. */
static bool show_draft(struct ui *ui, const char *draft, int line, const char *why, struct str *text)
{
	struct str shown = { 0 };
	struct error err;
	bool ok;

	if (why)
		config_draft_mark(draft, line, why, &shown);
	else
		str_add(&shown, draft);
	str_clear(text);
	str_add_len(text, shown.p, shown.len);
	ok = ui->calls->run_program(ui, PROGRAM_EDITOR, ".properties", text, &err);
	if (!ok)
		ui->calls->message(ui, SEVERITY_WARN, err.message);
	ok = ok && !is_empty(text) && strcmp(str_text(text), str_text(&shown)) != 0;
	str_release(&shown);
	return ok;
}

bool change_edit_draft(struct ui *ui, struct topic_request *r, const char *refused)
{
	struct str text = { 0 };
	struct error err;
	const char *why = refused;
	bool changed = false;
	int line = 0;

	if (!r->draft)
		r->draft = draft_of(r);
	if (!config_draft_read(r, r->draft, &line, &err))
		why = err.message;
	else
		line = refused ? config_draft_line(r->draft, refused) : 0;
	/* A draft with a fault comes back with the reason; left unchanged, it goes to the change view as it is. */
	while (show_draft(ui, r->draft, line, why, &text)) {
		changed = true;
		free(r->draft);
		r->draft = mem_strdup(str_text(&text));
		if (config_draft_read(r, r->draft, &line, &err))
			break;
		why = err.message;
	}
	str_release(&text);
	return changed;
}

void change_edit_settings(struct view *v, const struct config *config, const size_t *rows, size_t count,
	struct topic_request *r)
{
	struct str text = { 0 };
	struct error err;
	int line;

	write_settings(&text, config, rows, count);
	r->original = mem_strdup(str_text(&text));
	r->draft = str_take(&text);
	if (change_edit_draft(v->ui, r, NULL) &&
		(!config_draft_read(r, r->draft, &line, &err) || r->set.count || r->unset.count))
		change_open(v->ui, r);
	else
		v->ui->calls->message(v->ui, SEVERITY_NONE, "nothing was changed");
	topic_request_release(r);
}

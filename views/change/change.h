/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Changes of topics and brokers: an action becomes a request; the change view
 * shows its plan, asks for confirmation, has it applied and shows the result.
 * Nothing is changed before the plan is confirmed. UI thread.
 */
#ifndef VIEWS_CHANGE_H
#define VIEWS_CHANGE_H

#include "model/topic_work.h"
#include "ui/form.h"
#include "views/panes.h"

/* Opens the change view; takes what the request owns. A topic to create that has no name yet is asked for in a form. */
void change_open(struct ui *ui, struct topic_request *request);
/* Actions on topics: ACTION_IGNORED for any other. `topic` NULL: those marked in `table`, or under its cursor. */
enum action_result change_topics(struct view *v, const struct table *table, const struct snapshot *s, const char *topic,
	const struct topic *partitions_of, enum action_id id, const char *arg);
/* Edits the setting under the cursor of a configuration, or the marked ones in the user's editor; `name`: the topic, or the broker's id. */
void change_setting(struct view *v, const struct table *table, const struct config *config, bool of_broker,
	const char *name, bool to_default);

/* Edits those rows in the user's editor, as properties; takes what the request owns. */
void change_edit_settings(struct view *v, const struct config *config, const size_t *rows, size_t count,
	struct topic_request *r);

/* For the change*.c alone. */
/*
 * Opens the request's draft in the user's editor, again and again until it can be read or comes back unchanged; at
 * the line that `refused` (may be NULL) is about. False: the editor could not be started, or changed nothing.
 */
bool change_edit_draft(struct ui *ui, struct topic_request *r, const char *refused);
/* Lines: each step of a plan with its warnings; how each ended, the bad ends first. A line that warns begins with "~", one
 * that says what failed or is refused with "!", as in the question. */
void change_say_plan(const struct topic_plan *plan, struct str *out);
void change_say_ends(const struct topic_plan *plan, const char *cluster, struct str *out);
/* Draws as many lines as there is room for (the table has them all) and returns the row below; writes into the text. */
int change_draw_lines(const struct area *a, char *text, bool failed);
/* Asks; `done` as ui_calls.confirm has it, with the view as its data. */
void change_confirm(struct view *v, struct topic_plan *plan, void (*done)(struct ui *ui, void *data, bool yes));
/* Commands of Kafka's tools that do what the plan does, one a line; false: it has none. `s` may be NULL. */
bool change_command(const struct topic_plan *plan, const struct snapshot *s, struct str *out);

struct change_form {
	struct form *form;
	const struct ui *ui;
	int name, partitions, factor, placement, assignment, policy, retention, least, more;
};

void change_form_new(struct view *v, struct change_form *f);
void change_form_request(const struct change_form *f, struct topic_request *r);
void change_form_free(struct change_form *f);

#endif

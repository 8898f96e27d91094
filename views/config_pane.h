/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The configuration of a topic or broker as a table: first the settings that
 * somebody set, then the defaults, each with its source and what the catalogue
 * knows about it. Kafka never tells sensitive values. UI thread.
 */
#ifndef VIEWS_CONFIG_PANE_H
#define VIEWS_CONFIG_PANE_H

#include "model/config_catalog.h"
#include "views/panes.h"

struct config_pane {
	const struct config *config; /* NULL: the topic or broker is not there */
	enum config_scope scope;     /* whose configurations these are */
};

/* Opens a topic or broker, by name, with its configuration in front; its view asks whether that was asked for. */
void config_pane_open(struct ui *ui, const struct view_ops *view, const char *name);
bool config_pane_is_asked(const struct view_request *request);
/* Adds it to the view's panes; `pane` lives as long as the view. */
void config_pane_add(struct view *v, struct config_pane *pane, enum config_scope scope);
/* Adds the sentence, type and rule of a setting for the last line; nothing when the catalogue does not know it. */
void config_pane_note(enum config_scope scope, const char *name, struct str *out);
/* Draws why there is nothing to list; `what`: "the configuration of orders". */
void config_pane_waiting(const struct area *a, const struct snapshot *s, const struct config_pane *pane,
	const char *what, const char *acl, const struct table *t);

#endif

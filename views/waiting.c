/* SPDX-License-Identifier: BSD-2-Clause */
#include "views/waiting.h"

#include <string.h>

#include "views/command.h"
#include "views/wrap.h"

enum { COL = 3 };

static void draw_line(const struct area *a, int *row, enum role role, const struct str *text)
{
	*row = wrap_draw(a, *row, COL, role, str_text(text));
}

static void say_connection(struct str *out, const struct snapshot *s)
{
	const char *bootstrap = s->connection.bootstrap ? s->connection.bootstrap : "the cluster";

	if (s->connection.error)
		str_addf(out, "%s: %s", bootstrap, s->connection.error);
	else
		str_addf(out, "connecting to %s ...", bootstrap);
}

/* Kafka lists only what the user may describe, so what is missing may not exist or may be hidden. */
static void draw_denied(const struct area *a, int row, const struct snapshot *s, const struct waiting *w)
{
	struct str text = { 0 };

	if (w->visible == VISIBILITY_PARTIAL && !w->origin->denied && strncmp(w->what, "this ", 5) == 0)
		str_addf(&text, "%s does not exist, or you may not describe it", w->what);
	else if (w->visible == VISIBILITY_PARTIAL && !w->origin->denied)
		str_addf(&text, "there are no %s that you may describe", w->what);
	else
		str_addf(&text, "you may not see %s: that needs %s", w->what, w->denied);
	draw_line(a, &row, ROLE_WARN, &text);
	str_clear(&text);
	str_add(&text, "Kafka hides what you may not describe; an administrator can allow it:");
	if (a->rows >= 10)
		draw_line(a, &row, ROLE_DIM, &text);
	str_clear(&text);
	command_build(&text, s, "kafka-acls", "--add", NULL, "--allow-principal", "User:NAME", NULL);
	str_addf(&text, " --operation %s %s", w->operation ? w->operation : "Describe", w->acl);
	draw_line(a, &row, ROLE_TEXT, &text);
	str_release(&text);
}

static bool is_answered(const struct snapshot *s, const struct waiting *w)
{
	return w->need ? (s->ready & w->need) != 0 : w->origin->at_ms || w->origin->error;
}

/* Why there is no answer yet. */
static void say_unanswered(struct str *text, const struct snapshot *s, const struct waiting *w)
{
	if (s->connection.state == CONNECTION_UP)
		str_addf(text, "asking %d broker%s for %s ...", (int)s->totals.brokers_up,
			s->totals.brokers_up == 1 ? "" : "s", w->what);
	else
		say_connection(text, s);
}

void waiting_draw(const struct area *a, const struct snapshot *s, const struct waiting *w, const struct table *t)
{
	struct str text = { 0 };
	enum role role = ROLE_DIM;
	int row = 1;

	if (t && table_shown(t) > 0)
		return;
	/* A filter hides all rows: the pane says so itself. */
	if (t && table_why_empty(t, &text)) {
		str_release(&text);
		return;
	}
	if (!s) {
		str_add(&text, "connecting ...");
	} else if (!is_answered(s, w)) {
		say_unanswered(&text, s, w);
		if (s->connection.error)
			role = ROLE_WARN;
	} else if (w->origin && (w->origin->denied || w->visible == VISIBILITY_PARTIAL)) {
		draw_denied(a, row, s, w);
	} else if (w->origin && w->origin->error && !w->origin->at_ms) {
		str_addf(&text, "could not read %s: %s; weir tries again by itself", w->what, w->origin->error);
		role = ROLE_WARN;
	} else {
		str_add(&text, w->none);
	}
	if (text.len)
		draw_line(a, &row, role, &text);
	str_release(&text);
}

void waiting_partial(struct str *out, const char *what, enum visibility visible)
{
	if (visible == VISIBILITY_PARTIAL)
		str_addf(out, "only %s you may describe are listed; Kafka hides the others silently", what);
}

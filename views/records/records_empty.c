/* SPDX-License-Identifier: BSD-2-Clause */
/* What stands where there is no record: what is read, why nothing can be, what may be wrong with the filter. */
#include <ctype.h>
#include <string.h>

#include "views/command.h"
#include "views/records/records.h"
#include "views/records/records_draw.h"
#include "views/wrap.h"

static void add_names(const struct records *r, struct str *out)
{
	for (size_t i = 0; i < r->scope.name_count; i++)
		str_addf(out, "%s%s", i ? ", " : "", r->scope.names[i]);
}

static void draw_denied(const struct records *r, const struct area *a, int row)
{
	const struct snapshot *s = r->ui->live.cluster;
	struct str text = {0};
	bool pattern = r->scope.names[0][0] == '^';

	command_build(&text, s, "kafka-acls", "--add", NULL, "--allow-principal", "User:NAME", "--operation", "Read",
		"--topic", pattern ? "*" : r->scope.names[0], NULL);
	row = wrap_draw(a, row, TABLE_LEAD, ROLE_DIM, "reading needs READ on the topic; an administrator can allow it:");
	wrap_draw(a, row, TABLE_LEAD, ROLE_TEXT, str_text(&text));
	str_release(&text);
}

/* A path of the filter that no record had so far is often a slip. */
static bool find_unseen(const struct records *r, struct str *out)
{
	const char *text = r->feed.now.searched && r->asked.searched ? r->asked.searched : r->asked.filter ? r->asked.filter : "";

	for (const char *p = text; *p; p++) {
		size_t len = strncmp(p, "value.", 6) == 0 ? 6 : strncmp(p, "key.", 4) == 0 ? 4 : 0;
		bool inside = p > text && (isalnum((unsigned char)p[-1]) || strchr("._-\"", p[-1]));

		if (len == 0 || inside)
			continue;
		len += strcspn(p + len, " .[]()=!<>~,");
		if (strncmp(p, "value.size", len) == 0 || strncmp(p, "key.size", len) == 0)
			continue;
		if (!paths_has(&r->rows.paths, p, len)) {
			str_add_len(out, p, len);
			return true;
		}
	}
	return false;
}

void records_draw_empty(const struct records *r, const struct area *a, int row)
{
	const struct error *err = r->feed.handle ? &r->feed.now.error : &r->feed.error;
	struct str text = {0};

	if (!r->feed.handle || r->feed.now.phase == FEED_FAILED) {
		row = wrap_draw(a, row, TABLE_LEAD, ROLE_WARN, err->message[0] ? err->message : "nothing can be read");
		if (err->code == ERR_DENIED)
			draw_denied(r, a, row);
		else
			wrap_draw(a, row, TABLE_LEAD, ROLE_DIM, "r tries again");
		return;
	}
	if (r->feed.now.phase == FEED_IDLE && err->code == ERR_DENIED && !r->feed.now.error_past) {
		row = wrap_draw(a, row, TABLE_LEAD, ROLE_WARN, err->message);
		draw_denied(r, a, row);
		return;
	}
	if (r->feed.now.phase == FEED_OPENING)
		str_add(&text, "finding the newest records of ");
	else if (r->feed.now.phase == FEED_SEARCHING)
		str_add(&text, "nothing found yet in ");
	else if (r->feed.now.phase == FEED_LOADING)
		str_add(&text, "reading ");
	else if (r->feed.now.searched || r->asked.filter)
		str_add(&text, "no record matches in ");
	else
		str_add(&text, "no records in ");
	add_names(r, &text);
	if (r->feed.now.phase == FEED_OPENING || r->feed.now.phase == FEED_LOADING)
		str_add(&text, " ...");
	row = wrap_draw(a, row, TABLE_LEAD, ROLE_DIM, str_text(&text));
	if (err->code != ERR_NONE && !r->feed.now.error_past)
		row = wrap_draw(a, row, TABLE_LEAD, ROLE_WARN, err->message);
	if (r->feed.now.phase == FEED_FOLLOWING)
		row = wrap_draw(a, row, TABLE_LEAD, ROLE_DIM, "what arrives is shown at once");
	str_clear(&text);
	if (r->rows.paths.count && (r->asked.filter || r->feed.now.searched) && find_unseen(r, &text)) {
		str_add(&text, " was in no record that was shown");
		row = wrap_draw(a, row, TABLE_LEAD, ROLE_WARN, str_text(&text));
	}
	if (r->asked.filter && !r->feed.now.searched && r->feed.now.phase != FEED_SEARCHING)
		wrap_draw(a, row, TABLE_LEAD, ROLE_DIM, "Ctrl-s looks through the whole log, / changes the filter");
	str_release(&text);
}

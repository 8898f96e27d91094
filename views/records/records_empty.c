/* SPDX-License-Identifier: BSD-2-Clause */
/* Says why no record is shown: what is being read, what failed, what may be wrong with the filter. */
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
	struct str text = { 0 };
	bool pattern = r->scope.names[0][0] == '^';

	command_build(&text, s, "kafka-acls", "--add", NULL, "--allow-principal", "User:NAME", "--operation", "Read",
		"--topic", pattern ? "*" : r->scope.names[0], NULL);
	row = wrap_draw(a, row, TABLE_LEAD, ROLE_DIM,
		"reading needs READ on the topic; an administrator can allow it:");
	wrap_draw(a, row, TABLE_LEAD, ROLE_TEXT, str_text(&text));
	str_release(&text);
}

/* Finds a path of the filter that no record had so far: often a typing error. */
static bool find_unseen(const struct records *r, struct str *out)
{
	const char *text = r->feed.now.searched && r->asked.searched ? r->asked.searched :
		r->asked.filter                                      ? r->asked.filter :
								       "";

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

static bool is_denied(const struct records *r)
{
	return r->feed.handle && r->feed.now.phase == FEED_IDLE && r->feed.now.error.code == ERR_DENIED &&
		!r->feed.now.error_past;
}

static bool is_failed(const struct records *r)
{
	return !r->feed.handle || r->feed.now.phase == FEED_FAILED;
}

static void draw_failure(const struct records *r, const struct area *a, int row)
{
	const struct error *err = r->feed.handle ? &r->feed.now.error : &r->feed.error;

	row = wrap_draw(a, row, TABLE_LEAD, ROLE_WARN, err->message[0] ? err->message : "nothing can be read");
	if (err->code == ERR_DENIED)
		draw_denied(r, a, row);
	else
		wrap_draw(a, row, TABLE_LEAD, ROLE_DIM, "r tries again");
}

/* The lines, in order. Each adds its text, or nothing where it does not apply. */

static void say_what_is_read(const struct records *r, struct str *out)
{
	static const struct {
		const char *before, *after;
	} phases[] = {
		[FEED_OPENING] = { "finding the newest records of ", " ..." },
		[FEED_SEARCHING] = { "nothing found yet in ", "" },
		[FEED_LOADING] = { "reading ", " ..." },
		[FEED_FOLLOWING] = { NULL, "" },
		[FEED_IDLE] = { NULL, "" },
		[FEED_FAILED] = { NULL, "" },
	};
	const char *before = phases[r->feed.now.phase].before;

	if (!before)
		before = r->feed.now.searched || r->asked.filter ? "no record matches in " : "no records in ";
	str_add(out, before);
	add_names(r, out);
	str_add(out, phases[r->feed.now.phase].after);
}

static void say_error(const struct records *r, struct str *out)
{
	if (r->feed.now.error.code != ERR_NONE && !r->feed.now.error_past)
		str_add(out, r->feed.now.error.message);
}

static void say_following(const struct records *r, struct str *out)
{
	if (r->feed.now.phase == FEED_FOLLOWING)
		str_add(out, "what arrives is shown at once");
}

static void say_unseen(const struct records *r, struct str *out)
{
	if (r->rows.paths.count && (r->asked.filter || r->feed.now.searched) && find_unseen(r, out))
		str_add(out, " was in no record that was shown");
}

static void say_search(const struct records *r, struct str *out)
{
	if (r->asked.filter && !r->feed.now.searched && r->feed.now.phase != FEED_SEARCHING)
		str_add(out, "Ctrl-s looks through the whole log, / changes the filter");
}

static const struct {
	void (*say)(const struct records *r, struct str *out);
	enum role role;
} lines[] = {
	{ say_what_is_read, ROLE_DIM },
	{ say_error, ROLE_WARN },
	{ say_following, ROLE_DIM },
	{ say_unseen, ROLE_WARN },
	{ say_search, ROLE_DIM },
};

void records_draw_empty(const struct records *r, const struct area *a, int row)
{
	struct str text = { 0 };

	if (is_failed(r) || is_denied(r)) {
		draw_failure(r, a, row);
		return;
	}
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		str_clear(&text);
		lines[i].say(r, &text);
		if (text.len)
			row = wrap_draw(a, row, TABLE_LEAD, lines[i].role, str_text(&text));
	}
	str_release(&text);
}

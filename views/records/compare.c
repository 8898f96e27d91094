/* SPDX-License-Identifier: BSD-2-Clause */
/* How two records differ: the lines of the record view, compared. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "views/line_diff.h"
#include "views/records/record_text.h"
#include "views/views.h"

struct state {
	struct text_pane text; /* first */
	size_t removed, added;
};

/* What the view is opened with. The topics live as long as the records below. */
struct compared {
	struct record_id ids[2];
};

/* ---- which two ---- */

/* Reads "1:204" or "orders:1:204" into *out. Returns what is wrong with it; NULL: it is one of the records here. */
static const char *find_named(struct records *r, const char *word, size_t len, struct record_id *out)
{
	char *text = mem_strndup(word, len), *offset = strrchr(text, ':'), *partition = NULL, *end = NULL;
	const char *said = "give PARTITION:OFFSET twice, as in compare 0:12 1:5";

	if (offset) {
		*offset++ = '\0';
		partition = strrchr(text, ':');
		out->topic = partition ? text : r->scope.name_count == 1 ? r->scope.names[0] : r->place.at.topic;
		if (partition)
			*partition++ = '\0';
		out->partition = (int32_t)strtol(partition ? partition : text, &end, 10);
		if (*end == '\0' && *offset)
			out->offset = strtoll(offset, &end, 10);
		if (*end == '\0' && *offset)
			said = records_find(r, out) >= 0 ? NULL : "is not among the records here: o goes to an offset";
		/* The topic's own name outlives this text. */
		out->topic = said ? NULL : records_topic(r, out->topic)->name;
	}
	free(text);
	return said;
}

static bool find_both(struct records *r, const char *arg, struct record_id *both)
{
	const char *p = arg;

	for (int i = 0; i < 2; i++) {
		size_t len = strcspn(p += strspn(p, " "), " ");
		const char *said = find_named(r, p, len, &both[i]);

		if (said) {
			records_say(r, SEVERITY_WARN, "%.*s: %s", (int)len, p, said);
			return false;
		}
		p += len;
	}
	return true;
}

static bool find_marked(struct records *r, const struct record_id *here, struct record_id *both)
{
	int64_t *numbers;
	size_t marked = r->marks.mark_count, count = records_marked(r, &numbers);
	bool other = count == 1 && here->topic && !records_is_marked(r, here);

	for (size_t i = 0; i < count && i < 2; i++)
		both[i] = records_id_at(r, numbers[i]);
	free(numbers);
	if (other) {
		int64_t number = records_find(r, here);
		bool first = number < records_find(r, &both[0]);

		if (first)
			both[1] = both[0];
		both[!first] = *here;
	}
	if (marked > 2)
		records_say(r, SEVERITY_WARN, "two records are compared, and %zu are marked: U takes all marks away",
			marked);
	else if (count < marked)
		records_say(r, SEVERITY_WARN, "a marked record has left the ring: U takes all marks away");
	else if (count < 2 && !other)
		records_say(r, SEVERITY_WARN, "mark a record (Space), then press = on the one to compare it with");
	return marked <= 2 && count == marked && (count == 2 || other);
}

static bool same_records(const void *a, const void *b)
{
	const struct compared *x = a, *y = b;

	for (int i = 0; i < 2; i++)
		if (x->ids[i].topic != y->ids[i].topic || x->ids[i].partition != y->ids[i].partition ||
			x->ids[i].offset != y->ids[i].offset)
			return false;
	return true;
}

static const struct view_request_type records_compared = { .equal = same_records, .release = free };

void records_compare(struct records *r, const struct record_id *here, const char *arg)
{
	struct compared both = { 0 }, *asked;
	struct str name = { 0 };

	if (!r->feed.handle || !(arg && *arg ? find_both(r, arg, both.ids) : find_marked(r, here, both.ids)))
		return;
	for (int i = 0; i < 2; i++) {
		str_add(&name, i ? " and " : "");
		if (!records_scope_is_topic(&r->scope))
			str_addf(&name, "%s:", both.ids[i].topic);
		str_addf(&name, "%" PRId32 ":%" PRId64, both.ids[i].partition, both.ids[i].offset);
	}
	asked = mem_alloc(sizeof(*asked));
	*asked = both;
	r->ui->calls->open(r->ui, &view_compare,
		(struct view_request){ .name = str_take(&name), .type = &records_compared, .value = asked });
}

/* ---- the view ---- */

struct lines {
	struct str text;
	char **line; /* into the text */
	size_t count;
};

static void split_lines(struct lines *l)
{
	size_t cap = 0;

	for (char *p = l->text.p, *end; p && *p; p = end + 1) {
		end = strchr(p, '\n');
		*end = '\0';
		l->line = mem_grow(l->line, &cap, l->count + 1, sizeof(*l->line));
		l->line[l->count++] = p;
	}
}

static bool read_lines(struct records *r, const struct record_id *id, struct lines *l)
{
	struct arena *arena = arena_new(0);
	struct record record;
	enum txn_outcome outcome;
	bool ok = records_read(r, id, arena, &record, &outcome);

	if (ok)
		record_text_plain(r, &record, outcome, &l->text);
	arena_free(arena);
	split_lines(l);
	return ok;
}

static void release_lines(struct lines *l)
{
	str_release(&l->text);
	free(l->line);
}

static void add_steps(struct state *st, const struct lines *a, const struct lines *b)
{
	static const struct {
		const char *sign;
		enum role role;
	} look[] = { [LINE_SAME] = { "  ", ROLE_DIM },
		[LINE_REMOVED] = { "- ", ROLE_REMOVED },
		[LINE_ADDED] = { "+ ", ROLE_ADDED } };
	size_t count;
	struct line_step *steps =
		line_diff((const char *const *)a->line, a->count, (const char *const *)b->line, b->count, &count);

	for (size_t i = 0; i < count; i++) {
		enum line_change change = steps[i].change;

		text_pane_addf(&st->text, look[change].role, 0, "%s%s", look[change].sign,
			change == LINE_ADDED ? b->line[steps[i].b] : a->line[steps[i].a]);
		st->removed += change == LINE_REMOVED;
		st->added += change == LINE_ADDED;
	}
	free(steps);
}

static bool open(struct view *v, struct error *err)
{
	struct state *st = v->state;
	struct records *r = records_under(v);
	const struct compared *both = v->request.value;
	struct lines a = { 0 }, b = { 0 };
	bool ok;

	if (!r || !both)
		return error_set(err, ERR_USAGE, "two records are compared from the messages of a topic");
	ok = read_lines(r, &both->ids[0], &a) && read_lines(r, &both->ids[1], &b);
	text_pane_clear(&st->text);
	if (ok)
		add_steps(st, &a, &b);
	text_pane_done(&st->text);
	release_lines(&a);
	release_lines(&b);
	if (!ok) {
		text_pane_release(&st->text);
		return error_set(err, ERR_NOT_FOUND, "one of the two records has left the ring");
	}
	return true;
}

static void close(struct view *v)
{
	text_pane_release(&((struct state *)v->state)->text);
}

static bool woken(struct view *v)
{
	records_woken(records_under(v));
	return false;
}

static int64_t next_change(const struct view *v)
{
	return records_next_change(records_under(v));
}

static enum action_result action(struct view *v, enum action_id id, const char *arg)
{
	struct state *st = v->state;

	if (id == ACTION_PAGER) {
		struct str text = { 0 };
		struct error err;

		text_pane_plain(&st->text, &text);
		if (!v->ui->calls->run_program(v->ui, PROGRAM_PAGER, ".diff", &text, &err))
			v->ui->calls->message(v->ui, SEVERITY_WARN, err.message);
		str_release(&text);
		return ACTION_HANDLED;
	}
	return text_pane_action(&st->text, v->ui, id, arg);
}

static void footer(const struct view *v, struct str *out)
{
	const struct state *st = v->state;

	if (st->removed + st->added == 0)
		str_add(out, "the two are equal  ");
	else
		str_addf(out, "%zu lines only in the older one (-), %zu only in the newer one (+)  ", st->removed,
			st->added);
	text_pane_footer(&st->text, out);
}

const struct view_ops view_compare = {
	.name = "compare",
	.title = "compare",
	.state_size = sizeof(struct state),
	.capabilities = VIEW_TEXT | VIEW_PAGER,
	.open = open,
	.close = close,
	.draw = text_view_draw,
	.action = action,
	.woken = woken,
	.next_change = next_change,
	.disabled = text_view_disabled,
	.click = text_view_click,
	.footer = footer,
};

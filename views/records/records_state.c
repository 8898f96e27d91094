/* SPDX-License-Identifier: BSD-2-Clause */
/* The line of state above the table, and the line below it. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/format.h"
#include "ui/status.h"
#include "views/records/records.h"
#include "views/records/records_draw.h"

static bool is_stale(const struct records *r)
{
	return r->feed.now.phase == FEED_FOLLOWING && r->feed.now.stale[0];
}

static const char *phase_words(const struct records *r, enum role *role)
{
	*role = ROLE_STRONG;
	if (r->feed.held && (r->feed.now.phase == FEED_FOLLOWING || r->feed.now.phase == FEED_IDLE)) {
		*role = ROLE_WARN;
		return "paused";
	}
	switch (r->feed.now.phase) {
	case FEED_OPENING:
		return "opening ...";
	case FEED_LOADING:
		return "loading ...";
	case FEED_FOLLOWING:
		*role = r->window.newest ? ROLE_OK : ROLE_WARN;
		return r->window.newest ? "live" : "~ live, view frozen";
	case FEED_SEARCHING:
		return "searching";
	case FEED_FAILED:
		*role = ROLE_CRIT;
		return "! failed";
	case FEED_IDLE:
		break;
	}
	return r->feed.now.searched ? "search result" : "paged";
}

static void add_rates(const struct records *r, struct str *out)
{
	if (isnan(r->feed.now.records_per_s) || r->feed.now.phase == FEED_FAILED)
		return;
	format_rate(out, r->feed.now.records_per_s);
	str_add(out, " rec/s, ");
	format_bytes(out, r->feed.now.bytes_per_s);
	str_add(out, is_stale(r) ? "/s ?" : "/s");
}

/* The rate of each partition, or of each topic if there are several. Those without records are left out. */
static void add_shares(const struct records *r, struct str *out)
{
	struct feed_rate *rates;
	size_t count = records_rates(r, &rates);
	bool topics = !records_scope_is_topic(&r->scope);

	/* A feed that does not follow has no rate. */
	if (isnan(r->feed.now.records_per_s))
		count = 0;
	for (size_t i = 0, next; i < count; i = next) {
		double sum = 0;

		/* Rows stand in order of topic and partition. */
		for (next = i; next < count && (topics ? strcmp(rates[next].topic, rates[i].topic) == 0 : next == i);
			next++)
			sum += isnan(rates[next].records_per_s) ? 0 : rates[next].records_per_s;
		if (sum <= 0)
			continue;
		if (out->len)
			str_add(out, ", ");
		if (topics)
			text_safe(out, rates[i].topic, strlen(rates[i].topic));
		else
			str_addf(out, "p%" PRId32, rates[i].partition);
		str_add_char(out, ' ');
		format_rate(out, sum);
		if (is_stale(r))
			str_add(out, " ?");
	}
	free(rates);
}

static void add_ring(const struct records *r, struct str *out)
{
	if (r->feed.now.seen <= 0)
		return;
	format_count(out, r->feed.now.end - r->feed.now.first);
	str_add(out, " kept, ");
	format_short(out, (double)r->feed.now.seen);
	str_add(out, " seen");
	if (r->feed.now.left > 0) {
		str_add(out, ", ");
		format_short(out, (double)r->feed.now.left);
		str_add(out, " left the ring");
	}
}

/* When no broker answers, the leaders are not known either. */
static void add_leaderless(const struct records *r, struct str *out)
{
	size_t count = r->feed.now.leaderless;

	if (count && !is_stale(r))
		str_addf(out, "~ %zu partition%s without a leader", count, count == 1 ? "" : "s");
}

void records_draw_state(struct records *r, const struct area *a, int row)
{
	struct str rates = { 0 }, shares = { 0 }, ring = { 0 }, filter = { 0 }, leaderless = { 0 };
	enum role role;
	const char *phase = phase_words(r, &role);
	char stale[sizeof(r->feed.now.stale) + 8];

	add_rates(r, &rates);
	add_shares(r, &shares);
	add_ring(r, &ring);
	add_leaderless(r, &leaderless);
	if (is_stale(r)) {
		snprintf(stale, sizeof(stale), "~ stale %s", r->feed.now.stale);
		phase = stale;
		role = ROLE_WARN;
	}
	if (r->feed.now.searched && r->asked.searched)
		str_addf(&filter, "matches: %s", r->asked.searched);
	else if (r->asked.filter)
		str_addf(&filter, "filter: %s", r->asked.filter);
	const struct status_word words[] = {
		{ .text = phase, .role = role, .priority = 9, .gap = 1, .least = 12 },
		{ .text = str_text(&leaderless), .role = ROLE_WARN, .priority = 9, .gap = 3, .least = 12 },
		{ .text = r->ui->utc ? "UTC" : "local time", .role = ROLE_DIM, .priority = 8, .gap = 3 },
		{ .text = r->feed.read_committed ? "read_committed" : "", .role = ROLE_DIM, .priority = 3, .gap = 3 },
		{ .text = str_text(&rates), .role = is_stale(r) ? ROLE_STALE : ROLE_TEXT, .priority = 6, .gap = 3 },
		{ .text = str_text(&ring), .role = ROLE_DIM, .priority = 5, .gap = 3, .least = 12 },
		{ .text = str_text(&filter), .role = ROLE_SORTED, .priority = 7, .gap = 3, .least = 12 },
		{ .text = str_text(&shares), .role = ROLE_DIM, .priority = 2, .gap = 3, .least = 10 },
	};

	status_draw(a, row, ROLE_TEXT, words, sizeof(words) / sizeof(*words));
	str_release(&rates);
	str_release(&shares);
	str_release(&ring);
	str_release(&filter);
	str_release(&leaderless);
}

static void add_eta(struct str *out, int64_t ms)
{
	if (ms >= 0)
		str_addf(out, "%" PRId64 ":%02" PRId64, ms / 60000, ms / 1000 % 60);
	else
		str_add_char(out, '-');
}

static void add_waiting(const struct records *r, struct str *out)
{
	size_t waiting = r->feed.now.progress.rows_waiting;

	if (!*r->feed.now.waiting || r->feed.now.paused)
		return;
	if (waiting > 1)
		str_addf(out, "%zu partitions wait: ", waiting);
	str_add(out, r->feed.now.waiting);
}

static void draw_progress(const struct records *r, const struct area *a, int row)
{
	const struct scan_progress *p = &r->feed.now.progress;
	struct str percent = { 0 }, size = { 0 }, read = { 0 }, rate = { 0 }, eta = { 0 }, found = { 0 },
		   waiting = { 0 };

	str_add(&percent, r->feed.now.paused ? "search stopped at " : "searching ");
	if (isnan(p->done))
		str_add(&percent, "- %");
	else
		str_addf(&percent, "%d %%", (int)(p->done * 100));
	format_bytes(&size, (double)p->bytes);
	if (!isnan(p->bytes_total)) {
		str_add(&size, " of ");
		format_bytes(&size, p->bytes_total);
	}
	format_count(&read, p->records);
	str_add(&read, " read");
	if (!isnan(p->records_per_s) && !r->feed.now.paused) {
		format_short(&rate, p->records_per_s);
		str_add(&rate, " rec/s");
		str_add(&eta, "ETA ");
		add_eta(&eta, p->eta_ms);
	}
	str_add(&found, "found ");
	format_count(&found, p->matched);
	if (p->undecided > 0)
		str_addf(&found, ", %" PRId64 " undecided", p->undecided);
	add_waiting(r, &waiting);
	const struct status_word words[] = {
		{ .text = str_text(&percent), .role = ROLE_STRONG, .priority = 9, .gap = 1 },
		{ .text = str_text(&size), .role = ROLE_TEXT, .priority = 5, .gap = 2 },
		{ .text = str_text(&read), .role = ROLE_TEXT, .priority = 4, .gap = 2 },
		{ .text = str_text(&rate), .role = ROLE_TEXT, .priority = 3, .gap = 2 },
		{ .text = str_text(&eta), .role = ROLE_TEXT, .priority = 6, .gap = 2 },
		{ .text = str_text(&found), .role = ROLE_STRONG, .priority = 8, .gap = 2 },
		{ .text = str_text(&waiting), .role = ROLE_WARN, .priority = 7, .gap = 2, .least = 20 },
		{ .key = r->feed.now.paused ? "Ctrl-s" : "Ctrl-c",
			.text = r->feed.now.paused ? "goes on" : "stops it",
			.role = ROLE_HINT,
			.priority = 7,
			.gap = 2,
			.right = true },
	};

	status_draw(a, row, ROLE_TEXT, words, sizeof(words) / sizeof(*words));
	str_release(&percent);
	str_release(&size);
	str_release(&read);
	str_release(&rate);
	str_release(&eta);
	str_release(&found);
	str_release(&waiting);
}

bool records_draw_below(const struct records *r, const struct area *a, int row)
{
	int64_t below = window_below(&r->window);
	struct str text = { 0 };

	if (r->feed.now.phase == FEED_SEARCHING || r->feed.now.paused) {
		draw_progress(r, a, row);
		return true;
	}
	if (r->feed.now.searched && r->feed.statement.len) {
		str_add_len(&text, r->feed.statement.p, strcspn(r->feed.statement.p, "\n"));
		draw_text(a, row, 1, a->cols - 1, ROLE_DIM, str_text(&text));
	} else if (r->feed.now.error.code != ERR_NONE && !r->feed.now.error_past && !window_is_empty(&r->window)) {
		str_addf(&text, "~ %s", r->feed.now.error.message);
		draw_text(a, row, 1, a->cols - 1, ROLE_WARN, str_text(&text));
	} else if (r->feed.now.phase == FEED_FOLLOWING && !r->window.newest && below > 0) {
		format_count(&text, below);
		str_add(&text, " new below; f follows again");
		draw_text(a, row, 1, a->cols - 1, ROLE_STRONG, str_text(&text));
	}
	bool drawn = text.len > 0;
	str_release(&text);
	return drawn;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "app/header.h"

#include <math.h>
#include <string.h>

#include "app/armed.h"
#include "base/clock.h"
#include "model/format.h"
#include "model/verdict.h"
#include "ui/status.h"
#include "views/figures.h"

/* The age of what the visible view shows. */
struct age {
	int64_t at_ms;     /* when the oldest part that the view needs was read */
	const char *error; /* why the newest attempt failed, or NULL */
};

/* A part that was never read has no age. The pane says why it is missing. */
static void add_origin(struct age *age, const struct origin *o)
{
	if (o->at_ms == 0)
		return;
	if (o->at_ms < age->at_ms)
		age->at_ms = o->at_ms;
	if (o->error && (!age->error || o->at_ms <= age->at_ms))
		age->error = o->error;
}

static struct age data_age(const struct cluster *c)
{
	const struct snapshot *s = c->ui.live.cluster;
	unsigned needs = tabs_view(c)->ops->needs & s->ready;
	struct age age = { .at_ms = INT64_MAX };
	if (s->ready & NEED_METADATA)
		add_origin(&age, &s->metadata_origin);
	if (needs & NEED_GROUPS)
		add_origin(&age, &s->groups_origin);
	if (needs & NEED_ENDS)
		add_origin(&age, &s->offsets_origin);
	if (age.at_ms == INT64_MAX)
		age.at_ms = s->connection.since_ms;
	return age;
}

static int64_t fresh_for_ms(const struct cluster *c)
{
	int32_t interval = c->ui.live.cluster->interval_ms;
	return 2 * (int64_t)(interval > 0 ? interval : c->ui.interval_ms);
}

static bool is_connecting(const struct cluster *c)
{
	return !c->ui.live.cluster || c->ui.live.cluster->connection.state == CONNECTION_CONNECTING;
}

/* No broker accepts weir's password or certificate, so waiting is of no use. */
static bool is_refused(const struct cluster *c)
{
	return c->ui.live.cluster && is_connecting(c) && c->ui.live.cluster->connection.refused;
}

/* One line with the reason. */
static void add_reason(struct str *out, const char *why)
{
	if (why && *why)
		str_addf(out, ": %s", why);
}

/* Without the address, which the header has already. */
static void add_refusal(struct str *out, const char *why)
{
	const char *login = why ? strstr(why, "authentication failed") : NULL;
	if (login)
		str_add(out, login);
	else
		str_addf(out, "cannot connect%s%s", why ? ": " : "", why ? why : "");
}

static enum role live_word(const struct cluster *c, struct str *out)
{
	const struct snapshot *s = c->ui.live.cluster;
	int64_t now = clock_mono_ms();
	if (is_refused(c)) {
		add_refusal(out, s->connection.error);
		return severity_role(verdict_connection(&s->connection).severity);
	}
	if (is_connecting(c)) {
		str_add(out, "connecting");
		if (now - c->started_ms >= 1000) {
			str_add_char(out, ' ');
			format_duration(out, (now - c->started_ms) / 1000 * 1000);
		}
		if (s)
			add_reason(out, s->connection.error);
		return s ? severity_role(verdict_connection(&s->connection).severity) : ROLE_TEXT;
	}
	struct age age = data_age(c);
	if (c->ui.paused) {
		str_add(out, "paused since ");
		format_clock(out, clock_wall_ms() - (now - age.at_ms), c->ui.utc);
		return ROLE_WARN;
	}
	bool lost = s->connection.state == CONNECTION_LOST;
	if (!lost && now - age.at_ms < fresh_for_ms(c)) {
		str_add(out, "live");
		return ROLE_OK;
	}
	if (age.at_ms == 0) { /* a refusal has no age */
		str_add(out, "not read");
		add_reason(out, age.error);
		return ROLE_WARN;
	}
	str_add(out, "stale ");
	format_duration(out, (now - age.at_ms) / 1000 * 1000);
	add_reason(out, lost && s->connection.error ? s->connection.error : age.error);
	return lost ? severity_role(verdict_connection(&s->connection).severity) : ROLE_WARN;
}

int64_t header_change(const struct cluster *c)
{
	const struct snapshot *s = c->ui.live.cluster;
	int64_t now = clock_mono_ms();
	if (is_refused(c))
		return -1;
	if (is_connecting(c))
		return c->started_ms + ((now - c->started_ms) / 1000 + 1) * 1000;
	if (c->ui.paused)
		return -1;
	struct age age = data_age(c);
	if (age.at_ms == 0)
		return -1;
	int64_t old_at = age.at_ms + fresh_for_ms(c);
	if (s->connection.state != CONNECTION_LOST && now < old_at)
		return old_at;
	return age.at_ms + ((now - age.at_ms) / 1000 + 1) * 1000;
}

static bool is_lost(const struct cluster *c)
{
	return c->ui.live.cluster && c->ui.live.cluster->connection.state == CONNECTION_LOST;
}

static enum role health_word(const struct cluster *c, struct str *out)
{
	const struct snapshot *s = c->ui.live.cluster;
	if (!s || !(s->ready & NEED_METADATA) || is_connecting(c))
		return ROLE_TEXT;
	if (c->answer == CLUSTER_OTHER) {
		str_add(out, "! another cluster");
		return ROLE_CRIT;
	}
	struct verdict v = verdict_cluster(s);
	if (!verdict_is_problem(v)) {
		str_add(out, "ok");
		return ROLE_OK;
	}
	str_addf(out, "%s ", severity_sign(v.severity));
	verdict_reason(v, out);
	return severity_role(v.severity);
}

/* A lost connection makes the last word uncertain: "ok" goes, "! 1 offline" becomes "1 offline ?". */
static enum role age_health(struct str *health, enum role role)
{
	struct str aged = { 0 };
	if (role != ROLE_OK && health->len > 2)
		str_addf(&aged, "%s ?", health->p + 2);
	str_release(health);
	*health = aged;
	return ROLE_STALE;
}

static enum role brokers_word(const struct cluster *c, struct str *out)
{
	const struct snapshot *s = c->ui.live.cluster;
	if (!s || !(s->ready & NEED_METADATA) || s->totals.brokers_known == 0)
		return ROLE_TEXT;
	enum severity severity = figure_brokers_up(s);
	str_addf(out, "%d of %d brokers", (int)s->totals.brokers_up, (int)s->totals.brokers_known);
	if (is_lost(c) || severity != SEVERITY_NONE)
		str_addf(out, " %s", is_lost(c) ? "?" : severity_sign(severity));
	return is_lost(c) ? ROLE_STALE : severity_role(severity);
}

/* Two digits, so that a mean over a minute does not flicker. */
static double two_digits(double value)
{
	if (value < 10)
		return round(value);
	double unit = pow(10, floor(log10(value)) - 1);
	return round(value / unit) * unit;
}

/* Shows the new figure only when it differs by a fifth: the number of rounds in a minute varies a little. */
static void follow(double *shown, double value)
{
	if (isnan(value) || isnan(*shown) || fabs(value - *shown) > 0.2 * *shown)
		*shown = value;
}

void header_follow_cost(struct cluster *c)
{
	follow(&c->own_requests_per_s, c->ui.live.cluster->cost.requests_per_s);
	follow(&c->own_bytes_per_s, c->ui.live.cluster->cost.bytes_per_s);
}

static void own_word(const struct cluster *c, struct str *out)
{
	if (isnan(c->own_requests_per_s))
		return;
	str_addf(out, "weir uses %.0f req/s, ", two_digits(c->own_requests_per_s));
	format_bytes(out, two_digits(c->own_bytes_per_s));
	str_add(out, "/s");
	if (c->ui.live.cluster->cost.throttle_ms > 0)
		str_addf(out, " throttled %d ms", (int)c->ui.live.cluster->cost.throttle_ms);
}

void header_draw(const struct cluster *c, const struct area *a)
{
	struct str context = { 0 }, brokers = { 0 }, health = { 0 }, live = { 0 }, own = { 0 }, armed = { 0 };
	const struct cluster_pin *pin = &c->gate.pin;
	bool named = pin->context && *pin->context;
	str_addf(&context, " %s ", named ? pin->context : "weir");
	enum role brokers_role = brokers_word(c, &brokers);
	enum role health_role = health_word(c, &health);
	if (is_lost(c))
		health_role = age_health(&health, health_role);
	enum role live_role = live_word(c, &live);
	own_word(c, &own);
	armed_word(c, &armed);
	/* On a narrow screen the cluster's name is the last to go: its context, or without one its address. */
	const struct status_word words[] = {
		{ .text = named ? "weir" : NULL, .role = ROLE_DIM, .priority = 1, .gap = 1 },
		{ .text = str_text(&context),
			.role = ROLE_CONTEXT,
			.priority = named ? 9 : 3,
			.least = named ? 12 : 0,
			.gap = named ? 1 : 0 },
		{ .text = pin->bootstrap,
			.role = ROLE_TEXT,
			.priority = 3,
			.least = 12,
			.kept = named ? 0 : 9,
			.gap = 1 },
		{ .text = str_text(&brokers), .role = brokers_role, .priority = 5, .gap = 3 },
		{ .text = str_text(&health), .role = health_role, .priority = 7, .gap = 3 },
		{ .text = str_text(&armed), .role = ROLE_WARN, .priority = 8, .least = 12, .gap = 3 },
		{ .text = str_text(&live),
			.role = live_role,
			.priority = 6,
			.least = 10,
			.kept = 8,
			.gap = 3,
			.right = true },
		{ .text = c->ui.read_only ? "read-only" : NULL,
			.role = ROLE_WARN,
			.priority = 4,
			.gap = 3,
			.right = true },
		{ .text = c->ui.read_committed ? "read_committed" : NULL,
			.role = ROLE_DIM,
			.priority = 2,
			.gap = 3,
			.right = true },
		{ .text = str_text(&own), .role = ROLE_DIM, .priority = 0, .gap = 3, .right = true },
		{ .text = c->ui.utc ? "UTC " : "local ", .role = ROLE_DIM, .priority = 1, .gap = 3, .right = true },
	};
	status_draw(a, 0, ROLE_HEADER, words, sizeof(words) / sizeof(*words));
	str_release(&context);
	str_release(&brokers);
	str_release(&health);
	str_release(&live);
	str_release(&own);
	str_release(&armed);
}

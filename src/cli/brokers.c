/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/session.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
	BROKERS_BROKER,
	BROKERS_STATE,
	BROKERS_HOST,
	BROKERS_PORT,
	BROKERS_RACK,
	BROKERS_CONTROLLER,
	BROKERS_LEADERS,
	BROKERS_REPLICAS,
	BROKERS_IN_SYNC,
	BROKERS_SKEW,
	BROKERS_RTT,
	BROKERS_AT,
	BROKERS_ERROR,
	BROKERS_SEVERITY,
	BROKERS_PROBLEM,
	BROKERS_NOTE,
	BROKERS_COLUMN_COUNT
};

const struct column brokers_columns[BROKERS_COLUMN_COUNT] = {
	[BROKERS_BROKER] = { .name = "broker", .title = "BROKER", .right = true },
	[BROKERS_STATE] = { .name = "state", .title = "STATE" },
	[BROKERS_HOST] = { .name = "host", .title = "HOST" },
	[BROKERS_PORT] = { .name = "port", .title = "PORT", .right = true },
	[BROKERS_RACK] = { .name = "rack", .title = "RACK" },
	[BROKERS_CONTROLLER] = { .name = "controller" },
	[BROKERS_LEADERS] = { .name = "leaders", .title = "LEADERS", .right = true },
	[BROKERS_REPLICAS] = { .name = "replicas", .title = "REPLICAS", .right = true },
	[BROKERS_IN_SYNC] = { .name = "in_sync", .title = "IN SYNC", .right = true },
	[BROKERS_SKEW] = { .name = "leader_skew", .title = "SKEW", .right = true },
	[BROKERS_RTT] = { .name = "rtt_ms" },
	[BROKERS_AT] = { .name = "at" },
	[BROKERS_ERROR] = { .name = "error" },
	[BROKERS_SEVERITY] = { .name = "severity" },
	[BROKERS_PROBLEM] = { .name = "problem" },
	[BROKERS_NOTE] = { .name = "note", .title = "NOTE" },
};
const size_t brokers_column_count = BROKERS_COLUMN_COUNT;

static struct value skew_cell(struct session *s, const struct broker *b)
{
	double skew = snapshot_broker_skew(s->snapshot, b);
	struct value cell = value_number(skew);
	struct str text = { 0 };

	if (isnan(skew))
		return cell;
	str_addf(&text, "%+.0f%%", skew * 100);
	cell.shown = arena_strdup(s->output.arena, str_text(&text));
	str_release(&text);
	return cell;
}

static void add_broker(struct session *s, const struct broker *b)
{
	struct value cells[BROKERS_COLUMN_COUNT] = { 0 };
	char port[16];

	cells[BROKERS_BROKER] = value_int(b->id);
	cells[BROKERS_STATE] = value_text(b->state == BROKER_UP ? "up" : "missing");
	cells[BROKERS_HOST] = value_text(b->host);
	cells[BROKERS_PORT] = value_known(b->port);
	if (b->port >= 0) {
		snprintf(port, sizeof(port), "%d", (int)b->port); /* no thousands in a port */
		cells[BROKERS_PORT].shown = arena_strdup(s->output.arena, port);
	}
	cells[BROKERS_RACK] = value_text(b->rack);
	if (s->snapshot->controller_id >= 0)
		cells[BROKERS_CONTROLLER] = value_bool(b->is_controller);
	cells[BROKERS_LEADERS] = value_int(b->leaders);
	cells[BROKERS_REPLICAS] = value_int(b->replicas);
	cells[BROKERS_IN_SYNC] = value_int(b->in_sync);
	cells[BROKERS_SKEW] = skew_cell(s, b);
	cells[BROKERS_RTT] = value_number(b->rtt_us < 0 ? NAN : b->rtt_us / 1000.0);
	cells[BROKERS_AT] = value_time(&s->output, session_wall_ms(s, s->snapshot->metadata_origin.at_ms));
	cells[BROKERS_ERROR] = value_text(b->error);
	session_add_verdict(s, verdict_broker(b), &cells[BROKERS_SEVERITY]);
	output_row(&s->output, cells);
	if (b->state == BROKER_UP && b->error)
		session_complain(s, "broker %d: %s", (int)b->id, b->error);
}

static void add_rows(struct session *s)
{
	session_check_origin(s, &s->snapshot->metadata_origin, "brokers and topics");
	for (size_t i = 0; i < s->snapshot->broker_count; i++)
		add_broker(s, &s->snapshot->brokers[i]);
}

static const struct session_kind kind = {
	.columns = brokers_columns,
	.column_count = BROKERS_COLUMN_COUNT,
	.rows = add_rows,
};

int brokers_run(const struct command_input *in, struct error *err)
{
	struct demand *d = demand_new();

	d->needs = NEED_METADATA | NEED_CLUSTER | verdict_needs(VERDICT_BROKER);
	d->other_groups = DEMAND_OTHERS_NEVER;
	return session_run(in, d, &kind, err);
}

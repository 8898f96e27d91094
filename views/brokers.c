/* SPDX-License-Identifier: BSD-2-Clause */
/* All known brokers, missing ones too: the state of each and its share of the work. */
#include <math.h>

#include "views/command.h"
#include "views/config_compare.h"
#include "views/config_pane.h"
#include "views/figures.h"
#include "views/panes.h"
#include "views/tables.h"
#include "views/views.h"

enum column { ID, HOST, RACK, STATE, LEADERS, SKEW, REPLICAS, OUT_OF_SYNC, IN_SYNC, IN, RTT, REASON, COLUMN_COUNT };

static const struct table_column columns[COLUMN_COUNT] = {
	[ID] = { "broker", "ID", "broker id", COLUMN_TEXT, 5, 99, .searched = true },
	[HOST] = { "host", "HOST", "advertised address", COLUMN_NAME, 14, 90, .searched = true },
	[RACK] = { "rack", "RACK", "rack", COLUMN_TEXT, 12, 40, .searched = true, .optional = true },
	[STATE] = { "state", "STATE", "up, missing, or not reachable from here", COLUMN_TEXT, 13, 95,
		.searched = true },
	[LEADERS] = { "leaders", "LEADERS", "partitions it leads", COLUMN_NUMBER, 8, 80 },
	[SKEW] = { "leader_skew_percent", "SKEW %", "leaders against the mean of the brokers that are up",
		COLUMN_NUMBER, 6, 30 },
	[REPLICAS] = { "replicas", "REPLICAS", "replicas placed on it", COLUMN_NUMBER, 8, 60 },
	[OUT_OF_SYNC] = { "out_of_sync", "OUT OF SYNC", "of those, not in an ISR", COLUMN_NUMBER, 11, 85 },
	[IN_SYNC] = { "in_sync_percent", "IN SYNC %", "share of its replicas in an ISR", COLUMN_NUMBER, 9, 20 },
	[IN] = { "in_per_s", "IN/S", "records written per second into partitions it leads, mean of 30 s", COLUMN_NUMBER,
		8, 70 },
	[RTT] = { "rtt_ms", "RTT MS", "mean round trip from weir", COLUMN_NUMBER, 7, 50 },
	[REASON] = { "error", "ERROR", "newest connection error of weir", COLUMN_NAME, 24, 65, .searched = true,
		.optional = true },
};

static const struct broker *broker_at(void *owner, size_t row)
{
	return &panes_snapshot(owner)->brokers[row];
}

static size_t rows(void *owner)
{
	const struct snapshot *s = panes_snapshot(owner);

	return s ? s->broker_count : 0;
}

static void key(void *owner, size_t row, struct str *out)
{
	str_addf(out, "%d", (int)broker_at(owner, row)->id);
}

static void state_cell(const struct snapshot *s, const struct broker *b, struct cell *c)
{
	enum severity severity = verdict_figure(verdict_broker(b), columns[STATE].name);

	cell_text(c, b->state == BROKER_MISSING ? "missing" : b->reachable ? "up" : "unreachable");
	cell_severity(c, severity == SEVERITY_NONE ? SEVERITY_OK : severity);
	if (severity == SEVERITY_NONE)
		figure_check(c, s, &s->metadata_origin);
}

/* A figure with its own number of decimals; never -0. */
static void decimal(struct cell *c, double value, int decimals, bool with_plus)
{
	cell_real(c, value);
	if (c->kind == CELL_REAL)
		str_addf(&c->text, "%s%.*f", with_plus && value >= 0.5 ? "+" : "", decimals,
			fabs(value) < 0.5 && decimals == 0 ? 0 : value);
}

static void cell(void *owner, size_t row, int column, struct cell *c)
{
	const struct snapshot *s = panes_snapshot(owner);
	const struct broker *b = &s->brokers[row];

	switch ((enum column)column) {
	case ID:
		cell_int(c, b->id);
		str_addf(&c->text, "%d", (int)b->id);
		break;
	case HOST:
		if (b->host && *b->host)
			cell_textf(c, "%s:%d", b->host, (int)b->port);
		break;
	case RACK:
		cell_text(c, b->rack);
		break;
	case STATE:
		state_cell(s, b, c);
		break;
	case LEADERS:
		cell_int(c, b->leaders);
		break;
	case SKEW:
		decimal(c, 100 * snapshot_broker_skew(s, b), 0, true);
		break;
	case REPLICAS:
		cell_int(c, b->replicas);
		break;
	case OUT_OF_SYNC:
		cell_int(c, b->replicas - b->in_sync);
		figure_mark(c, verdict_broker(b), columns[OUT_OF_SYNC].name);
		break;
	case IN_SYNC:
		decimal(c, b->replicas ? 100.0 * b->in_sync / b->replicas : NAN, 0, false);
		break;
	case IN:
		cell_real(c, b->in_per_s);
		if (!b->reachable)
			cell_stale(c);
		break;
	case RTT:
		decimal(c, b->rtt_us < 0 ? NAN : b->rtt_us / 1000.0, 1, false);
		break;
	case REASON:
		cell_text(c, b->error);
		c->role = ROLE_WARN;
		break;
	case COLUMN_COUNT:
		break;
	}
}

static bool problem(void *owner, size_t row)
{
	return verdict_is_problem(verdict_broker(broker_at(owner, row)));
}

static void note(void *owner, size_t row, struct str *out)
{
	const struct snapshot *s = panes_snapshot(owner);
	const struct broker *b = &s->brokers[row];

	if (b->state == BROKER_MISSING && !b->host)
		str_add(out, "never seen: known from replica lists only");
	if (b->error)
		str_addf(out, "%s%s", out->len ? "  " : "", b->error);
	figure_note(out, s, "metadata", &s->metadata_origin);
}

const struct table_ops brokers_table = {
	.columns = columns,
	.column_count = COLUMN_COUNT,
	.rows = rows,
	.key = key,
	.cell = cell,
	.problem = problem,
	.note = note,
};

static bool open(struct view *v, struct error *err)
{
	(void)err;
	panes_add(v, "brokers", &brokers_table, v, "+broker");
	return true;
}

static void draw(struct view *v, const struct area *a)
{
	const struct snapshot *s = panes_snapshot(v);
	struct waiting waiting = {
		.what = "brokers",
		.need = NEED_METADATA,
		.origin = s ? &s->metadata_origin : NULL,
		.denied = "DESCRIBE on CLUSTER",
		.acl = "--cluster",
		.none = "no brokers",
	};

	panes_draw_one(v, a, &waiting,
		s && s->controller_id < 0 && s->ready & NEED_METADATA ?
			"the controller is unknown: Kafka names a random broker in its place" :
			"");
}

static enum action_result action(struct view *v, enum action_id id, const char *arg)
{
	size_t row;

	if (id == ACTION_OPEN && table_current(panes_active(v), &row)) {
		v->ui->calls->open(v->ui, &view_broker, view_request_named(table_current_key(panes_active(v))));
		return ACTION_HANDLED;
	}
	if (id == ACTION_EDIT && table_current_key(panes_active(v))) {
		config_pane_open(v->ui, &view_broker, table_current_key(panes_active(v)));
		return ACTION_HANDLED;
	}
	if (id == ACTION_COMPARE) {
		config_compare_open(v, panes_active(v), key, true);
		return ACTION_HANDLED;
	}
	if (id == ACTION_COPY_COMMAND && table_current(panes_active(v), &row)) {
		command_copy_broker_config(v->ui, panes_snapshot(v), broker_at(v, row)->id);
		return ACTION_HANDLED;
	}
	return panes_action(v, id, arg);
}

static const char *hint(const struct view *v, enum action_id id)
{
	(void)v;
	return id == ACTION_EDIT ? "configuration" : NULL;
}

const struct view_ops view_brokers = {
	.name = "brokers",
	.title = "brokers",
	.needs = NEED_METADATA | NEED_ENDS,
	.state_size = sizeof(struct panes),
	.capabilities = VIEW_TABLE | VIEW_PROBLEMS | VIEW_EDIT | VIEW_UNDO,
	.open = open,
	.close = panes_close,
	.update = panes_update,
	.draw = draw,
	.action = action,
	.disabled = panes_disabled,
	.hint = hint,
	.click = panes_click,
	.footer = panes_footer,
	.note = panes_note,
	.complete = panes_complete,
};

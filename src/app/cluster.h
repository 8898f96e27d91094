/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A cluster that is open in the terminal program: its connection and gate, what is
 * known of it, its views, and the pieces of work and feeds on it. Clusters share
 * nothing but the terminal. One that is not shown goes on: its works run, its
 * messages carry its name, and it asks the user nothing. UI thread; never waits.
 */
#ifndef APP_CLUSTER_H
#define APP_CLUSTER_H

#include "app/app.h"
#include "app/tabs.h"
#include "base/wake.h"
#include "ui/view.h"

struct app;
struct feed_host;
struct sampler;
struct works;

/* Whether the cluster that answers is the one of this session. */
enum cluster_answer { CLUSTER_UNANSWERED, CLUSTER_SAME, CLUSTER_OTHER };

struct cluster {
	struct app *app;
	const struct cluster_setup *setup;
	struct cluster_gate gate; /* of the setup, and bound to the cluster that the session has met */
	char *name;               /* as people say it: context or first address */
	char *met_id;             /* the first that could be changed: what gate.pin.met points to */
	enum cluster_answer answer;
	struct ui ui; /* what its views see; ui.live is what is known of it */
	struct tabs tabs;
	struct works *works;
	struct feed_host *feeds;     /* makes the feeds of its views */
	struct sampler *sampler;     /* NULL: not connected */
	struct demand *first_demand; /* until then: what the sampler is to begin with */
	struct demand *sent;         /* the newest demand, as a copy */
	uint32_t refresh;            /* goes into the demand: a new number asks for everything anew */
	struct demand *changes;      /* its change notes go into every demand */
	uint32_t change_number;      /* of the newest */
	int64_t started_ms;
	double own_requests_per_s, own_bytes_per_s; /* as shown in the header; NaN: not measured yet */
};

/* Begins with its first view on the screen to be. Borrows the setup. NULL: no such view (ERR_USAGE). */
struct cluster *cluster_new(struct app *app, const struct cluster_setup *setup, struct error *err);
/* Connects in the background; `bit` is raised when there is something new. */
bool cluster_connect(struct cluster *c, struct wake *wake, unsigned bit, struct error *err);
/*
 * Ends what runs on it and frees it. False when threads still wait for a broker: then they are left to themselves,
 * the setup must stay, and the process must end by _exit().
 */
bool cluster_free(struct cluster *c);

bool cluster_is_shown(const struct cluster *c);
/* Why nothing may be changed on it now: text; NULL: it may be. */
const char *cluster_refusal(const struct cluster *c);
void cluster_take_snapshot(struct cluster *c, const struct snapshot *s); /* takes the reference */
void cluster_woken(struct cluster *c);       /* its sampler, works or feeds have something new */
void cluster_send_demand(struct cluster *c); /* tells the sampler what is looked at, if that has changed */
void cluster_dirty(struct cluster *c);       /* its picture has changed */
/* With its name in front when another one is shown. */
void cluster_message(struct cluster *c, enum severity severity, const char *text);
void cluster_messagef(struct cluster *c, enum severity severity, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static inline struct cluster *cluster_of(const struct ui *ui)
{
	return ui->app;
}

#endif

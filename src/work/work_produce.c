/* SPDX-License-Identifier: BSD-2-Clause */
/* WORK_PRODUCE: sends the records of a job. */
#include "base/clock.h"
#include "base/log.h"
#include "kafka/cluster_gate.h"
#include "model/produce_work.h"
#include "work/works.h"

enum { FLUSH_MS = 180 * 1000, CANCELLED_FLUSH_MS = 10 * 1000, STEP_MS = 100, TELL_EVERY = 64 };

struct run {
	struct work *work;
	const struct produce_job *job;
	struct produce_outcome *outcome;
	struct error first; /* the first failure */
	size_t reported;
};

static bool run_is_cancelled(void *context)
{
	return work_is_cancelled(((const struct run *)context)->work);
}

static void run_failure(struct run *r, size_t i, enum produce_status status, int32_t partition, const struct error *err)
{
	if (r->first.code == ERR_NONE)
		r->first = *err;
	produce_outcome_set(r->outcome, i, status, partition, -1, err->message);
}

static void on_report(void *context, const struct producer_report *report)
{
	struct run *r = context;
	size_t i = (size_t)report->id;

	if (report->status == PRODUCER_DELIVERED)
		produce_outcome_set(r->outcome, i, PRODUCE_DELIVERED, report->partition, report->offset, NULL);
	else
		run_failure(r, i, report->status == PRODUCER_FAILED ? PRODUCE_FAILED : PRODUCE_UNCERTAIN,
			report->partition, &report->err);
	if (++r->reported % TELL_EVERY == 0)
		work_progress(r->work, (int64_t)r->reported, (int64_t)r->job->count);
}

/* A record that the producer does not take is a failure of its own; the others may have another topic. */
static void send_all(struct run *r, struct producer *p)
{
	struct error err;

	for (size_t i = 0; i < r->job->count && !work_is_cancelled(r->work); i++)
		if (!producer_send(p, &r->job->records[i], i, &err) && err.code != ERR_INTERRUPTED)
			run_failure(r, i, PRODUCE_FAILED, -1, &err);
}

static void wait_for_reports(struct run *r, struct producer *p)
{
	int64_t now_ms = clock_mono_ms(), deadline_ms = now_ms + FLUSH_MS;

	for (bool hurried = false; producer_in_flight(p) > 0 && now_ms < deadline_ms; now_ms = clock_mono_ms()) {
		if (!hurried && work_is_cancelled(r->work)) {
			hurried = true;
			deadline_ms = now_ms + CANCELLED_FLUSH_MS;
		}
		producer_flush(p, STEP_MS);
		work_progress(r->work, (int64_t)r->reported, (int64_t)r->job->count);
	}
}

void work_produce(struct work *w, const struct work_setup *setup)
{
	struct run r = { .work = w, .job = w->input };
	const struct producer_setup producer_setup = {
		.partitioner = r.job->partitioner,
		.compression = r.job->compression,
		.per_s = r.job->per_s,
		.report = on_report,
		.cancelled = run_is_cancelled,
		.context = &r,
	};
	/* When the cluster had no id yet at the time of the question, any cluster may answer. */
	const struct cluster_gate gate =
		r.job->cluster_id ? cluster_gate_planned(&setup->gate, r.job->cluster_id) : setup->gate;
	struct producer *p = cluster_gate_producer(&gate, &producer_setup, &w->err);
	struct str said = { 0 };

	if (!p)
		return;
	w->output = r.outcome = produce_outcome_new(r.job->count);
	w->output_free = produce_outcome_free;
	work_progress(w, 0, (int64_t)r.job->count);
	send_all(&r, p);
	wait_for_reports(&r, p);
	producer_free(p); /* what is left is reported by this */
	produce_outcome_say(r.outcome, &said);
	log_write(r.outcome->counts[PRODUCE_DELIVERED] == r.job->count ? LOG_INFO : LOG_WARN, "produce", "%s: %s",
		w->title, str_text(&said));
	w->ok = r.outcome->counts[PRODUCE_DELIVERED] == r.job->count;
	if (!w->ok && r.first.code != ERR_NONE)
		w->err = r.first;
	else if (!w->ok)
		error_set(&w->err, ERR_INTERRUPTED, "cancelled: %s", str_text(&said));
	str_release(&said);
}

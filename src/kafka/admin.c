/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/admin.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "kafka/admin_parts.h"
#include "kafka/client_rd.h"
#include "kafka/codes.h"
#include "kafka/quirks.h"
#include "kafka/rd_log_line.h"

enum { SLICE_MS = 50, RETRY_MS = 100, RENEW_MS = 3000, RENEW_SLICE_MS = 500, LONGEST_MS = 3600 * 1000 };
enum { ATTEMPT_MS = 2000, LONGEST_ATTEMPT_MS = 8000, LOOK_MS = 50 };

static bool open_handle(struct admin *a, struct error *err)
{
	rd_kafka_conf_t *conf = client_config_make(a->client, err);
	char why[512];

	if (!conf)
		return false;
	client_config_bind(conf, a->bound);
	rd_kafka_conf_set_events(conf, RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_LOG);
	if (!QUIRKS_MENDED)
		rd_kafka_conf_set(conf, "group.id", "weir", why, sizeof(why));
	a->rk = rd_kafka_new(QUIRKS_MENDED ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER, conf, why, sizeof(why));
	if (!a->rk) {
		rd_kafka_conf_destroy(conf);
		return client_config_blame(a->client, why, err);
	}
	a->queue = rd_kafka_queue_get_main(a->rk);
	rd_kafka_set_log_queue(a->rk, a->queue);
	return true;
}

static void close_handle(rd_kafka_t *rk, rd_kafka_queue_t *queue)
{
	rd_kafka_queue_destroy(queue);
	rd_kafka_destroy_flags(rk, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}

struct admin *admin_open(const struct client_config *client, const char *bootstrap, int64_t timeout_ms,
	const char *cluster_id, struct error *err)
{
	struct admin *a = mem_alloc(sizeof(*a));

	a->client = client;
	a->bootstrap = bootstrap;
	a->timeout_ms = timeout_ms;
	a->bound = mem_strdup(cluster_id);
	if (open_handle(a, err))
		return a;
	free(a->bound);
	free(a);
	return NULL;
}

void admin_close(struct admin *a)
{
	if (!a)
		return;
	close_handle(a->rk, a->queue);
	free(a->cluster_id);
	free(a->bound);
	free(a);
}

void admin_on_cancel(struct admin *a, bool (*cancelled)(void *context), void *context)
{
	a->cancelled = cancelled;
	a->context = context;
}

void admin_let_change(struct admin *a, bool on)
{
	a->may_change = on;
}

bool admin_may_change(const struct admin *a, struct error *err)
{
	return a->may_change || error_set(err, ERR_USAGE, "nothing is changed: the cluster was not asked for first");
}

static bool is_cancelled(const struct admin *a)
{
	return a->cancelled && a->cancelled(a->context);
}

/*
 * librdkafka's own deadline ends a call soon after the caller has stopped waiting, so that no answer comes much
 * later.
 */
rd_kafka_AdminOptions_t *admin_options(struct admin *a, rd_kafka_admin_op_t op)
{
	rd_kafka_AdminOptions_t *options = rd_kafka_AdminOptions_new(a->rk, op);
	int64_t timeout_ms = QUIRKS_MENDED ? a->timeout_ms : LONGEST_MS;
	char why[256];

	rd_kafka_AdminOptions_set_request_timeout(options, (int)timeout_ms, why, sizeof(why));
	rd_kafka_AdminOptions_set_opaque(options, (void *)++a->last);
	return options;
}

int64_t admin_deadline(const struct admin *a)
{
	return clock_mono_ms() + a->timeout_ms + SLICE_MS;
}

bool admin_stopped(const struct admin *a, struct error *err)
{
	if (!a->is_other)
		return error_set(err, ERR_INTERRUPTED, "interrupted");
	return error_set(err, ERR_OTHER_CLUSTER, "another cluster answers at %s: %s", a->bootstrap,
		*a->other ? a->other : "one without an id");
}

static void take_log(struct admin *a, rd_kafka_event_t *ev)
{
	const char *facility, *text;
	int level;

	if (rd_kafka_event_type(ev) == RD_KAFKA_EVENT_ERROR) {
		text = rd_kafka_event_error_string(ev);
		if (rd_kafka_event_error(ev) != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN)
			rd_log_line_text(a->trouble, sizeof(a->trouble), text, a->connected);
		log_write(LOG_WARN, "admin", "%s", text);
	} else if (rd_kafka_event_type(ev) == RD_KAFKA_EVENT_LOG &&
		rd_kafka_event_log(ev, &facility, &text, &level) == 0) {
		rd_log_line_write(level, facility, text);
		if (rd_log_line_other_cluster(facility, text, a->other, sizeof(a->other)))
			a->is_other = true;
	}
}

/*
 * Makes librdkafka look up the controller again. It waits for the controller it knows and, without topics of
 * its own, asks for no newer one when that node has died or when the first answer listed no brokers. The answer
 * takes effect even when it comes after the few ms that this call waits.
 */
static void refresh_controller(struct admin *a)
{
	const rd_kafka_metadata_t *md;

	if (rd_kafka_metadata(a->rk, 0, NULL, &md, LOOK_MS) == RD_KAFKA_RESP_ERR_NO_ERROR)
		rd_kafka_metadata_destroy(md);
}

rd_kafka_event_t *admin_wait(struct admin *a, uintptr_t first, int64_t deadline_ms, struct error *err)
{
	int64_t look_ms = clock_mono_ms() + ATTEMPT_MS;

	for (;;) {
		rd_kafka_event_t *ev = rd_kafka_queue_poll(a->queue, SLICE_MS);
		rd_kafka_event_type_t type = ev ? rd_kafka_event_type(ev) : RD_KAFKA_EVENT_NONE;

		if (type == RD_KAFKA_EVENT_ERROR || type == RD_KAFKA_EVENT_LOG)
			take_log(a, ev);
		else if (ev && (uintptr_t)rd_kafka_event_opaque(ev) >= first)
			return ev;
		if (ev)
			rd_kafka_event_destroy(ev);
		if (is_cancelled(a) || a->is_other) {
			admin_stopped(a, err);
			return NULL;
		}
		if (clock_mono_ms() > deadline_ms) {
			error_set(err, ERR_TIMEOUT, "no answer within %g s", (double)a->timeout_ms / 1000);
			return NULL;
		}
		if (first != UINTPTR_MAX && clock_mono_ms() > look_ms) {
			refresh_controller(a);
			look_ms = clock_mono_ms() + ATTEMPT_MS;
		}
	}
}

bool admin_denied(rd_kafka_resp_err_t code)
{
	return code_refusal(code) != NULL;
}

bool admin_error(struct error *err, rd_kafka_resp_err_t code, const char *what, const char *why)
{
	enum error_code kind;

	if (!why || !*why)
		why = rd_kafka_err2str(code);
	switch (code) {
	case RD_KAFKA_RESP_ERR__TIMED_OUT:
	case RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE:
	case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
		kind = ERR_TIMEOUT;
		break;
	default:
		/* A change that broke off may have been made: callers that changed something read it back. */
		kind = admin_denied(code) ? ERR_DENIED : admin_unsure(code) ? ERR_TIMEOUT : ERR_KAFKA;
		break;
	}
	return error_set(err, kind, "%s: %s", what, why);
}

void admin_needs(struct error *err, rd_kafka_resp_err_t code, const char *right)
{
	size_t len = err ? strlen(err->message) : 0;

	/* Some brokers end the sentence with a period. */
	if (len && err->message[len - 1] == '.')
		err->message[len - 1] = '\0';
	if (err && admin_denied(code))
		error_set(err, ERR_DENIED, "%s (needs %s)", err->message, right);
}

/* When no call was ever answered, the connection is the cause. */
static bool explain_silence(const struct admin *a, struct error *err)
{
	if (a->connected || err->code != ERR_TIMEOUT)
		return false;
	return error_set(err, ERR_CONNECT, "could not reach %s within %g s%s%s", a->bootstrap,
		(double)a->timeout_ms / 1000, *a->trouble ? ": " : "", a->trouble);
}

rd_kafka_event_t *admin_answer(struct admin *a, int64_t deadline_ms, const char *what, rd_kafka_resp_err_t *code,
	struct error *err)
{
	struct error local;
	rd_kafka_event_t *ev;

	err = err ? err : &local;
	ev = admin_wait(a, a->last, deadline_ms, err);
	*code = ev ? rd_kafka_event_error(ev) : RD_KAFKA_RESP_ERR__TIMED_OUT;
	if (ev && !*code) {
		a->connected = true;
		return ev;
	}
	if (ev) {
		admin_error(err, *code, what, rd_kafka_event_error_string(ev));
		rd_kafka_event_destroy(ev);
	} else if (err->code == ERR_TIMEOUT) {
		error_set(err, ERR_TIMEOUT, "%s: no answer within %g s", what, (double)a->timeout_ms / 1000);
	}
	explain_silence(a, err);
	return NULL;
}

bool admin_passes(rd_kafka_resp_err_t code)
{
	return code == RD_KAFKA_RESP_ERR_NOT_COORDINATOR || code == RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE ||
		code == RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS;
}

bool admin_unsure(rd_kafka_resp_err_t code)
{
	return code < 0 || code == RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT || code == RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION;
}

bool admin_pause(struct admin *a, int64_t ms)
{
	struct error err;
	rd_kafka_event_t *ev;

	/* No call has a number above the newest one: every answer that comes is dropped. */
	ev = admin_wait(a, UINTPTR_MAX, clock_mono_ms() + ms, &err);
	if (ev)
		rd_kafka_event_destroy(ev);
	return err.code != ERR_INTERRUPTED && err.code != ERR_OTHER_CLUSTER;
}

void admin_renew(struct admin *a)
{
	int64_t deadline_ms = clock_mono_ms() + (a->timeout_ms < RENEW_MS ? a->timeout_ms : RENEW_MS);
	const rd_kafka_metadata_t *md;

	while (clock_mono_ms() < deadline_ms) {
		if (!rd_kafka_metadata(a->rk, 0, NULL, &md, RENEW_SLICE_MS)) {
			rd_kafka_metadata_destroy(md);
			return;
		}
		if (!admin_pause(a, 0))
			return;
	}
}

bool admin_again(struct admin *a, int64_t deadline_ms, struct error *err)
{
	if (clock_mono_ms() + RETRY_MS > deadline_ms)
		return false;
	return admin_pause(a, RETRY_MS) || admin_stopped(a, err);
}

/*
 * librdkafka keeps waiting for a coordinator that died, even when another node has taken over long ago. A new
 * handle looks the coordinator up again.
 */
static void admin_reconnect(struct admin *a)
{
	rd_kafka_t *rk = a->rk;
	rd_kafka_queue_t *queue = a->queue;
	struct error err;

	if (open_handle(a, &err))
		close_handle(rk, queue);
	else
		a->rk = rk;
}

static void begin_attempt(struct admin_question *q)
{
	q->attempt_ms = clock_mono_ms() + q->patience_ms;
	if (q->attempt_ms > q->deadline_ms)
		q->attempt_ms = q->deadline_ms;
}

void admin_question_begin(struct admin *a, struct admin_question *q)
{
	*q = (struct admin_question){ .deadline_ms = admin_deadline(a), .patience_ms = ATTEMPT_MS };
	begin_attempt(q);
}

/* The broker did not answer; DESTROY_BROKER: the cluster left it out of its metadata while it was asked. */
static bool is_silent(rd_kafka_resp_err_t code)
{
	return code == RD_KAFKA_RESP_ERR__TIMED_OUT || code == RD_KAFKA_RESP_ERR__TRANSPORT ||
		code == RD_KAFKA_RESP_ERR__DESTROY_BROKER || code == RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION;
}

bool admin_question_goes_on(struct admin *a, const struct admin_question *q, rd_kafka_resp_err_t code,
	struct error *err)
{
	bool passes = is_silent(code) || admin_passes(code) || (q->passes && code == q->passes);

	return passes && !a->is_other && !is_cancelled(a) && admin_again(a, q->deadline_ms, err);
}

void admin_question_anew(struct admin *a, struct admin_question *q, rd_kafka_resp_err_t code)
{
	/* A handle that never reached a broker holds no outdated knowledge: a new one would only start later. */
	if (is_silent(code) && a->connected)
		admin_reconnect(a);
	else if (is_silent(code))
		refresh_controller(a);
	if (is_silent(code) && q->patience_ms < LONGEST_ATTEMPT_MS)
		q->patience_ms *= 2;
	begin_attempt(q);
}

bool admin_question_again(struct admin *a, struct admin_question *q, rd_kafka_resp_err_t code, struct error *err)
{
	if (!admin_question_goes_on(a, q, code, err))
		return false;
	admin_question_anew(a, q, code);
	return true;
}

rd_kafka_event_t *admin_describe_cluster(struct admin *a, const char *what, struct error *err)
{
	struct admin_question question;
	rd_kafka_resp_err_t code;
	rd_kafka_event_t *ev;

	admin_question_begin(a, &question);
	question.passes = RD_KAFKA_RESP_ERR__BAD_MSG;
	do {
		rd_kafka_AdminOptions_t *options = admin_options(a, RD_KAFKA_ADMIN_OP_DESCRIBECLUSTER);

		rd_kafka_DescribeCluster(a->rk, options, a->queue);
		rd_kafka_AdminOptions_destroy(options);
		ev = admin_answer(a, question.attempt_ms, what, &code, err);
		if (code == RD_KAFKA_RESP_ERR__BAD_MSG)
			error_set(err, ERR_KAFKA, "%s: %s lists no brokers", what, a->bootstrap);
	} while (!ev && admin_question_again(a, &question, code, err));
	return ev;
}

bool admin_cluster_id(struct admin *a, const char **id, struct error *err)
{
	rd_kafka_event_t *ev;
	const char *text;

	*id = a->cluster_id;
	ev = admin_describe_cluster(a, "cluster", err);
	if (!ev)
		return false;
	text = rd_kafka_DescribeCluster_result_cluster_id(rd_kafka_event_DescribeCluster_result(ev));
	free(a->cluster_id);
	a->cluster_id = mem_strdup(text && *text ? text : NULL);
	if (!a->bound)
		a->bound = mem_strdup(a->cluster_id);
	rd_kafka_event_destroy(ev);
	*id = a->cluster_id;
	return true;
}

const char *admin_other_cluster(const struct admin *a)
{
	return a->is_other ? a->other : NULL;
}

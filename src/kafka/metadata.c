/* SPDX-License-Identifier: BSD-2-Clause */
#include "kafka/metadata.h"

#include <string.h>

#include "base/thread.h"
#include "sample/source.h"

static void *metadata_run(void *arg)
{
	struct metadata *m = arg;

	pthread_mutex_lock(&m->lock);
	while (!m->stopping) {
		const rd_kafka_metadata_t *md = NULL;
		rd_kafka_resp_err_t err;

		if (!m->asked) {
			pthread_cond_wait(&m->asked_or_stopped, &m->lock);
			continue;
		}
		m->asked = false;
		pthread_mutex_unlock(&m->lock);
		err = rd_kafka_metadata(m->rk, 1, NULL, &md, ANSWER_MS);
		pthread_mutex_lock(&m->lock);
		m->answer = md;
		m->err = err;
		m->answered = true;
		rd_kafka_queue_yield(m->queue);
	}
	pthread_mutex_unlock(&m->lock);
	return NULL;
}

bool metadata_start(struct metadata *m, rd_kafka_t *rk, rd_kafka_queue_t *queue, struct error *err)
{
	memset(m, 0, sizeof(*m));
	m->rk = rk;
	m->queue = queue;
	pthread_mutex_init(&m->lock, NULL);
	pthread_cond_init(&m->asked_or_stopped, NULL);
	return thread_start(&m->thread, "weir-metadata", metadata_run, m, err);
}

void metadata_ask(struct metadata *m, struct question *q)
{
	m->question = q;
	pthread_mutex_lock(&m->lock);
	m->asked = true;
	pthread_cond_signal(&m->asked_or_stopped);
	pthread_mutex_unlock(&m->lock);
}

struct question *metadata_take(struct metadata *m, const rd_kafka_metadata_t **md, rd_kafka_resp_err_t *err)
{
	struct question *q = m->question;
	bool answered;

	if (!q)
		return NULL;
	pthread_mutex_lock(&m->lock);
	answered = m->answered;
	*md = m->answer;
	*err = m->err;
	m->answered = false;
	m->answer = NULL;
	pthread_mutex_unlock(&m->lock);
	if (!answered)
		return NULL;
	m->question = NULL;
	return q;
}

void metadata_stop(struct metadata *m)
{
	pthread_mutex_lock(&m->lock);
	m->stopping = true;
	pthread_cond_signal(&m->asked_or_stopped);
	pthread_mutex_unlock(&m->lock);
	pthread_join(m->thread, NULL);
	if (m->answer)
		rd_kafka_metadata_destroy(m->answer);
	pthread_cond_destroy(&m->asked_or_stopped);
	pthread_mutex_destroy(&m->lock);
}

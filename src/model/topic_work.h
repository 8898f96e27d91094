/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is asked of topics and brokers, the same for form and command line, and
 * the pieces of work (model/work.h) that plan and do it:
 *
 *     WORK_TOPIC_PLAN    struct topic_request       struct topic_plan, validated by the broker
 *     WORK_TOPIC_APPLY   struct topic_apply_input   struct topic_plan with results; mutates
 *
 * Plain values that own their strings; one thread at a time.
 */
#ifndef MODEL_TOPIC_WORK_H
#define MODEL_TOPIC_WORK_H

#include "model/topic_plan.h"

struct topic_texts {
	char **items;
	size_t count, cap;
};

struct topic_request {
	enum topic_step_kind kind;
	bool of_broker; /* TOPIC_CONFIG: names are broker ids */
	struct topic_texts names;
	int32_t partitions, factor; /* -1: the broker's default */
	char *assignment;           /* NULL: none */
	bool broker_places;
	char *like;               /* TOPIC_CREATE: partitions, replicas and settings as this topic has; NULL */
	bool include_internal;    /* TOPIC_DELETE */
	struct topic_texts set;   /* NAME=VALUE */
	struct topic_texts unset; /* NAME */
	int32_t *parts;           /* TOPIC_TRUNCATE, TOPIC_ELECT; none: all */
	size_t part_count;
	char *to;               /* TOPIC_TRUNCATE: latest, an offset, or a time */
	char *undo_of;          /* id of a change in the journal that the plan undoes; else NULL */
	char *original, *draft; /* TOPIC_CONFIG: written in an editor (model/config_draft.h); NULL */
	bool utc;               /* a time without zone is UTC */
};

struct topic_apply_input {
	struct topic_plan *plan; /* the worker takes it */
	char *undo_of;           /* as in the request */
};

void topic_request_init(struct topic_request *r, enum topic_step_kind kind);
void topic_request_copy(struct topic_request *to, const struct topic_request *from);
void topic_request_release(struct topic_request *r);
void topic_request_free(void *request); /* fit for work.input_free */
void topic_texts_add(struct topic_texts *t, const char *text);
void topic_texts_release(struct topic_texts *t);
/* "0,3-5" into parts; NULL: all. */
bool topic_request_parts(struct topic_request *r, const char *text, struct error *err);
/* No name may be given twice. */
bool topic_request_check(const struct topic_request *r, struct error *err);
void topic_apply_input_free(void *input);
void topic_plan_free_output(void *plan);

#endif

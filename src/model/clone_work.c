/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/clone_work.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void clone_request_release(struct clone_request *r)
{
	free(r->source);
	free(r->target);
	free(r->where);
	free(r->compression);
	*r = (struct clone_request){ 0 };
}

void clone_request_copy(struct clone_request *to, const struct clone_request *from)
{
	*to = (struct clone_request){ mem_strdup(from->source), mem_strdup(from->target), mem_strdup(from->where),
		from->data, mem_strdup(from->compression), from->per_s };
}

void clone_request_free(void *request)
{
	if (!request)
		return;
	clone_request_release(request);
	free(request);
}

void clone_order_free(void *order)
{
	struct clone_order *o = order;

	if (!o)
		return;
	clone_request_release(&o->request);
	clone_report_free(o->confirmed);
	free(o);
}

struct clone_report *clone_report_new(void)
{
	struct clone_report *r = mem_alloc(sizeof(*r));

	r->progress = (struct clone_progress){ .per_s = NAN, .bytes_per_s = NAN, .eta_ms = -1 };
	return r;
}

struct clone_report *clone_report_copy(const struct clone_report *r)
{
	struct clone_report *copy = clone_report_new();

	*copy = *r;
	copy->cluster = mem_strdup(r->cluster);
	copy->source_id = mem_strdup(r->source_id);
	copy->target_id = mem_strdup(r->target_id);
	copy->settings = NULL;
	copy->notes = NULL;
	copy->setting_count = copy->setting_cap = copy->note_count = copy->note_cap = 0;
	for (size_t i = 0; i < r->setting_count; i++)
		clone_report_setting(copy, r->settings[i].name, r->settings[i].value);
	for (size_t i = 0; i < r->note_count; i++)
		clone_report_note(copy, r->notes[i]);
	copy->rows = mem_alloc((r->row_count + 1) * sizeof(*copy->rows));
	for (size_t i = 0; i < r->row_count; i++)
		copy->rows[i] = r->rows[i];
	return copy;
}

void clone_report_free(void *report)
{
	struct clone_report *r = report;

	if (!r)
		return;
	for (size_t i = 0; i < r->setting_count; i++) {
		free(r->settings[i].name);
		free(r->settings[i].value);
	}
	for (size_t i = 0; i < r->note_count; i++)
		free(r->notes[i]);
	free(r->settings);
	free(r->notes);
	free(r->rows);
	free(r->cluster);
	free(r->source_id);
	free(r->target_id);
	free(r);
}

void clone_report_note(struct clone_report *r, const char *text)
{
	r->notes = mem_grow(r->notes, &r->note_cap, r->note_count + 1, sizeof(*r->notes));
	r->notes[r->note_count++] = mem_strdup(text);
}

void clone_report_setting(struct clone_report *r, const char *name, const char *value)
{
	r->settings = mem_grow(r->settings, &r->setting_cap, r->setting_count + 1, sizeof(*r->settings));
	r->settings[r->setting_count++] = (struct clone_setting){ mem_strdup(name), mem_strdup(value) };
}

static const char *setting_of(const struct clone_report *r, const char *name)
{
	for (size_t i = 0; i < r->setting_count; i++)
		if (strcmp(r->settings[i].name, name) == 0)
			return r->settings[i].value;
	return NULL;
}

static void compare_settings(struct str *out, const struct clone_report *before, const struct clone_report *now)
{
	for (size_t i = 0; !out->len && i < now->setting_count; i++) {
		const char *was = setting_of(before, now->settings[i].name);

		if (!str_equal(was, now->settings[i].value))
			str_addf(out, "%s is to be %s and not %s", now->settings[i].name, now->settings[i].value,
				was ? was : "the default");
	}
	for (size_t i = 0; !out->len && i < before->setting_count; i++)
		if (!setting_of(now, before->settings[i].name))
			str_addf(out, "%s is to be the default", before->settings[i].name);
}

void clone_report_compare(struct str *out, const struct clone_report *before, const struct clone_report *now)
{
	if (before->exists != now->exists)
		str_add(out, now->exists ? "the target was made meanwhile" : "the target is gone");
	else if (before->partitions != now->partitions)
		str_addf(out, "the source has %d partitions and not %d", (int)now->partitions, (int)before->partitions);
	else if (before->replication != now->replication)
		str_addf(out, "the replication factor is %d and not %d", (int)now->replication,
			(int)before->replication);
	else
		compare_settings(out, before, now);
}

int64_t clone_report_left(const struct clone_report *r)
{
	int64_t left = 0;

	for (size_t i = 0; i < r->row_count; i++)
		left += r->rows[i].expected - r->rows[i].before;
	return left;
}

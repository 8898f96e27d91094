/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Marked records. The list has marks alone, whose keys are records_key(): a mark
 * stays when its record leaves the ring, and finds it again by its offset.
 */
#ifndef VIEWS_RECORDS_MARKS_H
#define VIEWS_RECORDS_MARKS_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/list.h"

struct record_id;
struct records;

void records_marks_init(struct list *marks);
void records_mark(struct records *r);     /* the one under the cursor, or takes its mark away */
void records_mark_all(struct records *r); /* all that are listed */
bool records_is_marked(struct records *r, const struct record_id *id);
/* The marked ones that are still kept, in the feed's order; the caller frees. */
size_t records_marked(struct records *r, int64_t **numbers);

#endif

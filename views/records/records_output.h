/* SPDX-License-Identifier: BSD-2-Clause */
/* What leaves a view of records: to the clipboard, to files, to the user's programs, to the produce view. All of it masked. */
#ifndef VIEWS_RECORDS_OUTPUT_H
#define VIEWS_RECORDS_OUTPUT_H

#include "codec/mask.h"
#include "codec/record_json.h"
#include "ui/program.h"

struct record_id;
struct records;

enum copied { COPY_VALUE, COPY_KEY, COPY_RECORD };
void records_copy(struct records *r, const struct record_id *ids, size_t count, enum copied what);
void records_copy_here(struct records *r, enum copied what); /* marked ones, else under the cursor */
void records_show_outside(struct records *r, const struct record_id *id, enum program program);
/* One record as a line of JSON, or the bytes of a part, as they may be seen. True: something was masked. */
bool records_add_json(struct records *r, struct record_json *json, const struct record *record, struct str *out);
bool records_add_masked(struct records *r, const struct record *record, enum mask_part part, struct bytes bytes,
	struct str *out);
/* records_save.c: to a file; `path` NULL: asks */
void records_export(struct records *r, const char *path);
void records_export_one(struct records *r, const struct record_id *id, const char *path);
/* records_produce.c: opens the produce view with marked ones, the one under the cursor, or all that match */
void records_produce(struct records *r);
void records_produce_one(struct records *r, const struct record_id *id);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The columns of the table of records: those that every record has, which can
 * be hidden, and up to RECORDS_EXTRA_MAX that the user makes of paths. A column
 * grows with what it has shown and never shrinks, so that columns do not jump.
 */
#ifndef VIEWS_RECORDS_COLUMNS_H
#define VIEWS_RECORDS_COLUMNS_H

#include <stdbool.h>

#include "ui/table_columns.h"

enum {
	RECORDS_EXTRA_MAX = 6, /* columns made of paths */
	RECORDS_DATE_COLS = 23 /* of a time with its date */
};

enum records_column {
	RECORDS_TIME,
	RECORDS_TOPIC,
	RECORDS_PARTITION,
	RECORDS_OFFSET,
	RECORDS_SIZE,
	RECORDS_HEADERS,
	RECORDS_KEY,
	RECORDS_EXTRA,
	RECORDS_VALUE = RECORDS_EXTRA + RECORDS_EXTRA_MAX,
	RECORDS_COLUMN_COUNT
};

struct json_path;
struct records;

struct records_columns {
	char *extra[RECORDS_EXTRA_MAX];                  /* paths; NULL: free */
	struct json_path *extra_path[RECORDS_EXTRA_MAX]; /* NULL: of a header */
	unsigned off;                                    /* columns the user hid */
	int scroll;                                      /* cells of the values scrolled off the left */
	int time_cols;                                   /* what the widest time that was shown took */
	bool utc;                                        /* of the times that time_cols is about */
	int offset_cols;                                 /* likewise the longest offset */
	int key_cols, topic_cols;                        /* likewise of keys and topics */
	int extra_cols[RECORDS_EXTRA_MAX];
	struct column_layout layout; /* as last drawn */
	int titles_row;              /* likewise */
};

void records_columns_release(struct records_columns *c);
void records_add_column(struct records *r, const char *path); /* value.PATH, key.PATH or header.NAME */
void records_ask_columns(struct records *r);
/* Makes room for what the rows [from, to) hold. */
void records_fit_columns(struct records *r, int64_t from, int64_t to);
/* As they are now, RECORDS_COLUMN_COUNT of them; *off: those that are not shown. */
void records_make_columns(const struct records *r, struct table_column *columns, unsigned *off, int cols);
void records_lay_out(struct records_columns *own, const struct table_column *columns, unsigned off, int cols);

#endif

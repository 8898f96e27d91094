/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The records of one or several topics: the state of that view, shared with
 * what is opened from it (one record, a comparison, the closing statement).
 * Records are read from the feed as they come on the screen, decoded and made
 * safe once, and kept while they may come again. UI thread.
 */
#ifndef VIEWS_RECORDS_H
#define VIEWS_RECORDS_H

#include "codec/codec.h"
#include "codec/mask.h"
#include "codec/record_json.h"
#include "model/feed.h"
#include "ui/list.h"
#include "ui/table_columns.h"
#include "ui/view.h"
#include "views/paths.h"
#include "views/records/records_window.h"

enum {
	RECORDS_CACHED = 512,            /* rows kept; a power of two */
	RECORDS_EXTRA_MAX = 6,           /* columns made from paths */
	RECORDS_SUMMARY_BYTES = 2048,    /* of a value in the table */
	RECORDS_BIG_BYTES = 256 * 1024,  /* larger values are not decoded for the table */
	RECORDS_FRAME_MS = 33,           /* between two pictures while records arrive */
	RECORDS_OUTCOMES_MS = 300,          /* before it is said that outcomes are not known yet */
	RECORDS_VOTES = 16,              /* values that say how a topic's are decoded */
};

/* Which record, however the feed numbers it. The topic is one of records.topics. */
struct record_id {
	const char *topic;               /* NULL: none */
	int32_t partition;
	int64_t offset;
};

struct records_topic {
	char *name;
	struct codec_votes votes[2];     /* of values and keys: index is_key */
	struct codec_choice choice[2];   /* of the user; CODEC_AUTO: none */
};

struct records_cell {
	struct str text;                 /* any bytes but NUL */
	enum role role;
	bool masked;
};

struct records_row {
	int64_t number;
	bool filled;
	struct record_id id;
	int64_t timestamp_ms;
	enum txn_outcome outcome;
	int64_t size;
	size_t header_count;
	struct records_cell key, value, extra[RECORDS_EXTRA_MAX];
	struct str reason;               /* why the value is not what was asked for */
};

enum records_column { RECORDS_TIME, RECORDS_TOPIC, RECORDS_PARTITION, RECORDS_OFFSET, RECORDS_SIZE, RECORDS_HEADERS,
	RECORDS_KEY, RECORDS_EXTRA, RECORDS_VALUE = RECORDS_EXTRA + RECORDS_EXTRA_MAX, RECORDS_COLUMN_COUNT };

struct records {
	struct view *view;
	struct ui *ui;
	const struct feed_ops *ops;
	struct feed *feed;               /* NULL: it could not be opened, see error */
	struct error error;
	char **names;                    /* as asked for: topics, or ^ and a pattern */
	size_t name_count;
	int32_t *partitions;             /* none: all */
	size_t partition_count;
	bool read_committed;             /* as the feed was opened */
	size_t decoders;                 /* likewise: how many rules of ui.settings->decoders it filters with */
	struct feed_state now;
	struct records_window window;
	struct record_id at;             /* under the cursor, to find it when numbers change */
	struct records_row rows[RECORDS_CACHED];
	struct records_topic **topics;   /* seen in records */
	size_t topic_count, topic_cap;
	struct paths paths;              /* seen in records */
	struct list marks;               /* only its marks: keys are records_key() */
	struct record_id compared[2];    /* by the view that is opened for it */

	char *group;                     /* whose offsets were gone to last; NULL: nobody's */
	char *filter;                    /* NULL: none */
	char *searched;                  /* what was searched for last */
	char *extra[RECORDS_EXTRA_MAX];  /* paths of columns; NULL: free */
	struct json_path *extra_path[RECORDS_EXTRA_MAX];
	unsigned off;                    /* columns the user hid */
	struct str statement, notes;     /* what was said, for the view that shows it all */
	int64_t unknown_ms;              /* monotonic, since when outcomes on the screen are not known; 0: they are */
	int scroll;                      /* cells of the values scrolled off the left */
	int time_cols;                   /* what the widest time that was shown took */
	int offset_cols;                 /* likewise the longest offset */
	int key_cols, topic_cols;        /* likewise of keys and topics */
	int extra_cols[RECORDS_EXTRA_MAX];
	int64_t taken_ms;                /* monotonic, when the feed was last looked at */
	bool waits;                      /* there is something to take that is not on the screen yet */
	bool was_searching;
	bool utc;                        /* of the times that time_cols is about */
	bool decoders_changed;           /* for what shows one record */
	bool held;                       /* it followed when weir was paused, and will again */
	bool moved;                      /* the cursor, since the search began */
	bool wants_found;                /* a place was asked for: found() says where it is */
	int64_t wants_up;                /* rows to go up once an older page is there */
	struct column_layout layout;     /* as last drawn */
	int titles_row;
};

/* The records of the view that `v` was opened from, directly or not; NULL: from elsewhere. */
struct records *records_under(const struct view *v);
/* view_ops.woken and next_change, also of the views that hide this one: the feed goes on meanwhile. */
bool records_woken(struct records *r);
int64_t records_next_change(const struct records *r);

/* records_feed.c */
bool records_open_feed(struct records *r, struct error *err);   /* closes the one that is open */
void records_close_feed(struct records *r);
void records_paused(struct records *r, bool on);         /* stops following what arrives, or goes on with it */
bool records_take(struct records *r);                   /* what the feed has brought; true: something */
void records_forget_rows(struct records *r);
/* What arrives in each partition that is read, in order of topic and partition; the caller frees the array. */
size_t records_rates(const struct records *r, struct feed_rate **rates);
/* A filter or search in the feed's way; opens it anew first when it decodes in another way than is shown. */
void records_renew_formats(struct records *r);
void records_say(struct records *r, enum severity severity, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* records_rows.c */
struct records_topic *records_topic(struct records *r, const char *name);
/* The row of a number, read and decoded when it was not yet; NULL: it is not kept. */
const struct records_row *records_row(struct records *r, int64_t number);
/* Reads those that are not there yet of [from, to). */
void records_fill(struct records *r, int64_t from, int64_t to);
void records_decode(struct records *r, const struct record *record, bool is_key, struct arena *arena,
	struct decoded *out);
const struct codec_choice *records_choice(struct records *r, const char *topic, bool is_key, struct codec_choice *own);
void records_release_rows(struct records *r);
/* Remembers which record the cursor is on. */
void records_note_cursor(struct records *r);
void records_key(const struct record_id *id, struct str *out);   /* "topic 3 1204991" */
const char *txn_outcome_name(enum txn_outcome outcome);    /* "aborted"; "" where there is nothing to say */
bool records_show_topic(const struct records *r);
/* What became of records on the screen takes long to find out. */
bool records_wait_outcomes(const struct records *r);

/* records_draw.c */
void records_draw(struct records *r, const struct area *a);
int64_t records_row_at(const struct records *r, int row);        /* the number drawn there; -1 */
void records_time(struct str *out, int64_t ms, int cols, bool utc);
/* records_state.c */
void records_draw_state(struct records *r, const struct area *a, int row);
/* What the last line of the pane says; false: nothing, so that the table has it. */
bool records_draw_below(const struct records *r, const struct area *a, int row);
/* records_empty.c */
void records_draw_empty(const struct records *r, const struct area *a, int row);

/* records_ask.c: prompts and lists */
void records_ask_filter(struct records *r, const char *text);    /* NULL: asks */
void records_ask_search(struct records *r, const char *from, bool everywhere);
void records_ask_where(struct records *r, const char *text);
void records_ask_columns(struct records *r);
void records_add_column(struct records *r, const char *path);
void records_ask_decoder(struct records *r, const char *topic, bool is_key, const char *text);
void records_ask_saved(struct records *r, const char *name);
void records_renew_filter(struct records *r);                    /* sets the same one on a new feed */
size_t records_complete(struct records *r, enum action_id id, const char *prefix, char ***words);

/* records_keep.c: what leaves the view */
bool records_read(struct records *r, const struct record_id *id, struct arena *arena, struct record *out,
	enum txn_outcome *outcome);
void records_mark(struct records *r);
void records_mark_all(struct records *r);               /* all that are listed */
bool records_is_marked(struct records *r, const struct record_id *id);
/* The marked ones that are still kept, in the feed's order; the caller frees. */
size_t records_marked(struct records *r, int64_t **numbers);
/*
 * Opens the comparison of two records: those that `arg` names ([TOPIC:]PARTITION:OFFSET, twice), else the two
 * that are marked, else the marked one and `here`.
 */
void records_compare(struct records *r, const struct record_id *here, const char *arg);
enum copied { COPY_VALUE, COPY_KEY, COPY_RECORD };
void records_copy(struct records *r, const struct record_id *ids, size_t count, enum copied what);
void records_copy_here(struct records *r, enum copied what);     /* marked ones, else under the cursor */
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
void records_show_outside(struct records *r, const struct record_id *id, enum program program);

#endif

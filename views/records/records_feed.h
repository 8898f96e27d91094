/* SPDX-License-Identifier: BSD-2-Clause */
/* The feed that a view of records reads from, and what it said last. */
#ifndef VIEWS_RECORDS_FEED_H
#define VIEWS_RECORDS_FEED_H

#include "base/error.h"
#include "base/str.h"
#include "model/feed.h"

struct records;

struct records_feed {
	const struct feed_ops *ops;
	struct feed *handle; /* NULL: it could not be opened, see error */
	struct error error;
	struct feed_state now;
	bool read_committed; /* as it was opened */
	size_t rules;        /* likewise: how many rules of ui.settings->decoders it filters with */
	bool held;           /* it followed when weir was paused, and will again */
	bool was_searching;
	struct str statement, notes; /* what was said, for the view that shows it all */
	int64_t taken_ms;            /* monotonic, when it was last looked at */
	bool waits;                  /* there is something to take that is not on the screen yet */
};

bool records_open_feed(struct records *r, struct error *err); /* closes the one that is open */
void records_close_feed(struct records *r);
void records_paused(struct records *r, bool on); /* stops following what arrives, or goes on with it */
bool records_take(struct records *r);            /* what the feed has brought; true: something */
/* What arrives in each partition that is read, in order of topic and partition; the caller frees the array. */
size_t records_rates(const struct records *r, struct feed_rate **rates);
/* Before a filter or a search: opens the feed anew when it decodes in another way than is shown. */
void records_renew_formats(struct records *r);

#endif

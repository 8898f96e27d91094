/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a view is opened with. Most views show one thing that has a name (a topic,
 * a group): the name is all they need. A view that needs more gets a value of a
 * type of its own, whose functions say when two values ask for the same thing and
 * how one is freed. The view owns its request until it closes. UI thread.
 */
#ifndef UI_REQUEST_H
#define UI_REQUEST_H

#include <stdbool.h>

struct view_request_type {
	/* Both ask for the same thing, so the view that is open already can be gone back to; NULL: no two values do. */
	bool (*equal)(const void *a, const void *b);
	void (*release)(void *value); /* frees it; NULL: it needs no freeing */
};

struct view_request {
	char *name;                           /* owned; the breadcrumb shows it. NULL: there the view's title stands */
	const struct view_request_type *type; /* of the value; NULL: the name is all */
	void *value;                          /* owned, may be NULL */
};

struct view_request view_request_named(const char *name); /* copies it; NULL: nothing in particular */
bool view_request_equal(const struct view_request *a, const struct view_request *b);
void view_request_release(struct view_request *r);

#endif

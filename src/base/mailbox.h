/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One slot between two threads: the newest value wins. mailbox_put() gives the
 * value away and returns an older one that nobody took, for the caller to free;
 * mailbox_take() makes the caller the owner. Both are one atomic exchange, so
 * there is no load-then-reference race.
 */
#ifndef BASE_MAILBOX_H
#define BASE_MAILBOX_H

#include <stdatomic.h>
#include <stddef.h>

struct mailbox {
	_Atomic(void *) slot;
};

static inline void *mailbox_put(struct mailbox *box, void *value)
{
	return atomic_exchange(&box->slot, value);
}

static inline void *mailbox_take(struct mailbox *box)
{
	return atomic_exchange(&box->slot, NULL);
}

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* Names on the cluster that complete the argument of a palette action. UI thread. */
#ifndef VIEWS_COMPLETE_H
#define VIEWS_COMPLETE_H

#include <stddef.h>

#include "model/snapshot.h"
#include "ui/action.h"

/* For :topic, :group and :broker. A heap array of heap strings, up to 200; s may be NULL. */
size_t complete_name(const struct snapshot *s, enum action_id id, const char *prefix, char ***words);

#endif

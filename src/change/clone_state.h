/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The state of a clone, kept between its runs in
 * $XDG_STATE_HOME/weir/clones/CLUSTER/TOPIC, named after the target. It records
 * of which topic the target is a copy, by the ids that Kafka gave both, and how
 * far each partition is. One run at a time holds it; a write replaces the whole
 * file, so that a killed run leaves the previous one. For the thread that
 * copies.
 */
#ifndef CHANGE_CLONE_STATE_H
#define CHANGE_CLONE_STATE_H

#include "base/error.h"
#include "base/str.h"
#include "model/clone.h"

struct clone_end { /* one end of the copy: a topic on a cluster */
	char *cluster, *topic;
	char *id; /* "": not known, the topic is about to be created */
};

struct clone_state {
	struct clone_end source, target;
	struct clone_part *parts;
	size_t part_count;
	char *path;
	int lock; /* -1: not held */
};

/*
 * Holds and reads the state of a target; part_count is 0 when there is none. False: another run holds it
 * (ERR_KAFKA), or it cannot be read. Release it also after a failure.
 */
bool clone_state_open(struct clone_state *s, const char *cluster, const char *topic, struct error *err);
bool clone_state_save(const struct clone_state *s, struct error *err);
void clone_state_release(struct clone_state *s);
/* Writes the state as text, and reads it back; false: the text is not a state. Pure. */
void clone_state_write(const struct clone_state *s, struct str *out);
bool clone_state_parse(struct clone_state *s, const char *text, size_t len);

#endif

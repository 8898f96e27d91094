/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The command of Kafka's own tools that answers the same question, quoted for
 * a POSIX shell: any bytes in a name stay one word. Building: any thread.
 */
#ifndef VIEWS_COMMAND_H
#define VIEWS_COMMAND_H

#include "base/str.h"
#include "model/snapshot.h"
#include "ui/view.h"

/* "kafka-topics --bootstrap-server HOST:PORT" and then pairs of option and value; a NULL option ends. */
void command_build(struct str *out, const struct snapshot *s, const char *tool, ...);

/* Build and hand to the user's clipboard; s may be NULL. UI thread. */
void command_copy_topic(struct ui *ui, const struct snapshot *s, const char *name);
void command_copy_topic_config(struct ui *ui, const struct snapshot *s, const char *name);
void command_copy_broker_config(struct ui *ui, const struct snapshot *s, int32_t id);
void command_copy_group(struct ui *ui, const struct snapshot *s, const char *id);
void command_copy_record(struct ui *ui, const char *topic, int32_t partition, int64_t offset);
void command_copy_producer(struct ui *ui, const char *topic);
void command_copy_members(struct ui *ui, const struct snapshot *s, const char *id);

#endif

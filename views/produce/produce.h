/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Opens the produce view: with a topic, to write a record; with one record, to
 * send it again; with several, or a file of them, to send them to another topic.
 * Copies what it is given. UI thread.
 */
#ifndef VIEWS_PRODUCE_H
#define VIEWS_PRODUCE_H

#include "model/record.h"
#include "ui/view.h"

void produce_open(struct ui *ui, const char *topic);
void produce_open_records(struct ui *ui, const struct record *records, size_t count);
/* A file of JSON lines; ~/ is the user's home. False: it cannot be read or is too large to be looked at here. */
bool produce_open_file(struct ui *ui, const char *path, struct error *err);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How other views come to the produce view: with a topic, to write a record;
 * with one record, to send it again, edited or not; with several, to send them
 * to another topic. What is given is copied. UI thread.
 */
#ifndef VIEWS_PRODUCE_H
#define VIEWS_PRODUCE_H

#include "model/record.h"
#include "ui/view.h"

void produce_open(struct ui *ui, const char *topic);
void produce_open_records(struct ui *ui, const struct record *records, size_t count);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Values of configurations as people write and read them, and as Kafka does:
 * "7d" is 604800000, "512MiB" is 536870912, "yes" is true. Pure functions, any thread.
 *
 *     durations   500ms 90s 30m 12h 7d 2w, also 1d12h and 1.5h
 *     sizes       B, kB MB GB TB (powers of 1000), KiB MiB GiB TiB (of 1024); "/s" may follow for rates
 *     counts      a number; k, M, G are powers of 1000
 *     ratios      0.5 or 50%
 *     any amount  forever, unlimited, "no limit": the value that means it
 *     yes or no   true false yes no on off
 *
 * A bare number is in the configuration's own unit.
 */
#ifndef MODEL_CONFIG_VALUE_H
#define MODEL_CONFIG_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/str.h"
#include "model/config_catalog.h"

/*
 * Appends Kafka's text for what was typed. False when the configuration's rule forbids it: err (or NULL) says
 * "NAME: column N: " and the rule, *at (or NULL) is the wrong byte. def NULL: an unknown configuration, taken
 * as it is without surrounding blanks.
 */
bool config_value_parse(const struct config_def *def, const char *text, struct str *out, size_t *at, struct error *err);
/*
 * Appends a short readable form of Kafka's text. True when it is exact: parsing it gives the value again; a
 * rounded one begins with "~". A value that needs no other form, or is not understood, is appended as it is.
 */
bool config_value_print(const struct config_def *def, const char *value, struct str *out);
/*
 * Appends what is allowed: "at least 1", "0 to 1", "one of CreateTime, LogAppendTime"; nothing when everything
 * is.
 */
void config_value_rule(const struct config_def *def, struct str *out);

#endif

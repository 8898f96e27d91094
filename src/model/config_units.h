/* SPDX-License-Identifier: BSD-2-Clause */
/* Shared by printing and parsing of configuration values, and by nothing else. Any thread. */
#ifndef MODEL_CONFIG_UNITS_H
#define MODEL_CONFIG_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "model/config_catalog.h"

/* Java's Double.MAX_VALUE as Kafka writes it: "no limit" for a rate that is a double. */
#define CONFIG_DOUBLE_MOST "1.7976931348623157E308"

struct config_unit_size {
	const char *name;
	int64_t size;
};

int64_t config_type_most(enum config_type type); /* of an integer type */
int64_t config_unit_ms(enum config_unit unit);   /* 0: not a time */
/* Whether -2 means "the same as the total retention". */
bool config_is_local_retention(const struct config_def *def);

/* What is being read; a failure names the place. */
struct config_typed {
	const struct config_def *def;
	const char *text;        /* from its first byte, with leading blanks */
	const char *begin, *end; /* without blanks around it */
	size_t *at;
	struct error *err;
};

/* Fills the error with the place. Always false. */
bool config_typed_fail(const struct config_typed *t, const char *where, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
bool config_typed_equals(const char *begin, size_t len, const char *word); /* letters in any case */
/* Units that may follow a number, ended by a NULL name; NULL: none may. */
const struct config_unit_size *config_units_of(enum config_unit unit);
/* The amount between begin and end, which are not equal, in the configuration's own unit. */
bool config_amount_read(const struct config_typed *t, int64_t *value);

#endif

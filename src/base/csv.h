/* SPDX-License-Identifier: BSD-2-Clause */
/* Fields of CSV as RFC 4180 has them. Any thread. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/str.h"

/* Appends the field, in double quotes where it needs any. */
void csv_add(struct str *out, const char *field);

#endif

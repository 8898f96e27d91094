/* SPDX-License-Identifier: BSD-2-Clause */
/* Long text for a terminal goes through the pager, as git shows it. Main thread. */
#ifndef DOCS_PAGER_H
#define DOCS_PAGER_H

#include <stdbool.h>

#include "base/str.h"

/*
 * Shows the text with $PAGER, or less, and waits until that has ended. False: nothing was shown, because standard
 * output is no terminal, the text fits on it, or there is no such program.
 */
bool pager_show(const struct str *text);

#endif

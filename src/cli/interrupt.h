/* SPDX-License-Identifier: BSD-2-Clause */
/* SIGINT and SIGTERM raise a bit of a wake; a second one ends the program at once. Main thread. */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include "base/wake.h"

void interrupt_catch(struct wake *wake, unsigned bit); /* also ignores SIGPIPE from now on */

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* SIGINT and SIGTERM raise a bit of a wake; the second one ends the program the hard way. Main thread. */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include "base/wake.h"

void interrupt_catch(struct wake *wake, unsigned bit);   /* SIGPIPE is ignored from now on, too */

#endif

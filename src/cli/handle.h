/* SPDX-License-Identifier: BSD-2-Clause */
/* The admin handle of a command that plans or changes; Ctrl-C cancels its calls. Main thread. */
#ifndef CLI_HANDLE_H
#define CLI_HANDLE_H

#include "base/wake.h"
#include "cli/command.h"
#include "kafka/admin.h"

/* `wake` must not move until handle_close(). After a failure nothing is open. */
bool handle_open(const struct command_input *in, struct wake *wake, struct admin **admin, struct error *err);
void handle_close(struct wake *wake, struct admin *admin);
bool handle_interrupted(void *wake);

#endif

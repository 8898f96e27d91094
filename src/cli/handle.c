/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/handle.h"

#include "cli/interrupt.h"

enum { WAKE_SIGNAL = 1 };

bool handle_interrupted(void *wake)
{
	return atomic_load(&((struct wake *)wake)->bits) & WAKE_SIGNAL;
}

bool handle_open(const struct command_input *in, struct wake *wake, struct admin **admin, struct error *err)
{
	if (!wake_init(wake, err))
		return false;
	interrupt_catch(wake, WAKE_SIGNAL);
	*admin = cluster_gate_admin(&in->gate, handle_interrupted, wake, err);
	if (!*admin)
		wake_release(wake);
	return *admin != NULL;
}

void handle_close(struct wake *wake, struct admin *admin)
{
	admin_close(admin);
	wake_release(wake);
}

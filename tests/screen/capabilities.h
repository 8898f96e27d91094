/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whether the visible view does what its capabilities say, and nothing that they
 * leave out: each action of the table that fits some views is tried on it. The
 * view is another one afterwards.
 */
#ifndef TESTS_SCREEN_CAPABILITIES_H
#define TESTS_SCREEN_CAPABILITIES_H

#include "app/app_parts.h"

/* False: *wrong says what the view claims or leaves out. */
bool capabilities_hold(struct app *app, struct str *wrong);

#endif

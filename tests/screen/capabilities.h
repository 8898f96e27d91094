/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Checks that the visible view handles the actions that its capabilities name, and
 * no others: each action that belongs to some views is tried on it. Another view
 * may be visible afterwards.
 */
#ifndef TESTS_SCREEN_CAPABILITIES_H
#define TESTS_SCREEN_CAPABILITIES_H

#include "app/app_parts.h"

/* False: *wrong names the actions that it claims but ignores, or handles but does not claim. */
bool capabilities_hold(struct app *app, struct str *wrong);

#endif

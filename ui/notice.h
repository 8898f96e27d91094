/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A text over the lower part of the pane, whole as far as it fits and without a
 * frame at its sides, so that the mouse can select it: what was copied, where no
 * one can know whether a clipboard took it. It has no keys: the next one takes
 * it away and does what it does. Texts are copied. UI thread.
 */
#ifndef UI_NOTICE_H
#define UI_NOTICE_H

#include "ui/draw.h"

struct notice;

struct notice *notice_new(const char *title, const char *text);
void notice_free(struct notice *n);                    /* NULL is allowed */
void notice_draw(const struct notice *n, const struct area *a);

#endif

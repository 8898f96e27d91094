/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A text over the lower part of the pane, without a frame at its sides, so that
 * the mouse can select it: for copied text, because nobody can know whether a
 * clipboard took it. It takes no keys: the next key removes it and has its
 * usual effect. Texts are copied. UI thread.
 */
#ifndef UI_NOTICE_H
#define UI_NOTICE_H

#include "ui/draw.h"

struct notice;

struct notice *notice_new(const char *title, const char *text);
void notice_free(struct notice *n); /* NULL is allowed */
void notice_draw(const struct notice *n, const struct area *a);

#endif

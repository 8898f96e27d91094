/* SPDX-License-Identifier: BSD-2-Clause */
/* The box around every small window over the pane. UI thread. */
#ifndef UI_DIALOG_FRAME_H
#define UI_DIALOG_FRAME_H

#include "ui/draw.h"

void dialog_draw_frame(const struct area *w, const char *title);

#endif

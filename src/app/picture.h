/* SPDX-License-Identifier: BSD-2-Clause */
/* The whole picture: header, tabs, path of what was opened, pane, hints, message or prompt. UI thread. */
#ifndef APP_PICTURE_H
#define APP_PICTURE_H

#include "ui/draw.h"

struct app;

/* Draws, and then tells the sampler what is on the screen. False: nothing has changed. */
bool picture_draw(struct app *app);
int picture_tab_at(const struct app *app, int row, int col); /* the tab whose word is there; -1: none */
struct area picture_pane_area(const struct app *app);

#endif

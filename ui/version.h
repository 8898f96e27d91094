/* SPDX-License-Identifier: BSD-2-Clause */
/* The version of curses in use, for --version. Any thread. */
#ifndef UI_VERSION_H
#define UI_VERSION_H

const char *ui_curses_version(void); /* "ncurses 6.4.20221231" */

#endif

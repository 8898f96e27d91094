/* SPDX-License-Identifier: BSD-2-Clause */
/* The one action table, and the functions its rows name (actions.c). Main thread. */
#ifndef ACTION_TABLE_H
#define ACTION_TABLE_H

#include "ui/action.h"

extern const struct action_set action_table;

/* What only the visible view can do: moving, sorting, marking, ... */
enum action_result act_view(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_copy_command(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_back(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_quit(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_cancel(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_show_tab(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_messages(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_last_view(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_armed(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_help(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_compare(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_open_named(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_refresh(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_interval(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_pause(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_isolation(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_internal(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_palette(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_theme(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_time_zone(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_produce(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_produce_file(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_reset(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_undo(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_redraw(struct ui *ui, enum action_id id, const char *arg);
enum action_result act_suspend(struct ui *ui, enum action_id id, const char *arg);

#endif

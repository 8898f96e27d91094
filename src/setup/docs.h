/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Everything that is written from the tables of options, commands and actions:
 * --help, the manual page, completions for three shells. Main thread.
 */
#ifndef DOCS_H
#define DOCS_H

#include "base/str.h"
#include "cli/command.h"
#include "ui/action.h"

/* Lines of at most `cols` where words allow it; NULL: of the whole program. */
void docs_help(struct str *out, const struct command *command, size_t cols);
void docs_help_family(struct str *out, const char *word, size_t cols);   /* of `weir topic --help` */
void docs_man(struct str *out, const struct action_set *actions);      /* roff; NULL leaves the keys out */
void docs_completion(struct str *out, const char *shell);              /* "bash", "zsh" or "fish" */
void docs_completion_names(struct str *out, const char *shell);        /* the part that asks for topics and groups */

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is written from the tables of options and commands: --help and completions for three shells; the
 * manual is in manual.h. Main thread.
 */
#ifndef DOCS_H
#define DOCS_H

#include "base/str.h"
#include "cli/command_table.h"

/* Lines of at most `cols` where words allow it; NULL: of the whole program. */
void docs_help(struct str *out, const struct command *command, size_t cols);
void docs_help_family(struct str *out, const char *word, size_t cols); /* of `weir topic --help` */
void docs_completion(struct str *out, const char *shell);              /* "bash", "zsh" or "fish" */
void docs_completion_names(struct str *out, const char *shell);        /* the part that asks for topics and groups */

#endif

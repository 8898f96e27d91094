/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The command line, and [weir] of the configuration file: both are read by the rows
 * of option_row.h into the places of struct options. Parsing ends nothing and prints
 * nothing. Main thread.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "base/error.h"
#include "cli/command_args.h"
#include "model/settings.h"
#include "setup/option_row.h"

enum option_print {
	PRINT_NOTHING,
	PRINT_HELP,
	PRINT_VERSION,
	PRINT_ACTIONS,
	PRINT_TOPIC,
	PRINT_MAN,
	PRINT_MARKDOWN,
	PRINT_BASH,
	PRINT_ZSH,
	PRINT_FISH
};

/* Where a cluster is, as the options say. */
struct connect_options {
	const char *bootstrap;
	const char *context;
	bool context_given;          /* on the command line: it is used with -b and -F too. False: [weir] names it */
	const char *file;            /* of client properties */
	struct text_list properties; /* KEY=VALUE, checked to hold a = */
};

struct options {                       /* strings are borrowed from argv (or the configuration) */
	const struct command *command; /* NULL: the terminal program */
	const char *first_word;        /* that is no option: a command, or the first word of one: "topic" */
	size_t word_count;
	enum option_print print;
	struct connect_options connect;
	struct connect_options target; /* of the new topic of a clone; nothing given: the same cluster */
	struct settings settings;
	struct command_args args;
	struct option_given *given; /* on the command line, in its order; see options_given() */
	size_t given_count;
};

/* Fills *o with defaults, then from argv[1..]. On failure (ERR_USAGE) *o needs no release. */
bool options_parse(struct options *o, int argc, char *const *argv, struct error *err);
void options_release(struct options *o);
/* Applies one [weir] pair; what the command line gave stays. Booleans are yes or no. */
bool options_configure(struct options *o, const char *name, const char *value, struct error *err);
/* Whether the command line gave the option of this name: "timeout". */
bool options_given(const struct options *o, const char *name);

#endif

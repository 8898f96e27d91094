/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of options: a row is all there is to an option. It feeds the parsing of
 * the command line and of [weir] in the configuration file, --help, the manual and
 * completions, and names the place in struct options that the option fills. To add
 * one, add its row to option_table.c and its field to the struct that the place
 * names. Any thread.
 */
#ifndef OPTION_ROW_H
#define OPTION_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "cli/command_table.h"

enum option_kind {        /* of the value, and of the field at its place */
	OPTION_FLAG = 1,  /* bool; takes no argument */
	OPTION_SET,       /* an enum that becomes `value`; takes no argument */
	OPTION_CHOICE,    /* an enum: `value` for the first word of `complete`, one more for each further word */
	OPTION_TEXT,      /* const char *, borrowed */
	OPTION_LIST,      /* struct text_list: the option may be given again */
	OPTION_NUMBER,    /* int64_t: digits */
	OPTION_SECONDS,   /* int64_t, milliseconds: "2.5" is 2500 */
	OPTION_MEGABYTES, /* int64_t, bytes */
	OPTION_STRATEGY   /* struct strategy_args, which several rows share */
};

struct option_row {
	const char *name;     /* "bootstrap" for --bootstrap */
	char letter;          /* 0: none */
	const char *argument; /* "HOST:PORT,..."; NULL: takes none */
	enum option_kind kind;
	size_t place;      /* offset in struct options */
	int value;         /* OPTION_SET, OPTION_CHOICE */
	double min, max;   /* of a number, in the unit of the argument; both 0: any number of records */
	const char *wants; /* of the error when a number is refused: "seconds, up to 60"; NULL: made of min and max */
	const char *(*refuse)(const char
			*value); /* returns why it cannot be taken though its form is right, or NULL. May be NULL */
	/* Where it works: command names (topic-create for two words), "weir" for the terminal program; NULL: everywhere. */
	const char *commands;
	bool in_config; /* [weir] may hold it under the same name */
	bool empty;     /* an empty argument is one: the group with the empty id */
	const char
		*complete; /* what completion offers: words, or "file", "context", "theme", "decoder"; NULL: nothing */
	const char *help;
	/* Argument and help in some commands, where they differ; the help of the whole program has all in one. */
	struct option_sense {
		const char *commands; /* as above; NULL: no such sense */
		const char *argument, *help;
	} senses[3];
};

extern const struct option_row option_table[];
extern const size_t option_count;

/* By its long name. Two rows are called "config": the one that works in the command, or the first. NULL: unknown. */
const struct option_row *option_find(const char *name, size_t len, const struct command *command);
const struct option_row *option_find_letter(char letter);
const struct option_row *option_named(const char *name); /* of a name that there is */
/* A command of NULL is the terminal program. */
bool option_works_in(const struct option_row *row, const struct command *command);
/* The first command where it works, as the user types it: "group delete". Not of a row without `commands`. */
const char *option_first_command(const struct option_row *row);
bool option_repeats(const struct option_row *row);
/* Its argument and its help in a command; NULL: in the whole program. */
struct option_sense option_sense(const struct option_row *row, const struct command *command);

/* An option as the user wrote it, for messages: "--bootstrap", "-b", or its name in [weir]. */
struct option_spelling {
	const char *text;
	int len;
};

/*
 * Puts a value into its place in *options, a struct options; a flag becomes `on`. False (ERR_USAGE): the option does
 * not take this value.
 */
bool option_apply(void *options, const struct option_row *row, const char *value, bool on,
	const struct option_spelling *as, struct error *err);

#endif

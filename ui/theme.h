/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Colours by meaning. Code names a role, a theme file tells how it looks: each
 * role has a parent it inherits from, colours for 16, 256 and true-colour
 * terminals, attributes, and a mono attribute. Severity is never shown by
 * colour alone: whoever draws it adds its sign. UI thread.
 */
#ifndef UI_THEME_H
#define UI_THEME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum role {
	ROLE_TEXT,    /* the parent of all */
	ROLE_DIM,     /* labels, separators, less important text */
	ROLE_STRONG,  /* more important text */
	ROLE_TITLE,   /* column titles */
	ROLE_SORTED,  /* title of the column sorted by */
	ROLE_HEADER,  /* the top line */
	ROLE_CONTEXT, /* name of the cluster or context in it; takes the context's colour */
	ROLE_TAB,
	ROLE_TAB_ACTIVE,
	ROLE_CURSOR,   /* a surface: the whole row under the cursor; only warnings have their own colour on it */
	ROLE_SELECTED, /* marker and name in it */
	ROLE_MARKED,
	ROLE_MATCH, /* a hit of a search */
	ROLE_OK,
	ROLE_WARN,
	ROLE_CRIT,
	ROLE_STALE,    /* figures that are too old or could not be read */
	ROLE_UNKNOWN,  /* the dash of an unknown figure */
	ROLE_INTERNAL, /* names of internal topics */
	ROLE_KEY,      /* a key in hints and help */
	ROLE_HINT,
	ROLE_MESSAGE,
	ROLE_ERROR,
	ROLE_PROMPT,
	ROLE_DIALOG,
	ROLE_BORDER,
	ROLE_SPARK,
	ROLE_CHART_LAG,
	ROLE_CHART_IN,
	ROLE_CHART_OUT,
	ROLE_DATA_NAME, /* of a member of JSON, or a field of another format */
	ROLE_DATA_STRING,
	ROLE_DATA_NUMBER,
	ROLE_DATA_WORD, /* true, false, null */
	ROLE_DATA_NOTE, /* not part of the data: tombstones, types, reasons */
	ROLE_MASKED,
	ROLE_ADDED, /* of a comparison */
	ROLE_REMOVED,
	ROLE_COUNT
};

const char *role_name(enum role role);

/* Names of the themes found (built in, then the user's); the list belongs to this module. */
size_t theme_list(const char *const **names);
/* Loads a theme by name or path. After a failure the present theme stays. Takes effect on a started screen. */
bool theme_use(const char *name, struct error *err);
const char *theme_current(void);
/*
 * The colour behind the context's name ("red", "#005f87"), applied immediately when a theme is in use; NULL:
 * the theme's.
 */
bool theme_context_color(const char *spec, struct error *err);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* The files of themes/, compiled in by a rule of the Makefile. The first one is the default. */
#ifndef UI_THEME_BUILTIN_H
#define UI_THEME_BUILTIN_H

#include <stddef.h>

struct theme_builtin {
	const char *name;
	const char *text;
};

extern const struct theme_builtin theme_builtins[];
extern const size_t theme_builtin_count;

#endif

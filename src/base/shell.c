/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/shell.h"

#include <string.h>

/*
 * As $'a\nb', which bash, zsh and ksh read: control characters would get lost when the
 * line is copied and pasted.
 */
static void quote_controls(struct str *out, const char *word)
{
	str_add(out, "$'");
	for (; *word; word++) {
		if ((unsigned char)*word < ' ' || *word == 0x7f)
			str_addf(out, "\\%03o", (unsigned)*word);
		else if (*word == '\'' || *word == '\\')
			str_addf(out, "\\%c", *word);
		else
			str_add_char(out, *word);
	}
	str_add_char(out, '\'');
}

void shell_quote(struct str *out, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:,=@%+";

	if (*word && !word[strspn(word, plain)]) {
		str_add(out, word);
		return;
	}
	for (const unsigned char *c = (const unsigned char *)word; *c; c++) {
		if (*c < ' ' || *c == 0x7f) {
			quote_controls(out, word);
			return;
		}
	}
	str_add_char(out, '\'');
	for (; *word; word++) {
		if (*word == '\'')
			str_add(out, "'\\''");
		else
			str_add_char(out, *word);
	}
	str_add_char(out, '\'');
}

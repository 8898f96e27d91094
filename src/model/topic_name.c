/* SPDX-License-Identifier: BSD-2-Clause */
#include "model/topic_name.h"

#include <ctype.h>
#include <string.h>

enum { NAME_MAX_LEN = 249 };

bool topic_name_check(const char *name, struct error *err)
{
	size_t len = strlen(name);
	size_t good = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

	if (len == 0)
		return error_set(err, ERR_USAGE, "a topic's name may not be empty");
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return error_set(err, ERR_USAGE, "topic %s: may not be named . or ..", name);
	if (good < len)
		return error_set(err, ERR_USAGE,
			"topic %s, column %zu: a name is made of letters a-z A-Z, digits, . _ and -", name, good + 1);
	if (len > NAME_MAX_LEN)
		return error_set(err, ERR_USAGE, "topic %.40s...: %zu characters, at most %d are allowed", name, len,
			NAME_MAX_LEN);
	return true;
}

bool topic_name_collides(const char *a, const char *b)
{
	if (strcmp(a, b) == 0)
		return false;
	for (; *a && *b; a++, b++)
		if ((*a == '.' ? '_' : *a) != (*b == '.' ? '_' : *b))
			return false;
	return *a == *b;
}

static char folded(char c)
{
	return strchr("-._", c) && c ? '_' : (char)tolower((unsigned char)c);
}

bool topic_name_looks_like(const char *a, const char *b)
{
	if (strcmp(a, b) == 0)
		return false;
	for (; *a && *b; a++, b++)
		if (folded(*a) != folded(*b))
			return false;
	return *a == *b;
}

bool topic_name_is_internal(const char *name)
{
	return strcmp(name, "__consumer_offsets") == 0 || strcmp(name, "__transaction_state") == 0 ||
		strcmp(name, "__share_group_state") == 0;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "change/json_fields.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

const struct node *json_field(const struct node *object, const char *name)
{
	const struct node *node = object && object->kind == NODE_OBJECT ? node_member(object, name) : NULL;

	return node && node->kind != NODE_NULL ? node : NULL;
}

static int base64_digit(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* Decodes up to the first byte that is not a digit of base64. A NUL ends the text: names contain none. */
static char *decode_base64(const char *text, size_t len)
{
	char *out = mem_alloc(len + 1), *p = out;
	unsigned bits = 0;
	int count = 0;

	for (size_t i = 0; i < len && base64_digit(text[i]) >= 0; i++) {
		bits = (bits << 6 | (unsigned)base64_digit(text[i])) & 0xffffff;
		count += 6;
		if (count >= 8) {
			count -= 8;
			*p++ = (char)(bits >> count & 0xff);
		}
	}
	*p = '\0';
	return out;
}

char *json_field_text(const struct node *object, const char *name)
{
	const struct node *node = json_field(object, name);
	struct str scratch = { 0 };
	size_t len;
	char *text;

	if (node && node->kind == NODE_STRING) {
		const char *plain = node_plain(node->text, node->len, &scratch, &len);

		text = mem_strndup(plain, len);
		str_release(&scratch);
		return text;
	}
	str_addf(&scratch, "%s_base64", name);
	node = json_field(object, str_text(&scratch));
	text = node && node->kind == NODE_STRING ? decode_base64(node->text, node->len) : NULL;
	str_release(&scratch);
	return text;
}

bool json_field_int(const struct node *object, const char *name, int64_t *value)
{
	const struct node *node = json_field(object, name);
	char digits[24], *end;

	if (!node || node->kind != NODE_NUMBER || node->len >= sizeof(digits))
		return false;
	memcpy(digits, node->text, node->len);
	digits[node->len] = '\0';
	errno = 0;
	*value = strtoll(digits, &end, 10);
	return !*end && !errno;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whatever bytes come in, text_safe() gives UTF-8 without one control
 * character, and the functions that cut it keep to their bounds.
 */
#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return setlocale(LC_ALL, "C.UTF-8") ? 0 : 1;
}

/* Ranges of code points that steer a terminal, hide text or turn its direction. */
static int steers(unsigned code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x061c || code == 0xfeff ||
		(code >= 0x200e && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
		(code >= 0x2066 && code <= 0x2069) || (code >= 0xe0000 && code <= 0xe007f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str out = { 0 };
	const char *text;
	int cols = size ? data[0] % 100 : 0;

	text_safe(&out, (const char *)data, size);
	text = str_text(&out);
	if (!text_is_utf8(text, out.len))
		abort();
	for (size_t at = 0, bytes; at < out.len; at += bytes) {
		unsigned code = 0;

		bytes = text_decode(text + at, out.len - at, &code);
		if (bytes == 0 || steers(code))
			abort();
	}
	int used = 0, pad = 0;
	size_t fit = text_fit(text, cols, &used);
	size_t skip = text_skip(text, cols, &pad);

	if (fit > out.len || skip > out.len || used > cols || pad < 0 || pad > 1)
		abort();
	if (text_cols(text) < 0 || !text_is_utf8(text, fit) || !text_is_utf8(text + skip, out.len - skip))
		abort();
	str_release(&out);
	return 0;
}

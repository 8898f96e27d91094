/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/clipboard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "ui/screen.h"

/* GNU screen passes on strings of up to 768 bytes. */
enum { SCREEN_CHUNK = 700 };

bool clipboard_takes(size_t bytes)
{
	return bytes <= CLIPBOARD_MOST_BYTES;
}

void clipboard_sequence(struct str *out, const char *text, bool screen)
{
	struct str osc = { 0 };
	str_add(&osc, "\033]52;c;");
	base64_add(&osc, text, strlen(text));
	str_add(&osc, "\a");
	if (!screen) {
		str_add_len(out, osc.p, osc.len);
	} else {
		for (size_t at = 0; at < osc.len; at += SCREEN_CHUNK) {
			size_t left = osc.len - at;
			str_add(out, "\033P");
			str_add_len(out, osc.p + at, left < SCREEN_CHUNK ? left : SCREEN_CHUNK);
			str_add(out, "\033\\");
		}
	}
	str_release(&osc);
}

/* tmux keeps a buffer of it and, with -w, tells the outer terminal in the way that one understands. */
static bool give_to_tmux(const char *text)
{
	FILE *pipe = popen("tmux load-buffer -w - >/dev/null 2>&1", "we");
	if (!pipe)
		return false;
	bool sent = fwrite(text, 1, strlen(text), pipe) == strlen(text);
	return pclose(pipe) == 0 && sent;
}

void clipboard_copy(const char *text)
{
	const char *tmux = getenv("TMUX"), *sty = getenv("STY");
	if (tmux && *tmux && give_to_tmux(text))
		return;
	struct str bytes = { 0 };
	clipboard_sequence(&bytes, text, sty && *sty && !(tmux && *tmux));
	screen_send(bytes.p, bytes.len);
	str_release(&bytes);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/clipboard.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/process.h"
#include "ui/screen.h"

/* GNU screen passes strings of up to 768 bytes through. */
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

/* tmux keeps a buffer of it and, with -w, passes it to the outer terminal. */
static bool give_to_tmux(const char *text)
{
	struct process tmux;
	size_t len = strlen(text);
	if (!process_open(&tmux, "tmux load-buffer -w - >/dev/null 2>&1", PROCESS_INPUT))
		return false;
	bool sent = fwrite(text, 1, len, tmux.pipe) == len;
	return process_close(&tmux) == 0 && sent;
}

/* The text as a file without a name, read from its beginning. */
static FILE *text_file(const char *text)
{
	FILE *file = tmpfile();
	if (file && (fputs(text, file) < 0 || fflush(file) != 0 || lseek(fileno(file), 0, SEEK_SET) != 0)) {
		fclose(file);
		file = NULL;
	}
	return file;
}

/* In a session of its own: it may have to serve the clipboard after weir has ended. */
static _Noreturn void become(const char *command, int text)
{
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	setsid();
	if (dup2(text, STDIN_FILENO) >= 0 && dup2(nowhere, STDOUT_FILENO) >= 0 && dup2(nowhere, STDERR_FILENO) >= 0)
		process_become(command, NULL);
	_exit(127);
}

/* Starts it through a child that ends immediately, so that nobody must wait for the grandchild. */
static bool give_to_command(const char *command, const char *text, struct error *err)
{
	FILE *file = text_file(text);
	pid_t child = file ? fork() : -1;
	if (child == 0) {
		if (fork() == 0)
			become(command, fileno(file));
		_exit(0);
	}
	bool ok = child > 0 || error_set(err, ERR_SYSTEM, "clipboard %s: %s", command, strerror(errno));
	if (child > 0)
		process_wait(child);
	if (file)
		fclose(file);
	return ok;
}

bool clipboard_copy(const char *command, const char *text, struct error *err)
{
	const char *tmux = getenv("TMUX"), *sty = getenv("STY");
	if (command)
		return give_to_command(command, text, err);
	if (tmux && *tmux && give_to_tmux(text))
		return true;
	struct str bytes = { 0 };
	clipboard_sequence(&bytes, text, sty && *sty && !(tmux && *tmux));
	screen_send(bytes.p, bytes.len);
	str_release(&bytes);
	return true;
}

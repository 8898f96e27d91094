/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/process.h"
#include "base/str.h"
#include "ui/screen.h"

enum { EDITED_MAX = 256 << 20 };

static const char *command(enum program program)
{
	const char *names[2] = { program == PROGRAM_PAGER ? "PAGER" : "VISUAL",
		program == PROGRAM_PAGER ? "PAGER" : "EDITOR" };
	for (int i = 0; i < 2; i++) {
		const char *value = getenv(names[i]);
		if (value && *value)
			return value;
	}
	return program == PROGRAM_PAGER ? "$(command -v less || command -v more)" : "vi";
}

/*
 * The program handles the signals of the keyboard; a stop stops both, so that the shell gets the terminal. When
 * both continue, nothing is painted here: that happens at the end.
 */
static int wait_for(const char *line, const char *path)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, plain = { .sa_handler = SIG_DFL };
	struct sigaction interrupt, quit, stop, go_on;
	sigaction(SIGINT, &ignore, &interrupt);
	sigaction(SIGQUIT, &ignore, &quit);
	sigaction(SIGTSTP, &plain, &stop);
	sigaction(SIGCONT, &plain, &go_on);
	pid_t child = fork();
	if (child == 0) {
		sigaction(SIGINT, &plain, NULL);
		sigaction(SIGQUIT, &plain, NULL);
		process_become(line, path);
	}
	int status = child > 0 ? process_wait(child) : -1;
	sigaction(SIGINT, &interrupt, NULL);
	sigaction(SIGQUIT, &quit, NULL);
	sigaction(SIGCONT, &go_on, NULL);
	sigaction(SIGTSTP, &stop, NULL);
	return status;
}

static bool run_on_file(enum program program, const char *path, struct str *text, struct error *err)
{
	struct str line = { 0 };
	str_addf(&line, "%s \"$1\"", command(program));
	screen_leave();
	int status = wait_for(str_text(&line), path);
	screen_repaint();
	str_release(&line);
	if (status != 0)
		return error_set(err, ERR_SYSTEM, "%s ended with status %d: set %s", command(program),
			WIFEXITED(status) ? WEXITSTATUS(status) : -1, program == PROGRAM_PAGER ? "PAGER" : "EDITOR");
	if (program == PROGRAM_PAGER)
		return true;
	/* By its name: editors write a new file and rename it over the old one. */
	str_clear(text);
	return file_read(path, EDITED_MAX, text, err);
}

bool program_run(enum program program, const char *suffix, struct str *text, struct error *err)
{
	const char *folder = getenv("TMPDIR");
	struct str path = { 0 };
	str_addf(&path, "%s/weir-XXXXXX%s", folder && *folder ? folder : "/tmp", suffix);
	int fd = mkostemps(path.p, (int)strlen(suffix), O_CLOEXEC); /* mode 0600 */
	bool ok = fd >= 0 && file_write(fd, text->p, text->len);
	if (!ok)
		error_set(err, ERR_SYSTEM, "%s: %s", str_text(&path), strerror(errno));
	if (fd >= 0) {
		close(fd);
		ok = ok && run_on_file(program, str_text(&path), text, err);
		unlink(str_text(&path));
	}
	str_release(&path);
	return ok;
}

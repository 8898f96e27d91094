/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/process.h"
#include "ui/screen.h"

enum { BLOCK = 65536 };

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

static bool program_fail(struct error *err, const char *path)
{
	return error_set(err, ERR_SYSTEM, "%s: %s", path, strerror(errno));
}

static bool write_file(int fd, const struct str *text)
{
	for (size_t at = 0; at < text->len;) {
		ssize_t n = write(fd, text->p + at, text->len - at);
		if (n < 0 && errno != EINTR)
			return false;
		at += n > 0 ? (size_t)n : 0;
	}
	return true;
}

/* By its name: editors write a new file and put it in the place of the old one. */
static bool read_file(const char *path, struct str *text)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = -1;
	if (fd < 0)
		return false;
	str_clear(text);
	do {
		n = read(fd, str_room(text, BLOCK), BLOCK);
		if (n > 0)
			str_grown(text, (size_t)n);
	} while (n > 0 || (n < 0 && errno == EINTR));
	close(fd);
	return n == 0;
}

/* Signals of the keyboard are the program's business; a stop stops both, so that the shell gets the terminal. That both
 * went on again is nothing to paint the screen for, which is done at the end. */
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
			WIFEXITED(status) ? WEXITSTATUS(status) : -1,
			program == PROGRAM_PAGER ? "PAGER" : "EDITOR");
	return program == PROGRAM_PAGER || read_file(path, text) || program_fail(err, path);
}

bool program_run(enum program program, const char *suffix, struct str *text, struct error *err)
{
	const char *folder = getenv("TMPDIR");
	struct str path = { 0 };
	str_addf(&path, "%s/weir-XXXXXX%s", folder && *folder ? folder : "/tmp", suffix);
	int fd = mkostemps(path.p, (int)strlen(suffix), O_CLOEXEC);      /* mode 0600 */
	bool ok = fd >= 0 && write_file(fd, text);
	if (!ok)
		program_fail(err, str_text(&path));
	if (fd >= 0) {
		close(fd);
		ok = ok && run_on_file(program, str_text(&path), text, err);
		unlink(str_text(&path));
	}
	str_release(&path);
	return ok;
}

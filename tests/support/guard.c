/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guard [-d | -t] [-p PID]... [-f FD] [-g MS] -- COMMAND [ARGUMENT]...
 *
 * Runs COMMAND and makes sure that none of its processes outlives its owners:
 * when one of the processes PID ends in any way, or the last writer closes the
 * pipe FD, or the guard gets a signal to stop, COMMAND and all its descendants
 * get SIGTERM and, MS milliseconds later (1500), SIGKILL.
 *
 *   -d  detach: return at once, guard from the background
 *   -t  COMMAND uses this terminal: it stays in its session and process group,
 *       and the terminal is restored when a signal ended it; otherwise it gets
 *       a session of its own, so that no key press reaches it
 *
 * Three layers, since any process here may be killed with SIGKILL: COMMAND's
 * death signal covers the death of the guard, pidfds and the pipe cover the
 * owners, and being a subreaper catches descendants that left the group.
 * The exit status is COMMAND's, 128 + N when signal N ended it.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { OWNERS_MAX = 8 };

struct guard {
	struct pollfd watch[OWNERS_MAX + 2]; /* signals, the pipe, the owners */
	nfds_t watch_count;
	int pipe_fd;  /* -1 without one */
	int grace_ms; /* from SIGTERM to SIGKILL */
	bool detach;
	bool terminal;
	struct termios modes; /* of the terminal, before COMMAND */
	bool modes_known;
	pid_t child; /* COMMAND, also its process group unless `terminal` */
	int status;  /* of COMMAND, as waitpid gives it */
	bool child_ended;
};

static void die(const char *what)
{
	fprintf(stderr, "guard: %s: %s\n", what, strerror(errno));
	exit(125);
}

static long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000L + ts.tv_nsec / 1000000;
}

static void watch_fd(struct guard *g, int fd)
{
	g->watch[g->watch_count++] = (struct pollfd){ .fd = fd, .events = POLLIN };
}

static void parse_arguments(struct guard *g, int argc, char **argv)
{
	int option, owners = 0, fd;

	while ((option = getopt(argc, argv, "+dtp:f:g:")) != -1) {
		switch (option) {
		case 'd':
			g->detach = true;
			break;
		case 't':
			g->terminal = true;
			break;
		case 'f':
			g->pipe_fd = atoi(optarg);
			break;
		case 'g':
			g->grace_ms = atoi(optarg);
			break;
		case 'p':
			if (owners++ == OWNERS_MAX) {
				errno = E2BIG;
				die("owners");
			}
			fd = (int)syscall(SYS_pidfd_open, (pid_t)atoi(optarg), 0);
			if (fd < 0)
				die(optarg);
			watch_fd(g, fd);
			break;
		default:
			exit(125);
		}
	}
	if (optind >= argc) {
		fputs("usage: guard [-d | -t] [-p PID]... [-f FD] [-g MS] -- COMMAND [ARGUMENT]...\n", stderr);
		exit(125);
	}
	if (g->pipe_fd >= 0)
		watch_fd(g, g->pipe_fd);
}

/* Inherited descriptors would keep pipes and locks open after their owner has ended. */
static void close_others(const struct guard *g)
{
	long max = sysconf(_SC_OPEN_MAX);

	if (max < 0 || max > 4096)
		max = 4096;
	for (int fd = 3; fd < max; fd++) {
		bool ours = false;
		for (nfds_t i = 0; i < g->watch_count; i++)
			ours |= g->watch[i].fd == fd;
		if (!ours)
			close(fd);
		else
			fcntl(fd, F_SETFD, FD_CLOEXEC);
	}
}

static void start(struct guard *g, char **command, const sigset_t *old_mask)
{
	pid_t self = getpid();

	g->child = fork();
	if (g->child < 0)
		die("fork");
	if (g->child > 0)
		return;
	prctl(PR_SET_PDEATHSIG, g->terminal ? SIGTERM : SIGKILL);
	if (getppid() != self)
		_exit(125);
	if (!g->terminal)
		setsid();
	/* A shell starts background jobs with these ignored, and exec keeps that. */
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	sigprocmask(SIG_SETMASK, old_mask, NULL);
	if (g->pipe_fd >= 0 && g->pipe_fd < 3) {
		int null = open("/dev/null", O_RDWR | O_CLOEXEC);

		dup2(null, g->pipe_fd);
	}
	execvp(command[0], command);
	fprintf(stderr, "guard: %s: %s\n", command[0], strerror(errno));
	_exit(127);
}

/* Reaps the children that have ended; false when no child is left. */
static bool reap(struct guard *g)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		if (pid == g->child) {
			g->status = status;
			g->child_ended = true;
		}
	}
	return pid == 0;
}

/* Signals COMMAND's group and every child, with the orphans adopted as subreaper. */
static void signal_all(const struct guard *g, int signo)
{
	char path[64], list[4096], *at = list, *end;
	ssize_t size;
	int fd;

	if (!g->terminal)
		kill(-g->child, signo);
	else if (!g->child_ended)
		kill(g->child, signo);
	snprintf(path, sizeof(path), "/proc/self/task/%d/children", (int)getpid());
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	size = read(fd, list, sizeof(list) - 1);
	close(fd);
	list[size > 0 ? size : 0] = '\0';
	for (long pid; (pid = strtol(at, &end, 10)) > 0 && end != at; at = end)
		kill((pid_t)pid, signo);
}

static void end_all(struct guard *g)
{
	long kill_at_ms = now_ms() + g->grace_ms;
	struct pollfd signals = { .fd = g->watch[0].fd, .events = POLLIN };
	struct signalfd_siginfo info;

	signal_all(g, SIGTERM);
	signal_all(g, SIGCONT); /* a stopped process would not handle the other signal */
	while (reap(g)) {
		if (now_ms() >= kill_at_ms)
			signal_all(g, SIGKILL);
		if (poll(&signals, 1, 20) > 0 && read(signals.fd, &info, sizeof(info)) < 0)
			break;
	}
}

/* Until COMMAND ends or an owner does. */
static void keep_watch(struct guard *g)
{
	struct signalfd_siginfo info;
	char drop[256];

	for (;;) {
		if (poll(g->watch, g->watch_count, -1) < 0)
			die("poll");
		for (nfds_t i = 1; i < g->watch_count; i++) {
			if (g->watch[i].revents == 0)
				continue;
			/* Only the end of the pipe counts, not what is written to it. A pidfd becomes readable once. */
			if (g->watch[i].fd != g->pipe_fd || read(g->pipe_fd, drop, sizeof(drop)) <= 0)
				return;
		}
		if (g->watch[0].revents == 0)
			continue;
		if (read(g->watch[0].fd, &info, sizeof(info)) != (ssize_t)sizeof(info))
			die("signalfd");
		if (info.ssi_signo == SIGCHLD) {
			reap(g);
			if (g->child_ended)
				return;
		} else if (info.ssi_signo == SIGTERM || !g->terminal) {
			return;
		} else if (info.ssi_signo == SIGHUP) {
			kill(g->child, SIGHUP); /* the terminal has hung up: COMMAND may end in its own way */
		}
	}
}

/* Restores the terminal after a kill: modes, main screen, cursor, no mouse, no bracketed paste. */
static void restore_terminal(const struct guard *g)
{
	static const char reset[] =
		"\033[?1000l\033[?1002l\033[?1003l\033[?1006l\033[?2004l\033[?1l\033>\033[?25h\033[0m\033[?1049l\r";

	signal(SIGTTOU, SIG_IGN);
	if (tcsetattr(STDIN_FILENO, TCSANOW, &g->modes) == 0 && write(STDIN_FILENO, reset, sizeof(reset) - 1) < 0)
		return; /* the terminal is gone */
}

int main(int argc, char **argv)
{
	struct guard g = { .pipe_fd = -1, .grace_ms = 1500 };
	sigset_t mask, old_mask;

	sigemptyset(&mask);
	sigaddset(&mask, SIGCHLD);
	sigaddset(&mask, SIGTERM);
	sigaddset(&mask, SIGINT);
	sigaddset(&mask, SIGQUIT);
	sigaddset(&mask, SIGHUP);
	sigprocmask(SIG_BLOCK, &mask, &old_mask);
	watch_fd(&g, signalfd(-1, &mask, SFD_CLOEXEC));
	parse_arguments(&g, argc, argv);
	close_others(&g);
	if (g.detach) {
		pid_t pid = fork();
		if (pid < 0)
			die("fork");
		if (pid > 0)
			return 0;
		setsid();
	}
	g.modes_known = g.terminal && tcgetattr(STDIN_FILENO, &g.modes) == 0;
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	start(&g, argv + optind, &old_mask);
	keep_watch(&g);
	/* A program at the terminal may leave a process running on purpose, such as one that holds the clipboard. */
	if (!g.terminal || !g.child_ended)
		end_all(&g);
	if (g.modes_known && WIFSIGNALED(g.status))
		restore_terminal(&g);
	return WIFSIGNALED(g.status) ? 128 + WTERMSIG(g.status) : WEXITSTATUS(g.status);
}

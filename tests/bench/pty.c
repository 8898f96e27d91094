/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Runs a program on a terminal of its own and measures what it prints there.
 *
 *   pty COLSxROWS STEP... -- PROGRAM [ARGUMENT]...
 *
 * Times are milliseconds since exec, or since the last `do`. Steps, in order:
 *   until NAME TEXT           print the time at which TEXT had been printed since the last step
 *   do COMMAND                run a shell command and count time from its start
 *   send KEYS                 write KEYS (\e, \r and \xNN are understood)
 *   quiet MS                  wait until nothing was printed for MS
 *   idle NAME SECONDS         print bytes, CPU seconds and resident KiB of that time
 *   keys NAME KEYS COUNT MS   COUNT times: write KEYS, wait for MS of quiet; print the bytes
 *   latency NAME A B COUNT GAP_MS TEXT   write A and B in turn, COUNT times, GAP_MS apart; print
 *                             percentiles of the time until TEXT (the first byte when empty) is read
 *   dump FILE                 write all output so far to FILE
 * Every wait ends after 30 s, with status 1. The program is ended at the last step.
 */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { DEADLINE_MS = 30000 };

struct run {
	pid_t pid;
	int fd;
	double zero_ms; /* what times are counted from */
	char *out;      /* everything that was printed */
	size_t len, room;
	size_t seen; /* output that earlier steps have dealt with */
	bool closed;
};

static void __attribute__((noreturn, format(printf, 1, 2))) die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputs("pty: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(1);
}

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void end(struct run *r)
{
	double deadline = now_ms() + 3000;

	kill(r->pid, SIGTERM);
	while (waitpid(r->pid, NULL, WNOHANG) == 0) {
		char rest[4096];
		struct pollfd in = { .fd = r->fd, .events = POLLIN };

		/* A full terminal would keep it from ending. */
		if (poll(&in, 1, 5) > 0 && read(r->fd, rest, sizeof(rest)) <= 0)
			poll(NULL, 0, 5);
		if (now_ms() > deadline)
			kill(r->pid, SIGKILL);
	}
}

static void __attribute__((noreturn)) fail(struct run *r, const char *what)
{
	end(r);
	die("%s: not within %d s", what, DEADLINE_MS / 1000);
}

/* Reads what comes within wait_ms; false when nothing did. */
static bool take(struct run *r, double wait_ms)
{
	struct pollfd in = { .fd = r->fd, .events = POLLIN };
	long wait_us = wait_ms > 0 ? (long)(wait_ms * 1e3) : 0;
	struct timespec wait = { wait_us / 1000000, wait_us % 1000000 * 1000 };
	ssize_t got;

	if (r->closed) {
		nanosleep(&wait, NULL);
		return false;
	}
	if (ppoll(&in, 1, &wait, NULL) <= 0)
		return false;
	if (r->room - r->len < 65536) {
		r->room = r->room * 2 + 131072;
		r->out = realloc(r->out, r->room);
		if (!r->out)
			die("out of memory");
	}
	got = read(r->fd, r->out + r->len, 65535);
	if (got <= 0) {
		r->closed = true;
		return false;
	}
	r->len += (size_t)got;
	r->out[r->len] = '\0';
	return true;
}

static size_t find(const struct run *r, size_t from, const char *text)
{
	const char *hit = r->len > from ? memmem(r->out + from, r->len - from, text, strlen(text)) : NULL;

	return hit ? (size_t)(hit - r->out) + strlen(text) : 0;
}

/* Waits for `text` after `from`; the time at which its last byte was read. */
static double await(struct run *r, size_t from, const char *text)
{
	double deadline = now_ms() + DEADLINE_MS;
	size_t hit;

	while (!(hit = find(r, from, text))) {
		if (!take(r, deadline - now_ms()) && now_ms() >= deadline)
			fail(r, text);
		if (r->closed)
			die("%s: the program ended first; it printed %zu bytes: %.2000s", text, r->len,
				r->out ? r->out : "");
	}
	r->seen = hit;
	return now_ms();
}

static void quiet(struct run *r, double ms)
{
	double deadline = now_ms() + DEADLINE_MS;

	while (take(r, ms))
		if (now_ms() > deadline)
			fail(r, "quiet");
	r->seen = r->len;
}

static void put(struct run *r, const char *keys)
{
	while (*keys) {
		unsigned byte = (unsigned char)*keys++;

		if (byte == '\\' && *keys == 'e')
			byte = 27, keys++;
		else if (byte == '\\' && *keys == 'r')
			byte = '\r', keys++;
		else if (byte == '\\' && *keys == 'x' && sscanf(keys + 1, "%2x", &byte) == 1)
			keys += 3;
		if (write(r->fd, &(char){ (char)byte }, 1) != 1)
			die("write: %s", strerror(errno));
	}
}

static double cpu_s(pid_t pid)
{
	struct timespec t = { 0, 0 };
	clockid_t clock;

	if (clock_getcpuclockid(pid, &clock) == 0)
		clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static long rss_kib(pid_t pid)
{
	char path[64], line[256];
	long kib = -1;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	file = fopen(path, "r");
	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "VmRSS: %ld", &kib) == 1)
			break;
	if (file)
		fclose(file);
	return kib;
}

static void idle(struct run *r, const char *name, double seconds)
{
	double until = now_ms() + seconds * 1e3, cpu = cpu_s(r->pid);
	size_t from = r->len;

	while (now_ms() < until)
		take(r, until - now_ms());
	printf("%s.bytes %zu\n%s.cpu_s %.3f\n%s.rss_kib %ld\n", name, r->len - from, name, cpu_s(r->pid) - cpu, name,
		rss_kib(r->pid));
	r->seen = r->len;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void latency(struct run *r, char **a)
{
	int count = atoi(a[3]);
	double gap = atof(a[4]), *ms = calloc((size_t)count, sizeof(*ms));

	if (!ms || count < 1)
		die("latency: COUNT is %s", a[3]);
	for (int i = 0; i < count; i++) {
		double next = now_ms() + gap, sent;

		while (now_ms() < next)
			take(r, next - now_ms());
		while (take(r, 0))
			continue;
		r->seen = r->len;
		sent = now_ms();
		put(r, i % 2 ? a[2] : a[1]);
		if (*a[5]) {
			ms[i] = await(r, r->seen, a[5]) - sent;
		} else {
			if (!take(r, DEADLINE_MS))
				fail(r, a[0]);
			ms[i] = now_ms() - sent;
		}
	}
	qsort(ms, (size_t)count, sizeof(*ms), by_value);
	printf("%s.p50_ms %.2f\n%s.p99_ms %.2f\n%s.max_ms %.2f\n", a[0], ms[count / 2], a[0],
		ms[(count * 99 - 1) / 100], a[0], ms[count - 1]);
	free(ms);
}

static void dump(const struct run *r, const char *path)
{
	FILE *file = fopen(path, "w");

	if (!file || fwrite(r->out, 1, r->len, file) != r->len || fclose(file))
		die("%s: %s", path, strerror(errno));
}

/* Runs one step; returns how many words it took. */
static int step(struct run *r, char **w, int left)
{
	static const struct {
		const char *name;
		int words;
	} steps[] = {
		{ "until", 2 },
		{ "do", 1 },
		{ "send", 1 },
		{ "quiet", 1 },
		{ "idle", 2 },
		{ "keys", 4 },
		{ "latency", 6 },
		{ "dump", 1 },
	};
	size_t i = 0;

	while (i < sizeof(steps) / sizeof(*steps) && strcmp(steps[i].name, w[0]))
		i++;
	if (i == sizeof(steps) / sizeof(*steps) || left <= steps[i].words)
		die("bad step %s", w[0]);
	switch (i) {
	case 0:
		printf("%s %.1f\n", w[1], await(r, r->seen, w[2]) - r->zero_ms);
		break;
	case 1:
		r->zero_ms = now_ms();
		if (system(w[1]))
			die("%s failed", w[1]);
		break;
	case 2:
		put(r, w[1]);
		break;
	case 3:
		quiet(r, atof(w[1]));
		break;
	case 4:
		idle(r, w[1], atof(w[2]));
		break;
	case 5: {
		size_t from = r->len;

		for (int n = atoi(w[3]); n > 0; n--) {
			put(r, w[2]);
			quiet(r, atof(w[4]));
		}
		printf("%s.bytes %zu\n", w[1], r->len - from);
		break;
	}
	case 6:
		latency(r, w + 1);
		break;
	default:
		dump(r, w[1]);
	}
	fflush(stdout);
	return steps[i].words + 1;
}

int main(int argc, char **argv)
{
	struct winsize size = { 0 };
	struct run r = { 0 };
	unsigned cols, rows;
	int program = 2;

	while (program < argc && strcmp(argv[program], "--"))
		program++;
	if (argc < 4 || program + 1 >= argc || sscanf(argv[1], "%ux%u", &cols, &rows) != 2)
		die("usage: pty COLSxROWS STEP... -- PROGRAM [ARGUMENT]...");
	size.ws_col = (unsigned short)cols;
	size.ws_row = (unsigned short)rows;
	r.zero_ms = now_ms();
	r.pid = forkpty(&r.fd, NULL, NULL, &size);
	if (r.pid < 0)
		die("forkpty: %s", strerror(errno));
	if (r.pid == 0) {
		execvp(argv[program + 1], argv + program + 1);
		die("%s: %s", argv[program + 1], strerror(errno));
	}
	for (int i = 2; i < program;)
		i += step(&r, argv + i, program - i);
	end(&r);
	free(r.out);
	return 0;
}

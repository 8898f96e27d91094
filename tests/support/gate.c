/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Loaded into a program before its own libraries (LD_PRELOAD), this holds it at
 * one chosen step until it is told to go on, so that a test can kill or freeze
 * what it talks to exactly there. GATE="OUT IN STEP [KEY] [N]" in the environment:
 *
 *   OUT, IN  descriptors: a byte is written to OUT when the step is reached, and
 *            one is read from IN (or its end) before the program goes on
 *   open     before the file whose path ends in KEY is opened
 *   synced   after the Nth fsync
 *   before   before the Nth request of API key KEY of Kafka's protocol is sent; KEY any: of whatever kind
 *   sent     after it was handed to the kernel, before its answer can be read
 *   lost     the same, and its connection breaks then: the answer is never read
 *
 * Only the thread that comes there is held. Requests are known by their header,
 * so connections must be plain. Without GATE nothing is changed.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { ANY_API = -1 };

enum step { STEP_NONE, STEP_OPEN, STEP_SYNCED, STEP_BEFORE, STEP_SENT, STEP_LOST };

static struct {
	enum step step;
	int out, in;
	char key[64];
	int api, nth;
	atomic_int seen;
	atomic_int lost;             /* descriptor + 1 whose answers are lost */
} gate;

/* The function that this one stands before, into the pointer at `next`. */
static void find(void *next, const char *name)
{
	void *f = dlsym(RTLD_NEXT, name);

	if (!f)
		abort();
	memcpy(next, &f, sizeof(f));
}

__attribute__((constructor)) static void init(void)
{
	static const char *const names[] = { "", "open", "synced", "before", "sent", "lost" };
	const char *text = getenv("GATE");
	char word[16];

	gate.nth = 1;
	if (!text || sscanf(text, "%d %d %15s %63s %d", &gate.out, &gate.in, word, gate.key, &gate.nth) < 3)
		return;
	gate.api = strcmp(gate.key, "any") == 0 ? ANY_API : atoi(gate.key);
	for (size_t i = 1; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], word) == 0)
			gate.step = (enum step)i;
	}
	if (gate.step == STEP_SYNCED && gate.api > 0)
		gate.nth = gate.api;
}

static void hold(void)
{
	int before = errno;
	char byte = 'x';

	if (write(gate.out, &byte, 1) == 1) {
		while (read(gate.in, &byte, 1) < 0 && errno == EINTR)
			;
	}
	errno = before;
}

static bool is_nth(void)
{
	return atomic_fetch_add(&gate.seen, 1) + 1 == gate.nth;
}

int open(const char *path, int flags, ...)
{
	int (*next)(const char *, int, ...);
	size_t len = strlen(path), key = strlen(gate.key);
	va_list more;
	mode_t mode;

	find(&next, "open");
	va_start(more, flags);
	mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
	va_end(more);
	if (gate.step == STEP_OPEN && len >= key && strcmp(path + len - key, gate.key) == 0 && is_nth())
		hold();
	return next(path, flags, mode);
}

int fsync(int fd)
{
	int (*next)(int);
	int done;

	find(&next, "fsync");
	done = next(fd);

	if (gate.step == STEP_SYNCED && is_nth())
		hold();
	return done;
}

/* A request: its length in four bytes, then the API key in two, both with the high byte first. */
static bool is_wanted(const unsigned char *p, size_t first, size_t whole)
{
	size_t length;

	if (gate.step < STEP_BEFORE || first < 6)
		return false;
	length = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
	return length + 4 == whole && (gate.api == ANY_API || (p[4] << 8 | p[5]) == gate.api) && is_nth();
}

static void sent(int fd)
{
	if (gate.step == STEP_BEFORE)
		return;
	hold();
	if (gate.step == STEP_LOST)
		atomic_store(&gate.lost, fd + 1);
}

ssize_t sendmsg(int fd, const struct msghdr *m, int flags)
{
	ssize_t (*next)(int, const struct msghdr *, int);
	size_t whole = 0;
	bool wanted;
	ssize_t done;

	find(&next, "sendmsg");
	for (size_t i = 0; i < m->msg_iovlen; i++)
		whole += m->msg_iov[i].iov_len;
	wanted = m->msg_iovlen && is_wanted(m->msg_iov[0].iov_base, m->msg_iov[0].iov_len, whole);
	if (wanted && gate.step == STEP_BEFORE)
		hold();
	done = next(fd, m, flags);
	if (wanted)
		sent(fd);
	return done;
}

ssize_t send(int fd, const void *p, size_t len, int flags)
{
	struct iovec part = { (void *)(size_t)p, len };
	struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1 };

	return sendmsg(fd, &m, flags);
}

static bool is_lost(int fd)
{
	if (atomic_load(&gate.lost) != fd + 1)
		return false;
	/* Once: the descriptor's number comes back with the next connection. */
	atomic_store(&gate.lost, 0);
	errno = ECONNRESET;
	return true;
}

ssize_t recvmsg(int fd, struct msghdr *m, int flags)
{
	ssize_t (*next)(int, struct msghdr *, int);

	find(&next, "recvmsg");
	return is_lost(fd) ? -1 : next(fd, m, flags);
}

ssize_t recv(int fd, void *p, size_t len, int flags)
{
	ssize_t (*next)(int, void *, size_t, int);

	find(&next, "recv");
	return is_lost(fd) ? -1 : next(fd, p, len, flags);
}

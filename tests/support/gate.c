/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Preloaded into a program (LD_PRELOAD), this stops it at one chosen step until
 * the test lets it continue, so that the test can kill or freeze a broker exactly
 * there. The variable GATE="OUT IN STEP [KEY] [N] [then STEP ...]" says where; a
 * later step is awaited, and its N counted, once the earlier one was passed:
 *
 *   OUT, IN  descriptors: a byte is written to OUT when a step is reached, and
 *            one is read from IN (or its end) before the program goes on
 *   open     before the file whose path ends in KEY is opened
 *   synced   after the Nth fsync
 *   before   before the Nth request of Kafka's API key KEY is sent; KEY any: of every kind
 *   sent     after that request was written, before its answer can be read
 *   lost     the same, and its connection breaks: the answer is never read
 *
 * Only the thread that reaches the step is stopped. Requests are recognised by
 * their headers, so connections must be plaintext. Without GATE it does nothing.
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

enum { ANY_API = -1, POINTS_MAX = 4 };

enum step { STEP_NONE, STEP_OPEN, STEP_SYNCED, STEP_BEFORE, STEP_SENT, STEP_LOST };

struct point {
	enum step step;
	char key[64];
	int api, nth;
	atomic_int seen;
};

static struct {
	int out, in;
	struct point points[POINTS_MAX + 1]; /* the one after the last is STEP_NONE */
	atomic_int at;
	atomic_int lost; /* descriptor + 1 whose answers are lost */
} gate;

/* Stores the address of the function that this one replaces in the pointer at `next`. */
static void find(void *next, const char *name)
{
	void *f = dlsym(RTLD_NEXT, name);

	if (!f)
		abort();
	memcpy(next, &f, sizeof(f));
}

static void read_point(struct point *p, const char *text)
{
	static const char *const names[] = { "", "open", "synced", "before", "sent", "lost" };
	char word[16] = "";

	p->nth = 1;
	sscanf(text, "%15s %63s %d", word, p->key, &p->nth);
	p->api = strcmp(p->key, "any") == 0 ? ANY_API : atoi(p->key);
	for (size_t i = 1; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], word) == 0)
			p->step = (enum step)i;
	}
	if (p->step == STEP_SYNCED && p->api > 0)
		p->nth = p->api;
}

__attribute__((constructor)) static void init(void)
{
	const char *text = getenv("GATE");
	char points[256], *next;
	int count = 0;

	if (!text || sscanf(text, "%d %d %255[^\n]", &gate.out, &gate.in, points) < 3)
		return;
	for (char *point = points; point && count < POINTS_MAX; point = next) {
		next = strstr(point, " then ");
		if (next) {
			*next = '\0';
			next += strlen(" then ");
		}
		read_point(&gate.points[count++], point);
	}
}

/* The step that is awaited now. */
static struct point *awaited(void)
{
	return &gate.points[atomic_load(&gate.at)];
}

static void hold(void)
{
	int before = errno;
	char byte = 'x';

	if (write(gate.out, &byte, 1) == 1) {
		while (read(gate.in, &byte, 1) < 0 && errno == EINTR)
			;
	}
	atomic_fetch_add(&gate.at, 1);
	errno = before;
}

static bool is_nth(struct point *p)
{
	return atomic_fetch_add(&p->seen, 1) + 1 == p->nth;
}

int open(const char *path, int flags, ...)
{
	int (*next)(const char *, int, ...);
	struct point *p = awaited();
	size_t len = strlen(path), key = strlen(p->key);
	va_list more;
	mode_t mode;

	find(&next, "open");
	va_start(more, flags);
	mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
	va_end(more);
	if (p->step == STEP_OPEN && len >= key && strcmp(path + len - key, p->key) == 0 && is_nth(p))
		hold();
	return next(path, flags, mode);
}

int fsync(int fd)
{
	struct point *p = awaited();
	int (*next)(int);
	int done;

	find(&next, "fsync");
	done = next(fd);

	if (p->step == STEP_SYNCED && is_nth(p))
		hold();
	return done;
}

/* A request: its length in four bytes, then the API key in two, both with the high byte first. */
static bool is_wanted(struct point *p, const unsigned char *head, size_t first, size_t whole)
{
	size_t length;

	if (p->step < STEP_BEFORE || first < 6)
		return false;
	length = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
	return length + 4 == whole && (p->api == ANY_API || (head[4] << 8 | head[5]) == p->api) && is_nth(p);
}

ssize_t sendmsg(int fd, const struct msghdr *m, int flags)
{
	ssize_t (*next)(int, const struct msghdr *, int);
	struct point *p = awaited();
	size_t whole = 0;
	bool wanted;
	ssize_t done;

	find(&next, "sendmsg");
	for (size_t i = 0; i < m->msg_iovlen; i++)
		whole += m->msg_iov[i].iov_len;
	wanted = m->msg_iovlen && is_wanted(p, m->msg_iov[0].iov_base, m->msg_iov[0].iov_len, whole);
	if (wanted && p->step == STEP_BEFORE)
		hold();
	done = next(fd, m, flags);
	if (wanted && p->step != STEP_BEFORE)
		hold();
	if (wanted && p->step == STEP_LOST)
		atomic_store(&gate.lost, fd + 1);
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
	/* Only once: the next connection may get the same descriptor. */
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

/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/wake.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/eventfd.h>
#endif

bool wake_init(struct wake *wake, struct error *err)
{
	atomic_init(&wake->bits, 0);
#ifdef __linux__
	wake->read_fd = wake->write_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (wake->read_fd < 0)
		return error_set(err, ERR_SYSTEM, "eventfd: %s", strerror(errno));
#else
	int fds[2];

	if (pipe(fds) < 0)
		return error_set(err, ERR_SYSTEM, "pipe: %s", strerror(errno));
	for (int i = 0; i < 2; i++) {
		fcntl(fds[i], F_SETFL, O_NONBLOCK);
		fcntl(fds[i], F_SETFD, FD_CLOEXEC);
	}
	wake->read_fd = fds[0];
	wake->write_fd = fds[1];
#endif
	return true;
}

void wake_release(struct wake *wake)
{
	close(wake->read_fd);
	if (wake->write_fd != wake->read_fd)
		close(wake->write_fd);
	wake->read_fd = wake->write_fd = -1;
}

void wake_raise(struct wake *wake, unsigned bits)
{
	if (atomic_fetch_or(&wake->bits, bits) != 0)
		return; /* the sleeper has not drained the last one yet */
	int saved = errno;
	uint64_t one = 1;
	ssize_t n = write(wake->write_fd, &one, sizeof(one));

	(void)n; /* a full descriptor is readable all the same */
	errno = saved;
}

unsigned wake_drain(struct wake *wake)
{
	uint64_t buf[8];

	/*
	 * The descriptor first: a wake-up that comes between the two lines finds
	 * bits set, writes nothing, and is in what the exchange returns.
	 */
	while (read(wake->read_fd, buf, sizeof(buf)) == (ssize_t)sizeof(buf))
		;
	return atomic_exchange(&wake->bits, 0);
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/loop.h"

#include <errno.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "ui/guard.h"
#include "ui/screen.h"

/* After this many keys the picture is drawn even if more wait: a held key must show its effect. */
enum { KEYS_PER_TURN = 32 };

static const unsigned signal_bits = WAKE_RESIZED | WAKE_STOP | WAKE_CONTINUED | WAKE_END;

bool loop_init(struct loop *loop, const struct loop_ops *ops, void *data, struct error *err)
{
	*loop = (struct loop){ .ops = ops, .data = data };
	if (!wake_init(&loop->wake, err))
		return false;
	guard_signals(&loop->wake);
	return true;
}

void loop_release(struct loop *loop)
{
	guard_signals(NULL);
	wake_release(&loop->wake);
}

void loop_end(struct loop *loop)
{
	loop->ended = true;
}

static void take_signals(struct loop *loop, unsigned bits)
{
	if (bits & WAKE_END)
		loop->ended = loop->interrupted = true;
	if (bits & WAKE_STOP)
		loop->ops->suspend(loop->data);
	if (bits & WAKE_CONTINUED)
		screen_repaint();
	if (bits & (WAKE_RESIZED | WAKE_CONTINUED) && (screen_resize() || bits & WAKE_CONTINUED))
		loop->ops->resized(loop->data);
}

static void take_wake(struct loop *loop)
{
	unsigned bits = wake_drain(&loop->wake);
	if (bits & signal_bits)
		take_signals(loop, bits);
	if (bits & ~signal_bits)
		loop->ops->woken(loop->data, bits & ~signal_bits);
}

/* A terminal that is gone is always readable and gives nothing. */
static bool terminal_is_lost(short revents)
{
	int waiting = 0;
	if (revents & (POLLHUP | POLLERR | POLLNVAL))
		return true;
	return revents & POLLIN && ioctl(STDIN_FILENO, FIONREAD, &waiting) == 0 && waiting == 0;
}

static void take_keys(struct loop *loop)
{
	struct mouse_event mouse;
	loop->more_keys = false;
	for (int i = 0; i < KEYS_PER_TURN && !loop->ended; i++) {
		key_code key = input_read(&loop->input, &mouse);
		if (key == KEY_NONE_YET)
			return;
		loop->ops->key(loop->data, key, &mouse);
	}
	/* curses may have read ahead: poll() does not see those keys */
	loop->more_keys = true;
}

static int timeout_ms(const struct loop *loop)
{
	if (loop->more_keys)
		return 0;
	int64_t next = loop->ops->next_change(loop->data);
	if (next < 0)
		return -1;
	int64_t left = next - clock_mono_ms();
	return left < 0 ? 0 : left > 60000 ? 60000 : (int)left;
}

static void loop_turn(struct loop *loop)
{
	if (loop->ops->draw(loop->data))
		screen_flush();
	struct pollfd fds[2] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = loop->wake.read_fd, .events = POLLIN },
	};
	int n = poll(fds, 2, timeout_ms(loop));
	if (n < 0 && errno != EINTR)
		loop->ended = true;
	if (n < 0)
		return;
	if (fds[0].revents || loop->more_keys) {
		if (fds[0].revents && terminal_is_lost(fds[0].revents)) {
			loop->ended = loop->interrupted = true;
			return;
		}
		take_keys(loop);
		return;
	}
	if (fds[1].revents)
		take_wake(loop);
	int64_t next = loop->ops->next_change(loop->data);
	if (next >= 0 && next <= clock_mono_ms())
		loop->ops->tick(loop->data);
}

void loop_run(struct loop *loop)
{
	while (!loop->ended)
		loop_turn(loop);
}

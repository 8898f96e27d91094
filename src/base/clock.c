/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/clock.h"

#include <stdatomic.h>
#include <time.h>

/* -1: running. Only tests set them. */
static _Atomic int64_t frozen_mono_ms = -1;
static _Atomic int64_t frozen_wall_ms = -1;

static int64_t clock_now_us(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

int64_t clock_mono_us(void)
{
	int64_t frozen = atomic_load_explicit(&frozen_mono_ms, memory_order_relaxed);

	return frozen >= 0 ? frozen * 1000 : clock_now_us(CLOCK_MONOTONIC);
}

int64_t clock_mono_ms(void)
{
	return clock_mono_us() / 1000;
}

int64_t clock_wall_ms(void)
{
	int64_t frozen = atomic_load_explicit(&frozen_wall_ms, memory_order_relaxed);

	return frozen >= 0 ? frozen : clock_now_us(CLOCK_REALTIME) / 1000;
}

int64_t clock_earlier(int64_t a, int64_t b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

void clock_freeze(int64_t mono_ms, int64_t wall_ms)
{
	atomic_store(&frozen_mono_ms, mono_ms);
	atomic_store(&frozen_wall_ms, wall_ms);
}

void clock_add_utc(struct str *out, int64_t wall_ms)
{
	time_t seconds = (time_t)(wall_ms / 1000);
	struct tm tm = { 0 };
	char text[64];

	gmtime_r(&seconds, &tm);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm);
	str_addf(out, "%s.%03dZ", text, (int)(wall_ms % 1000));
}

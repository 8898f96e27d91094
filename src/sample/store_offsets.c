/* SPDX-License-Identifier: BSD-2-Clause */
/* Log start, end and last stable offsets. */
#include "sample/store_parts.h"

void store_offsets_forget(struct store_partition *p)
{
	for (int kind = 0; kind < OFFSET_KIND_COUNT; kind++)
		p->offsets[kind] = (struct store_offset){ .value = OFFSET_UNKNOWN };
	p->shown.leader_epoch = -1;
	store_rate_clear(&p->in);
}

void store_offset_read(struct store_partition *p, enum offset_kind kind, int64_t value, int32_t epoch, int64_t sent_us,
	int64_t now_us)
{
	struct store_offset *o = &p->offsets[kind];

	if (sent_us < o->at_us)
		return;
	if (kind == OFFSET_END) {
		store_rate_read(&p->in, value, now_us);
		p->shown.leader_epoch = epoch;
	}
	o->value = value;
	o->at_us = now_us;
	stamp_ok(&o->origin, now_us / 1000);
}

void store_offset_failed(struct store *st, struct store_partition *p, enum offset_kind kind, const struct fault *fault,
	int64_t sent_us, int64_t now_us)
{
	if (sent_us < p->offsets[kind].at_us)
		return;
	stamp_fail(st, &p->offsets[kind].origin, now_us / 1000, fault);
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* Decompression of one block of Snappy. Any thread. */
#ifndef CODEC_UNSNAP_H
#define CODEC_UNSNAP_H

#include <stdbool.h>
#include <stddef.h>

#include "codec/reader.h"

/* How many bytes the block says that it holds; false where it does not begin with a length. */
bool unsnap_length(struct reader *r, size_t *size);

/* All that stands behind the length, into `size` bytes of `out`; false unless it fills them exactly. */
bool unsnap(struct reader *r, char *out, size_t size);

#endif

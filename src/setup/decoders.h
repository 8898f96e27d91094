/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The decoders that were chosen with a key, kept for later runs in
 * $XDG_STATE_HOME/weir/decoders (else ~/.local/state): lines as in [decoders],
 * read after the configuration, so they win. Main thread.
 */
#ifndef DECODERS_H
#define DECODERS_H

#include <stdbool.h>

#include "base/error.h"
#include "codec/codec_rules.h"

/* A file that cannot be read and a line that is no rule are left out. */
void decoders_load(struct codec_rules *rules);
/* Uses it from now on and writes it to the file. False: the file could not be written; it is used in this run only. */
bool decoders_remember(struct codec_rules *rules, const char *topic, bool is_key, const char *decoder,
	struct error *err);

#endif

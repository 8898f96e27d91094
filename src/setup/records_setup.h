/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The sections of the configuration about records: [mask] says what must not be seen,
 * [decoders] how the records of a topic are decoded, [filters] gives names to
 * expressions. Main thread; only the decoders change after it is made.
 */
#ifndef RECORDS_SETUP_H
#define RECORDS_SETUP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "codec/codec_rules.h"
#include "codec/mask.h"
#include "model/settings.h"
#include "setup/config.h"

struct records_setup {
	struct mask *mask; /* NULL: nothing is masked */
	struct codec_rules *decoders;
	struct named_filter *filters; /* texts of the configuration, which must stay */
	size_t filter_count;
};

/* False (ERR_USAGE, with the line): a rule cannot be read. Nothing then is shown that should be masked. */
bool records_setup_init(struct records_setup *s, const struct config_file *config, struct error *err);
void records_setup_release(struct records_setup *s);

#endif

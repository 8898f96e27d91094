/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the configuration says about records: [mask] what must not be seen,
 * [decoders] how which topics are decoded, [filters] expressions under a name.
 * Main thread; constant once made, the book of decoders excepted.
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
	struct mask *mask;            /* NULL: nothing is masked */
	struct codec_rules *decoders;
	struct named_filter *filters;   /* texts of the configuration, which must stay */
	size_t filter_count;
};

/* False (ERR_USAGE, with the line) on a rule that is none: nothing is shown unmasked by mistake. */
bool records_setup_init(struct records_setup *s, const struct config_file *config, struct error *err);
void records_setup_release(struct records_setup *s);

#endif

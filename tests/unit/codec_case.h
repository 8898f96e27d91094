/* SPDX-License-Identifier: BSD-2-Clause */
/* One row of reference data: bytes that another implementation made, and what they say. */
#ifndef TESTS_CODEC_CASE_H
#define TESTS_CODEC_CASE_H

#include "codec/codec.h"

struct codec_case {
	const char *name;
	enum codec_id codec;
	const char *hex;
	const char *json;
	const char *schema; /* Avro: its JSON; Protobuf: the descriptor set in hex */
	const char *extra;  /* Protobuf: the message; a value of an internal topic: its key in hex */
};

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules of a mask, shared by mask.c, which parses them, and mask_apply.c, which applies them. */
#ifndef CODEC_MASK_RULE_H
#define CODEC_MASK_RULE_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "codec/json_path.h"
#include "codec/mask.h"

struct mask_rule {
	char *glob;
	unsigned parts;         /* of enum mask_part */
	struct json_path *path; /* either this is set */
	pcre2_code *code;       /* or this */
};

struct mask {
	struct mask_rule *rule;
	size_t count, cap;
};

bool mask_rule_applies(const struct mask_rule *rule, const char *topic, enum mask_part part);
/* Appends the bytes with every hit replaced; false: there was no hit and `out` is unchanged. */
bool mask_rule_replace(const struct mask_rule *rule, const char *bytes, size_t len, struct str *out);

#endif

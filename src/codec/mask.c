/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules of a mask: parsing them, and finding the hits of a pattern. */
#include "codec/mask.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "codec/mask_rule.h"

/* A pattern that needs more than this on some text masks all of that text. */
enum { MATCH_LIMIT = 1000000, DEPTH_LIMIT = 10000 };

struct mask *mask_new(void)
{
	return mem_alloc(sizeof(struct mask));
}

static void release_rule(struct mask_rule *rule)
{
	free(rule->glob);
	json_path_free(rule->path);
	pcre2_code_free(rule->code);
}

void mask_free(struct mask *mask)
{
	if (!mask)
		return;
	for (size_t i = 0; i < mask->count; i++)
		release_rule(&mask->rule[i]);
	free(mask->rule);
	free(mask);
}

static const char *skip_blanks(const char *p)
{
	while (*p == ' ' || *p == '\t')
		p++;
	return p;
}

/* The part that a rule's text starts with; 0: none. *rest points after it. */
static unsigned part_at(const char *p, const char **rest)
{
	static const struct {
		const char *name;
		unsigned part;
	} parts[] = { { "key", MASK_KEY }, { "value", MASK_VALUE }, { "headers", MASK_HEADERS } };

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		size_t len = strlen(parts[i].name);

		if (strncmp(p, parts[i].name, len) != 0 || !(p[len] == '\0' || strchr(" \t.[~", p[len])))
			continue;
		*rest = skip_blanks(p + len);
		return parts[i].part;
	}
	*rest = p;
	return *p == '~' ? MASK_KEY | MASK_VALUE | MASK_HEADERS : 0;
}

static bool compile_pattern(struct mask_rule *rule, const char *text, struct error *err)
{
	PCRE2_UCHAR why[128];
	PCRE2_SIZE at;
	int code;

	if (!*text)
		return error_set(err, ERR_USAGE, "mask: expected a pattern after ~");
	rule->code = pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED,
		PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C, &code, &at, NULL);
	if (!rule->code) {
		pcre2_get_error_message(code, why, sizeof(why));
		return error_set(err, ERR_USAGE, "mask: pattern, byte %zu: %s", at + 1, (const char *)why);
	}
	/* Without JIT, the PCRE2 interpreter is used. */
	pcre2_jit_compile(rule->code, PCRE2_JIT_COMPLETE);
	return true;
}

static bool parse_rule(struct mask_rule *rule, const char *text, struct error *err)
{
	const char *p = skip_blanks(text), *rest, *next;
	size_t word = strcspn(p, " \t");

	next = skip_blanks(p + word);
	/* A first word is the glob of topics when a rule follows it. */
	rule->parts = part_at(p, &rest);
	if (part_at(next, &rest) && !(rule->parts && *next == '~')) {
		rule->glob = mem_strndup(p, word);
		p = next;
	} else {
		rule->glob = mem_strdup("*");
	}
	rule->parts = part_at(p, &rest);
	if (!rule->parts)
		return error_set(err, ERR_USAGE, "mask %s: expected key, value, headers or ~", text);
	if (*rest == '~')
		return compile_pattern(rule, skip_blanks(rest + 1), err);
	if (rule->parts == MASK_HEADERS && *rest)
		return error_set(err, ERR_USAGE, "mask %s: headers have no paths", text);
	rule->path = json_path_new(rest, NULL, err);
	return rule->path != NULL;
}

bool mask_add(struct mask *mask, const char *text, struct error *err)
{
	struct mask_rule rule = { 0 };

	if (!parse_rule(&rule, text, err)) {
		release_rule(&rule);
		return false;
	}
	mask->rule = mem_grow(mask->rule, &mask->cap, mask->count + 1, sizeof(*mask->rule));
	mask->rule[mask->count++] = rule;
	return true;
}

bool mask_rule_applies(const struct mask_rule *rule, const char *topic, enum mask_part part)
{
	return (rule->parts & part) && fnmatch(rule->glob, topic, 0) == 0;
}

bool mask_concerns(const struct mask *mask, const char *topic, enum mask_part part)
{
	for (size_t i = 0; mask && i < mask->count; i++) {
		if (mask_rule_applies(&mask->rule[i], topic, part))
			return true;
	}
	return false;
}

bool mask_rule_replace(const struct mask_rule *rule, const char *bytes, size_t len, struct str *out)
{
	pcre2_match_data *match = pcre2_match_data_create(1, NULL);
	pcre2_match_context *context = pcre2_match_context_create(NULL);
	size_t at = 0, copied = 0, before = out->len;
	bool hit = false;

	if (!match || !context)
		mem_abort("out of memory");
	pcre2_set_match_limit(context, MATCH_LIMIT);
	pcre2_set_depth_limit(context, DEPTH_LIMIT);
	while (at <= len) {
		int n = pcre2_match(rule->code, (PCRE2_SPTR)bytes, len, at, 0, match, context);
		const PCRE2_SIZE *ovector = pcre2_get_ovector_pointer(match);

		if (n == PCRE2_ERROR_NOMATCH)
			break;
		if (n < 0) {
			out->len = before;
			str_add(out, MASK_TEXT);
			copied = len;
			hit = true;
			break;
		}
		at = ovector[1] > at ? ovector[1] : at + 1;
		/* An empty hit hides nothing. */
		if (ovector[1] <= ovector[0])
			continue;
		str_add_len(out, bytes + copied, ovector[0] - copied);
		str_add(out, MASK_TEXT);
		copied = ovector[1];
		hit = true;
	}
	if (hit)
		str_add_len(out, bytes + copied, len - copied);
	pcre2_match_data_free(match);
	pcre2_match_context_free(context);
	return hit;
}

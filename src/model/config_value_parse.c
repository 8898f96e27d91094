/* SPDX-License-Identifier: BSD-2-Clause */
/* Turns what people type as the value of a configuration into Kafka's form. */
#include "model/config_value.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "model/config_units.h"

static bool fail_rule(const struct config_typed *t, const char *what)
{
	struct str rule = { 0 };

	config_value_rule(t->def, &rule);
	config_typed_fail(t, t->begin, "%s; it must be %s", what, str_text(&rule));
	str_release(&rule);
	return false;
}

static bool is_endless_word(const struct config_typed *t)
{
	static const char *const words[] = { "forever", "unlimited", "no limit", "infinite" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (config_typed_equals(t->begin, (size_t)(t->end - t->begin), words[i]))
			return true;
	return false;
}

static bool in_range(const struct config_def *def, double value)
{
	return def->rule != CONFIG_RULE_RANGE || (def->has_other && value == def->other) ||
		((!def->has_min || value >= def->min) && (!def->has_max || value <= def->max));
}

static bool read_negative(const struct config_typed *t, int64_t most, int64_t *value)
{
	char *end;

	errno = 0;
	*value = strtoll(t->begin, &end, 10);
	if (end == t->begin)
		return config_typed_fail(t, t->begin + 1, "a number is wanted here");
	if (end != t->end)
		return config_typed_fail(t, end, "a negative number is a value of its own and has no unit");
	if (errno || *value < -most - 1)
		return config_typed_fail(t, t->begin, "the number is too small for type %s",
			config_type_name(t->def->type));
	return true;
}

static bool parse_integer(const struct config_typed *t, struct str *out)
{
	const struct config_def *def = t->def;
	int64_t value, most = config_type_most(def->type);
	const char *digits = t->begin + (*t->begin == '-' || *t->begin == '+');

	if (config_units_of(def->unit) && is_endless_word(t)) {
		value = def->endless ? -1 : most;
	} else if (config_is_local_retention(def) && t->end - t->begin > 3 && strncmp(t->begin, "as ", 3) == 0 &&
		config_typed_equals(t->begin + 3, (size_t)(t->end - t->begin) - 3, strstr(def->name, "retention."))) {
		value = -2;
	} else if (*t->begin == '-') {
		if (!read_negative(t, most, &value))
			return false;
	} else {
		struct config_typed rest = *t;

		rest.begin = digits;
		if (!config_amount_read(&rest, &value))
			return false;
		if (value > most)
			return config_typed_fail(t, t->begin, "the most a configuration of type %s can be is %" PRId64,
				config_type_name(def->type), most);
	}
	if (!in_range(def, (double)value)) {
		struct str what = { 0 };

		str_addf(&what, "%" PRId64 " is not allowed", value);
		fail_rule(t, str_text(&what));
		str_release(&what);
		return false;
	}
	str_addf(out, "%" PRId64, value);
	return true;
}

static bool parse_double(const struct config_typed *t, struct str *out)
{
	char *end;
	double value = strtod(t->begin, &end);
	size_t len = (size_t)(t->end - t->begin);
	int64_t amount;

	if (t->def->unit == CONFIG_UNIT_BYTES_PER_S && is_endless_word(t)) {
		str_add(out, CONFIG_DOUBLE_MOST);
		return true;
	}
	if (t->def->unit == CONFIG_UNIT_BYTES_PER_S && end != t->end) {
		if (!config_amount_read(t, &amount))
			return false;
		str_addf(out, "%" PRId64, amount);
		return true;
	}
	/* strtod() also accepts words, hexadecimal numbers and a decimal comma; Kafka does not. */
	if (strspn(t->begin, "0123456789.+-eE%") < len || end == t->begin)
		return config_typed_fail(t, t->begin, "a decimal number is wanted here");
	if (end + 1 == t->end && *end == '%' && t->def->unit == CONFIG_UNIT_RATIO)
		value /= 100;
	else if (end != t->end)
		return config_typed_fail(t, end, "nothing may follow the number");
	if (!isfinite(value))
		return config_typed_fail(t, t->begin, "the number is too large");
	if (!in_range(t->def, value))
		return fail_rule(t, "that is not allowed");
	if (*end == '%')
		str_addf(out, "%.15g", value);
	else
		str_add_len(out, t->begin, len);
	return true;
}

static bool parse_boolean(const struct config_typed *t, struct str *out)
{
	static const struct {
		const char *word;
		bool value;
	} words[] = {
		{ "true", true },
		{ "yes", true },
		{ "on", true },
		{ "false", false },
		{ "no", false },
		{ "off", false },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (config_typed_equals(t->begin, (size_t)(t->end - t->begin), words[i].word)) {
			str_add(out, words[i].value ? "true" : "false");
			return true;
		}
	return config_typed_fail(t, t->begin, "it must be true or false (yes, no, on, off)");
}

/* The word of the rule as Kafka writes it, or a failure that names the nearest word. */
static bool take_word(const struct config_typed *t, const char *begin, size_t len, struct str *out)
{
	struct near near = { 0 };
	struct str typed = { 0 }, known = { 0 }, all = { 0 }, nearest = { 0 };
	bool found = false;

	str_add_len(&typed, begin, len);
	near.word = str_text(&typed);
	for (const char *word = t->def->words, *next; word && !found; word = next) {
		size_t word_len = strcspn(word, "|");

		next = word[word_len] ? word + word_len + 1 : NULL;
		str_clear(&known);
		str_add_len(&known, word, word_len);
		found = config_typed_equals(begin, len, str_text(&known));
		str_addf(&all, "%s%s", all.len ? ", " : "", str_text(&known));
		near_offer(&near, str_text(&known));
		if (near.best == str_text(&known)) {
			str_clear(&nearest);
			str_add(&nearest, str_text(&known));
			near.best = str_text(&nearest);
		}
	}
	if (found)
		str_add(out, str_text(t->def->rule == CONFIG_RULE_WORD_ANY_CASE ? &typed : &known));
	else if (nearest.len)
		config_typed_fail(t, begin, "\"%s\" is not one of %s; %s?", str_text(&typed), str_text(&all),
			str_text(&nearest));
	else
		config_typed_fail(t, begin, "\"%s\" is not one of %s", str_text(&typed), str_text(&all));
	str_release(&typed);
	str_release(&known);
	str_release(&all);
	str_release(&nearest);
	return found;
}

static bool is_pair(const char *begin, size_t len)
{
	size_t digits = strspn(begin, "0123456789"), more;

	if (digits == 0 || digits >= len || begin[digits] != ':')
		return false;
	more = strspn(begin + digits + 1, "0123456789");
	return more > 0 && digits + 1 + more == len;
}

static bool has_item(const char *list, const char *item, size_t len)
{
	for (const char *p = list; *p; p += p[strcspn(p, ",")] ? strcspn(p, ",") + 1 : strcspn(p, ","))
		if (strcspn(p, ",") == len && memcmp(p, item, len) == 0)
			return true;
	return false;
}

static bool take_item(const struct config_typed *t, const char *begin, size_t len, struct str *item)
{
	if (len == 0)
		return config_typed_fail(t, begin, "an item of the list is empty");
	if (t->def->rule == CONFIG_RULE_REPLICAS && !is_pair(begin, len) &&
		!(len == 1 && *begin == '*' && t->end - t->begin == 1))
		return config_typed_fail(t, begin, "it must be partition:broker pairs by commas, or * alone");
	if (t->def->words)
		return take_word(t, begin, len, item);
	str_add_len(item, begin, len);
	return true;
}

static bool parse_list(const struct config_typed *t, struct str *out)
{
	struct str list = { 0 }, item = { 0 };
	const char *p = t->begin;
	bool good = true;

	if (t->begin == t->end)
		return t->def->rule != CONFIG_RULE_LIST_NOT_EMPTY ||
			config_typed_fail(t, p, "the list must not be empty");
	while (good) {
		const char *comma = memchr(p, ',', (size_t)(t->end - p)), *end = comma ? comma : t->end;

		while (p < end && *p == ' ')
			p++;
		while (end > p && end[-1] == ' ')
			end--;
		str_clear(&item);
		good = take_item(t, p, (size_t)(end - p), &item);
		if (good && t->def->rule != CONFIG_RULE_ANY && has_item(str_text(&list), str_text(&item), item.len))
			good = config_typed_fail(t, p, "%s is in the list twice", str_text(&item));
		if (!good)
			break;
		str_addf(&list, "%s%s", list.len ? "," : "", str_text(&item));
		if (!comma)
			break;
		p = comma + 1;
	}
	if (good)
		str_add(out, str_text(&list));
	str_release(&list);
	str_release(&item);
	return good;
}

static bool parse_text(const struct config_typed *t, struct str *out)
{
	size_t len = (size_t)(t->end - t->begin);

	if (t->def->words)
		return take_word(t, t->begin, len, out);
	if (t->def->rule == CONFIG_RULE_NOT_EMPTY && len == 0)
		return config_typed_fail(t, t->begin, "it must not be empty");
	str_add_len(out, t->begin, len);
	return true;
}

bool config_value_parse(const struct config_def *def, const char *text, struct str *out, size_t *at, struct error *err)
{
	struct config_typed t = { .def = def, .text = text, .begin = text, .at = at, .err = err };

	while (*t.begin == ' ')
		t.begin++;
	t.end = t.begin + strlen(t.begin);
	while (t.end > t.begin && t.end[-1] == ' ')
		t.end--;
	if (!def) {
		str_add_len(out, t.begin, (size_t)(t.end - t.begin));
		return true;
	}
	switch (def->type) {
	case CONFIG_LIST:
		return parse_list(&t, out);
	case CONFIG_STRING:
	case CONFIG_CLASS:
	case CONFIG_PASSWORD:
	case CONFIG_TYPE_COUNT:
		return parse_text(&t, out);
	default:
		break;
	}
	if (t.begin == t.end)
		return config_typed_fail(&t, t.begin, "a value of type %s is wanted", config_type_name(def->type));
	if (def->type == CONFIG_BOOLEAN)
		return parse_boolean(&t, out);
	return def->type == CONFIG_DOUBLE ? parse_double(&t, out) : parse_integer(&t, out);
}

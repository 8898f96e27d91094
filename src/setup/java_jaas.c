/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One JAAS entry: "MODULE required NAME=VALUE ... ;", values bare or quoted with
 * backslash escapes. The module decides which property of librdkafka an option becomes.
 * An option that works in Java and cannot work in weir is refused; an unknown one is
 * left out with a warning, where Java leaves it out silently.
 */
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "setup/java.h"

static const char plain[] = "PlainLoginModule", scram[] = "ScramLoginModule", oauth[] = "OAuthBearerLoginModule",
		  kerberos[] = "Krb5LoginModule";

/* NULL: librdkafka needs no such property. It says how Java gets its tickets. */
static const struct {
	const char *module, *option, *property;
} jaas_options[] = {
	{ plain, "username", "sasl.username" },
	{ plain, "password", "sasl.password" },
	{ scram, "username", "sasl.username" },
	{ scram, "password", "sasl.password" },
	{ oauth, "clientId", "sasl.oauthbearer.client.id" },
	{ oauth, "clientSecret", "sasl.oauthbearer.client.secret" },
	{ oauth, "scope", "sasl.oauthbearer.scope" },
	{ kerberos, "principal", "sasl.kerberos.principal" },
	{ kerberos, "keyTab", "sasl.kerberos.keytab" },
	{ kerberos, "serviceName", "sasl.kerberos.service.name" },
	{ kerberos, "useKeyTab", NULL },
	{ kerberos, "storeKey", NULL },
	{ kerberos, "renewTGT", NULL },
	{ kerberos, "doNotPrompt", NULL },
	{ kerberos, "refreshKrb5Config", NULL },
	{ kerberos, "isInitiator", NULL },
	{ kerberos, "debug", NULL },
};

enum { JAAS_OPTION_COUNT = sizeof(jaas_options) / sizeof(*jaas_options) };

static const struct {
	const char *option, *name; /* of sasl.oauthbearer.config */
} unsecured[] = {
	{ "unsecuredLoginStringClaim_sub", "principal" },
	{ "unsecuredLoginListClaim_scope", "scope" },
	{ "unsecuredLoginLifetimeSeconds", "lifeSeconds" },
	{ "unsecuredLoginScopeClaimName", "scopeClaimName" },
};

struct jaas_entry {
	struct java_properties *out;
	int line;
	struct str module, name, value;
	struct str extensions; /* "a=1,b=2": what goes to the broker beside a token */
	struct str unsecured;  /* "principal=x scope=y": a token that is signed by nobody */
	bool ticket_cache, keytab;
};

static const char *skip_space(const char *p)
{
	return p + strspn(p, " \t\r\n\f");
}

/* After a backslash in quotes, as java.io.StreamTokenizer has it. */
static char escaped(const char **p)
{
	static const char letters[] = "abfnrtv", bytes[] = "\a\b\f\n\r\t\v";
	const char *at = strchr(letters, **p);
	unsigned value = 0;

	if (**p < '0' || **p > '7')
		return at ? bytes[at - letters] : **p;
	for (int i = 0; i < 3 && **p >= '0' && **p <= '7' && value < 32; i++)
		value = value * 8 + (unsigned)(*(*p)++ - '0');
	(*p)--;
	return (char)value;
}

/* Reads a word or a quoted text and returns what follows it; NULL: a quote is not closed. */
static const char *read_word(const char *p, struct str *out)
{
	char quote = *p;

	str_clear(out);
	if (quote != '"' && quote != '\'') {
		size_t len = strcspn(p, " \t\r\n\f=;\"'");

		str_add_len(out, p, len);
		return p + len;
	}
	for (p++; *p && *p != quote; p++) {
		char c = *p;

		if (c == '\\' && p[1]) {
			p++;
			c = escaped(&p);
		}
		if (c)
			str_add_char(out, c);
	}
	return *p ? p + 1 : NULL;
}

static bool is_module(const char *name, const char *module)
{
	const char *dot = strrchr(name, '.');

	return strcmp(dot ? dot + 1 : name, module) == 0;
}

static bool check_module(const struct jaas_entry *e, struct error *err)
{
	const char *name = str_text(&e->module);

	for (size_t i = 0; i < JAAS_OPTION_COUNT; i++) {
		if (is_module(name, jaas_options[i].module))
			return true;
	}
	if (is_module(name, "IAMLoginModule"))
		return error_set(err, ERR_USAGE,
			"line %d: sasl.jaas.config: %.80s logs in with AWS IAM, which librdkafka "
			"cannot; MSK also takes SCRAM users (sasl.mechanism=SCRAM-SHA-512) and client certificates",
			e->line, name);
	return error_set(err, ERR_USAGE,
		"line %d: sasl.jaas.config: unknown login module %.80s; weir knows those "
		"for PLAIN, SCRAM, OAUTHBEARER and Kerberos",
		e->line, name);
}

/* librdkafka's lists have one separator each and no way to quote it. */
static bool add_to_list(struct str *list, const struct jaas_entry *e, const char *name, char between, struct error *err)
{
	const char *value = str_text(&e->value);

	if (strchr(value, between))
		return error_set(err, ERR_USAGE,
			"line %d: sasl.jaas.config: %.80s: librdkafka cannot take a value with %s", e->line,
			str_text(&e->name), between == ',' ? "a comma" : "a blank");
	if (list->len)
		str_add_char(list, between);
	str_addf(list, "%s=%s", name, value);
	return true;
}

static bool add_oauth_option(struct jaas_entry *e, bool *known, struct error *err)
{
	const char *name = str_text(&e->name);

	*known = true;
	if (strncmp(name, "extension_", 10) == 0 && name[10])
		return add_to_list(&e->extensions, e, name + 10, ',', err);
	if (strncmp(name, "unsecuredLoginExtension_", 24) == 0 && name[24]) {
		struct str as = { 0 };
		bool ok;

		str_addf(&as, "extension_%s", name + 24);
		ok = add_to_list(&e->unsecured, e, str_text(&as), ' ', err);
		str_release(&as);
		return ok;
	}
	for (size_t i = 0; i < sizeof(unsecured) / sizeof(*unsecured); i++) {
		if (strcmp(name, unsecured[i].option) == 0)
			return add_to_list(&e->unsecured, e, unsecured[i].name, ' ', err);
	}
	*known = false;
	return true;
}

/* What the module does in Java and librdkafka cannot do is refused: without it the login would fail like one with a wrong password. */
static bool add_option(struct jaas_entry *e, struct error *err)
{
	const char *module = str_text(&e->module), *name = str_text(&e->name), *value = str_text(&e->value);
	bool known = false;

	if (is_module(module, scram) && strcmp(name, "tokenauth") == 0) {
		if (strcasecmp(value, "true") != 0)
			return true;
		return error_set(err, ERR_USAGE,
			"line %d: sasl.jaas.config: tokenauth: librdkafka cannot log in with a "
			"delegation token; give a SCRAM user's name and password",
			e->line);
	}
	if (is_module(module, oauth) && !add_oauth_option(e, &known, err))
		return false;
	if (is_module(module, kerberos) && strcmp(name, "useTicketCache") == 0) {
		e->ticket_cache = strcasecmp(value, "true") == 0;
		return true;
	}
	for (size_t i = 0; i < JAAS_OPTION_COUNT; i++) {
		if (!is_module(module, jaas_options[i].module) || strcmp(name, jaas_options[i].option) != 0)
			continue;
		if (jaas_options[i].property)
			java_add(e->out, jaas_options[i].property, value, e->line);
		e->keytab = e->keytab || strcmp(name, "keyTab") == 0;
		known = true;
	}
	if (!known) {
		struct str what = { 0 };

		str_addf(&what, "option %s of sasl.jaas.config", name);
		java_add_skipped(e->out, str_text(&what), "weir does not know it", true, e->line);
		str_release(&what);
	}
	return true;
}

/* Properties that several options make together. */
static void add_combined(struct jaas_entry *e)
{
	if (e->extensions.len)
		java_add(e->out, "sasl.oauthbearer.extensions", str_text(&e->extensions), e->line);
	if (e->unsecured.len) {
		java_add(e->out, "enable.sasl.oauthbearer.unsecure.jwt", "true", e->line);
		java_add(e->out, "sasl.oauthbearer.config", str_text(&e->unsecured), e->line);
	}
	/* The user has a ticket already: librdkafka must not call kinit. */
	if (e->ticket_cache && !e->keytab)
		java_add(e->out, "sasl.kerberos.min.time.before.relogin", "0", e->line);
}

static bool is_flag(const char *word)
{
	return strcasecmp(word, "required") == 0 || strcasecmp(word, "requisite") == 0 ||
		strcasecmp(word, "sufficient") == 0 || strcasecmp(word, "optional") == 0;
}

static bool read_entry(struct jaas_entry *e, const char *p, struct error *err)
{
	static const char form[] = "MODULE required NAME=\"VALUE\" ... ;";

	p = read_word(skip_space(p), &e->module);
	if (!p || !check_module(e, err))
		return p ? false : error_set(err, ERR_USAGE, "line %d: sasl.jaas.config: expected %s", e->line, form);
	p = read_word(skip_space(p), &e->value);
	if (!p || !is_flag(str_text(&e->value)))
		return error_set(err, ERR_USAGE, "line %d: sasl.jaas.config: expected %s", e->line, form);
	for (p = skip_space(p); *p && *p != ';'; p = skip_space(p)) {
		p = read_word(p, &e->name);
		p = p ? skip_space(p) : NULL;
		if (!p || *p != '=' || !e->name.len)
			return error_set(err, ERR_USAGE, "line %d: sasl.jaas.config: expected %s", e->line, form);
		p = read_word(skip_space(p + 1), &e->value);
		if (!p)
			return error_set(err, ERR_USAGE,
				"line %d: sasl.jaas.config: the quote after %.80s is not closed", e->line,
				str_text(&e->name));
		if (!add_option(e, err))
			return false;
	}
	if (*p != ';')
		return error_set(err, ERR_USAGE, "line %d: sasl.jaas.config: the semicolon at the end is missing",
			e->line);
	if (*skip_space(p + 1))
		return error_set(err, ERR_USAGE,
			"line %d: sasl.jaas.config: unexpected text after the semicolon; Kafka accepts "
			"one login module here",
			e->line);
	add_combined(e);
	return true;
}

bool java_jaas_read(struct java_properties *out, const char *jaas, int line, struct error *err)
{
	struct jaas_entry e = { .out = out, .line = line };
	bool ok = read_entry(&e, jaas, err);

	str_release(&e.module);
	str_release(&e.name);
	str_wipe(&e.value);
	str_release(&e.extensions);
	str_release(&e.unsecured);
	return ok;
}

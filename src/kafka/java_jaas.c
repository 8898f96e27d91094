/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One JAAS entry: "MODULE required NAME=VALUE ... ;", values bare or quoted
 * with backslash escapes. Which librdkafka property an option becomes depends
 * on the module.
 */
#include <string.h>

#include "base/str.h"
#include "kafka/java.h"

static const struct {
	const char *module, *option, *property;
} options[] = {
	{ "PlainLoginModule", "username", "sasl.username" },
	{ "PlainLoginModule", "password", "sasl.password" },
	{ "ScramLoginModule", "username", "sasl.username" },
	{ "ScramLoginModule", "password", "sasl.password" },
	{ "OAuthBearerLoginModule", "clientId", "sasl.oauthbearer.client.id" },
	{ "OAuthBearerLoginModule", "clientSecret", "sasl.oauthbearer.client.secret" },
	{ "OAuthBearerLoginModule", "scope", "sasl.oauthbearer.scope" },
	{ "Krb5LoginModule", "principal", "sasl.kerberos.principal" },
	{ "Krb5LoginModule", "keyTab", "sasl.kerberos.keytab" },
	{ "Krb5LoginModule", "serviceName", "sasl.kerberos.service.name" },
};

enum { OPTION_COUNT = sizeof(options) / sizeof(*options) };

static const char *skip_space(const char *p)
{
	return p + strspn(p, " \t\r\n\f");
}

/* A word, or a quoted text, with what follows; NULL when a quote is not closed. */
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
		if (*p == '\\' && p[1])
			p++;
		str_add_char(out, *p);
	}
	return *p ? p + 1 : NULL;
}

static bool is_module(const char *name, const char *module)
{
	const char *dot = strrchr(name, '.');

	return strcmp(dot ? dot + 1 : name, module) == 0;
}

static bool knows_module(const char *name)
{
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		if (is_module(name, options[i].module))
			return true;
	}
	return false;
}

static void add_option(struct java_properties *out, const char *module, const char *name, const char *value, int line)
{
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		if (is_module(module, options[i].module) && strcmp(name, options[i].option) == 0)
			java_add(out, options[i].property, value, line);
	}
}

static bool read_entry(struct java_properties *out, const char *p, int line, struct str *module, struct str *name,
	struct str *value, struct error *err)
{
	static const char form[] = "MODULE required NAME=\"VALUE\" ... ;";

	p = read_word(skip_space(p), module);
	if (!p || !knows_module(str_text(module)))
		return error_set(err, ERR_USAGE, "line %d: sasl.jaas.config: unknown login module %.80s; weir knows those "
			"for PLAIN, SCRAM, OAUTHBEARER and Kerberos", line, str_text(module));
	p = read_word(skip_space(p), value);   /* required, sufficient, ... */
	if (!p || !value->len)
		return error_set(err, ERR_USAGE, "line %d: sasl.jaas.config: expected %s", line, form);
	for (p = skip_space(p); *p && *p != ';'; p = skip_space(p)) {
		p = read_word(p, name);
		p = p ? skip_space(p) : NULL;
		if (!p || *p != '=' || !name->len)
			return error_set(err, ERR_USAGE, "line %d: sasl.jaas.config: expected %s", line, form);
		p = read_word(skip_space(p + 1), value);
		if (!p)
			return error_set(err, ERR_USAGE, "line %d: sasl.jaas.config: the quote after %.80s is not closed", line,
				str_text(name));
		add_option(out, str_text(module), str_text(name), str_text(value), line);
	}
	if (*p != ';')
		return error_set(err, ERR_USAGE, "line %d: sasl.jaas.config: the semicolon at the end is missing", line);
	return true;
}

bool java_jaas_read(struct java_properties *out, const char *jaas, int line, struct error *err)
{
	struct str module = { 0 }, name = { 0 }, value = { 0 };
	bool ok = read_entry(out, jaas, line, &module, &name, &value, err);

	str_release(&module);
	str_release(&name);
	str_release(&value);
	return ok;
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include "setup/connect_check.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"

static bool refuse(const char *address, size_t len, const char *why, struct error *err)
{
	return error_set(err, ERR_USAGE, "bootstrap.servers: %.*s: %s", (int)len, address, why);
}

/* *scheme: the bytes of "SASL_SSL://" or the like before the host, 0 when there is none. */
static bool check_scheme(const char *address, size_t len, const char *protocol, size_t *scheme, struct error *err)
{
	static const char *const protocols[] = { "plaintext", "ssl", "sasl_plaintext", "sasl_ssl" };
	const char *mark = memmem(address, len, "://", 3);
	size_t word = mark ? (size_t)(mark - address) : 0;

	*scheme = mark ? word + 3 : 0;
	if (!mark || (word == 5 && strncasecmp(address, "kafka", 5) == 0))
		return true;
	for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++) {
		if (strlen(protocols[i]) != word || strncasecmp(address, protocols[i], word) != 0)
			continue;
		if (strcasecmp(protocols[i], protocol) == 0)
			return true;
		return error_set(err, ERR_USAGE,
			"bootstrap.servers: %.*s: security.protocol is %s; set it to %s, or "
			"leave out what stands before the host",
			(int)len, address, protocol, protocols[i]);
	}
	return refuse(address, len, "give HOST:PORT without what stands before ://", err);
}

/* A host name, an IPv4 address, or an IPv6 address in brackets; the port may be left out. */
static bool is_port(const char *digits, size_t len)
{
	long port = strtol(digits, NULL, 10);

	return len > 0 && len <= 5 && strspn(digits, "0123456789") >= len && port >= 1 && port <= 65535;
}

static bool check_host(const char *host, size_t len, const char *address, size_t address_len, struct error *err)
{
	const char *close = len && host[0] == '[' ? memchr(host, ']', len) : NULL;
	const char *colon = memchr(close ? close : host, ':', len - (size_t)((close ? close : host) - host));
	size_t digits = colon ? len - (size_t)(colon + 1 - host) : 0;

	if (len == 0 || colon == host)
		return refuse(address, address_len, "the host is missing", err);
	if (memchr(host, '/', len) || memchr(host, '@', len))
		return refuse(address, address_len, "give HOST:PORT and nothing behind it", err);
	if (colon && !close && memchr(colon + 1, ':', digits))
		return refuse(address, address_len, "give an IPv6 address in brackets: [ADDRESS]:PORT", err);
	if (colon && !is_port(colon + 1, digits))
		return refuse(address, address_len, "give a port from 1 to 65535", err);
	return true;
}

char *connect_addresses(const char *list, const char *protocol, struct error *err)
{
	struct str out = { 0 };

	for (const char *p = list; *p; p += *p == ',') {
		p += strspn(p, " \t");

		size_t len = strcspn(p, ","), all = len, scheme;

		while (len && (p[len - 1] == ' ' || p[len - 1] == '\t'))
			len--;
		if (len) {
			if (!check_scheme(p, len, protocol ? protocol : "plaintext", &scheme, err) ||
				!check_host(p + scheme, len - scheme, p, len, err)) {
				str_release(&out);
				return NULL;
			}
			str_addf(&out, "%s%.*s", out.len ? "," : "", (int)(len - scheme), p + scheme);
		}
		p += all;
	}
	if (!out.len)
		error_set(err, ERR_USAGE, "bootstrap.servers: no address in it; give HOST:PORT");
	return out.len ? str_take(&out) : NULL;
}

static bool is_set(const struct client_config *config, const char *name, const char *value)
{
	const char *have = client_config_get(config, name);

	return have && strcasecmp(have, value) == 0;
}

bool connect_check_login(const struct client_config *config, struct error *err)
{
	const char *protocol = client_config_get(config, "security.protocol");

	if (!protocol || strncasecmp(protocol, "sasl_", 5) != 0)
		return true;
	if (!is_set(config, "sasl.mechanism", "OAUTHBEARER") && !is_set(config, "sasl.mechanisms", "OAUTHBEARER"))
		return true;
	if (is_set(config, "sasl.oauthbearer.method", "oidc") ||
		is_set(config, "enable.sasl.oauthbearer.unsecure.jwt", "true"))
		return true;
	return error_set(err, ERR_USAGE,
		"sasl.mechanism is OAUTHBEARER, but no source of tokens is given: set "
		"sasl.oauthbearer.token.endpoint.url in a client.properties, or sasl.oauthbearer.method=oidc with "
		"sasl.oauthbearer.token.endpoint.url, .client.id and .client.secret");
}

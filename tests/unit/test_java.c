/* SPDX-License-Identifier: BSD-2-Clause */
#include "unit.h"

#include <stdlib.h>

#include "base/str.h"
#include "kafka/java.h"

/* All that is to be set as NAME=VALUE lines, what is skipped as -NAME. */
static char *translate(const char *text, struct error *err)
{
	struct java_properties p = { 0 };
	struct str out = { 0 };

	if (!java_properties_read(&p, text, strlen(text), err)) {
		assert_int_equal(p.count, 0);
		return NULL;
	}
	for (size_t i = 0; i < p.count; i++) {
		if (p.items[i].skipped)
			str_addf(&out, "-%s\n", p.items[i].name);
		else
			str_addf(&out, "%s=%s\n", p.items[i].name, p.items[i].value);
	}
	java_properties_release(&p);
	return str_take(&out);
}

static void test_what_translates(void **state)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "", "" },
		{ "# a comment\n! another\n\n", "" },
		{ "bootstrap.servers=a:1,b:2", "bootstrap.servers=a:1,b:2\n" },
		{ "client.id : weir\r\nclient.rack\tr1\n", "client.id=weir\nclient.rack=r1\n" },
		{ "client.id=a\\\n   b\\u00e9\\\\", "client.id=ab\xc3\xa9\\\n" },
		{ "client.id=\\ud83d\\ude00", "client.id=\xf0\x9f\x98\x80\n" },
		{ "a\\=b=c", "a=b=c\n" },
		{ "security.protocol=SASL_SSL\nsasl.mechanism=SCRAM-SHA-512",
			"security.protocol=sasl_ssl\nsasl.mechanism=SCRAM-SHA-512\n" },
		{ "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \\\n"
			"  username=\"ann\" \\\n  password=\"s\\\\\"e;c'ret\";",
			"sasl.username=ann\nsasl.password=s\"e;c'ret\n" },
		{ "sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username=ann "
			"password='p=w' tokenauth=false;", "sasl.username=ann\nsasl.password=p=w\n" },
		{ "sasl.jaas.config=com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true "
			"keyTab=\"/etc/k.tab\" principal=\"u@EXAMPLE\";",
			"sasl.kerberos.keytab=/etc/k.tab\nsasl.kerberos.principal=u@EXAMPLE\n" },
		{ "sasl.oauthbearer.token.endpoint.url=https://idp/token\n"
			"sasl.jaas.config=x.OAuthBearerLoginModule required clientId=c clientSecret=s scope=k;",
			"sasl.oauthbearer.method=oidc\nsasl.oauthbearer.token.endpoint.url=https://idp/token\n"
			"sasl.oauthbearer.client.id=c\nsasl.oauthbearer.client.secret=s\nsasl.oauthbearer.scope=k\n" },
		{ "ssl.truststore.type=PEM\nssl.truststore.location=/ca.pem\nssl.truststore.password=x",
			"-ssl.truststore.password\nssl.ca.location=/ca.pem\n" },
		{ "ssl.keystore.location=/k.p12\nssl.keystore.password=x\nssl.key.password=y",
			"ssl.key.password=y\nssl.keystore.location=/k.p12\nssl.keystore.password=x\n" },
		{ "ssl.keystore.type=PEM\nssl.keystore.location=/k.pem",
			"ssl.certificate.location=/k.pem\nssl.key.location=/k.pem\n" },
		{ "ssl.endpoint.identification.algorithm=", "ssl.endpoint.identification.algorithm=none\n" },
		{ "ssl.endpoint.identification.algorithm=HTTPS", "ssl.endpoint.identification.algorithm=https\n" },
		{ "key.serializer=x\ngroup.id=g\nmetrics.num.samples=2\nreceive.buffer.bytes=4096",
			"-key.serializer\n-group.id\n-metrics.num.samples\nsocket.receive.buffer.bytes=4096\n" },
		{ "sasl.password=${env:SECRET}", "sasl.password=${env:SECRET}\n" },
		{ "ssl.ca.location=/librdkafka/name.pem", "ssl.ca.location=/librdkafka/name.pem\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct error err = { 0 };
		char *got = translate(cases[i].text, &err);

		assert_string_equal(got ? got : err.message, cases[i].expected);
		free(got);
	}
}

static void test_what_is_refused(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "client.id=a\nx=\\u12", "line 2: \\u needs four hexadecimal digits, not all 0" },
		{ "x=\\u0000", "line 1: \\u needs four hexadecimal digits, not all 0" },
		{ "x=\\udc00", "line 1: \\udc00 is half of a character" },
		{ "\n\nsasl.jaas.config=PlainLoginModule required username=\"a;",
			"line 3: sasl.jaas.config: the quote after username is not closed" },
		{ "sasl.jaas.config=PlainLoginModule required username=\"a\"",
			"line 1: sasl.jaas.config: the semicolon at the end is missing" },
		{ "sasl.jaas.config=PlainLoginModule required username;",
			"line 1: sasl.jaas.config: expected MODULE required NAME=\"VALUE\" ... ;" },
		{ "sasl.jaas.config=", "line 1: sasl.jaas.config: unknown login module ; weir knows those for PLAIN, "
			"SCRAM, OAUTHBEARER and Kerberos" },
		{ "client.id=a\nssl.truststore.location=/t.jks",
			"line 2: weir reads no JKS trust store; convert it: keytool -list -rfc -keystore /t.jks > /t.jks.pem, "
			"then ssl.truststore.type=PEM with the new file" },
		{ "ssl.keystore.location=/k.jks",
			"line 1: weir reads no JKS key store; convert it: keytool -importkeystore -srckeystore /k.jks "
			"-destkeystore /k.jks.p12 -deststoretype PKCS12, then ssl.keystore.type=PKCS12 with the new file" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct error err = { 0 };
		char *got = translate(cases[i].text, &err);

		assert_null(got);
		assert_int_equal(err.code, ERR_USAGE);
		assert_string_equal(err.message, cases[i].message);
	}
}

static void test_a_nul_byte_is_refused(void **state)
{
	struct java_properties p = { 0 };
	struct error err = { 0 };

	(void)state;
	assert_false(java_properties_read(&p, "a=b\0c", 5, &err));
	assert_string_equal(err.message, "line 1: a NUL byte: this is no properties file");
}

static bool apply(const char *text, struct client_config *config, struct error *err)
{
	struct java_properties p = { 0 };
	bool ok = java_properties_read(&p, text, strlen(text), err) && java_properties_apply(&p, config, err);

	java_properties_release(&p);
	return ok;
}

static void test_unknown_keys_name_line_and_neighbour(void **state)
{
	struct client_config *config = client_config_new();
	struct error err = { 0 };

	(void)state;
	assert_true(apply("bootstrap.servers=h:1\nsecurity.protocol=SSL\nkey.serializer=x\n", config, &err));
	assert_string_equal(client_config_get(config, "bootstrap.servers"), "h:1");
	assert_string_equal(client_config_get(config, "security.protocol"), "ssl");
	assert_null(client_config_get(config, "key.serializer"));
	assert_false(apply("\nsasl.jaas.confg=x", config, &err));
	assert_string_equal(err.message, "line 2: unknown property sasl.jaas.confg; did you mean sasl.jaas.config?");
	assert_false(apply("bootstrap.server=x", config, &err));
	assert_string_equal(err.message, "line 1: unknown property bootstrap.server; did you mean bootstrap.servers?");
	assert_false(apply("what.ever.this.is=x", config, &err));
	assert_string_equal(err.message, "line 1: unknown property what.ever.this.is");
	assert_false(apply("client.id=a\n\nsecurity.protocol=TLS", config, &err));
	assert_non_null(strstr(err.message, "line 3: security.protocol: "));
	client_config_free(config);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_translates),
		cmocka_unit_test(test_what_is_refused),
		cmocka_unit_test(test_a_nul_byte_is_refused),
		cmocka_unit_test(test_unknown_keys_name_line_and_neighbour),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

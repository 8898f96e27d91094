/* SPDX-License-Identifier: BSD-2-Clause */
#include "unit.h"

#include <stdlib.h>

#include "base/str.h"
#include "setup/java.h"

/* All that is to be set as NAME=VALUE lines, what is skipped as -NAME, as !NAME where the user is told. */
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
			str_addf(&out, "%c%s\n", p.items[i].loud ? '!' : '-', p.items[i].name);
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
		  "password='p=w' tokenauth=false;",
			"sasl.username=ann\nsasl.password=p=w\n" },
		{ "sasl.jaas.config=com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true "
		  "keyTab=\"/etc/k.tab\" principal=\"u@EXAMPLE\";",
			"sasl.kerberos.keytab=/etc/k.tab\nsasl.kerberos.principal=u@EXAMPLE\n" },
		{ "sasl.oauthbearer.token.endpoint.url=https://idp/token\n"
		  "sasl.jaas.config=x.OAuthBearerLoginModule required clientId=c clientSecret=s scope=k;",
			"sasl.oauthbearer.method=oidc\nsasl.oauthbearer.token.endpoint.url=https://idp/token\n"
			"sasl.oauthbearer.client.id=c\nsasl.oauthbearer.client.secret=s\nsasl.oauthbearer.scope=k\n" },
		{ "security.protocol=PLAINTEXT \nsasl.username= u \t\nclient.id=\\ a\\ ",
			"security.protocol=plaintext\nsasl.username=u\nclient.id=a\n" },
		{ "[default]\nclient.id=a\nclient.id=b", "-[default]\n-client.id\nclient.id=b\n" },
		{ "sasl.jaas.config=x.OAuthBearerLoginModule required clientId=\"c\" extension_logicalCluster=\"lkc-abc\" "
		  "extension_identityPoolId='pool-x';",
			"sasl.oauthbearer.client.id=c\n"
			"sasl.oauthbearer.extensions=logicalCluster=lkc-abc,identityPoolId=pool-x\n" },
		{ "sasl.jaas.config=x.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub=ann "
		  "unsecuredLoginExtension_x=y;",
			"enable.sasl.oauthbearer.unsecure.jwt=true\nsasl.oauthbearer.config=principal=ann extension_x=y\n" },
		{ "sasl.jaas.config=x.PlainLoginModule required username=\"a\" password=\"p\" user_a=\"p\";",
			"sasl.username=a\nsasl.password=p\n!option user_a of sasl.jaas.config\n" },
		{ "sasl.jaas.config=x.PlainLoginModule required username=\"a\\\\tb\" password=\"\\\\101\\\\\\\\\";",
			"sasl.username=a\tb\nsasl.password=A\\\n" },
		{ "sasl.jaas.config=x.Krb5LoginModule required useTicketCache=true renewTGT=true;",
			"sasl.kerberos.min.time.before.relogin=0\n" },
		{ "sasl.jaas.config=nonsense\nsasl.jaas.config=x.PlainLoginModule required username=a password=b;",
			"-sasl.jaas.config\nsasl.username=a\nsasl.password=b\n" },
		{ "ssl.truststore.type=PEM\nssl.truststore.certificates=-----BEGIN CERTIFICATE----- \\\nMIIA \\\nAB== \\\n"
		  "-----END CERTIFICATE----- -----BEGIN CERTIFICATE-----MIIB-----END CERTIFICATE-----",
			"ssl.ca.pem=-----BEGIN CERTIFICATE-----\nMIIAAB==\n-----END CERTIFICATE-----\n"
			"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n\n" },
		{ "ssl.key.pem=-----BEGIN RSA PRIVATE KEY-----\\nProc-Type: 4,ENCRYPTED\\n\\nMIIB\\n-----END RSA PRIVATE KEY-----",
			"ssl.key.pem=-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMIIB\n"
			"-----END RSA PRIVATE KEY-----\n\n" },
		{ "ssl.truststore.type=PEM\nssl.truststore.location=/dev/null\nssl.truststore.password=x",
			"-ssl.truststore.password\nssl.ca.location=/dev/null\n" },
		{ "ssl.keystore.type=PEM\nssl.keystore.location=/dev/null",
			"ssl.certificate.location=/dev/null\nssl.key.location=/dev/null\n" },
		{ "ssl.key.password=k\nssl.keystore.type=PEM\nssl.keystore.location=/dev/null\nssl.keystore.password=s",
			"ssl.key.password=k\nssl.certificate.location=/dev/null\nssl.key.location=/dev/null\n" },
		{ "ssl.key.password=k\nssl.keystore.password=s", "ssl.key.password=k\n" },
		{ "ssl.cipher.suites=TLS_AES_128_GCM_SHA256\nssl.enabled.protocols=TLSv1.3",
			"!ssl.cipher.suites\n!ssl.enabled.protocols\n" },
		{ "ssl.cipher.suites=ECDHE-RSA-AES256-GCM-SHA384", "ssl.cipher.suites=ECDHE-RSA-AES256-GCM-SHA384\n" },
		{ "sasl.login.callback.handler.class=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
			"-sasl.login.callback.handler.class\n" },
		{ "sasl.login.callback.handler.class=com.example.Handler", "!sasl.login.callback.handler.class\n" },
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
		{ "sasl.jaas.config=",
			"line 1: sasl.jaas.config: unknown login module ; weir knows those for PLAIN, "
			"SCRAM, OAUTHBEARER and Kerberos" },
		{ "sasl.jaas.config=PlainLoginModule required username=\"a\"; x",
			"line 1: sasl.jaas.config: unexpected text after the semicolon; Kafka accepts one login module here" },
		{ "sasl.jaas.config=PlainLoginModule username=\"a\";",
			"line 1: sasl.jaas.config: expected MODULE required NAME=\"VALUE\" ... ;" },
		{ "\nsasl.jaas.config=x.ScramLoginModule required username=a password=b tokenauth=\"true\";",
			"line 2: sasl.jaas.config: tokenauth: librdkafka cannot log in with a delegation token; give a SCRAM "
			"user's name and password" },
		{ "sasl.jaas.config=x.OAuthBearerLoginModule required extension_a=\"b,c\";",
			"line 1: sasl.jaas.config: extension_a: librdkafka cannot take a value with a comma" },
		{ "sasl.jaas.config=software.amazon.msk.auth.iam.IAMLoginModule required;",
			"line 1: sasl.jaas.config: software.amazon.msk.auth.iam.IAMLoginModule logs in with AWS IAM, which "
			"librdkafka cannot; MSK also takes SCRAM users (sasl.mechanism=SCRAM-SHA-512) and client certificates" },
		{ "ssl.truststore.certificates=rubbish",
			"line 1: ssl.truststore.certificates: not PEM: a -----BEGIN ...----- and its -----END ...----- were "
			"expected" },
		{ "ssl.keystore.key=-----BEGIN PRIVATE KEY----- MIIB",
			"line 1: ssl.keystore.key: not PEM: a -----BEGIN ...----- and its -----END ...----- were expected" },
		{ "client.id=a\nssl.truststore.location=/nonexistent/t.jks",
			"line 2: ssl.truststore.location: /nonexistent/t.jks: No such file or directory" },
		{ "ssl.keystore.type=BCFKS\nssl.keystore.location=/dev/null",
			"line 2: ssl.keystore.location: /dev/null is not a PEM, PKCS12 or JKS file; weir cannot read type "
			"BCFKS" },
		{ "ssl.keystore.type=JKS\nssl.keystore.location=/dev/null",
			"line 2: ssl.keystore.location: /dev/null is not a PEM, PKCS12 or JKS file" },
		{ "ssl.engine.factory.class=x.Y",
			"line 1: ssl.engine.factory.class: weir cannot run a Java class; give "
			"certificates and keys in PEM, PKCS12 or JKS files" },
		{ "config.providers=file\nsasl.password=${file:/etc/p:k}",
			"line 2: sasl.password: weir does not run config.providers (line 1); write the value itself, or use a context of "
			"weir's configuration with ${file:PATH} or ${env:NAME}" },
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
	assert_string_equal(err.message, "line 1: a NUL byte: this is not a properties file");
}

static struct str warnings;

static void take_warning(void *ctx, const char *line)
{
	(void)ctx;
	str_addf(&warnings, "%s\n", line);
}

static bool apply(const char *text, struct client_config *config, struct error *err)
{
	struct java_properties p = { 0 };
	bool ok;

	str_clear(&warnings);
	ok = java_properties_read(&p, text, strlen(text), err) &&
		java_properties_apply(&p, config, take_warning, NULL, err);
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
	/* Java warns of these and goes on. */
	assert_true(apply("bootstrap.server=x", config, &err));
	assert_string_equal(str_text(&warnings),
		"line 1: bootstrap.server is left out: unknown property; did you mean bootstrap.servers?\n");
	assert_true(apply("what.ever.this.is=x\nclient.id=b", config, &err));
	assert_string_equal(str_text(&warnings), "line 1: what.ever.this.is is left out: unknown property\n");
	assert_string_equal(client_config_get(config, "client.id"), "b");
	assert_true(apply("debug=broker\nretries=3", config, &err));
	assert_string_equal(str_text(&warnings), "");
	/* What Java writes out as its default is minutes: too late for a monitor. */
	assert_true(apply("metadata.max.age.ms=300000", config, &err));
	assert_null(client_config_get(config, "metadata.max.age.ms"));
	assert_string_equal(str_text(&warnings),
		"line 1: metadata.max.age.ms is left out: weir refreshes metadata at its own "
		"short interval, to show changes soon; -X metadata.max.age.ms=MS sets it\n");
	assert_false(apply("ssl.what.ever.this.is=x", config, &err));
	assert_string_equal(err.message, "line 1: unknown property ssl.what.ever.this.is");
	assert_false(apply("client.id=a\n\nsecurity.protocol=TLS", config, &err));
	assert_non_null(strstr(err.message, "line 3: security.protocol: "));
	client_config_free(config);
	str_release(&warnings);
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

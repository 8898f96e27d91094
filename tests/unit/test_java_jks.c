/* SPDX-License-Identifier: BSD-2-Clause */
/* The stores are keytool's, with keys made for this test alone. */
#include "unit.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/str.h"
#include "setup/java.h"
#include "setup/java_jks.h"

/* One key with the certificate of an authority, behind passwords that differ. */
static const char one_key[] =
	"/u3+7QAAAAIAAAABAAAAAQAGY2xpZW50AAABoiUAyJIAAAB/MH0wDgYKKwYBBAEqAhEBAQUABGsCnEZCQW4SUCbHsOGB16ImeA5Yvr33xf/ZV+ne"
	"MevaP+iwIa0QggNZPxfFXIRBjzTHZ4CqRqKNeRn/0N4xpcrQqJjlfV7ZAQQ8ICXeFr/I8QxUnrpU3J9ZI24HcKoxwjIVnKXPiJITsEyCXgAAAAIA"
	"BVguNTA5AAABaDCCAWQwggELoAMCAQICCQCTCtv072vuZjAKBggqhkjOPQQDAjAZMRcwFQYDVQQDEw50ZXN0IGF1dGhvcml0eTAgFw0yNjExMjkw"
	"MTUyMTNaGA8yMTI2MTEwNTAxNTIxM1owETEPMA0GA1UEAxMGY2xpZW50MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEPOhFB60MpEnL74t7W8+b"
	"UcHhO2V2Uxch7PlzVI/YrpeiFMqGq8b6V3Jf1cbY/j1kYOaPWRLS0PoYrVHJpsj4g6NCMEAwHQYDVR0OBBYEFDwkFyC2J1LHN0VpxLBd0p5gU4do"
	"MB8GA1UdIwQYMBaAFGQBAvYGD6FsDkwY6Pk7r4gzR+y+MAoGCCqGSM49BAMCA0cAMEQCICwmAYKalUwhubywoy7sqAfVJOeSW6xrch6TQTkRfOLR"
	"AiBQuWoYKvOqkmVjRM9Gc0NNr1wowaaZj9JjQKsGJmRaQwAFWC41MDkAAAFhMIIBXTCCAQOgAwIBAgIJAIm1OxMOBvbAMAoGCCqGSM49BAMCMBkx"
	"FzAVBgNVBAMTDnRlc3QgYXV0aG9yaXR5MCAXDTI2MTEyOTAxNTIwNVoYDzIxMjYxMTA1MDE1MjA1WjAZMRcwFQYDVQQDEw50ZXN0IGF1dGhvcml0"
	"eTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOnFzo+YLWRc25OmCo67xtTYWxB/v27RLZOaN7VXsEXZ9a0UjwFdQZZHbj7V14n8uD7ZvWLhxXOJ"
	"5mR986AOEfajMjAwMB0GA1UdDgQWBBRkAQL2Bg+hbA5MGOj5O6+IM0fsvjAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQC/hwZ8"
	"YvIP6gKmWsy5jHYtJXrsQjFMSpQNHQKovy29QwIgDNrdHpQOJDMrlrVNs7are1f8bpaVnjiDvNNujeeWrDK/SfXBTQfVLcVdHKczQQOYfJ3Viw==";
static const char store_password[] = "store-secret";
static const char key_password[] = "cl\xc3\xa9-\xe2\x82\xac-\xf0\x9f\x94\x91-pass";

/* What java.security.KeyStore gives for that. */
static const char one_pem[] = "-----BEGIN PRIVATE KEY-----\n"
			      "MEECAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEJzAlAgEBBCCAQgJEf5rLoaoMS7Ir\n"
			      "rPghQbOmxIcoZ3iW4yucP8h7XA==\n"
			      "-----END PRIVATE KEY-----\n";
static const char leaf_pem[] = "-----BEGIN CERTIFICATE-----\n"
			       "MIIBZDCCAQugAwIBAgIJAJMK2/Tva+5mMAoGCCqGSM49BAMCMBkxFzAVBgNVBAMT\n"
			       "DnRlc3QgYXV0aG9yaXR5MCAXDTI2MTEyOTAxNTIxM1oYDzIxMjYxMTA1MDE1MjEz\n"
			       "WjARMQ8wDQYDVQQDEwZjbGllbnQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ8\n"
			       "6EUHrQykScvvi3tbz5tRweE7ZXZTFyHs+XNUj9iul6IUyoarxvpXcl/Vxtj+PWRg\n"
			       "5o9ZEtLQ+hitUcmmyPiDo0IwQDAdBgNVHQ4EFgQUPCQXILYnUsc3RWnEsF3SnmBT\n"
			       "h2gwHwYDVR0jBBgwFoAUZAEC9gYPoWwOTBjo+TuviDNH7L4wCgYIKoZIzj0EAwID\n"
			       "RwAwRAIgLCYBgpqVTCG5vLCjLuyoB9Uk55JbrGtyHpNBORF84tECIFC5ahgq86qS\n"
			       "ZWNEz0ZzQ02vXCjBppmP0mNAqwYmZFpD\n"
			       "-----END CERTIFICATE-----\n";
static const char authority_pem[] = "-----BEGIN CERTIFICATE-----\n"
				    "MIIBXTCCAQOgAwIBAgIJAIm1OxMOBvbAMAoGCCqGSM49BAMCMBkxFzAVBgNVBAMT\n"
				    "DnRlc3QgYXV0aG9yaXR5MCAXDTI2MTEyOTAxNTIwNVoYDzIxMjYxMTA1MDE1MjA1\n"
				    "WjAZMRcwFQYDVQQDEw50ZXN0IGF1dGhvcml0eTBZMBMGByqGSM49AgEGCCqGSM49\n"
				    "AwEHA0IABOnFzo+YLWRc25OmCo67xtTYWxB/v27RLZOaN7VXsEXZ9a0UjwFdQZZH\n"
				    "bj7V14n8uD7ZvWLhxXOJ5mR986AOEfajMjAwMB0GA1UdDgQWBBRkAQL2Bg+hbA5M\n"
				    "GOj5O6+IM0fsvjAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQC/\n"
				    "hwZ8YvIP6gKmWsy5jHYtJXrsQjFMSpQNHQKovy29QwIgDNrdHpQOJDMrlrVNs7ar\n"
				    "e1f8bpaVnjiDvNNujeeWrDI=\n"
				    "-----END CERTIFICATE-----\n";

/* Two keys and the authority as a trusted certificate, all behind the password of the store. */
static const char two_keys[] =
	"/u3+7QAAAAIAAAADAAAAAgACY2EAAAGiJQDj8gAFWC41MDkAAAFhMIIBXTCCAQOgAwIBAgIJAIm1OxMOBvbAMAoGCCqGSM49BAMCMBkxFzAVBgNV"
	"BAMTDnRlc3QgYXV0aG9yaXR5MCAXDTI2MTEyOTAxNTIwNVoYDzIxMjYxMTA1MDE1MjA1WjAZMRcwFQYDVQQDEw50ZXN0IGF1dGhvcml0eTBZMBMG"
	"ByqGSM49AgEGCCqGSM49AwEHA0IABOnFzo+YLWRc25OmCo67xtTYWxB/v27RLZOaN7VXsEXZ9a0UjwFdQZZHbj7V14n8uD7ZvWLhxXOJ5mR986AO"
	"EfajMjAwMB0GA1UdDgQWBBRkAQL2Bg+hbA5MGOj5O6+IM0fsvjAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQC/hwZ8YvIP6gKm"
	"Wsy5jHYtJXrsQjFMSpQNHQKovy29QwIgDNrdHpQOJDMrlrVNs7are1f8bpaVnjiDvNNujeeWrDIAAAABAAZzZWNvbmQAAAGiJQDdyQAAAH8wfTAO"
	"BgorBgEEASoCEQEBBQAEa6yT/pFQtSpF27f1kXuDI+Mq9jH9vyChLiNzmLJ0EZdhNhNCXLJvJ3wNzDSYWDRqWF5kNQQ/GUvSib9gnGaDg59rvS1J"
	"SHpnziCvQ7/AtdrJxvjc+Ab7ENFKPrvB/AExT5vY3N4VVFDwILp7AAAAAQAFWC41MDkAAAE+MIIBOjCB4qADAgECAgkAxuba043dHZowCgYIKoZI"
	"zj0EAwIwETEPMA0GA1UEAxMGc2Vjb25kMCAXDTI2MTEyOTAxNTIyMloYDzIxMjYxMTA1MDE1MjIyWjARMQ8wDQYDVQQDEwZzZWNvbmQwWTATBgcq"
	"hkjOPQIBBggqhkjOPQMBBwNCAAT8BKuiNSKGx1uwvN73GS6KIXhups5Y3OWEvgCqM60rJ9J1eQb8z+M1iu60xAT5uhBPRbrBmX1UJLsSAL1sUqf/"
	"oyEwHzAdBgNVHQ4EFgQUx9s9YySTUuT3ZCQdsQUl9GfSaZ0wCgYIKoZIzj0EAwIDRwAwRAIgac1MN/vWOfBSAmBke6J+VIxkmJlSRXh5QakF82Zd"
	"vOkCICJOg1yYptfaLuzSMvXINeT4PRLa9WckQnuYDuK7gErQAAAAAQAFZmlyc3QAAAGiJQDP2gAAAH8wfTAOBgorBgEEASoCEQEBBQAEa9GDnM7D"
	"/v73H2+GuT45wMaMIHpBxHwKjQqihz0msJWkSmMKr7Ak5XNjDCBvw/ro6zZAb4mEhwHkvhjzwcS4BkS/RASGvmSkVlB2BpY0IyI+Q+Ih7H5aQnt/"
	"AVV84JnOsdIwsZ1o39BgD4w1AAAAAQAFWC41MDkAAAE9MIIBOTCB36ADAgECAghxtydHGnvBhzAKBggqhkjOPQQDAjAQMQ4wDAYDVQQDEwVmaXJz"
	"dDAgFw0yNjExMjkwMTUyMTlaGA8yMTI2MTEwNTAxNTIxOVowEDEOMAwGA1UEAxMFZmlyc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQn6af6"
	"qlGKL7iIXF1v1c0PqvQVc/aEhDVkzvQfghar62q/1CEZfg1c3TM8buJ00BGuRh57blIcQFw5wxPqi+CnoyEwHzAdBgNVHQ4EFgQU8facnto1tPHY"
	"znfX+3u3hLmGwswwCgYIKoZIzj0EAwIDSQAwRgIhAJh1B+0gckLav+g4cxkklmv1XVDS9cEDz6CU10jKkZtZAiEAhv4KuQ5zqEtj094qkKiR2dyL"
	"hh3Z+YGQrg/SJkpabxbc0iAYAQ1dvne1/8wqT6garWptgw==";

/* A trusted certificate of 4 bytes, and a key whose bytes and certificate are not to be looked at for that. */
static const char trusted[] = "\xfe\xed\xfe\xed"
			      "\0\0\0\2"
			      "\0\0\0\2"
			      "\0\0\0\1"
			      "\0\1k"
			      "\0\0\0\0\0\0\0\0"
			      "\0\0\0\2xx"
			      "\0\0\0\1"
			      "\0\5X.509"
			      "\0\0\0\1c"
			      "\0\0\0\2"
			      "\0\2ca"
			      "\0\0\0\0\0\0\0\0"
			      "\0\5X.509"
			      "\0\0\0\4\x30\1\2\3"
			      "01234567890123456789";

/* The file in memory of just its size, for the sanitizer to see what is read beyond. */
static char *decode(const char *base64, size_t *len)
{
	char *bytes = mem_alloc(strlen(base64));

	assert_true(base64_read(base64, strlen(base64), bytes, len));
	return mem_realloc(bytes, *len);
}

static char *copy(const char *bytes, size_t len)
{
	char *p = mem_alloc(len);

	memcpy(p, bytes, len);
	return p;
}

static void test_a_key_comes_out_as_java_has_it(void **state)
{
	static const struct {
		const char *store, *key;
	} passwords[] = {
		{ store_password, key_password }, { NULL, key_password },
		{ store_password,
			"cl\xe9-\xe2\x82\xac-\xf0\x9f\x94\x91-pass" }, /* a byte of Latin-1, as Java reads its files */
	};
	size_t len, leaf_len = strlen(leaf_pem);
	char *bytes = decode(one_key, &len);

	(void)state;
	for (size_t i = 0; i < COUNT(passwords); i++) {
		struct java_jks_key key;
		struct error err = { 0 };

		if (!java_jks_key_read(&key, bytes, len, passwords[i].store, passwords[i].key, &err))
			fail_msg("row %zu: %s", i, err.message);
		assert_text(i, key.key_pem, one_pem);
		assert_memory_equal(key.certificates_pem, leaf_pem, leaf_len);
		assert_text(i, key.certificates_pem + leaf_len, authority_pem);
		assert_text(i, key.alias, "client");
		assert_int_equal(key.key_count, 1);
		java_jks_key_release(&key);
		assert_null(key.key_pem);
	}
	free(bytes);
}

static void test_a_wrong_password_is_told(void **state)
{
	static const struct {
		const char *store, *key, *message;
	} cases[] = {
		{ "store-secreT", key_password,
			"ssl.keystore.password is not the password of this store, or the file is damaged" },
		{ "", key_password, "ssl.keystore.password is not the password of this store, or the file is damaged" },
		{ store_password, "wrong", "ssl.key.password is not the password of the private key of client" },
		{ store_password, "", "ssl.key.password is not the password of the private key of client" },
		{ store_password, NULL,
			"ssl.keystore.password is not the password of the private key of client; give "
			"ssl.key.password, too" },
		{ NULL, NULL,
			"the private key of client is encrypted: its password is missing (ssl.key.password, or "
			"ssl.keystore.password if it is the same)" },
	};
	size_t len;
	char *bytes = decode(one_key, &len);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct java_jks_key key;
		struct error err = { 0 };

		assert_false(java_jks_key_read(&key, bytes, len, cases[i].store, cases[i].key, &err));
		assert_text(i, err.message, cases[i].message);
		assert_int_equal(err.code, ERR_USAGE);
		assert_null(key.key_pem);
	}
	free(bytes);
}

static void test_the_first_of_several_keys_is_taken(void **state)
{
	struct java_jks_key key;
	struct error err = { 0 };
	struct str pem = { 0 };
	size_t len;
	char *bytes = decode(two_keys, &len);

	(void)state;
	assert_true(java_jks_key_read(&key, bytes, len, store_password, NULL, &err));
	assert_int_equal(key.key_count, 2);
	assert_string_equal(key.alias, "second");
	java_jks_key_release(&key);
	assert_true(java_jks_trust_read(&pem, bytes, len, &err));
	assert_string_equal(str_text(&pem), authority_pem);
	str_release(&pem);
	free(bytes);
}

static void test_a_key_of_another_certificate_is_told(void **state)
{
	enum { SECOND = 416, FIRST = 899, KEY_BYTES = 127 }; /* where the encrypted keys are */
	struct java_jks_key key;
	struct error err = { 0 };
	size_t len;
	char *bytes = decode(two_keys, &len);

	(void)state;
	memcpy(bytes + SECOND, bytes + FIRST, KEY_BYTES);
	assert_false(java_jks_key_read(&key, bytes, len, NULL, store_password, &err));
	assert_string_equal(err.message, "the private key of second does not belong to its certificate");
	free(bytes);
}

static void test_trusted_certificates_are_read(void **state)
{
	struct str pem = { 0 };
	struct error err = { 0 };

	(void)state;
	assert_true(java_jks_trust_read(&pem, trusted, sizeof(trusted) - 1, &err));
	assert_string_equal(str_text(&pem), "-----BEGIN CERTIFICATE-----\nMAECAw==\n-----END CERTIFICATE-----\n");
	str_release(&pem);
}

/* Both ways to read it say why they cannot, if it is not well. */
static void expect_refused(const char *bytes, size_t len, const char *password)
{
	struct java_jks_key key;
	struct error err = { 0 };
	struct str pem = { 0 };

	assert_false(java_jks_key_read(&key, bytes, len, password, key_password, &err));
	assert_true(strlen(err.message) > 10);
	assert_null(key.key_pem);
	if (!java_jks_trust_read(&pem, bytes, len, &err))
		assert_int_equal(pem.len, 0);
	str_release(&pem);
}

static void test_a_file_may_end_anywhere(void **state)
{
	static const char *const files[] = { one_key, two_keys };

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		size_t len;
		char *bytes = decode(files[i], &len);

		for (size_t cut = 0; cut < len; cut++) {
			char *part = copy(bytes, cut);
			struct str pem = { 0 };
			struct error err = { 0 };

			expect_refused(part, cut, NULL);
			assert_false(java_jks_trust_read(&pem, part, cut, &err));
			free(part);
		}
		free(bytes);
	}
}

static void test_any_byte_may_be_another(void **state)
{
	size_t len;
	char *bytes = decode(one_key, &len);

	(void)state;
	for (size_t i = 0; i < len; i++) {
		struct java_jks_key key;
		struct error err = { 0 };

		bytes[i] = (char)(bytes[i] ^ 1 << i % 8);
		expect_refused(bytes, len, store_password);
		/* Without a password of the store only what the key and its certificate say can be found out. */
		if (java_jks_key_read(&key, bytes, len, NULL, key_password, &err)) {
			assert_string_equal(key.key_pem, one_pem);
			java_jks_key_release(&key);
		}
		bytes[i] = (char)(bytes[i] ^ 1 << i % 8);
	}
	free(bytes);
}

static void test_what_is_wrong_is_told(void **state)
{
	static const struct {
		size_t at, len;
		const char *bytes, *message;
	} cases[] = {
		{ 0, 1, "x", "this is not a JKS file" },
		{ 4, 4, "\0\0\0\3", "version 3 of JKS is unknown: Java writes 1 and 2" },
		{ 8, 4, "\0\0\0\0",
			"the count of entries is 0, but 890 bytes follow the last of them: the file is damaged" },
		{ 8, 4, "\0\0\0\2",
			"the tag of entry 2 of 2 should take 4 bytes, but 0 are left: the file is cut off or damaged" },
		{ 8, 4, "\xff\xff\xff\xff",
			"the count of entries is 4294967295, more than the file's 922 bytes can hold: it is cut off "
			"or damaged" },
		{ 12, 4, "\0\0\0\3",
			"entry 1 of 1 is a secret key, which only JCEKS stores hold; put what the client needs into a "
			"JKS store: keytool -importkeystore -srckeystore FILE -srcstoretype JCEKS -srcalias ALIAS "
			"-destkeystore client.jks -deststoretype JKS" },
		{ 12, 4, "\0\0\0\4", "entry 1 of 1 has the unknown tag 4: the file is damaged" },
		{ 16, 2, "\xff\xff",
			"the alias of entry 1 of 1 should take 65535 bytes, but 884 are left: the file is cut off or "
			"damaged" },
		{ 32, 4, "\xff\xff\xff\xff",
			"the private key of entry 1 of 1 should take 4294967295 bytes, but 866 are left: the "
			"file is cut off or damaged" },
		{ 36, 1, "\x31", "the private key of client is not an EncryptedPrivateKeyInfo: the file is damaged" },
		{ 51, 1, "\2",
			"the private key of client is encrypted with algorithm 1.3.6.1.4.1.42.2.17.1.2; JKS files use "
			"1.3.6.1.4.1.42.2.17.1.1" },
		{ 163, 4, "\xff\xff\xff\xff",
			"entry 1 of 1 counts 4294967295 certificates, more than the 735 bytes that are left can "
			"hold: the file is damaged" },
		{ 163, 4, "\0\0\0\3",
			"the type of a certificate of entry 1 of 1 should take 2 bytes, but 0 are left: the file is "
			"cut off or damaged" },
		{ 174, 4, "\x7f\xff\xff\xff",
			"a certificate of entry 1 of 1 should take 2147483647 bytes, but 724 are left: the "
			"file is cut off or damaged" },
		{ 178, 1, "\x31", "certificate 1 of client is not an X.509 certificate: the file is damaged" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct java_jks_key key;
		struct error err = { 0 };
		size_t len;
		char *bytes = decode(one_key, &len);

		memcpy(bytes + cases[i].at, cases[i].bytes, cases[i].len);
		assert_false(java_jks_key_read(&key, bytes, len, NULL, key_password, &err));
		assert_text(i, err.message, cases[i].message);
		free(bytes);
	}
}

static void test_a_store_without_a_usable_key_is_told(void **state)
{
#define HEAD(count)                                                                                                    \
	"\xfe\xed\xfe\xed"                                                                                             \
	"\0\0\0\2"                                                                                                     \
	"\0\0\0" count
#define ALIAS                                                                                                          \
	"\0\1k"                                                                                                        \
	"\0\0\0\0\0\0\0\0"
#define DIGEST "01234567890123456789"
	static const struct {
		const char *bytes;
		size_t len;
		const char *message;
	} cases[] = {
#define FILE_OF(literal) literal, sizeof(literal) - 1
		{ FILE_OF(HEAD("\0") DIGEST), "this JKS file contains no entries" },
		{ FILE_OF(HEAD("\1") "\0\0\0\2" ALIAS "\0\5X.509"
				     "\0\0\0\4\x30\1\2\3" DIGEST),
			"this JKS file contains no private key, only trusted certificates" },
		{ FILE_OF(HEAD("\1") "\0\0\0\1" ALIAS "\0\0\0\1x"
				     "\0\0\0\0" DIGEST),
			"the private key of k has no certificate" },
		{ FILE_OF(HEAD("\1") "\0\0\0\1" ALIAS "\0\0\0\x15"
				     "\x30\x13\x30\x0e\x06\x0a\x2b\x06\1\4\1\x2a\2\x11\1\1\5\0\4\1x"
				     "\0\0\0\1"
				     "\0\5X.509"
				     "\0\0\0\1c" DIGEST),
			"the private key of k has only 1 bytes: the file is damaged" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct java_jks_key key;
		struct error err = { 0 };

		assert_false(java_jks_key_read(&key, cases[i].bytes, cases[i].len, NULL, "password", &err));
		assert_text(i, err.message, cases[i].message);
	}
}

static char path[] = "/tmp/weir-jks-XXXXXX";

static void write_store(const char *bytes, size_t len)
{
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	assert_int_equal(fwrite(bytes, 1, len, out), len);
	fclose(out);
}

/* Each property's name, and the text that is left out in parentheses. */
static char *names_of(const char *settings, struct error *err)
{
	char *text = mem_printf("%s\nssl.keystore.location=%s\n", settings, path);
	struct java_properties p = { 0 };
	struct str names = { 0 };
	bool ok = java_properties_read(&p, text, strlen(text), err);

	for (size_t i = 0; ok && i < p.count; i++) {
		str_addf(&names, p.items[i].skipped ? "(%s) " : "%s ", p.items[i].name);
		/* The passwords have done their work. */
		assert_null(strstr(p.items[i].value, store_password));
		assert_null(strstr(p.items[i].value, key_password));
		if (strcmp(p.items[i].name, "ssl.key.pem") == 0)
			assert_non_null(strstr(p.items[i].value, "-----BEGIN PRIVATE KEY-----\n"));
	}
	java_properties_release(&p);
	free(text);
	return str_take(&names);
}

static void test_what_a_client_file_makes_of_it(void **state)
{
	struct error err = { 0 };
	size_t len;
	char *bytes = decode(one_key, &len), *names, *expected;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	write_store(bytes, len);
	free(bytes);
	names = names_of("ssl.keystore.type=JKS\nssl.keystore.password=store-secret\n"
			 "ssl.key.password=cl\\u00e9-\\u20ac-\\ud83d\\udd11-pass",
		&err);
	assert_string_equal(names, "ssl.certificate.pem ssl.key.pem ");
	free(names);
	names = names_of("ssl.keystore.password=store-secret\nssl.key.password=wrong", &err);
	expected = mem_printf(
		"line 3: ssl.keystore.location: %s: ssl.key.password is not the password of the private key of client",
		path);
	assert_string_equal(err.message, expected);
	free(names);
	free(expected);
	bytes = decode(two_keys, &len);
	write_store(bytes, len);
	free(bytes);
	names = names_of("ssl.keystore.password=store-secret", &err);
	assert_string_equal(names,
		"ssl.certificate.pem ssl.key.pem "
		"(every private key of ssl.keystore.location but the first (alias second)) ");
	free(names);
	write_store("\xce\xce\xce\xce", 4);
	names = names_of("ssl.keystore.type=JCEKS", &err);
	expected = mem_printf(
		"line 2: ssl.keystore.location: %s is a JCEKS store, which only Java can read; convert it to JKS: "
		"keytool -importkeystore -srckeystore %s -srcstoretype JCEKS -destkeystore client.jks -deststoretype JKS, then "
		"ssl.keystore.location=client.jks",
		path, path);
	assert_string_equal(err.message, expected);
	free(names);
	free(expected);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_key_comes_out_as_java_has_it),
		cmocka_unit_test(test_a_wrong_password_is_told),
		cmocka_unit_test(test_the_first_of_several_keys_is_taken),
		cmocka_unit_test(test_a_key_of_another_certificate_is_told),
		cmocka_unit_test(test_trusted_certificates_are_read),
		cmocka_unit_test(test_a_file_may_end_anywhere),
		cmocka_unit_test(test_any_byte_may_be_another),
		cmocka_unit_test(test_what_is_wrong_is_told),
		cmocka_unit_test(test_a_store_without_a_usable_key_is_told),
		cmocka_unit_test(test_what_a_client_file_makes_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

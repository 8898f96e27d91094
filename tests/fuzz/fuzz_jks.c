/* SPDX-License-Identifier: BSD-2-Clause */
/* A JKS file of any bytes, as a key store and as a trust store; the digest at its end would refuse nearly all, so it is not checked. */
#include <stdint.h>
#include <stdlib.h>

#include "setup/java_jks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct java_jks_key key;
	struct str pem = { 0 };
	struct error err = { 0 };

	if (java_jks_key_read(&key, (const char *)data, size, NULL, "store-secret", &err)) {
		if (!key.key_pem || !key.certificates_pem || !key.alias || !key.key_count)
			abort();
		java_jks_key_release(&key);
	} else if (err.code != ERR_USAGE || !err.message[0] || key.key_pem) {
		abort();
	}
	if (!java_jks_trust_read(&pem, (const char *)data, size, &err) && (err.code != ERR_USAGE || pem.len))
		abort();
	str_release(&pem);
	return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "oidc_key.h"

#include <sodium.h>
#include <string.h>

struct oidc_key {
    gnutls_privkey_t key;
};

oidc_key *oidc_key_new(guint bits)
{
    oidc_key *const key = g_new0(oidc_key, 1);
    g_assert_cmpint(gnutls_privkey_init(&key->key), ==, 0);
    g_assert_cmpint(gnutls_privkey_generate(key->key, GNUTLS_PK_RSA, bits, 0), ==, 0);
    return key;
}

void oidc_key_free(oidc_key *key)
{
    gnutls_privkey_deinit(key->key);
    g_free(key);
}

char *oidc_base64(gconstpointer bytes, gsize n)
{
    const int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    const gsize size = sodium_base64_encoded_len(n, variant);
    return sodium_bin2base64(g_malloc(size), size, bytes, n, variant);
}

char *oidc_key_set(const oidc_key *key, const char *kid)
{
    gnutls_datum_t n, e;
    g_assert_cmpint(gnutls_privkey_export_rsa_raw2(key->key, &n, &e, NULL, NULL, NULL, NULL, NULL,
                                                   NULL, GNUTLS_EXPORT_FLAG_NO_LZ),
                    ==, 0);
    g_autofree char *modulus = oidc_base64(n.data, n.size);
    g_autofree char *exponent = oidc_base64(e.data, e.size);
    gnutls_free(n.data);
    gnutls_free(e.data);
    return g_strdup_printf("{\"keys\": [{\"kty\": \"EC\", \"crv\": \"P-256\"}, {\"kty\": \"RSA\", "
                           "\"use\": \"sig\", %s%s%s\"n\": \"%s\", \"e\": \"%s\"}]}",
                           kid ? "\"kid\": \"" : "", kid ? kid : "", kid ? "\", " : "", modulus,
                           exponent);
}

char *oidc_key_sign(const oidc_key *key, const char *header, const char *claims)
{
    g_autofree char *first = oidc_base64(header, strlen(header));
    g_autofree char *second = oidc_base64(claims, strlen(claims));
    g_autofree char *text = g_strdup_printf("%s.%s", first, second);
    gnutls_datum_t signature;
    const gnutls_datum_t data = {(unsigned char *)text, (unsigned)strlen(text)};
    g_assert_cmpint(
        gnutls_privkey_sign_data2(key->key, GNUTLS_SIGN_RSA_SHA256, 0, &data, &signature), ==, 0);
    g_autofree char *third = oidc_base64(signature.data, signature.size);
    gnutls_free(signature.data);
    return g_strdup_printf("%s.%s", text, third);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/oidc_token.h"

#include "base/error.h"

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <jansson.h>
#include <sodium.h>
#include <string.h>

#define TOKEN_MAX 16384
#define SKEW 60 /* seconds */
#define LEAST_BITS 2048
#define TEXT_MAX 255

void plx_oidc_person_clear(struct plx_oidc_person *person)
{
    g_free(person->sub);
    g_free(person->email);
    g_free(person->name);
    *person = (struct plx_oidc_person){0};
}

static void unref_json(json_t *json)
{
    json_decref(json);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, unref_json)

/* Parts --------------------------------------------------------------------------------------- */

/* The bytes of base64url without padding, with a NUL behind; NULL: it is none. */
static GByteArray *decode(const char *text, gsize length)
{
    gsize n = 0;
    g_autoptr(GByteArray) bytes = g_byte_array_sized_new((guint)length + 1);
    g_byte_array_set_size(bytes, (guint)length + 1);
    if (sodium_base642bin(bytes->data, length, text, length, NULL, &n, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return NULL;
    bytes->data[n] = '\0';
    g_byte_array_set_size(bytes, (guint)n);
    return g_steal_pointer(&bytes);
}

static json_t *read_json(const char *text, gsize length)
{
    json_t *const json = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
    if (json_is_object(json))
        return json;
    json_decref(json);
    return NULL;
}

static json_t *decode_json(const char *text, gsize length)
{
    g_autoptr(GByteArray) bytes = decode(text, length);
    return bytes ? read_json((const char *)bytes->data, bytes->len) : NULL;
}

static gboolean is_text(json_t *object, const char *name, const char *expected)
{
    return g_strcmp0(json_string_value(json_object_get(object, name)), expected) == 0;
}

/* Keys ---------------------------------------------------------------------------------------- */

/* May the key have made a signature of this header? */
static gboolean is_candidate(json_t *key, const char *kid)
{
    json_t *const use = json_object_get(key, "use"), *const alg = json_object_get(key, "alg");
    return is_text(key, "kty", "RSA") && (!use || is_text(key, "use", "sig")) &&
           (!alg || is_text(key, "alg", "RS256")) && (!kid || is_text(key, "kid", kid));
}

static gboolean import_key(json_t *key, gnutls_pubkey_t to)
{
    const char *const n = json_string_value(json_object_get(key, "n"));
    const char *const e = json_string_value(json_object_get(key, "e"));
    g_autoptr(GByteArray) modulus = n ? decode(n, strlen(n)) : NULL;
    g_autoptr(GByteArray) exponent = e ? decode(e, strlen(e)) : NULL;
    if (!modulus || !exponent)
        return FALSE;
    const gnutls_datum_t m = {modulus->data, modulus->len}, x = {exponent->data, exponent->len};
    unsigned bits = 0;
    return gnutls_pubkey_import_rsa_raw(to, &m, &x) == 0 &&
           gnutls_pubkey_get_pk_algorithm(to, &bits) == GNUTLS_PK_RSA && bits >= LEAST_BITS;
}

static gboolean signed_by(json_t *key, const gnutls_datum_t *text, const gnutls_datum_t *signature)
{
    gnutls_pubkey_t public_key;
    if (gnutls_pubkey_init(&public_key) != 0)
        return FALSE;
    const gboolean is =
        import_key(key, public_key) &&
        gnutls_pubkey_verify_data2(public_key, GNUTLS_SIGN_RSA_SHA256, 0, text, signature) >= 0;
    gnutls_pubkey_deinit(public_key);
    return is;
}

static gboolean signed_by_one(json_t *set, const char *kid, const char *token, gsize length,
                              const GByteArray *signature)
{
    g_autofree guchar *text = g_memdup2(token, length);
    g_autofree guchar *bytes = g_memdup2(signature->data, signature->len);
    const gnutls_datum_t signed_text = {text, (unsigned)length};
    const gnutls_datum_t signed_as = {bytes, signature->len};
    json_t *const keys = json_object_get(set, "keys");
    for (size_t i = 0; i < json_array_size(keys); i++) {
        json_t *const key = json_array_get(keys, i);
        if (is_candidate(key, kid) && signed_by(key, &signed_text, &signed_as))
            return TRUE;
    }
    return FALSE;
}

/* Claims -------------------------------------------------------------------------------------- */

static gboolean is_for(json_t *claims, const char *client)
{
    json_t *const audience = json_object_get(claims, "aud");
    if (json_is_string(audience))
        return strcmp(json_string_value(audience), client) == 0;
    for (size_t i = 0; i < json_array_size(audience); i++)
        if (g_strcmp0(json_string_value(json_array_get(audience, i)), client) == 0)
            return json_array_size(audience) == 1 || is_text(claims, "azp", client);
    return FALSE;
}

static const char *wrong_claim(json_t *claims, const struct plx_oidc_expected *expected)
{
    json_t *const exp = json_object_get(claims, "exp"), *const iat = json_object_get(claims, "iat");
    json_t *const azp = json_object_get(claims, "azp");
    const char *const sub = json_string_value(json_object_get(claims, "sub"));
    const char *const nonce = json_string_value(json_object_get(claims, "nonce"));
    const gsize length = strlen(expected->nonce);
    if (!is_text(claims, "iss", expected->issuer))
        return "iss";
    if (!is_for(claims, expected->client))
        return "aud";
    if (azp && !is_text(claims, "azp", expected->client))
        return "azp";
    if (!json_is_integer(exp) || json_integer_value(exp) <= expected->now - SKEW)
        return "exp";
    if (!json_is_integer(iat) || json_integer_value(iat) > expected->now + SKEW)
        return "iat";
    if (!nonce || strlen(nonce) != length || sodium_memcmp(nonce, expected->nonce, length) != 0)
        return "nonce";
    if (!sub || !*sub || strlen(sub) > TEXT_MAX)
        return "sub";
    return NULL;
}

static char *take_text(json_t *claims, const char *name)
{
    const char *const text = json_string_value(json_object_get(claims, name));
    return text && strlen(text) <= TEXT_MAX ? g_strdup(text) : NULL;
}

static gboolean take_claims(const char *text, gsize length,
                            const struct plx_oidc_expected *expected,
                            struct plx_oidc_person *person, GError **error)
{
    g_autoptr(json_t) claims = decode_json(text, length);
    const char *const wrong = claims ? wrong_claim(claims, expected) : "claims";
    if (wrong)
        return plx_error(error, PLX_ERROR_INPUT, "the ID token is not for us: its %s", wrong);
    person->sub = take_text(claims, "sub");
    person->name = take_text(claims, "name");
    person->email =
        json_is_true(json_object_get(claims, "email_verified")) ? take_text(claims, "email") : NULL;
    return TRUE;
}

gboolean plx_oidc_token_verify(const char *token, const char *keys,
                               const struct plx_oidc_expected *expected,
                               struct plx_oidc_person *person, GError **error)
{
    const char *const first = strchr(token, '.');
    const char *const second = first ? strchr(first + 1, '.') : NULL;
    if (!second || strlen(token) > TOKEN_MAX)
        return plx_error(error, PLX_ERROR_INPUT, "the ID token is no signed token");
    g_autoptr(json_t) header = decode_json(token, (gsize)(first - token));
    g_autoptr(GByteArray) signature = decode(second + 1, strlen(second + 1));
    g_autoptr(json_t) set = read_json(keys, strlen(keys));
    if (!header || !signature || !set)
        return plx_error(error, PLX_ERROR_INPUT, "%s",
                         set ? "the ID token is no signed token" : "the provider's keys are none");
    if (!is_text(header, "alg", "RS256") || json_object_get(header, "crit"))
        return plx_error(error, PLX_ERROR_INPUT, "the ID token is not signed with RS256");
    const char *const kid = json_string_value(json_object_get(header, "kid"));
    if (!signed_by_one(set, kid, token, (gsize)(second - token), signature))
        return plx_error(error, PLX_ERROR_INPUT,
                         "the ID token is not signed by a key of the provider's");
    return take_claims(first + 1, (gsize)(second - first - 1), expected, person, error);
}

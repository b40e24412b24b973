/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/oidc.h"

#include "base/error.h"
#include "serve/fetch.h"

#include <curl/curl.h>
#include <jansson.h>
#include <sodium.h>
#include <string.h>

#define KNOWN_SECONDS 3600
#define AWAY_SECONDS 5 /* for which a provider that did not answer is not asked again */
#define KEY_BYTES 32

/* What the provider says about itself. */
struct provider {
    char *authorise, *token, *keys; /* addresses */
};

struct plx_oidc {
    char *issuer, *client, *secret, *back;
    guint8 key[KEY_BYTES]; /* of this run */
    GMutex lock;           /* of all that follows */
    struct provider provider;
    gint64 known;    /* monotonic seconds when it was asked, or 0 */
    gint64 away;     /* monotonic seconds until which it is not asked again */
    gboolean asking; /* somebody is */
};

static void unref_json(json_t *json)
{
    json_decref(json);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, unref_json)

static void clear_provider(struct provider *provider)
{
    g_free(provider->authorise);
    g_free(provider->token);
    g_free(provider->keys);
    *provider = (struct provider){0};
}

plx_oidc *plx_oidc_new(const struct plx_oidc_options *options, const char *base_url, GError **error)
{
    if (!plx_fetch_is_safe(options->issuer) || strchr(options->issuer, '?')) {
        plx_error(error, PLX_ERROR_USAGE, "\"%s\": expected the provider's address, https://...",
                  options->issuer);
        return NULL;
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    plx_oidc *const oidc = g_new0(plx_oidc, 1);
    oidc->issuer = g_strdup(options->issuer);
    oidc->client = g_strdup(options->client);
    oidc->secret = g_strdup(options->secret);
    oidc->back = g_strconcat(base_url, PLX_OIDC_BACK, NULL);
    randombytes_buf(oidc->key, sizeof oidc->key);
    g_mutex_init(&oidc->lock);
    return oidc;
}

void plx_oidc_free(plx_oidc *oidc)
{
    if (!oidc)
        return;
    clear_provider(&oidc->provider);
    if (oidc->secret)
        sodium_memzero(oidc->secret, strlen(oidc->secret));
    sodium_memzero(oidc->key, sizeof oidc->key);
    g_mutex_clear(&oidc->lock);
    g_free(oidc->issuer);
    g_free(oidc->client);
    g_free(oidc->secret);
    g_free(oidc->back);
    g_free(oidc);
}

const char *plx_oidc_issuer(const plx_oidc *oidc)
{
    return oidc->issuer;
}

/* Of one login ----------------------------------------------------------------------------------
 */

static char *base64(const guint8 *bytes, gsize n)
{
    const int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    const gsize size = sodium_base64_encoded_len(n, variant);
    return sodium_bin2base64(g_malloc(size), size, bytes, n, variant);
}

/* 43 characters that only this server can make of a state. */
static char *derive(const plx_oidc *oidc, const char *what, const char *state)
{
    guint8 hash[KEY_BYTES];
    g_autofree char *text = g_strdup_printf("%s %s", what, state);
    crypto_generichash(hash, sizeof hash, (const unsigned char *)text, strlen(text), oidc->key,
                       sizeof oidc->key);
    return base64(hash, sizeof hash);
}

/* RFC 7636: S256. */
static char *challenge_of(const char *verifier)
{
    guint8 hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)verifier, strlen(verifier));
    return base64(hash, sizeof hash);
}

static void append_field(GString *form, const char *name, const char *value)
{
    g_autofree char *escaped = g_uri_escape_string(value, NULL, FALSE);
    g_string_append_printf(form, "&%s=%s", name, escaped);
}

/* The provider ----------------------------------------------------------------------------------
 */

static char *take_address(json_t *document, const char *name)
{
    const char *const text = json_string_value(json_object_get(document, name));
    return text && plx_fetch_is_safe(text) ? g_strdup(text) : NULL;
}

static gboolean read_document(const plx_oidc *oidc, const char *text, struct provider *provider,
                              GError **error)
{
    g_autoptr(json_t) document = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    const char *const issuer = json_string_value(json_object_get(document, "issuer"));
    struct provider found = {take_address(document, "authorization_endpoint"),
                             take_address(document, "token_endpoint"),
                             take_address(document, "jwks_uri")};
    if (g_strcmp0(issuer, oidc->issuer) == 0 && found.authorise && found.token && found.keys) {
        *provider = found;
        return TRUE;
    }
    clear_provider(&found);
    return plx_error(error, PLX_ERROR_INPUT, "%s: its openid-configuration is not that of %s",
                     oidc->issuer, oidc->issuer);
}

static gint64 seconds_now(void)
{
    return g_get_monotonic_time() / G_USEC_PER_SEC;
}

/* Without the lock: it may take ten seconds. */
static gboolean ask_provider(const plx_oidc *oidc, struct provider *provider, GError **error)
{
    const gboolean slash = g_str_has_suffix(oidc->issuer, "/");
    g_autofree char *url =
        g_strdup_printf("%s%s.well-known/openid-configuration", oidc->issuer, slash ? "" : "/");
    const struct plx_fetch fetch = {.url = url};
    g_autofree char *text = plx_fetch(&fetch, error);
    return text && read_document(oidc, text, provider, error);
}

/* Takes it upon this thread to ask, which `asking` says to all others; FALSE: somebody does, or it
 * did not answer just now, or what is known is new enough. */
static gboolean begin_asking(plx_oidc *oidc)
{
    const gint64 now = seconds_now();
    g_mutex_lock(&oidc->lock);
    const gboolean begins =
        !oidc->asking && now >= oidc->away && !(oidc->known && now < oidc->known + KNOWN_SECONDS);
    oidc->asking = oidc->asking || begins;
    g_mutex_unlock(&oidc->lock);
    return begins;
}

/* `found` (NULL: nothing) is taken over. `away`: it did not answer; nonsense comes at once, and is
 * asked for again. */
static void end_asking(plx_oidc *oidc, const struct provider *found, gboolean away)
{
    const gint64 now = seconds_now();
    g_mutex_lock(&oidc->lock);
    oidc->asking = FALSE;
    if (found) {
        clear_provider(&oidc->provider);
        oidc->provider = *found;
        oidc->known = now;
    } else if (away) {
        oidc->away = now + AWAY_SECONDS;
    }
    g_mutex_unlock(&oidc->lock);
}

/* What was known an hour ago will do while it is asked for again; else nobody waits for what
 * another thread is waiting for already. */
static gboolean know_provider(plx_oidc *oidc, struct provider *provider, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (begin_asking(oidc)) {
        struct provider found;
        const gboolean ok = ask_provider(oidc, &found, &cause);
        end_asking(oidc, ok ? &found : NULL, g_error_matches(cause, PLX_ERROR, PLX_ERROR_IO));
    }
    g_mutex_lock(&oidc->lock);
    const gboolean known = oidc->known != 0;
    if (known)
        *provider =
            (struct provider){g_strdup(oidc->provider.authorise), g_strdup(oidc->provider.token),
                              g_strdup(oidc->provider.keys)};
    g_mutex_unlock(&oidc->lock);
    if (known)
        return TRUE;
    if (cause)
        g_propagate_error(error, g_steal_pointer(&cause));
    else
        plx_error(error, PLX_ERROR_IO, "%s: did not answer a moment ago, or is being asked",
                  oidc->issuer);
    return FALSE;
}

/* There and back ----------------------------------------------------------------------------------
 */

char *plx_oidc_begin(plx_oidc *oidc, const char *state, GError **error)
{
    struct provider provider;
    if (!know_provider(oidc, &provider, error))
        return NULL;
    g_autofree char *nonce = derive(oidc, "nonce", state);
    g_autofree char *verifier = derive(oidc, "verifier", state);
    g_autofree char *challenge = challenge_of(verifier);
    GString *const url = g_string_new(provider.authorise);
    g_string_append(url, strchr(provider.authorise, '?') ? "&" : "?");
    g_string_append(url, "response_type=code&scope=openid%20email%20profile"
                         "&code_challenge_method=S256");
    append_field(url, "client_id", oidc->client);
    append_field(url, "redirect_uri", oidc->back);
    append_field(url, "state", state);
    append_field(url, "nonce", nonce);
    append_field(url, "code_challenge", challenge);
    clear_provider(&provider);
    return g_string_free(url, FALSE);
}

/* The ID token for a code, to be freed. */
static char *exchange(const plx_oidc *oidc, const char *url, const char *state, const char *code,
                      GError **error)
{
    g_autofree char *verifier = derive(oidc, "verifier", state);
    g_autofree char *user = g_uri_escape_string(oidc->client, NULL, FALSE);
    g_autofree char *password =
        oidc->secret ? g_uri_escape_string(oidc->secret, NULL, FALSE) : NULL;
    g_autoptr(GString) form = g_string_new("grant_type=authorization_code");
    append_field(form, "code", code);
    append_field(form, "redirect_uri", oidc->back);
    append_field(form, "code_verifier", verifier);
    append_field(form, "client_id", oidc->client);
    const struct plx_fetch fetch = {url, form->str, password ? user : NULL, password};
    g_autofree char *text = plx_fetch(&fetch, error);
    if (!text)
        return NULL;
    g_autoptr(json_t) reply = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    const char *const token = json_string_value(json_object_get(reply, "id_token"));
    if (!token)
        plx_error(error, PLX_ERROR_INPUT, "%s: gave no ID token", oidc->issuer);
    return g_strdup(token);
}

gboolean plx_oidc_finish(plx_oidc *oidc, const char *state, const char *code, gint64 now,
                         struct plx_oidc_person *person, GError **error)
{
    struct provider provider;
    if (!know_provider(oidc, &provider, error))
        return FALSE;
    g_autofree char *nonce = derive(oidc, "nonce", state);
    g_autofree char *token = exchange(oidc, provider.token, state, code, error);
    const struct plx_fetch fetch = {.url = provider.keys};
    g_autofree char *keys = token ? plx_fetch(&fetch, error) : NULL;
    clear_provider(&provider);
    const struct plx_oidc_expected expected = {oidc->issuer, oidc->client, nonce, now};
    return keys && plx_oidc_token_verify(token, keys, &expected, person, error);
}

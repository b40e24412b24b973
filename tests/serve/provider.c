/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "provider.h"

#include "serve/fields.h"

#include <sodium.h>
#include <string.h>

static void reply(plx_http_request *request, guint status, const char *text)
{
    g_autoptr(GBytes) body = g_bytes_new(text, strlen(text));
    const struct plx_http_reply sent = {
        .status = status, .fields = "Content-Type: application/json\r\n", .body = body};
    plx_http_reply(request, &sent);
}

static void tell_configuration(const struct provider *provider, plx_http_request *request)
{
    const char *const issuer = provider->issuer;
    g_autofree char *text = g_strdup_printf(
        "{\"issuer\": \"%s%s\", \"authorization_endpoint\": \"%s/authorize\", "
        "\"token_endpoint\": \"%s/token\", \"jwks_uri\": \"%s/keys\"}",
        issuer, provider->fault == PROVIDER_OTHER_ISSUER ? "x" : "", issuer, issuer, issuer);
    reply(request, 200, text);
}

static void tell_keys(const struct provider *provider, plx_http_request *request)
{
    g_autofree char *set = oidc_key_set(provider->key, "k1");
    reply(request, 200, set);
}

/* RFC 7636: the verifier is what the challenge was made of. */
static gboolean fits_challenge(const char *verifier, const char *challenge)
{
    guint8 hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)verifier, strlen(verifier));
    g_autofree char *text = oidc_base64(hash, sizeof hash);
    return strlen(verifier) >= 43 && strcmp(text, challenge) == 0;
}

static gboolean is_client(plx_http_request *request)
{
    const struct plx_http_slice shown =
        plx_http_head_value(plx_http_request_head(request), "Authorization");
    /* RFC 6749, 2.3.1: both are form-encoded first. */
    g_autofree char *encoded =
        g_base64_encode((const guchar *)PROVIDER_CLIENT ":s3cret%20%26%20more",
                        strlen(PROVIDER_CLIENT ":s3cret%20%26%20more"));
    g_autofree char *expected = g_strconcat("Basic ", encoded, NULL);
    return plx_http_slice_is(shown, expected);
}

static gboolean takes_code(const struct provider *provider, plx_http_request *request)
{
    const GByteArray *const body = plx_http_request_body(request);
    const char *why;
    g_autoptr(plx_fields) form =
        plx_fields_parse((struct plx_http_slice){(const char *)body->data, body->len}, &why);
    const char *const verifier = plx_fields_get(form, "code_verifier");
    return provider->fault != PROVIDER_REFUSES && is_client(request) && provider->code &&
           g_strcmp0(plx_fields_get(form, "grant_type"), "authorization_code") == 0 &&
           g_strcmp0(plx_fields_get(form, "code"), provider->code) == 0 &&
           g_strcmp0(plx_fields_get(form, "redirect_uri"), provider->back) == 0 && verifier &&
           fits_challenge(verifier, provider->challenge);
}

static char *make_token(const struct provider *provider)
{
    const gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    g_autofree char *claims = g_strdup_printf(
        "{\"iss\": \"%s\", \"aud\": \"" PROVIDER_CLIENT "\", \"exp\": %" G_GINT64_FORMAT
        ", \"iat\": %" G_GINT64_FORMAT ", \"nonce\": \"%s%s\", \"sub\": \"%s\", "
        "\"email\": \"%s\", \"email_verified\": %s}",
        provider->issuer, now + 300, now, provider->nonce,
        provider->fault == PROVIDER_OTHER_NONCE ? "x" : "", provider->sub,
        provider->email ? provider->email : "ruth@example.org", provider->email ? "true" : "false");
    return oidc_key_sign(provider->fault == PROVIDER_OTHER_KEY ? provider->other : provider->key,
                         "{\"alg\": \"RS256\", \"kid\": \"k1\"}", claims);
}

static void give_token(struct provider *provider, plx_http_request *request)
{
    if (!takes_code(provider, request)) {
        reply(request, 400, "{\"error\": \"invalid_grant\"}");
        return;
    }
    g_clear_pointer(&provider->code, g_free);
    provider->exchanged++;
    g_autofree char *token = make_token(provider);
    g_autofree char *text =
        g_strdup_printf("{\"access_token\": \"x\", \"token_type\": \"Bearer\"%s%s%s}",
                        provider->fault == PROVIDER_NO_TOKEN ? "" : ", \"id_token\": \"",
                        provider->fault == PROVIDER_NO_TOKEN ? "" : token,
                        provider->fault == PROVIDER_NO_TOKEN ? "" : "\"");
    reply(request, 200, provider->fault == PROVIDER_NONSENSE ? "<html>" : text);
}

static void handle(plx_http_request *request, gpointer data)
{
    struct provider *const provider = data;
    const struct plx_http_slice path = plx_http_request_head(request)->path;
    g_mutex_lock(&provider->lock);
    if (plx_http_slice_is(path, "/.well-known/openid-configuration"))
        tell_configuration(provider, request);
    else if (plx_http_slice_is(path, "/keys"))
        tell_keys(provider, request);
    else if (plx_http_slice_is(path, "/token"))
        give_token(provider, request);
    else
        reply(request, 404, "{}");
    g_mutex_unlock(&provider->lock);
}

static guint admit(const struct plx_http_head *head, guint64 *most, gpointer data)
{
    (void)head;
    (void)data;
    *most = 65536;
    return 0;
}

void provider_begin(struct provider *provider)
{
    const struct plx_http_options options = {.admit = admit, .handle = handle, .data = provider};
    *provider = (struct provider){.sub = "17", .email = "ruth@example.org"};
    g_mutex_init(&provider->lock);
    provider->key = oidc_key_new(2048);
    provider->other = oidc_key_new(2048);
    plx_wire_begin(&provider->wire, &options);
    provider->issuer = g_strdup_printf("http://127.0.0.1:%u", plx_http_port(provider->wire.http));
}

void provider_end(struct provider *provider)
{
    plx_wire_end(&provider->wire);
    oidc_key_free(provider->key);
    oidc_key_free(provider->other);
    g_mutex_clear(&provider->lock);
    g_free(provider->issuer);
    g_free(provider->code);
    g_free(provider->nonce);
    g_free(provider->challenge);
    g_free(provider->back);
}

char *provider_sign_in(struct provider *provider, const char *url)
{
    const char *why;
    g_autofree char *begin = g_strconcat(provider->issuer, "/authorize?", NULL);
    g_assert_true(g_str_has_prefix(url, begin));
    const char *const query = url + strlen(begin);
    g_autoptr(plx_fields) fields =
        plx_fields_parse((struct plx_http_slice){query, (guint)strlen(query)}, &why);
    g_assert_cmpstr(plx_fields_get(fields, "response_type"), ==, "code");
    g_assert_cmpstr(plx_fields_get(fields, "client_id"), ==, PROVIDER_CLIENT);
    g_assert_cmpstr(plx_fields_get(fields, "scope"), ==, "openid email profile");
    g_assert_cmpstr(plx_fields_get(fields, "code_challenge_method"), ==, "S256");
    g_mutex_lock(&provider->lock);
    g_free(provider->code);
    g_free(provider->nonce);
    g_free(provider->challenge);
    g_free(provider->back);
    provider->code = g_uuid_string_random();
    provider->nonce = g_strdup(plx_fields_get(fields, "nonce"));
    provider->challenge = g_strdup(plx_fields_get(fields, "code_challenge"));
    provider->back = g_strdup(plx_fields_get(fields, "redirect_uri"));
    g_assert_true(provider->nonce && provider->challenge && provider->back);
    const char *const path = strstr(provider->back + strlen("http://"), "/");
    char *const to = g_strdup_printf("%s?state=%s&code=%s", path, plx_fields_get(fields, "state"),
                                     provider->code);
    g_mutex_unlock(&provider->lock);
    return to;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/fetch.h"

#include "base/error.h"

#include <curl/curl.h>
#include <string.h>

#define SECONDS 10L
#define LINES_MAX 200 /* of a head */

gboolean plx_fetch_is_safe(const char *url)
{
    static const char *const here[] = {"127.0.0.1", "::1", "localhost"};
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);
    const char *const host = uri ? g_uri_get_host(uri) : NULL;
    if (!host || !*host || g_uri_get_userinfo(uri) || g_uri_get_fragment(uri))
        return FALSE;
    if (strcmp(g_uri_get_scheme(uri), "https") == 0)
        return TRUE;
    if (strcmp(g_uri_get_scheme(uri), "http") != 0)
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(here); i++)
        if (strcmp(host, here[i]) == 0)
            return TRUE;
    return FALSE;
}

static size_t take(char *bytes, size_t size, size_t n, void *data)
{
    GString *const body = data;
    if (body->len + size * n > PLX_FETCH_MAX)
        return 0; /* curl ends it */
    g_string_append_len(body, bytes, (gssize)(size * n));
    return size * n;
}

/* What holds for everything that is asked: no redirects, no proxy of the environment. */
static void set_common(CURL *curl, const char *url, GString *body)
{
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, SECONDS);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "Parallax");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, body);
}

static void set_options(CURL *curl, const struct plx_fetch *fetch, GString *body)
{
    set_common(curl, fetch->url, body);
    if (fetch->form)
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, fetch->form);
    if (fetch->user) {
        curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        curl_easy_setopt(curl, CURLOPT_USERNAME, fetch->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, fetch->password);
    }
}

char *plx_fetch(const struct plx_fetch *fetch, GError **error)
{
    g_autoptr(GUri) uri = g_uri_parse(fetch->url, G_URI_FLAGS_NONE, NULL);
    const char *const host = uri && g_uri_get_host(uri) ? g_uri_get_host(uri) : "";
    CURL *const curl = plx_fetch_is_safe(fetch->url) ? curl_easy_init() : NULL;
    if (!curl) {
        plx_error(error, PLX_ERROR_IO, "%s: neither https nor on this machine", host);
        return NULL;
    }
    GString *const body = g_string_new(NULL);
    long status = 0;
    set_options(curl, fetch, body);
    const CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_cleanup(curl);
    if (code == CURLE_OK && status == 200)
        return g_string_free(body, FALSE);
    g_string_free(body, TRUE);
    if (code != CURLE_OK)
        plx_error(error, PLX_ERROR_IO, "%s: %s", host, curl_easy_strerror(code));
    else
        plx_error(error, PLX_ERROR_IO, "%s: answered with status %ld", host, status);
    return NULL;
}

static long post_with(CURL *curl, const struct plx_fetch_post *post, GString *answer, char **why)
{
    long status = 0;
    struct curl_slist *headers = NULL, *const pin = curl_slist_append(NULL, post->pin);
    for (guint i = 0; post->headers[i]; i++)
        headers = curl_slist_append(headers, post->headers[i]);
    set_common(curl, post->url, answer);
    curl_easy_setopt(curl, CURLOPT_RESOLVE, pin);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, post->body);
    const CURLcode code = curl_easy_perform(curl);
    /* One that says too much was reached all the same. */
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (status == 0 && why)
        *why = g_strdup(curl_easy_strerror(code));
    curl_slist_free_all(headers);
    curl_slist_free_all(pin);
    return status;
}

long plx_fetch_post(const struct plx_fetch_post *post, char **why)
{
    CURL *const curl = curl_easy_init();
    g_autoptr(GString) answer = g_string_new(NULL);
    const long status = curl ? post_with(curl, post, answer, why) : 0;
    curl_easy_cleanup(curl);
    return status;
}

static size_t take_line(char *bytes, size_t size, size_t n, void *data)
{
    plx_fetch_seen *const seen = data;
    g_autofree char *line = g_strndup(bytes, size * n);
    char *const colon = strchr(line, ':');
    if (colon && g_hash_table_size(seen->lines) < LINES_MAX) {
        *colon = '\0';
        g_hash_table_replace(seen->lines, g_ascii_strdown(g_strstrip(line), -1),
                             g_strdup(g_strstrip(colon + 1)));
    }
    return size * n;
}

void plx_fetch_look(const char *url, const char *ca, plx_fetch_seen *seen)
{
    CURL *const curl = curl_easy_init();
    char told[CURL_ERROR_SIZE] = "";
    g_autoptr(GString) body = g_string_new(NULL);
    *seen =
        (plx_fetch_seen){.lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
    set_common(curl, url, body);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_line);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, seen);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, told);
    if (ca)
        curl_easy_setopt(curl, CURLOPT_CAINFO, ca);
    const CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &seen->status);
    curl_easy_cleanup(curl);
    seen->untrusted = seen->status == 0 && code == CURLE_PEER_FAILED_VERIFICATION;
    /* Of a certificate the buffer says which fault it has; behind that is only where curl looked.
     */
    told[strcspn(told, ".")] = '\0';
    if (seen->status == 0)
        seen->why = g_strdup(seen->untrusted && *told ? told : curl_easy_strerror(code));
}

const char *plx_fetch_seen_header(const plx_fetch_seen *seen, const char *name)
{
    g_autofree char *lower = g_ascii_strdown(name, -1);
    return seen->lines ? g_hash_table_lookup(seen->lines, lower) : NULL;
}

void plx_fetch_seen_clear(plx_fetch_seen *seen)
{
    g_free(seen->why);
    g_clear_pointer(&seen->lines, g_hash_table_unref);
    *seen = (plx_fetch_seen){0};
}

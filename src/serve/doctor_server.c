/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is checked of a server that runs: what anybody can see of it. */

#include "serve/doctor_private.h"

#include "serve/address.h"
#include "serve/fetch.h"

#include <string.h>

/* What is looked at. */
struct patient {
    const char *url;
    const char *ca; /* or NULL */
};

static void look(const struct patient *patient, const char *path, struct plx_fetch_seen *seen)
{
    const char *const url = patient->url;
    const gsize length = strlen(url);
    const int rest = (int)(length > 0 && url[length - 1] == '/' ? length - 1 : length);
    g_autofree char *address = g_strdup_printf("%.*s%s", rest, url, path);
    plx_fetch_look(address, patient->ca, seen);
}

/* Is what did not answer plain http as it should, or sent us on, to be asked by https? Its address
 * then, to be freed. */
static char *find_https(const struct patient *patient, const struct plx_fetch_seen *seen)
{
    if (g_ascii_strncasecmp(patient->url, "http://", 7) != 0 || seen->status == 200)
        return NULL;
    g_auto(plx_fetch_seen) there = {0};
    const char *const sent_to = plx_fetch_seen_header(seen, "location");
    g_autofree char *url = g_strconcat("https://", patient->url + 7, NULL);
    const struct patient secure = {url, patient->ca};
    if (sent_to && g_str_has_prefix(sent_to, "https://"))
        return g_strndup(sent_to, 8 + strcspn(sent_to + 8, "/"));
    look(&secure, "/healthz", &there);
    return there.status != 0 || there.untrusted ? g_steal_pointer(&url) : NULL;
}

/* A server that nobody can be sure of is not asked anything. */
static void add_untrusted(GPtrArray *checks, const struct patient *patient, const char *why)
{
    plx_doctor_add(checks, "server", PLX_DOCTOR_BAD,
                   g_strdup_printf("was not asked: its certificate is not trusted (%s)", why),
                   NULL);
    plx_doctor_add(checks, "encryption", PLX_DOCTOR_BAD,
                   g_strdup("the certificate is not trusted: another could stand in between"),
                   patient->ca
                       ? g_strdup_printf("is %s the certificate of who signed it, and does it hold "
                                         "for this name and today?",
                                         patient->ca)
                       : g_strdup("get one of an authority that browsers know; if the authority is "
                                  "your own, give its certificate (PEM) to the browsers, and here "
                                  "with --ca FILE"));
}

/* FALSE: it is not there, and nothing else can be said of it. */
static gboolean check_health(GPtrArray *checks, const struct patient *patient)
{
    g_auto(plx_fetch_seen) seen = {0};
    look(patient, "/healthz", &seen);
    g_autofree char *https = find_https(patient, &seen);
    if (seen.untrusted)
        add_untrusted(checks, patient, seen.why);
    else if (https)
        plx_doctor_add(checks, "server", PLX_DOCTOR_BAD,
                       g_strdup("does not speak plain http there, but https"),
                       g_strdup_printf("--url %s", https));
    else if (seen.status == 200)
        plx_doctor_add(checks, "server", PLX_DOCTOR_OK,
                       g_strdup("answers, and reads its workspace"), NULL);
    else if (seen.status == 0)
        plx_doctor_add(checks, "server", PLX_DOCTOR_BAD,
                       g_strdup_printf("does not answer: %s", seen.why),
                       g_strdup("is it running, and is the address right? With systemd: "
                                "systemctl status parallax"));
    else
        plx_doctor_add(checks, "server", PLX_DOCTOR_BAD,
                       g_strdup_printf("/healthz answers %ld", seen.status),
                       g_strdup("read its log; is it Parallax that answers there?"));
    return seen.status != 0 && !https;
}

/* Is it an address of this machine itself? */
static gboolean is_here(const char *url)
{
    struct plx_address address;
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_NONE, NULL);
    const char *const host = uri ? g_uri_get_host(uri) : NULL;
    return host && (strcmp(host, "localhost") == 0 ||
                    (plx_address_parse(host, &address) && plx_address_is_loopback(&address)));
}

static void check_encryption(GPtrArray *checks, const struct patient *patient)
{
    const char *const url = patient->url;
    if (g_ascii_strncasecmp(url, "https://", 8) == 0)
        plx_doctor_add(checks, "encryption", PLX_DOCTOR_OK,
                       g_strdup(patient->ca ? "what people write is encrypted on its way, for "
                                              "browsers that trust the authority of --ca, too"
                                            : "what people write is encrypted on its way"),
                       NULL);
    else if (is_here(url))
        plx_doctor_add(checks, "encryption", PLX_DOCTOR_OK,
                       g_strdup("plain http, but only within this machine"), NULL);
    else
        plx_doctor_add(checks, "encryption", PLX_DOCTOR_BAD,
                       g_strdup("plain http: what people write can be read on its way"),
                       g_strdup("serve with --certificate and --key, or behind a proxy that has a "
                                "certificate (--proxy, --base-url)"));
}

static void check_headers(GPtrArray *checks, const struct patient *patient)
{
    static const struct {
        const char *name, *has;
    } wanted[] = {{"Content-Security-Policy", "default-src 'none'"},
                  {"Content-Security-Policy", "frame-ancestors 'none'"},
                  {"X-Content-Type-Options", "nosniff"},
                  {"Referrer-Policy", "no-referrer"}};
    g_auto(plx_fetch_seen) seen = {0};
    g_autoptr(GString) missing = g_string_new(NULL);
    look(patient, "/login", &seen);
    for (guint i = 0; i < G_N_ELEMENTS(wanted); i++) {
        const char *const value = plx_fetch_seen_header(&seen, wanted[i].name);
        if (!value || !strstr(value, wanted[i].has))
            g_string_append_printf(missing, "%s%s (%s)", missing->len ? ", " : "", wanted[i].name,
                                   wanted[i].has);
    }
    const char *const policy = plx_fetch_seen_header(&seen, "Content-Security-Policy");
    if (policy && strstr(policy, "unsafe"))
        g_string_append_printf(missing, "%sa policy without exceptions", missing->len ? ", " : "");
    if (missing->len > 0)
        plx_doctor_add(checks, "headers", PLX_DOCTOR_BAD,
                       g_strdup_printf("a page lacks %s", missing->str),
                       g_strdup("the proxy in front must pass headers on as they are"));
    else
        plx_doctor_add(checks, "headers", PLX_DOCTOR_OK,
                       g_strdup("pages tell browsers what may run"), NULL);
}

static void check_metrics(GPtrArray *checks, const struct patient *patient)
{
    g_auto(plx_fetch_seen) seen = {0};
    look(patient, "/metrics", &seen);
    if (seen.status != 200)
        plx_doctor_add(checks, "metrics", PLX_DOCTOR_OK, g_strdup("not for everybody"), NULL);
    else if (is_here(patient->url))
        plx_doctor_add(checks, "metrics", PLX_DOCTOR_OK, g_strdup("for programs of this machine"),
                       NULL);
    else
        plx_doctor_add(checks, "metrics", PLX_DOCTOR_WARNING,
                       g_strdup("/metrics tells everybody how much is asked and answered"),
                       g_strdup("name the proxy (--proxy), so that its clients are told from "
                                "programs of this machine"));
}

void plx_doctor_server(GPtrArray *checks, const char *url, const char *ca)
{
    const struct patient patient = {url, ca};
    if (!check_health(checks, &patient))
        return;
    check_encryption(checks, &patient);
    check_headers(checks, &patient);
    check_metrics(checks, &patient);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Asking another server for something small, by libcurl: certificates are verified, no redirects,
 * ten seconds, at most PLX_FETCH_MAX bytes, only the protocols that plx_fetch_is_safe takes. It
 * waits, so never on the loop's or the writer's thread. Tests: tests/serve/test_oidc.c,
 * tests/serve/test_doctor.py. */

#include <glib.h>

enum { PLX_FETCH_MAX = 1 << 20 };

struct plx_fetch {
    const char *url;
    const char *form;            /* what is posted (urlencoded), or NULL: a GET */
    const char *user, *password; /* of HTTP Basic, or NULL */
};
/* The body of a reply with status 200, to be freed. Errors: PLX_ERROR_IO names the host and what
 * went wrong, never what was sent. */
char *plx_fetch(const struct plx_fetch *fetch, GError **error);

/* "https://...", or plain HTTP on this machine itself (127.0.0.1, [::1], localhost). */
gboolean plx_fetch_is_safe(const char *url);

/* Something to be posted to an address that was looked up and judged before (webhooks.c): `pin` is
 * "host:port:address", so that no second look-up can lead elsewhere. */
struct plx_fetch_post {
    const char *url, *pin, *body;
    const char *const *headers; /* "Name: value", NULL-terminated */
};
/* The status it was answered with; 0: not reached, and *why (may be NULL) says why, to be freed.
 * What is answered is not read further than PLX_FETCH_MAX bytes, and thrown away. */
long plx_fetch_post(const struct plx_fetch_post *post, char **why);

/* What is answered to a GET, whatever it is, also by plain HTTP: for looking at a server as anybody
 * sees it (doctor.h). Nothing secret may be in `url`. */
typedef struct plx_fetch_seen plx_fetch_seen;
struct plx_fetch_seen {
    long status;        /* 0: not reached */
    char *why;          /* then, in words */
    gboolean untrusted; /* then: because of its certificate */
    GHashTable *lines;  /* of the head: name in lower case to value */
};
/* `ca`: a file of the certificates that are trusted (PEM); NULL: those of this machine. */
void plx_fetch_look(const char *url, const char *ca, plx_fetch_seen *seen);
/* NULL: there is none of this name, in any case. */
const char *plx_fetch_seen_header(const plx_fetch_seen *seen, const char *name);
void plx_fetch_seen_clear(plx_fetch_seen *seen);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(plx_fetch_seen, plx_fetch_seen_clear)

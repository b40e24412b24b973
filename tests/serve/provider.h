/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A small OpenID Connect provider at 127.0.0.1: strict about what it gets (redirect_uri, PKCE, the
 * client's secret, each code once), and wrong in one way where that is asked for. */

#include "oidc_key.h"
#include "wire.h"

/* How it is wrong. */
enum provider_fault {
    PROVIDER_GOOD,
    PROVIDER_OTHER_ISSUER, /* in its configuration */
    PROVIDER_OTHER_NONCE,
    PROVIDER_OTHER_KEY, /* signs with a key that it does not publish */
    PROVIDER_NO_TOKEN,
    PROVIDER_REFUSES, /* every code */
    PROVIDER_NONSENSE /* no JSON */
};

struct provider {
    struct plx_wire_server wire;
    oidc_key *key, *other;
    char *issuer;
    GMutex lock; /* of all that follows */
    enum provider_fault fault;
    const char *sub, *email; /* whom it signs in; email NULL: not verified */
    char *code, *nonce, *challenge, *back;
    guint exchanged; /* codes that it took */
};
#define PROVIDER_CLIENT "parallax"
#define PROVIDER_SECRET "s3cret & more"

void provider_begin(struct provider *provider);
void provider_end(struct provider *provider);

/* A person signs in there: `url` is where we sent the browser; where it is sent back to, as a path
 * of ours, to be freed. */
char *provider_sign_in(struct provider *provider, const char *url);

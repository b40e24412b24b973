/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A provider's key for tests: made anew, signs tokens. */

#include <glib.h>
#include <gnutls/abstract.h>

typedef struct oidc_key oidc_key;

oidc_key *oidc_key_new(guint bits);
void oidc_key_free(oidc_key *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(oidc_key, oidc_key_free)

/* The set with this one key, to be freed. `kid` NULL: without. */
char *oidc_key_set(const oidc_key *key, const char *kid);
/* A token of these two JSON texts, to be freed. */
char *oidc_key_sign(const oidc_key *key, const char *header, const char *claims);
/* "base64url" of bytes, to be freed. */
char *oidc_base64(gconstpointer bytes, gsize n);

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/password.h"

#include "base/error.h"

#include <sodium.h>
#include <string.h>

#define PASSES crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE
#define MEMORY crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE

/* Of no password that anybody knows, with the costs of today: what is compared with where there is
 * nothing to compare with. */
static const char NOBODY[] = "$argon2id$v=19$m=65536,t=2,p=1$G5nKmYuup+b0FX/"
                             "uIWKfeg$98Ys2Fm1Vsu6RLXxTTKbPHNnIae5Eu6y0O4by8u/I+0";

/* As it is hashed; NULL for what cannot be one. */
static char *normalise(const char *password)
{
    if (strlen(password) > PLX_PASSWORD_MAX)
        return NULL;
    return g_utf8_normalize(password, -1, G_NORMALIZE_NFKC); /* NULL: no UTF-8 */
}

static void wipe(char *text)
{
    if (text)
        sodium_memzero(text, strlen(text));
    g_free(text);
}

/* "aaaaaaaaaaaa", "abababababab": at most two characters. */
static gboolean is_monotonous(const char *text)
{
    gunichar seen[2] = {0};
    guint n = 0;
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        if ((n > 0 && c == seen[0]) || (n > 1 && c == seen[1]))
            continue;
        if (n == 2)
            return FALSE;
        seen[n++] = c;
    }
    return TRUE;
}

static const char *what_is_wrong(const char *password, const char *login)
{
    g_autofree char *low = g_utf8_strdown(password, -1);
    const char *why = NULL;
    if (g_utf8_strlen(password, -1) < PLX_PASSWORD_MIN)
        why = "account.new.short";
    else if (is_monotonous(password))
        why = "account.new.easy";
    else if (*login && strstr(low, login) && strlen(low) < strlen(login) + PLX_PASSWORD_MIN)
        why = "account.new.name";
    sodium_memzero(low, strlen(low));
    return why;
}

gboolean plx_password_is_good(const char *password, const char *login, const char **why)
{
    char *const normal = normalise(password);
    const char *const wrong = normal ? what_is_wrong(normal, login) : "account.new.long";
    wipe(normal);
    if (wrong)
        *why = wrong;
    return !wrong;
}

char *plx_password_hash(const char *password, GError **error)
{
    char *const normal = normalise(password);
    char *const hash = g_malloc(crypto_pwhash_argon2id_STRBYTES);
    const gboolean ok =
        normal && crypto_pwhash_argon2id_str(hash, normal, strlen(normal), PASSES, MEMORY) == 0;
    wipe(normal);
    if (ok)
        return hash;
    g_free(hash);
    plx_error(error, PLX_ERROR_IO, "no memory to keep a password safely");
    return NULL;
}

/* The library reads as many bytes as a hash may have. */
static void widen(const char *hash, char wide[crypto_pwhash_argon2id_STRBYTES])
{
    memset(wide, 0, crypto_pwhash_argon2id_STRBYTES);
    g_strlcpy(wide, hash, crypto_pwhash_argon2id_STRBYTES);
}

gboolean plx_password_fits(const char *hash, const char *password)
{
    char *const normal = normalise(password);
    const char *const text = normal ? normal : "";
    char wide[crypto_pwhash_argon2id_STRBYTES];
    widen(hash ? hash : NOBODY, wide);
    const gboolean fits = crypto_pwhash_argon2id_str_verify(wide, text, strlen(text)) == 0;
    const gboolean is = fits && hash && normal;
    wipe(normal);
    return is;
}

gboolean plx_password_is_old(const char *hash)
{
    char wide[crypto_pwhash_argon2id_STRBYTES];
    widen(hash, wide);
    return crypto_pwhash_argon2id_str_needs_rehash(wide, PASSES, MEMORY) != 0;
}

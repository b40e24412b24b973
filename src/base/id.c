/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/id.h"

#include <string.h>

#define HASH_DIGITS 6
#define STEM_BYTES_MAX (PLX_ID_BYTES_MAX - HASH_DIGITS - 1)

static gboolean is_ascii(const char *text, gsize length)
{
    unsigned char seen = 0;
    for (gsize i = 0; i < length; i++)
        seen |= (unsigned char)text[i];
    return seen < 0x80;
}

static void trim_end(GString *id)
{
    while (id->len > 0 && id->str[id->len - 1] == '-')
        g_string_truncate(id, id->len - 1);
}

static void append_gap(GString *id)
{
    if (id->len > 0 && id->str[id->len - 1] != '-')
        g_string_append_c(id, '-');
}

/* Nearly all titles are ASCII, where NFKC changes nothing and casefold is lower case. */
static GString *fold_ascii(const char *title, gsize length)
{
    GString *id = g_string_sized_new(length + 1);
    for (gsize i = 0; i < length; i++) {
        if (g_ascii_isalnum(title[i]))
            g_string_append_c(id, g_ascii_tolower(title[i]));
        else
            append_gap(id);
    }
    return id;
}

/* Unicode folds Cherokee to its capitals; g_utf8_casefold (GLib 2.74) swaps the two cases, so that
 * an id would not be its own id. */
static gunichar mend_cherokee(gunichar c)
{
    if (c >= 0xAB70 && c <= 0xABBF)
        return c - 0xAB70 + 0x13A0;
    return c >= 0x13F8 && c <= 0x13FD ? c - 8 : c;
}

/* Folding can undo a composition and composing can undo a folding: both until nothing changes,
 * which is after two rounds for all but a few letters. */
static char *normalise(const char *title, gsize length)
{
    char *text = g_utf8_normalize(title, (gssize)length, G_NORMALIZE_NFKC);
    for (int round = 0; text && round < 4; round++) {
        g_autofree char *folded = g_utf8_casefold(text, -1);
        char *next = g_utf8_normalize(folded, -1, G_NORMALIZE_NFKC);
        gboolean same = strcmp(next, text) == 0;
        g_free(text);
        text = next;
        if (same)
            break;
    }
    return text;
}

static GString *fold_unicode(const char *title, gsize length)
{
    g_autofree char *folded = normalise(title, length);
    if (!folded)
        return g_string_new(NULL);
    GString *id = g_string_sized_new(strlen(folded) + 1);
    for (const char *at = folded; *at; at = g_utf8_next_char(at)) {
        gunichar c = mend_cherokee(g_utf8_get_char(at));
        if (g_unichar_isalnum(c) || g_unichar_ismark(c))
            g_string_append_unichar(id, c);
        else
            append_gap(id);
    }
    return id;
}

static void shorten(GString *id)
{
    if (id->len <= PLX_ID_BYTES_MAX)
        return;
    g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, id->str, -1);
    const char *end = id->str + STEM_BYTES_MAX;
    while ((*end & 0xC0) == 0x80) /* inside a character */
        end--;
    g_string_truncate(id, (gsize)(end - id->str));
    trim_end(id);
    g_string_append_c(id, '-');
    g_string_append_len(id, hash, HASH_DIGITS);
}

char *plx_id_new(const char *title, gsize length)
{
    if (memchr(title, 0, length))
        return NULL;
    gboolean ascii = is_ascii(title, length);
    if (!ascii && !g_utf8_validate(title, (gssize)length, NULL))
        return NULL;
    GString *id = ascii ? fold_ascii(title, length) : fold_unicode(title, length);
    trim_end(id);
    shorten(id);
    return g_string_free(id, id->len == 0);
}

gboolean plx_id_is(const char *text)
{
    g_autofree char *id = plx_id_new(text, strlen(text));
    return id && strcmp(id, text) == 0;
}

static gboolean is_shouted(const char *text)
{
    gboolean upper = FALSE;
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        if (g_unichar_islower(c))
            return FALSE;
        upper |= g_unichar_isupper(c);
    }
    return upper;
}

/* Equal ones stand together. */
static gint by_spelling(gconstpointer a, gconstpointer b)
{
    const char *x = *(const char *const *)a, *y = *(const char *const *)b;
    const gboolean shouted = is_shouted(x);
    return shouted == is_shouted(y) ? strcmp(x, y) : shouted ? 1 : -1;
}

const char *plx_id_pick_spelling(GPtrArray *texts)
{
    const char *picked = NULL;
    guint most = 0;
    g_ptr_array_sort(texts, by_spelling);
    for (guint i = 0, n; i < texts->len; i += n) {
        for (n = 1; i + n < texts->len && strcmp(texts->pdata[i], texts->pdata[i + n]) == 0;)
            n++;
        if (n <= most)
            continue;
        picked = texts->pdata[i];
        most = n;
    }
    return picked;
}

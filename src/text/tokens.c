/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/tokens.h"

#include "base/error.h"
#include "base/id.h"
#include "text/common.h"

#include <libstemmer.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#define HIRAGANA_COMMON 2 /* characters */

struct plx_tokens {
    char language[3];           /* "" when it is not known */
    struct sb_stemmer *stemmer; /* NULL: none for it */
    UBreakIterator *words;
};

plx_tokens *plx_tokens_new(const char *language, GError **error)
{
    plx_tokens *const tokens = g_new0(plx_tokens, 1);
    const char *const name = language ? language : "";
    const gsize n = strcspn(name, "-_");
    if (n == 2) {
        tokens->language[0] = g_ascii_tolower(name[0]);
        tokens->language[1] = g_ascii_tolower(name[1]);
        tokens->stemmer = sb_stemmer_new(tokens->language, "UTF_8");
    }
    UErrorCode code = U_ZERO_ERROR;
    tokens->words = ubrk_open(UBRK_WORD, tokens->language, NULL, 0, &code);
    if (U_SUCCESS(code))
        return tokens;
    plx_error(error, PLX_ERROR_IO, "words cannot be found: %s", u_errorName(code));
    plx_tokens_free(tokens);
    return NULL;
}

void plx_tokens_free(plx_tokens *tokens)
{
    if (!tokens)
        return;
    if (tokens->words)
        ubrk_close(tokens->words);
    if (tokens->stemmer)
        sb_stemmer_delete(tokens->stemmer);
    g_free(tokens);
}

static void clear_token(gpointer data)
{
    struct plx_token *const token = data;
    g_free(token->stem);
}

/* Particles and endings of Japanese. */
static gboolean is_short_hiragana(const char *word)
{
    for (const char *at = word; *at; at = g_utf8_next_char(at))
        if (g_unichar_get_script(g_utf8_get_char(at)) != G_UNICODE_SCRIPT_HIRAGANA)
            return FALSE;
    return g_utf8_strlen(word, -1) <= HIRAGANA_COMMON;
}

/* One letter, but of no script in which it may be a word. */
static gboolean is_lone_letter(const char *word)
{
    const gunichar c = g_utf8_get_char(word);
    return g_utf8_strlen(word, -1) == 1 && g_unichar_isalpha(c) &&
           g_unichar_type(c) != G_UNICODE_OTHER_LETTER;
}

static char *stem_of(const plx_tokens *tokens, const char *word)
{
    const sb_symbol *const stem =
        tokens->stemmer
            ? sb_stemmer_stem(tokens->stemmer, (const sb_symbol *)word, (int)strlen(word))
            : NULL;
    const int length = stem ? sb_stemmer_length(tokens->stemmer) : 0;
    return length > 0 ? g_strndup((const char *)stem, (gsize)length) : g_strdup(word);
}

static void add_word(const plx_tokens *tokens, const char *text, gsize start, gsize end,
                     GArray *found)
{
    g_autofree char *word = plx_id_new(text + start, end - start);
    if (!word)
        return;
    const struct plx_token token = {
        .stem = stem_of(tokens, word),
        .start = (guint)start,
        .length = (guint)(end - start),
        .common = is_lone_letter(word) || is_short_hiragana(word) ||
                  plx_common_has(tokens->language, word),
    };
    g_array_append_val(found, token);
}

/* The next apostrophe, ' or ’, within a word; its length in *length. */
static const char *find_apostrophe(const char *from, const char *end, gsize *length)
{
    for (const char *at = from; at < end; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        if (c == '\'' || c == 0x2019) {
            *length = c == '\'' ? 1 : 3;
            return at;
        }
    }
    return NULL;
}

static void add_parts(const plx_tokens *tokens, const char *text, gsize start, gsize end,
                      GArray *found)
{
    const char *from = text + start, *cut;
    gsize length;
    while ((cut = find_apostrophe(from, text + end, &length))) {
        add_word(tokens, text, (gsize)(from - text), (gsize)(cut - text), found);
        from = cut + length;
    }
    add_word(tokens, text, (gsize)(from - text), end, found);
}

GArray *plx_tokens_read(plx_tokens *tokens, const char *text)
{
    GArray *const found = g_array_new(FALSE, FALSE, sizeof(struct plx_token));
    g_array_set_clear_func(found, clear_token);
    const gsize length = strlen(text);
    if (length > G_MAXINT32 || !g_utf8_validate(text, (gssize)length, NULL))
        return found;
    UErrorCode code = U_ZERO_ERROR;
    UText *const view = utext_openUTF8(NULL, text, (gint64)length, &code);
    ubrk_setUText(tokens->words, view, &code);
    if (U_SUCCESS(code)) {
        int32_t start = ubrk_first(tokens->words), end;
        for (; (end = ubrk_next(tokens->words)) != UBRK_DONE; start = end)
            if (ubrk_getRuleStatus(tokens->words) >= UBRK_WORD_NONE_LIMIT)
                add_parts(tokens, text, (gsize)start, (gsize)end, found);
    }
    utext_close(view);
    return found;
}

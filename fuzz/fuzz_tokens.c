/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words of any text. The first byte chooses the language. Every word lies in the text, after the
 * one before, and has a stem; reading again gives the same. */

#include "text/tokens.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void compare(const GArray *one, const GArray *two, gsize length)
{
    guint end = 0;
    g_assert(one->len == two->len);
    for (guint i = 0; i < one->len; i++) {
        const struct plx_token *const a = &g_array_index(one, struct plx_token, i);
        const struct plx_token *const b = &g_array_index(two, struct plx_token, i);
        g_assert(a->start >= end && a->length > 0 && a->start + a->length <= length);
        g_assert(a->stem[0] != '\0' && strcmp(a->stem, b->stem) == 0);
        g_assert(g_utf8_validate(a->stem, -1, NULL));
        end = a->start + a->length;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = {"", "en", "de", "fr", "ja", "th", "tr", "x"};
    if (size < 1)
        return 0;
    g_autofree char *text = g_strndup((const char *)data + 1, size - 1);
    g_autoptr(plx_tokens) tokens =
        plx_tokens_new(languages[data[0] % G_N_ELEMENTS(languages)], NULL);
    if (!tokens)
        abort();
    g_autoptr(GArray) one = plx_tokens_read(tokens, text);
    g_autoptr(GArray) two = plx_tokens_read(tokens, text);
    compare(one, two, strlen(text));
    return 0;
}

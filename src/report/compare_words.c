/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/compare_words.h"

#include "report/words.h"

char *plx_compare_side_words(const struct plx_compare_sided *side)
{
    GString *const words = g_string_new(NULL);
    for (guint i = 0; side->tests && side->tests[i]; i++) {
        g_string_append(words, i ? ", " : "");
        plx_words_where(words, NULL, side->tests[i]);
    }
    if (side->since && side->until) {
        g_string_append(words, words->len ? ", " : "");
        plx_words_period(words, side->since, side->until);
    }
    if (words->len == 0)
        g_string_append(words, side->label);
    return g_string_free(words, FALSE);
}

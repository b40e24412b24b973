/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/compare_words.h"

#include "report/words.h"

#include <string.h>

/* "Graz or Wien" of "Graz|Wien"; `\|` is a bar within a value. */
static void append_values(GString *out, const char *values)
{
    for (const char *p = values; *p; p++) {
        if (*p == '|') {
            g_string_append(out, " or ");
            continue;
        }
        if (*p == '\\' && p[1] == '|')
            p++;
        g_string_append_c(out, *p);
    }
}

/* A place is known by its name; of anything else it is said what it is: "web (channel)". */
static void append_test(GString *out, const char *test)
{
    const char *const equal = strchr(test, '=');
    const gboolean other = equal > test && equal[-1] == '!';
    g_autofree char *key = g_strndup(test, (gsize)(equal - test - (other ? 1 : 0)));
    const char *const name = g_str_has_prefix(key, "segment.") ? key + strlen("segment.") : key;
    g_string_append(out, other ? "not " : "");
    if (equal[1])
        append_values(out, equal + 1);
    else
        g_string_append(out, "none said");
    if (strcmp(key, "place") != 0 || !equal[1])
        g_string_append_printf(out, " (%s)", g_strdelimit(key + (name - key), "_", ' '));
}

char *plx_compare_side_words(const struct plx_compare_sided *side)
{
    GString *const words = g_string_new(NULL);
    for (guint i = 0; side->tests && side->tests[i]; i++) {
        g_string_append(words, i ? ", " : "");
        append_test(words, side->tests[i]);
    }
    if (side->since && side->until) {
        g_string_append(words, words->len ? ", " : "");
        plx_words_period(words, side->since, side->until);
    }
    if (words->len == 0)
        g_string_append(words, side->label);
    return g_string_free(words, FALSE);
}

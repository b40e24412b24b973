/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/suggest.h"

#include <string.h>

/* Ids and keys are at most this long; only the beginning of longer words is compared, so that
 * hostile input cannot make an error message expensive. */
#define COMPARED_MAX 64
#define PREFIX_MIN 3

struct folded {
    gunichar c[COMPARED_MAX];
    guint n;
};

static void fold(const char *text, struct folded *out)
{
    /* Ids are plain; there are many of them when a file names many things wrongly. */
    for (out->n = 0; out->n < COMPARED_MAX && g_ascii_isprint(text[out->n]); out->n++)
        out->c[out->n] = (gunichar)g_ascii_tolower(text[out->n]);
    if (out->n == COMPARED_MAX || !text[out->n])
        return;
    g_autofree char *valid = g_utf8_make_valid(text, (gssize)strnlen(text, 4 * COMPARED_MAX));
    g_autofree char *lower = g_utf8_casefold(valid, -1);
    out->n = 0;
    for (const char *at = lower; *at && out->n < COMPARED_MAX; at = g_utf8_next_char(at))
        out->c[out->n++] = g_utf8_get_char(at);
}

/* Optimal string alignment with three rows. */
static guint distance(const struct folded *a, const struct folded *b)
{
    guint rows[3][COMPARED_MAX + 1];
    guint *before = rows[0], *last = rows[1], *row = rows[2];
    for (guint j = 0; j <= b->n; j++)
        last[j] = before[j] = j;
    for (guint i = 1; i <= a->n; i++) {
        row[0] = i;
        for (guint j = 1; j <= b->n; j++) {
            guint best = last[j - 1] + (a->c[i - 1] != b->c[j - 1]);
            best = MIN(best, MIN(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a->c[i - 1] == b->c[j - 2] && a->c[i - 2] == b->c[j - 1])
                best = MIN(best, before[j - 2] + 1);
            row[j] = best;
        }
        guint *spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return last[b->n];
}

static gboolean starts_with(const struct folded *text, const struct folded *start)
{
    return text->n > start->n && memcmp(text->c, start->c, start->n * sizeof *start->c) == 0;
}

gint plx_suggest(const char *word, const char *const *candidates, gsize n)
{
    struct folded wanted, candidate;
    fold(word, &wanted);
    guint near = wanted.n <= 4 ? 1 : wanted.n <= 8 ? 2 : 3;
    guint best = MIN(near + 1, wanted.n);
    gint found = -1, longer = -1;
    guint n_longer = 0;
    for (gsize i = 0; i < n; i++) {
        if (!candidates[i])
            continue;
        fold(candidates[i], &candidate);
        if (wanted.n >= PREFIX_MIN && starts_with(&candidate, &wanted)) {
            longer = (gint)i;
            n_longer++;
        }
        guint apart = MAX(wanted.n, candidate.n) - MIN(wanted.n, candidate.n);
        if (apart >= best)
            continue;
        guint edits = distance(&wanted, &candidate);
        if (edits < best) {
            best = edits;
            found = (gint)i;
        }
    }
    if (found >= 0)
        return found;
    return n_longer == 1 ? longer : -1;
}

void plx_suggest_append(GString *message, const char *word, const char *const *candidates, gsize n)
{
    gint found = plx_suggest(word, candidates, n);
    if (found >= 0)
        g_string_append_printf(message, "; did you mean \"%s\"?", candidates[found]);
}

char *plx_suggest_text(const char *word, const char *const *candidates, gsize n)
{
    GString *text = g_string_new(NULL);
    plx_suggest_append(text, word, candidates, n);
    return g_string_free(text, FALSE);
}

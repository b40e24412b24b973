/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of many sayings are quoted: those that say what most say, and not the same twice. */
#include "step/proposals_private.h"

#include "base/id.h"
#include "text/tokens.h"

#include <string.h>

#define LOOKED_AT 2000 /* sayings; of more every second, third ... one */
#define CLEAR_WORDS 4
#define LONG 160 /* letters */
#define STEADY 4 /* as if a saying had so many words more: two common words are not typical */

struct candidate {
    guint index;    /* of the saying */
    GArray *stems;  /* guint, distinct */
    char *normal;   /* its id: equal ones are one */
    gboolean clear; /* long enough to mean something, short enough to be read */
    gboolean taken;
};

struct choice {
    const struct plx_next_said *said;
    GArray *candidates; /* struct candidate */
    GHashTable *stems;  /* text -> number + 1 */
    GArray *weight;     /* guint: sayings that have the stem; 0 once it is said */
    GHashTable *tokens; /* language -> plx_tokens */
};

static void clear_candidate(gpointer data)
{
    struct candidate *const c = data;
    g_array_unref(c->stems);
    g_free(c->normal);
}

static plx_tokens *tokens_of(struct choice *choice, const char *language, GError **error)
{
    plx_tokens *tokens = g_hash_table_lookup(choice->tokens, language);
    if (!tokens && (tokens = plx_tokens_new(language, error)))
        g_hash_table_insert(choice->tokens, g_strdup(language), tokens);
    return tokens;
}

static guint stem_number(struct choice *choice, const char *stem)
{
    const guint known = GPOINTER_TO_UINT(g_hash_table_lookup(choice->stems, stem));
    if (known)
        return known - 1;
    const guint none = 0;
    g_array_append_val(choice->weight, none);
    g_hash_table_insert(choice->stems, g_strdup(stem), GUINT_TO_POINTER(choice->weight->len));
    return choice->weight->len - 1;
}

static void add_stem(struct choice *choice, GArray *stems, const char *stem)
{
    const guint number = stem_number(choice, stem);
    for (guint i = 0; i < stems->len; i++)
        if (g_array_index(stems, guint, i) == number)
            return;
    g_array_append_val(stems, number);
    g_array_index(choice->weight, guint, number)++;
}

static gboolean add_candidate(struct choice *choice, guint index, GError **error)
{
    const struct plx_next_said *said = &choice->said[index];
    plx_tokens *tokens = tokens_of(choice, said->language, error);
    if (!tokens)
        return FALSE;
    g_autoptr(GArray) words = plx_tokens_read(tokens, said->text);
    struct candidate c = {.index = index,
                          .stems = g_array_new(FALSE, FALSE, sizeof(guint)),
                          .normal = plx_id_new(said->text, strlen(said->text)),
                          .clear =
                              words->len >= CLEAR_WORDS && g_utf8_strlen(said->text, -1) <= LONG};
    for (guint i = 0; i < words->len; i++) {
        const struct plx_token *word = &g_array_index(words, struct plx_token, i);
        if (!word->common)
            add_stem(choice, c.stems, word->stem);
    }
    g_array_append_val(choice->candidates, c);
    return TRUE;
}

/* Negative where at least half of it has been said. */
static double gain_of(const struct choice *choice, const struct candidate *c)
{
    guint gain = 0, said = 0;
    for (guint i = 0; i < c->stems->len; i++) {
        const guint weight =
            g_array_index(choice->weight, guint, g_array_index(c->stems, guint, i));
        gain += weight;
        said += weight == 0;
    }
    return said > 0 && 2 * said >= c->stems->len ? -1
                                                 : (double)gain / (double)(c->stems->len + STEADY);
}

static struct candidate *best_of(const struct choice *choice)
{
    struct candidate *best = NULL;
    double most = -1;
    for (guint i = 0; i < choice->candidates->len; i++) {
        struct candidate *c = &g_array_index(choice->candidates, struct candidate, i);
        const double gain = c->taken ? -1 : gain_of(choice, c);
        if (gain < 0 || (best && best->clear && !c->clear) ||
            (best && best->clear == c->clear && gain <= most))
            continue;
        best = c;
        most = gain;
    }
    return best;
}

/* What it says is said; so is all of that person, and what is written alike. */
static void take(struct choice *choice, const struct candidate *best)
{
    for (guint i = 0; i < best->stems->len; i++)
        g_array_index(choice->weight, guint, g_array_index(best->stems, guint, i)) = 0;
    for (guint i = 0; i < choice->candidates->len; i++) {
        struct candidate *c = &g_array_index(choice->candidates, struct candidate, i);
        c->taken = c->taken || choice->said[c->index].unit == choice->said[best->index].unit ||
                   g_strcmp0(c->normal, best->normal) == 0;
    }
}

static void free_tokens(gpointer tokens)
{
    plx_tokens_free(tokens);
}

gint plx_next_choose(const struct plx_next_said *said, guint n, guint most, guint *chosen,
                     GError **error)
{
    struct choice choice = {
        .said = said,
        .candidates = g_array_new(FALSE, FALSE, sizeof(struct candidate)),
        .stems = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .weight = g_array_new(FALSE, FALSE, sizeof(guint)),
        .tokens = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_tokens)};
    const guint step = (n + LOOKED_AT - 1) / LOOKED_AT;
    gboolean ok = TRUE;
    gint found = 0;
    g_array_set_clear_func(choice.candidates, clear_candidate);
    for (guint i = 0; ok && i < n; i += step)
        ok = add_candidate(&choice, i, error);
    for (const struct candidate *best; ok && (guint)found < most && (best = best_of(&choice));) {
        chosen[found++] = best->index;
        take(&choice, best);
    }
    g_array_unref(choice.candidates);
    g_hash_table_unref(choice.stems);
    g_array_unref(choice.weight);
    g_hash_table_unref(choice.tokens);
    return ok ? found : -1;
}

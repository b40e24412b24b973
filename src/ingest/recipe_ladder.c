/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/recipe_ladder.h"

#include "base/id.h"
#include "ingest/recipe_words.h"

#include <string.h>

#define RUNGS_MAX 7

/* Words as ids, lowest rung first; spellings of one rung are separated by blanks. */
static const char *const ladders[][RUNGS_MAX + 1] = {
    {"very-poor", "poor", "fair average neutral acceptable ok okay", "good", "very-good excellent"},
    {"poor", "fair", "good", "very-good", "excellent"},
    {"very-bad terrible", "bad", "neutral average ok okay so-so", "good", "very-good"},
    {"strongly-disagree disagree-strongly completely-disagree",
     "disagree somewhat-disagree disagree-somewhat",
     "neutral neither undecided neither-agree-nor-disagree", "agree somewhat-agree agree-somewhat",
     "strongly-agree agree-strongly completely-agree"},
    {"very-dissatisfied very-unsatisfied very-unhappy extremely-dissatisfied",
     "dissatisfied unsatisfied unhappy somewhat-dissatisfied",
     "neutral neither neither-satisfied-nor-dissatisfied ok okay",
     "satisfied happy somewhat-satisfied", "very-satisfied very-happy extremely-satisfied"},
    {"very-unfavorably", "somewhat-unfavorably",
     "neither-favorably-nor-unfavorably-neutral neutral", "somewhat-favorably", "very-favorably"},
    {"much-worse-than-expected", "worse-than-expected", "as-expected about-as-expected",
     "better-than-expected", "much-better-than-expected"},
    {"very-difficult", "difficult somewhat-difficult", "neutral neither", "easy somewhat-easy",
     "very-easy"},
    {"sehr-unzufrieden", "unzufrieden eher-unzufrieden",
     "neutral teils-teils weder-noch weder-zufrieden-noch-unzufrieden", "zufrieden eher-zufrieden",
     "sehr-zufrieden"},
    {"sehr-schlecht", "schlecht",
     "mittel mittelmässig mittelmassig durchschnittlich neutral befriedigend teils-teils ok", "gut",
     "sehr-gut"},
    {"ungenügend", "mangelhaft", "ausreichend", "befriedigend", "gut", "sehr-gut"},
    {"stimme-überhaupt-nicht-zu stimme-gar-nicht-zu stimme-nicht-zu", "stimme-eher-nicht-zu",
     "teils-teils neutral weder-noch unentschieden", "stimme-eher-zu",
     "stimme-voll-zu stimme-voll-und-ganz-zu stimme-vollkommen-zu stimme-zu"},
    {"stimme-überhaupt-nicht-zu stimme-gar-nicht-zu", "stimme-nicht-zu",
     "teils-teils neutral weder-noch unentschieden", "stimme-zu",
     "stimme-voll-zu stimme-voll-und-ganz-zu stimme-vollkommen-zu"},
    {"trifft-überhaupt-nicht-zu trifft-gar-nicht-zu trifft-nicht-zu", "trifft-eher-nicht-zu",
     "teils-teils neutral weder-noch", "trifft-eher-zu",
     "trifft-voll-zu trifft-voll-und-ganz-zu trifft-völlig-zu trifft-zu"},
};

guint plx_ladder_rungs(gint ladder)
{
    guint n = 0;
    while (n < RUNGS_MAX && ladders[ladder][n])
        n++;
    return n;
}

guint plx_ladder_rung(gint ladder, const char *text)
{
    g_autofree char *id = plx_id_new(text, strlen(text));
    for (guint i = 0; id && ladders[ladder][i]; i++) {
        g_auto(GStrv) words = g_strsplit(ladders[ladder][i], " ", -1);
        if (g_strv_contains((const char *const *)words, id))
            return i + 1;
    }
    return 0;
}

static gboolean holds_all(gint ladder, GHashTable *values, guint strays)
{
    gboolean used[RUNGS_MAX + 1] = {FALSE};
    GHashTableIter iter;
    gpointer text, seen;
    g_hash_table_iter_init(&iter, values);
    while (g_hash_table_iter_next(&iter, &text, &seen)) {
        const guint rung = plx_ladder_rung(ladder, text);
        const gboolean other = rung == 0 && !plx_code_of_text(text);
        if (other && GPOINTER_TO_UINT(seen) > strays)
            return FALSE;
        strays -= other ? GPOINTER_TO_UINT(seen) : 0;
        used[rung] = TRUE;
    }
    guint n = 0;
    for (guint i = 1; i <= RUNGS_MAX; i++)
        n += used[i] ? 1 : 0;
    return n >= 3;
}

gint plx_ladder_find(GHashTable *values, guint strays)
{
    if (g_hash_table_size(values) > 20)
        return -1;
    for (guint apart = 0;; apart = strays) { /* rather one that has all */
        for (gsize i = 0; i < G_N_ELEMENTS(ladders); i++)
            if (holds_all((gint)i, values, apart))
                return (gint)i;
        if (apart == strays)
            return -1;
    }
}

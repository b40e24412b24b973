/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/point_match.h"

#include "text/tokens.h"

#include <math.h>
#include <string.h>

#define PREFIX 4      /* letters that two words must share to begin alike */
#define ALIKE 0.5     /* what such a word counts */
#define ANCHOR 0.4    /* what a word counts that only the anchors have */
#define UNKNOWN 0.333 /* what a word of the question counts that no point has */

/* The stems of one language. */
struct tongue {
    char *language;
    plx_tokens *tokens;
    GHashTable **titles, **anchors; /* of each point: stems */
    GHashTable *known;              /* stem of a title -> number of points that have it */
};

struct plx_point_match {
    const plx_map *map;
    guint n; /* points and vignettes */
    GPtrArray *tongues;
};

static void add_stems(plx_tokens *tokens, const char *text, GHashTable *stems)
{
    g_autoptr(GArray) found = plx_tokens_read(tokens, text);
    for (guint i = 0; i < found->len; i++) {
        const struct plx_token *const token = &g_array_index(found, struct plx_token, i);
        if (!token->common)
            g_hash_table_add(stems, g_strdup(token->stem));
    }
}

static GHashTable *stems_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static void read_point(struct tongue *tongue, const plx_map *map, guint i)
{
    const struct plx_point *const point = &map->points[i];
    tongue->titles[i] = stems_new();
    tongue->anchors[i] = stems_new();
    add_stems(tongue->tokens, plx_map_text(map, point->title, tongue->language), tongue->titles[i]);
    for (guint level = 0; point->levels && level < 6; level++)
        if (point->levels[level])
            add_stems(tongue->tokens, plx_map_text(map, point->levels[level], tongue->language),
                      tongue->anchors[i]);
    GHashTableIter iter;
    gpointer stem;
    g_hash_table_iter_init(&iter, tongue->titles[i]);
    while (g_hash_table_iter_next(&iter, &stem, NULL)) {
        const guint n = GPOINTER_TO_UINT(g_hash_table_lookup(tongue->known, stem));
        g_hash_table_insert(tongue->known, g_strdup(stem), GUINT_TO_POINTER(n + 1));
    }
}

static struct tongue *tongue_new(const plx_map *map, guint n, const char *language, GError **error)
{
    plx_tokens *const tokens = plx_tokens_new(language, error);
    if (!tokens)
        return NULL;
    struct tongue *const tongue = g_new0(struct tongue, 1);
    tongue->language = g_strdup(language);
    tongue->tokens = tokens;
    tongue->titles = g_new0(GHashTable *, n + 1);
    tongue->anchors = g_new0(GHashTable *, n + 1);
    tongue->known = stems_new();
    for (guint i = 0; i < n; i++)
        read_point(tongue, map, i);
    return tongue;
}

static void tongue_free(gpointer data)
{
    struct tongue *const tongue = data;
    for (guint i = 0; tongue->titles[i]; i++) {
        g_hash_table_unref(tongue->titles[i]);
        g_hash_table_unref(tongue->anchors[i]);
    }
    g_free(tongue->titles);
    g_free(tongue->anchors);
    g_hash_table_unref(tongue->known);
    plx_tokens_free(tongue->tokens);
    g_free(tongue->language);
    g_free(tongue);
}

plx_point_match *plx_point_match_new(const plx_map *map, GError **error)
{
    g_autoptr(plx_point_match) match = g_new0(plx_point_match, 1);
    match->map = map;
    match->n = map->n_points + map->n_vignettes;
    match->tongues = g_ptr_array_new_with_free_func(tongue_free);
    g_auto(GStrv) languages = plx_map_languages(map);
    for (char **language = languages; *language; language++) {
        struct tongue *const tongue = tongue_new(map, match->n, *language, error);
        if (!tongue)
            return NULL;
        g_ptr_array_add(match->tongues, tongue);
    }
    return g_steal_pointer(&match);
}

void plx_point_match_free(plx_point_match *match)
{
    if (!match)
        return;
    g_ptr_array_unref(match->tongues);
    g_free(match);
}

static double weight_of(const struct tongue *tongue, guint n, const char *stem)
{
    const guint df = GPOINTER_TO_UINT(g_hash_table_lookup(tongue->known, stem));
    return log(1.0 + (double)n / (double)MAX(df, 1U));
}

/* "wartezeit" and "wart" begin alike; "seat" and "season" do not. */
static gboolean begins_alike(const char *a, const char *b)
{
    const gsize la = strlen(a), lb = strlen(b), shorter = MIN(la, lb);
    return shorter >= PREFIX && strncmp(a, b, shorter) == 0;
}

/* How much of a stem the set has: 1, a half, or nothing. */
static double share_of(GHashTable *stems, const char *stem)
{
    if (g_hash_table_contains(stems, stem))
        return 1.0;
    GHashTableIter iter;
    gpointer other;
    g_hash_table_iter_init(&iter, stems);
    while (g_hash_table_iter_next(&iter, &other, NULL))
        if (begins_alike(stem, other))
            return ALIKE;
    return 0.0;
}

static double sum_of(const struct tongue *tongue, guint n, GHashTable *stems)
{
    double sum = 0.0;
    GHashTableIter iter;
    gpointer stem;
    g_hash_table_iter_init(&iter, stems);
    while (g_hash_table_iter_next(&iter, &stem, NULL))
        sum += weight_of(tongue, n, stem);
    return sum;
}

static double likeness(const struct tongue *tongue, guint n, GHashTable *asked, guint point)
{
    double shared = 0.0, all = 0.0;
    GHashTableIter iter;
    gpointer stem;
    g_hash_table_iter_init(&iter, asked);
    while (g_hash_table_iter_next(&iter, &stem, NULL)) {
        const double weight = weight_of(tongue, n, stem);
        const double title = share_of(tongue->titles[point], stem);
        const double anchor = ANCHOR * share_of(tongue->anchors[point], stem);
        shared += weight * MAX(title, anchor);
        all += weight * (title > 0.0 || share_of(tongue->known, stem) > 0.0 ? 1.0 : UNKNOWN);
    }
    const double own = sum_of(tongue, n, tongue->titles[point]);
    if (shared <= 0.0 || own <= 0.0)
        return 0.0;
    const double recall = MIN(shared / own, 1.0), precision = MIN(shared / all, 1.0);
    return 2.0 * recall * precision / (recall + precision);
}

static gint compare(gconstpointer a, gconstpointer b)
{
    const struct plx_match *const x = a, *const y = b;
    if (x->likeness > y->likeness || x->likeness < y->likeness)
        return x->likeness > y->likeness ? -1 : 1;
    return x->point < y->point ? -1 : x->point > y->point;
}

GArray *plx_point_match_find(const plx_point_match *match, const char *question)
{
    g_autofree double *most = g_new0(double, match->n + 1);
    for (guint t = 0; t < match->tongues->len; t++) {
        const struct tongue *const tongue = match->tongues->pdata[t];
        g_autoptr(GHashTable) asked = stems_new();
        add_stems(tongue->tokens, question, asked);
        for (guint i = 0; i < match->n; i++)
            most[i] = MAX(most[i], likeness(tongue, match->n, asked, i));
    }
    GArray *const found = g_array_new(FALSE, FALSE, sizeof(struct plx_match));
    for (guint i = 0; i < match->n; i++) {
        const struct plx_match one = {i, most[i]};
        if (most[i] >= PLX_MATCH_FROM)
            g_array_append_val(found, one);
    }
    g_array_sort(found, compare);
    return found;
}

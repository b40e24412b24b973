/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/beliefs.h"

#include "base/error.h"
#include "reading/question.h"

#include <math.h>
#include <string.h>

void plx_beliefs_free(plx_beliefs *beliefs)
{
    if (!beliefs)
        return;
    plx_gaps_free(beliefs->gaps);
    plx_gaps_free(beliefs->spread);
    if (beliefs->memory)
        g_ptr_array_unref(beliefs->memory);
    g_free(beliefs);
}

static gpointer keep(plx_beliefs *beliefs, gsize n, gsize size)
{
    gpointer block = g_malloc0_n(n ? n : 1, size);
    g_ptr_array_add(beliefs->memory, block);
    return block;
}

static const struct plx_voice *voice_of(const struct plx_gaps_point *point, gint audience)
{
    for (guint i = 0; i < point->n_voices; i++)
        if ((gint)point->voices[i].audience == audience)
            return &point->voices[i];
    return NULL;
}

static const struct plx_belief *belief_of(const struct plx_gaps_point *point, gint by, gint about)
{
    for (guint i = 0; i < point->n_beliefs; i++)
        if ((gint)point->beliefs[i].by == by && (gint)point->beliefs[i].about == about)
            return &point->beliefs[i];
    return NULL;
}

/* The first audience with guesses, and the first it guessed about: those served who answer come
 * alone, where none does all of them stand there. */
static void choose_sides(const plx_gaps *gaps, gint *by, gint *about)
{
    *by = *about = -1;
    for (guint g = 0; g < gaps->n_groups; g++)
        for (guint p = 0; p < gaps->groups[g].n_points; p++)
            for (guint i = 0; i < gaps->groups[g].points[p].n_beliefs; i++) {
                const struct plx_belief *b = &gaps->groups[g].points[p].beliefs[i];
                if (*by < 0 || (gint)b->by < *by ||
                    ((gint)b->by == *by && (gint)b->about < *about)) {
                    *by = (gint)b->by;
                    *about = (gint)b->about;
                }
            }
    for (guint i = 0; *about < 0 && i < gaps->n_audiences; i++)
        if (gaps->served[i])
            *about = (gint)i;
}

static const struct plx_gaps_group *spread_group(const plx_gaps *spread, const char *key)
{
    for (guint g = 0; spread && g < spread->n_groups; g++)
        if (!spread->by || g_strcmp0(spread->groups[g].key, key) == 0)
            return &spread->groups[g];
    return NULL;
}

static const struct plx_voice *all_guesses(const plx_beliefs *beliefs, const char *key,
                                           const char *point)
{
    const struct plx_gaps_group *group = spread_group(beliefs->spread, key);
    for (guint p = 0; group && p < group->n_points; p++)
        if (strcmp(group->points[p].point, point) == 0)
            for (guint i = 0; i < group->points[p].n_voices; i++) {
                const struct plx_voice *voice = &group->points[p].voices[i];
                if (strcmp(beliefs->spread->audiences[voice->audience],
                           beliefs->gaps->audiences[beliefs->by]) == 0)
                    return voice;
            }
    return NULL;
}

/* The measure `believed` counts every guess given, the comparison each person's first one. Only
 * where both are the same may the counts stand beside the comparison. */
static gboolean same_guesses(const struct plx_voice *all, const struct plx_belief *belief)
{
    const double width = all->scale ? (double)(all->scale->max - all->scale->min) : (double)NAN;
    return all->counts && all->n == belief->n &&
           fabs((all->mean - all->scale->min) / width - belief->believed) < 1e-9;
}

static void fill_moment(const plx_beliefs *beliefs, const char *key,
                        const struct plx_gaps_point *point, const struct plx_belief *belief,
                        struct plx_moment *moment)
{
    const struct plx_voice *all = all_guesses(beliefs, key, point->point);
    *moment = (struct plx_moment){.point = point,
                                  .belief = belief,
                                  .served = voice_of(point, beliefs->about),
                                  .later = PLX_NO_COUNT};
    if (!all || belief->suppressed != PLX_SHOWN)
        return;
    if (all->n >= belief->n)
        moment->later = all->n - belief->n;
    if (same_guesses(all, belief))
        moment->spread = all;
}

static gboolean is_decided(const struct plx_belief *belief)
{
    return belief->verdict == PLX_VERDICT_OVERESTIMATES ||
           belief->verdict == PLX_VERDICT_UNDERESTIMATES;
}

/* Keeps the furthest sorted: a moment goes before those it is further than. */
static void rank(struct plx_beliefs_group *group, guint m)
{
    const double far = fabs(group->moments[m].belief->difference);
    guint at = group->n_furthest;
    while (at > 0 && far > fabs(group->moments[group->furthest[at - 1]].belief->difference) + 1e-12)
        at--;
    if (at == PLX_FURTHEST)
        return;
    const guint last = MIN(group->n_furthest, PLX_FURTHEST - 1);
    for (guint i = last; i > at; i--)
        group->furthest[i] = group->furthest[i - 1];
    group->furthest[at] = m;
    group->n_furthest = last + 1;
}

static void fill_group(plx_beliefs *beliefs, const struct plx_gaps_group *gaps,
                       struct plx_beliefs_group *group)
{
    *group = (struct plx_beliefs_group){.key = gaps->key, .gaps = gaps};
    group->moments = keep(beliefs, gaps->n_points, sizeof *group->moments);
    group->right = keep(beliefs, gaps->n_points, sizeof *group->right);
    group->unguessed = keep(beliefs, gaps->n_points, sizeof *group->unguessed);
    for (guint p = 0; p < gaps->n_points; p++) {
        const struct plx_gaps_point *point = &gaps->points[p];
        const struct plx_belief *belief = belief_of(point, beliefs->by, beliefs->about);
        if (!belief) {
            if (voice_of(point, beliefs->about))
                group->unguessed[group->n_unguessed++] = point;
            continue;
        }
        const guint m = group->n_moments++;
        fill_moment(beliefs, gaps->key, point, belief, &group->moments[m]);
        if (is_decided(belief) && isfinite(belief->difference))
            rank(group, m);
        if (belief->verdict == PLX_VERDICT_SEES_IT)
            group->right[group->n_right++] = m;
    }
    for (guint i = 0; i < gaps->n_rankings && !group->ranking; i++)
        if ((gint)gaps->rankings[i].by == beliefs->by &&
            (gint)gaps->rankings[i].about == beliefs->about)
            group->ranking = &gaps->rankings[i];
}

static plx_beliefs *compose(plx_gaps *gaps, plx_gaps *spread)
{
    plx_beliefs *beliefs = g_new0(plx_beliefs, 1);
    beliefs->memory = g_ptr_array_new_with_free_func(g_free);
    beliefs->gaps = gaps;
    beliefs->spread = spread;
    choose_sides(gaps, &beliefs->by, &beliefs->about);
    beliefs->n_groups = gaps->n_groups;
    beliefs->groups = keep(beliefs, gaps->n_groups, sizeof *beliefs->groups);
    for (guint g = 0; g < gaps->n_groups; g++)
        fill_group(beliefs, &gaps->groups[g], &beliefs->groups[g]);
    return beliefs;
}

/* What is asked of the guesses alone: neither dates nor places apply to them. */
static plx_gaps *read_spread(plx_source *source, const struct plx_gaps_options *options,
                             const plx_question *question, const char *by, GError **error)
{
    const char *const audiences[] = {by, NULL};
    g_autofree const char **where = g_new0(const char *, question->n_tests + 1);
    for (guint i = 0, n = 0; i < question->n_tests; i++)
        if (question->tests[i].key.kind != PLX_KEY_PLACE)
            where[n++] = question->where[i];
    const gboolean split =
        question->split && plx_key_splits_rows(&question->by) && plx_key_is_further(&question->by);
    const struct plx_gaps_options guesses = {.where = where,
                                             .by = split ? options->by : NULL,
                                             .audiences = audiences,
                                             .measure = "believed",
                                             .seed = options->seed};
    return plx_gaps_read(source, &guesses, error);
}

/* Without it there is just no spread: of few people it is hidden, and guesses may know nothing of
 * what the answers are split by (the question itself was understood before). */
static gboolean ask_spread(plx_source *source, const struct plx_gaps_options *options,
                           const plx_question *question, const plx_gaps *gaps, plx_gaps **spread,
                           GError **error)
{
    g_autoptr(GError) failure = NULL;
    gint by, about;
    choose_sides(gaps, &by, &about);
    if (by < 0 || question->room) /* the spread would be of all rooms */
        return TRUE;
    *spread = read_spread(source, options, question, gaps->audiences[by], &failure);
    if (*spread || g_error_matches(failure, PLX_ERROR, PLX_ERROR_NOT_SHOWN) ||
        g_error_matches(failure, PLX_ERROR, PLX_ERROR_USAGE) ||
        g_error_matches(failure, PLX_ERROR, PLX_ERROR_NOT_FOUND))
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
}

/* Guesses are about somebody: who asks for staff alone means staff and the people served. */
static const char **with_served(const plx_map *map, const char *const *asked)
{
    const guint n = asked ? g_strv_length((char **)(guintptr)asked) : 0;
    gboolean any = n == 0;
    for (guint i = 0; i < n; i++) {
        const gint a = plx_map_find_audience(map, asked[i]);
        any = any || a < 0 || map->audiences[a].served;
    }
    if (any)
        return NULL;
    const char **all = g_new0(const char *, n + map->n_audiences + 1);
    memcpy(all, asked, n * sizeof *all);
    for (guint a = 0, at = n; a < map->n_audiences; a++)
        if (map->audiences[a].served)
            all[at++] = map->audiences[a].id;
    return all;
}

plx_beliefs *plx_beliefs_read(plx_source *source, const struct plx_gaps_options *options,
                              GError **error)
{
    struct plx_gaps_options asked = *options;
    if (asked.measure && strcmp(asked.measure, "level") != 0) {
        plx_error(error, PLX_ERROR_USAGE,
                  "--measure \"%s\": guesses are compared with the level at which a moment is "
                  "desired: leave --measure out",
                  asked.measure);
        return NULL;
    }
    g_autofree const char **audiences = with_served(source->map, asked.audiences);
    if (audiences)
        asked.audiences = audiences;
    g_autoptr(plx_question) question = plx_question_new(source->map, &asked, error);
    if (!question)
        return NULL;
    g_autoptr(plx_gaps) gaps = plx_gaps_read(source, &asked, error);
    g_autoptr(plx_gaps) spread = NULL;
    if (!gaps || !ask_spread(source, &asked, question, gaps, &spread, error))
        return NULL;
    return compose(g_steal_pointer(&gaps), g_steal_pointer(&spread));
}

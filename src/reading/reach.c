/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/reach.h"

#include "base/error.h"
#include "reading/gaps_exact.h"
#include "reading/grid.h"
#include "reading/suppress.h"

static gboolean is_cut(const plx_question *question)
{
    return question->dated || question->n_tests > 0 ||
           (question->split && plx_key_splits_rows(&question->by));
}

static plx_filter *rows_of(const plx_question *question, guint audience, gboolean cut,
                           gboolean vignettes)
{
    const char *const ids[] = {question->map->audiences[audience].id, NULL};
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    g_ptr_array_add(all, plx_filter_in(PLX_DIM_AUDIENCE, NULL, ids));
    plx_filter *points = vignettes ? NULL : plx_question_points(question->map);
    if (points)
        g_ptr_array_add(all, points);
    if (cut && question->dated)
        g_ptr_array_add(all, plx_filter_days(question->since, question->until));
    for (guint i = 0; cut && i < question->n_tests; i++) {
        plx_filter *test = plx_test_filter(question->map, &question->tests[i]);
        if (test)
            g_ptr_array_add(all, test);
    }
    return plx_filter_all((plx_filter **)all->pdata, all->len);
}

void plx_reach_init(struct plx_reach *reach, const plx_question *question, guint audience)
{
    const struct plx_audience *a = &question->map->audiences[audience];
    const gboolean whole = a->protected_ && !a->named;
    *reach = (struct plx_reach){.audience = audience, .whole = whole, .minimum = plx_minimum(a)};
    if (whole)
        reach->minimum = MAX(reach->minimum, PLX_MASKED_BELOW);
    if (whole && is_cut(question))
        reach->hidden = PLX_HIDDEN_FILTER;
    reach->filter = rows_of(question, audience, !whole, FALSE);
}

plx_filter *plx_reach_with_vignettes(const struct plx_reach *reach, const plx_question *question)
{
    return rows_of(question, reach->audience, !reach->whole, TRUE);
}

void plx_reach_clear(struct plx_reach *reach)
{
    g_clear_pointer(&reach->filter, plx_filter_free);
}

static gint first_served(const plx_question *question, const gboolean *among,
                         const guint64 *persons)
{
    gint first = -1;
    for (guint a = 0; a < question->map->n_audiences; a++) {
        if (!among[a] || !question->map->audiences[a].served)
            continue;
        if (!persons || persons[a] > 0)
            return (gint)a;
        if (first < 0)
            first = (gint)a;
    }
    return first;
}

gint plx_reach_served(const plx_question *question, const guint64 *persons)
{
    return first_served(question, question->audiences, persons);
}

gboolean plx_reach_hear(const plx_question *question, gboolean whole, const char *why,
                        struct plx_reach *reach, gboolean *heard, GError **error)
{
    const plx_map *map = question->map;
    gint hidden = -1, shown = -1;
    for (guint a = 0; a < map->n_audiences; a++) {
        const gboolean served = map->audiences[a].served;
        if (!question->audiences[a] || (!served && a != PLX_SHOPPER))
            continue;
        plx_reach_init(&reach[a], question, a);
        heard[a] = !reach[a].hidden && (whole || !reach[a].whole);
        if (served)
            *(heard[a] ? &shown : &hidden) = (gint)a;
    }
    if (shown >= 0)
        return TRUE;
    if (hidden < 0)
        return plx_error(error, PLX_ERROR_USAGE,
                         "nobody whose view decides is asked for: leave --audiences out, or name "
                         "one that is served");
    return plx_error(error, PLX_ERROR_NOT_SHOWN, "%s: a protected audience is %s",
                     map->audiences[hidden].id, why);
}

gint plx_reach_answering(const plx_question *question, const gboolean *heard,
                         const struct plx_table *table)
{
    g_autofree guint64 *cells = g_new0(guint64, question->map->n_audiences);
    for (guint i = 0; i < table->n_cells; i++)
        cells[table->cells[i].audience]++;
    return first_served(question, heard, cells);
}

gboolean plx_reach_allows(const struct plx_reach *reach, guint64 persons)
{
    return !reach->hidden && persons >= reach->minimum;
}

void plx_reach_parts(const struct plx_reach *reach, const guint64 *persons, guint n,
                     enum plx_suppression *hidden)
{
    g_autofree guint64 *shown = g_new(guint64, n + 1); /* without the empty ones */
    g_autofree gboolean *pool = g_new0(gboolean, n + 1);
    guint n_shown = 0;
    for (guint i = 0; i < n; i++)
        if (persons[i] > 0)
            shown[n_shown++] = persons[i];
    plx_pool_mark(shown, n_shown, reach->minimum, pool);
    for (guint i = 0, k = 0; i < n; i++) {
        const gboolean pooled = persons[i] > 0 && pool[k++];
        hidden[i] = reach->hidden || reach->whole                   ? PLX_HIDDEN_FILTER
                    : persons[i] > 0 && persons[i] < reach->minimum ? PLX_HIDDEN_FEW
                    : pooled                                        ? PLX_HIDDEN_COMPLEMENTARY
                                                                    : PLX_SHOWN;
    }
}

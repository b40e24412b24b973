/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/promises_private.h"

#include "base/date.h"

#include <string.h>

static const guint32 judged =
    1u << PLX_MEASURE_LEVEL | 1u << PLX_MEASURE_KNOWN | 1u << PLX_MEASURE_KEPT;

struct asking {
    struct plx_promises_asked *asked;
    GArray *needs;
    const char *const *points; /* ids of all points that something is promised about */
};

/* Rows about a promise, or about a point of one. */
static plx_filter *about_promises(const struct asking *asking)
{
    plx_filter *either[] = {plx_filter_kinds(1u << PLX_SUBJECT_PROMISE),
                            plx_filter_in(PLX_DIM_SUBJECT, NULL, asking->points)};
    return plx_filter_any(either, 2);
}

/* Of those heard; `served`: only whose view may decide; `cut`: only who may be cut into parts. */
static plx_filter *rows_of(const struct asking *asking, gboolean served, gboolean cut)
{
    const struct plx_promises_asked *asked = asking->asked;
    const struct plx_audience *audiences = asked->question->map->audiences;
    g_autoptr(GPtrArray) any = g_ptr_array_new();
    for (guint a = 0; a < asked->question->map->n_audiences; a++)
        if (asked->heard[a] && (!served || audiences[a].served) && (!cut || !asked->reach[a].whole))
            g_ptr_array_add(any, plx_filter_copy(asked->reach[a].filter));
    return plx_filter_any((plx_filter **)any->pdata, any->len);
}

/* Takes the filter. */
static guint add(struct asking *asking, struct plx_need need, plx_filter *filter)
{
    g_ptr_array_add(asking->asked->filters, filter);
    need.filter = filter;
    g_array_append_val(asking->needs, need);
    return asking->needs->len - 1;
}

static plx_filter *heard_rows(const struct asking *asking)
{
    plx_filter *both[] = {rows_of(asking, FALSE, FALSE), about_promises(asking)};
    return plx_filter_all(both, 2);
}

static void add_wholes(struct asking *asking)
{
    const guint counts = PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS;
    struct plx_promises_asked *asked = asking->asked;
    asked->all =
        add(asking, (struct plx_need){.kinds = counts, .measures = judged}, heard_rows(asking));
    asked->pairs = add(asking,
                       (struct plx_need){.kinds = PLX_NEED_PAIRS,
                                         .measures = 1u << PLX_MEASURE_KEPT,
                                         .second = PLX_MEASURE_KNOWN},
                       heard_rows(asking));
    plx_filter *points[] = {rows_of(asking, TRUE, FALSE),
                            plx_filter_in(PLX_DIM_SUBJECT, NULL, asking->points)};
    asked->together = add(
        asking, (struct plx_need){.kinds = PLX_NEED_COMOMENTS, .measures = 1u << PLX_MEASURE_LEVEL},
        plx_filter_all(points, 2));
}

static void add_channels(struct asking *asking)
{
    static const struct plx_split channel = {.kind = PLX_SPLIT_DIM, .dim = PLX_DIM_CHANNEL};
    const guint counts = PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS;
    plx_filter *both[] = {rows_of(asking, TRUE, TRUE), about_promises(asking)};
    asking->asked->channels = add(
        asking,
        (struct plx_need){.kinds = counts, .measures = judged, .splits = &channel, .n_splits = 1},
        plx_filter_all(both, 2));
}

static guint add_period(struct asking *asking, const struct plx_promise *promise, gint32 since,
                        gint32 until)
{
    const plx_map *map = asking->asked->question->map;
    g_autofree const char **points = g_new0(const char *, promise->n_points + 1);
    for (guint i = 0; i < promise->n_points; i++)
        points[i] = map->points[promise->points[i]].id;
    plx_filter *all[] = {rows_of(asking, TRUE, TRUE), plx_filter_in(PLX_DIM_SUBJECT, NULL, points),
                         plx_filter_days(since, until)};
    const guint counts = PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS;
    return add(asking, (struct plx_need){.kinds = counts, .measures = 1u << PLX_MEASURE_LEVEL},
               plx_filter_all(all, G_N_ELEMENTS(all)));
}

static void add_months(struct asking *asking)
{
    static const struct plx_split month = {.kind = PLX_SPLIT_MONTH};
    plx_filter *both[] = {rows_of(asking, TRUE, TRUE),
                          plx_filter_in(PLX_DIM_SUBJECT, NULL, asking->points)};
    asking->asked->months =
        add(asking,
            (struct plx_need){.kinds = PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS,
                              .measures = 1u << PLX_MEASURE_LEVEL,
                              .splits = &month,
                              .n_splits = 1},
            plx_filter_all(both, G_N_ELEMENTS(both)));
}

static void add_periods(struct asking *asking)
{
    struct plx_promises_asked *asked = asking->asked;
    const plx_map *map = asked->question->map;
    for (guint i = 0; i < map->n_promises; i++) {
        const struct plx_promise *promise = &map->promises[i];
        struct plx_time time;
        if (!promise->since || !promise->n_points ||
            !plx_time_parse(promise->since, strlen(promise->since), &time))
            continue;
        asked->since[i] = time.day;
        asked->before[i] = add_period(asking, promise, G_MININT32, time.day - 1);
        asked->after[i] = add_period(asking, promise, time.day, G_MAXINT32);
    }
}

static const char **promised_points(const plx_map *map)
{
    g_autofree gboolean *is = g_new0(gboolean, map->n_points + 1);
    for (guint i = 0; i < map->n_promises; i++)
        for (guint p = 0; p < map->promises[i].n_points; p++)
            is[map->promises[i].points[p]] = TRUE;
    const char **ids = g_new0(const char *, map->n_points + 1);
    for (guint p = 0, n = 0; p < map->n_points; p++)
        if (is[p])
            ids[n++] = map->points[p].id;
    return ids;
}

gboolean plx_promises_ask(struct plx_promises_asked *asked, plx_source *source,
                          const plx_question *question, GError **error)
{
    const plx_map *map = question->map;
    *asked = (struct plx_promises_asked){
        .question = question,
        .reach = g_new0(struct plx_reach, map->n_audiences),
        .heard = g_new0(gboolean, map->n_audiences),
        .before = g_new0(guint, map->n_promises + 1),
        .after = g_new0(guint, map->n_promises + 1),
        .since = g_new0(gint32, map->n_promises + 1),
        .filters = g_ptr_array_new_with_free_func((GDestroyNotify)plx_filter_free),
    };
    for (guint i = 0; i < map->n_promises; i++)
        asked->before[i] = asked->after[i] = PLX_NO_NEED;
    if (!plx_reach_hear(question, TRUE, "looked at as a whole, without dates and tests",
                        asked->reach, asked->heard, error))
        return FALSE;
    g_autofree const char **points = promised_points(map);
    g_autoptr(GArray) needs = g_array_new(FALSE, TRUE, sizeof(struct plx_need));
    struct asking asking = {asked, needs, points};
    add_wholes(&asking);
    add_channels(&asking);
    add_months(&asking);
    add_periods(&asking);
    if (!plx_source_ask(source, (const struct plx_need *)(void *)needs->data, needs->len,
                        &asked->answer, error))
        return FALSE;
    asked->served = plx_reach_answering(question, asked->heard, &asked->answer->tables[asked->all]);
    return TRUE;
}

void plx_promises_asked_clear(struct plx_promises_asked *asked)
{
    for (guint a = 0; a < asked->question->map->n_audiences; a++)
        plx_reach_clear(&asked->reach[a]);
    g_free(asked->reach);
    g_free(asked->heard);
    g_free(asked->before);
    g_free(asked->after);
    g_free(asked->since);
    g_ptr_array_unref(asked->filters);
    plx_answer_free(asked->answer);
}

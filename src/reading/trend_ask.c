/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/trend_private.h"

#include "base/date.h"
#include "base/error.h"

#include <string.h>

static const guint32 followed = 1u << PLX_MEASURE_LEVEL | 1u << PLX_MEASURE_OVERALL;

void plx_trend_key(const char *key, gint *year, gint *part)
{
    *year = (gint)g_ascii_strtoll(key, NULL, 10);
    const char *rest = key + 5; /* behind "2025-" */
    *part = (gint)g_ascii_strtoll(*rest == 'W' ? rest + 1 : rest, NULL, 10);
}

guint plx_trend_month_of(const char *key)
{
    gint year, month;
    plx_trend_key(key, &year, &month);
    return (guint)(month + 11) % 12;
}

static plx_filter *heard_rows(const struct plx_trend_asked *asked)
{
    g_autoptr(GPtrArray) any = g_ptr_array_new();
    for (guint a = 0; a < asked->question->map->n_audiences; a++)
        if (asked->heard[a])
            g_ptr_array_add(any, plx_filter_copy(asked->reach[a].filter));
    return plx_filter_any((plx_filter **)any->pdata, any->len);
}

static gboolean ask_by(struct plx_trend_asked *asked, plx_source *source, gboolean weekly,
                       GError **error)
{
    const struct plx_split split = {.kind = weekly ? PLX_SPLIT_WEEK : PLX_SPLIT_MONTH};
    g_autoptr(plx_filter) rows = heard_rows(asked);
    const struct plx_need needs[] = {
        {.kinds = PLX_NEED_COUNTS | PLX_NEED_PERSONS,
         .measures = followed,
         .filter = rows,
         .splits = &split,
         .n_splits = 1},
        {.kinds = PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS,
         .measures = followed,
         .filter = rows},
    };
    g_clear_pointer(&asked->answer, plx_answer_free);
    asked->weekly = weekly;
    return plx_source_ask(source, needs, G_N_ELEMENTS(needs), &asked->answer, error);
}

/* Groups with answers of the people served; the first and the last of them. */
static gboolean find_ends(const struct plx_trend_asked *asked, guint *first, guint *last)
{
    const struct plx_table *table = &asked->answer->tables[0];
    gboolean found = FALSE;
    for (guint i = 0; i < table->n_cells; i++) {
        const struct plx_cell *cell = &table->cells[i];
        if ((gint)cell->audience != asked->served || !*table->groups[cell->group][0])
            continue;
        *first = found ? MIN(*first, cell->group) : cell->group;
        *last = found ? MAX(*last, cell->group) : cell->group;
        found = TRUE;
    }
    return found;
}

static char *next_month(const char *key)
{
    gint year, month;
    plx_trend_key(key, &year, &month);
    return month < 12 ? g_strdup_printf("%04d-%02d", year, month + 1)
                      : g_strdup_printf("%04d-01", year + 1);
}

static char *next_week(const char *key)
{
    gint year, week;
    plx_trend_key(key, &year, &week);
    const gint32 fourth = plx_date_days(year, 1, 4); /* is in week 1 */
    plx_date_iso_week(fourth + 7 * week, &year, &week);
    return g_strdup_printf("%04d-W%02d", year, week);
}

/* Every period from the first to the last, also those without answers. */
static gboolean fill_periods(struct plx_trend_asked *asked)
{
    const struct plx_table *table = &asked->answer->tables[0];
    guint first = 0, last = 0;
    g_clear_pointer(&asked->periods, g_strfreev);
    g_clear_pointer(&asked->group, g_free);
    asked->n_periods = 0;
    if (!find_ends(asked, &first, &last))
        return FALSE;
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    g_autoptr(GArray) groups = g_array_new(FALSE, FALSE, sizeof(gint));
    char *key = g_strdup(table->groups[first][0]);
    for (guint g = first; strcmp(key, table->groups[last][0]) <= 0;) {
        while (g < last && strcmp(table->groups[g][0], key) < 0)
            g++;
        const gint group = strcmp(table->groups[g][0], key) == 0 ? (gint)g : -1;
        g_ptr_array_add(keys, key);
        g_array_append_val(groups, group);
        key = asked->weekly ? next_week(key) : next_month(key);
    }
    g_free(key);
    asked->n_periods = keys->len;
    g_ptr_array_add(keys, NULL);
    asked->periods = (char **)g_ptr_array_steal(keys, NULL);
    asked->group = (gint *)(void *)g_array_free(g_steal_pointer(&groups), FALSE);
    return TRUE;
}

static gboolean ask_and_fill(struct plx_trend_asked *asked, plx_source *source, gboolean weekly,
                             GError **error)
{
    if (!ask_by(asked, source, weekly, error))
        return FALSE;
    asked->served = plx_reach_answering(asked->question, asked->heard, &asked->answer->tables[1]);
    if (!fill_periods(asked))
        return plx_error(error, PLX_ERROR_NOT_FOUND,
                         "no answer of %s has a time: a trend needs the column time",
                         asked->question->map->audiences[asked->served].id);
    return TRUE;
}

gboolean plx_trend_ask(struct plx_trend_asked *asked, plx_source *source,
                       const plx_question *question, const char *by, GError **error)
{
    *asked = (struct plx_trend_asked){
        .question = question,
        .reach = g_new0(struct plx_reach, question->map->n_audiences),
        .heard = g_new0(gboolean, question->map->n_audiences),
    };
    if (!plx_reach_hear(question, FALSE, "not looked at month by month, or week by week",
                        asked->reach, asked->heard, error) ||
        !ask_and_fill(asked, source, g_strcmp0(by, "week") == 0, error))
        return FALSE;
    /* months, unless there are too few of them */
    return by || asked->n_periods >= PLX_TREND_PERIODS || ask_and_fill(asked, source, TRUE, error);
}

void plx_trend_asked_clear(struct plx_trend_asked *asked)
{
    for (guint a = 0; a < asked->question->map->n_audiences; a++)
        plx_reach_clear(&asked->reach[a]);
    g_free(asked->reach);
    g_free(asked->heard);
    g_strfreev(asked->periods);
    g_free(asked->group);
    plx_answer_free(asked->answer);
}

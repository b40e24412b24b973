/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/journey.h"

#include "base/error.h"
#include "map/map_draft.h"
#include "reading/gaps_exact.h"
#include "reading/journey_private.h"

#include <math.h>
#include <string.h>

const char *plx_way_state_code(enum plx_way_state state)
{
    static const char *const codes[PLX_WAY_STATES] = {"shown",       "no_points",   "no_cut",
                                                      "not_linked",  "asked_parts", "no_overall",
                                                      "few_persons", "alike"};
    return codes[state];
}

const char *plx_way_rule_code(enum plx_trip_rule rule)
{
    static const char *const codes[PLX_RULES] = {"mean", "worst",    "peak",
                                                 "end",  "peak_end", "bad_moments"};
    return codes[rule];
}

void plx_ways_free(plx_ways *ways)
{
    if (!ways)
        return;
    plx_about_clear(&ways->about);
    g_free(ways);
}

static void clear_asking(struct plx_way_asking *asking)
{
    plx_reach_clear(&asking->reach);
    g_clear_pointer(&asking->answer, plx_answer_free);
}

static gboolean ask_audience(struct plx_way_asking *asking, guint audience, GError **error)
{
    static const struct plx_split asked = {.kind = PLX_SPLIT_DIM, .dim = PLX_DIM_ASKED_P};
    const guint counts = PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS;
    clear_asking(asking);
    asking->audience = audience;
    plx_reach_init(&asking->reach, asking->question, audience);
    const guint32 measure = 1u << asking->question->measure;
    const plx_filter *filter = asking->reach.filter;
    const struct plx_need needs[PLX_WAY_TABLES] = {
        [PLX_WAY_POINTS] = {.kinds = counts, .measures = measure, .filter = filter},
        [PLX_WAY_WHOLES] = {.kinds = counts,
                            .measures = 1u << PLX_MEASURE_OVERALL | 1u << PLX_MEASURE_CARD,
                            .filter = filter},
        [PLX_WAY_ASKED] = {.kinds = PLX_NEED_COUNTS | PLX_NEED_ENCOUNTERS,
                           .measures = measure,
                           .filter = filter,
                           .splits = &asked,
                           .n_splits = 1},
        [PLX_WAY_LINKS] = {.kinds = PLX_NEED_LINKED,
                           .measures = measure | 1u << PLX_MEASURE_OVERALL,
                           .filter = filter,
                           .splits = &asked,
                           .n_splits = 1},
    };
    return plx_source_ask(asking->source, needs, PLX_WAY_TABLES, &asking->answer, error);
}

static gboolean has_marks(const struct plx_way_asking *asking)
{
    const struct plx_table *table = &asking->answer->tables[PLX_WAY_POINTS];
    for (guint i = 0; i < table->n_cells; i++) {
        const struct plx_tally *tally = plx_cell_tally(&table->cells[i], asking->question->measure);
        if (tally && tally->total > 0)
            return TRUE;
    }
    return FALSE;
}

/* The first served audience that is asked for and rated a point. */
static gboolean find_served(struct plx_way_asking *asking, GError **error)
{
    const plx_map *map = asking->question->map;
    gboolean any = FALSE;
    for (guint a = 0; a < map->n_audiences; a++) {
        if (!map->audiences[a].served || !asking->question->audiences[a])
            continue;
        any = TRUE;
        if (!ask_audience(asking, a, error))
            return FALSE;
        if (has_marks(asking))
            return TRUE;
    }
    if (!any)
        return plx_error(error, PLX_ERROR_NOT_FOUND,
                         "a journey is that of the people served, and nobody served is asked for: "
                         "add them to --audiences, or --declare NAME:served");
    return plx_error(error, PLX_ERROR_NOT_FOUND,
                     "nobody served rated a moment here, so there is no journey to look at");
}

static gboolean check_reach(const struct plx_way_asking *asking, GError **error)
{
    const struct plx_audience *audience = &asking->question->map->audiences[asking->audience];
    const guint64 persons =
        asking->answer->tables[PLX_WAY_POINTS].audience_persons[asking->audience];
    if (asking->reach.hidden)
        return plx_error(error, PLX_ERROR_NOT_SHOWN,
                         "%s is protected and is looked at as a whole only: leave dates and "
                         "--where out",
                         audience->id);
    if (!plx_reach_allows(&asking->reach, persons))
        return plx_error(error, PLX_ERROR_NOT_SHOWN,
                         "a journey is not shown of so few people: %" G_GUINT64_FORMAT
                         " answered as %s, at least %u are needed",
                         persons, audience->id, asking->reach.minimum);
    return TRUE;
}

static gboolean check_question(const plx_question *question, const struct plx_gaps_options *options,
                               GError **error)
{
    if (question->split)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--by %s: a journey is not split; ask for a part by --where, or compare "
                         "two by `parallax compare`",
                         options->by);
    if (question->kind != PLX_SUBJECT_POINT)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--measure \"%s\": expected a measure of moments, such as level",
                         options->measure);
    return TRUE;
}

static void read_way(const struct plx_way_asking *asking, plx_ways *ways, gint journey)
{
    struct plx_way *way = &ways->ways[ways->n];
    const plx_map *map = asking->question->map;
    *way = (struct plx_way){.ordered =
                                journey >= 0 && !plx_map_draft_order(map, &map->journeys[journey])};
    if (journey >= 0) {
        way->id = map->journeys[journey].id;
        way->title = map->journeys[journey].title;
    }
    if (!plx_way_count(asking, journey, ways, way))
        return;
    way->persons =
        (gint64)asking->answer->tables[PLX_WAY_POINTS].audience_persons[asking->audience];
    plx_way_take_whole(asking, ways, way);
    plx_way_no_trips(way, way->state == PLX_WAY_SHOWN ? PLX_WAY_NOT_LINKED : way->state);
    if (way->state == PLX_WAY_SHOWN)
        plx_way_link(asking, ways, way);
    ways->n++;
}

static void add_notes(plx_ways *ways, const struct plx_way_asking *asking)
{
    gint64 hidden = 0;
    for (guint w = 0; w < ways->n; w++)
        hidden += ways->ways[w].n_points - ways->ways[w].n_shown;
    if (hidden)
        plx_about_note(&ways->about, "cells_hidden", (gint)asking->audience, hidden,
                       plx_suppression_code(PLX_HIDDEN_FEW));
}

static plx_ways *read_ways(const struct plx_way_asking *asking)
{
    const plx_question *question = asking->question;
    const gboolean closed = plx_map_is_closed(question->map);
    plx_ways *ways = g_new0(plx_ways, 1);
    plx_about_init(&ways->about, asking->source, question, asking->answer, (gint)asking->audience);
    ways->measure = question->map->measures[question->measure].id;
    ways->ways = plx_keep(ways->about.memory, question->map->n_journeys + 1, sizeof *ways->ways);
    ways->by_person = plx_way_by_person(asking);
    for (guint j = 0; closed && j < question->map->n_journeys; j++)
        read_way(asking, ways, (gint)j);
    if (!closed)
        read_way(asking, ways, -1);
    add_notes(ways, asking);
    return ways;
}

plx_ways *plx_ways_read(plx_source *source, const struct plx_gaps_options *options, GError **error)
{
    g_autoptr(plx_question) question = plx_question_new(source->map, options, error);
    if (!question || !check_question(question, options, error))
        return NULL;
    struct plx_way_asking asking = {.source = source, .question = question};
    plx_ways *ways = NULL;
    if (find_served(&asking, error) && check_reach(&asking, error))
        ways = read_ways(&asking);
    clear_asking(&asking);
    return ways;
}

static void add_figure(GArray *figures, const plx_ways *ways, const struct plx_way *way,
                       struct plx_figure figure)
{
    figure.subject = way->id;
    figure.title = way->title ? way->title : "all moments";
    figure.audience = ways->about.audience;
    g_array_append_val(figures, figure);
}

void plx_ways_figures(const plx_ways *ways, GArray *figures)
{
    for (guint i = 0; i < ways->n; i++) {
        const struct plx_way *way = &ways->ways[i];
        const gboolean down = way->whole.scale && way->whole.scale->down;
        add_figure(figures, ways, way,
                   (struct plx_figure){.what = "bad_moments",
                                       .direction = PLX_MORE_IS_WORSE,
                                       .unit = PLX_UNIT_NUMBER,
                                       .n = way->trips,
                                       .persons = way->persons,
                                       .value = way->bad,
                                       .ci = way->bad_ci,
                                       .margin = NAN});
        add_figure(figures, ways, way,
                   (struct plx_figure){.what = "everything_fine",
                                       .direction = PLX_MORE_IS_BETTER,
                                       .unit = PLX_UNIT_SHARE,
                                       .n = (gint64)way->fine.known.n,
                                       .persons = (gint64)way->fine.known.units,
                                       .value = way->fine.known.p,
                                       .ci = way->fine.known.ci,
                                       .margin = NAN});
        add_figure(figures, ways, way,
                   (struct plx_figure){.what = "overall",
                                       .direction = down ? PLX_MORE_IS_WORSE : PLX_MORE_IS_BETTER,
                                       .unit = PLX_UNIT_LEVELS,
                                       .n = way->whole.n,
                                       .persons = way->whole.persons,
                                       .value = way->whole.mean,
                                       .ci = way->whole.mean_ci,
                                       .margin = NAN});
    }
}

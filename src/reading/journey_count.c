/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/journey_private.h"

#include "reading/gaps_exact.h"
#include "stats/moments.h"

#include <math.h>
#include <string.h>

static gboolean is_point_of(const struct plx_way_asking *asking, guint subject, gint journey)
{
    const struct plx_subject *s = &asking->answer->subjects[subject];
    if (s->kind != PLX_SUBJECT_POINT || !plx_question_takes(asking->question, s) ||
        plx_question_is_retired(asking->question, s))
        return FALSE;
    if (journey < 0)
        return TRUE;
    return s->map_index >= 0 &&
           (gint)asking->question->map->points[s->map_index].journey == journey;
}

static const struct plx_tally *tally_of(const struct plx_way_asking *asking,
                                        enum plx_way_table table, guint group, guint subject,
                                        enum plx_measure measure)
{
    const struct plx_cell *cell =
        plx_table_cell(&asking->answer->tables[table], group, subject, asking->audience);
    return cell ? plx_cell_tally(cell, measure) : NULL;
}

static struct plx_share below_share(const struct plx_distribution *d, const struct plx_scale *scale,
                                    double level)
{
    const gint at = scale->met - scale->min;
    return scale->down ? plx_share(d, (guint)at + 1, d->k - 1, level)
                       : plx_share(d, 0, (guint)at - 1, level);
}

static struct plx_interval times(struct plx_interval ci, double factor)
{
    return (struct plx_interval){ci.lo * factor, ci.hi * factor};
}

static void hide(struct plx_way_point *p, enum plx_suppression why)
{
    const struct plx_interval none = {NAN, NAN};
    p->suppressed = why;
    p->n = p->persons = p->na = p->declined = PLX_NO_COUNT;
    p->below = p->met = p->bad = p->part = p->mean = NAN;
    p->below_ci = p->bad_ci = p->bad_ci_adjusted = p->mean_ci = none;
}

double plx_way_chance(const char *text)
{
    const double chance = *text ? g_ascii_strtod(text, NULL) : 1;
    return chance > 0 ? chance : 1;
}

/* The share of journeys that lead past a point: each asked row stands for 1 / chance of them. */
static gboolean reach_of(const struct plx_way_asking *asking, gint journey, guint subject,
                         double *reach)
{
    const struct plx_table *table = &asking->answer->tables[PLX_WAY_ASKED];
    const guint n_journeys = asking->question->map->n_journeys;
    const guint column = journey < 0 ? n_journeys : (guint)journey;
    double asked = 0, trips = 0, spread = 0;
    gboolean known = FALSE;
    for (guint g = 0; g < table->n_groups; g++) {
        const char *text = table->groups[g][0];
        const double chance = plx_way_chance(text);
        const struct plx_tally *tally =
            tally_of(asking, PLX_WAY_ASKED, g, subject, asking->question->measure);
        const gsize at = (gsize)g * asking->question->map->n_audiences + asking->audience;
        const double here = (double)table->journey_encounters[at * (n_journeys + 1) + column];
        trips += here;
        spread += here * (1 / chance - 1);
        known = known || chance < 1;
        if (tally)
            asked += (double)(tally->total + tally->na + tally->declined) / chance;
    }
    *reach = known && trips > 0 ? plx_trip_reach(asked, trips, spread) : 1;
    return known;
}

static void fill_point(const struct plx_way_asking *asking, gint journey, guint subject,
                       struct plx_ways *ways, struct plx_way *way, struct plx_way_point *p)
{
    const struct plx_subject *s = &asking->answer->subjects[subject];
    const plx_map *map = asking->question->map;
    const struct plx_tally *tally =
        tally_of(asking, PLX_WAY_POINTS, 0, subject, asking->question->measure);
    p->subject = subject;
    p->id = plx_about_copy(&ways->about, s->id);
    p->title = plx_about_copy(&ways->about, s->title);
    if (journey >= 0)
        p->transaction =
            map->journeys[journey].transactions[map->points[s->map_index].transaction].title;
    way->reach_known |= reach_of(asking, journey, subject, &p->reach);
    if (!plx_reach_allows(&asking->reach, tally->persons)) {
        hide(p, PLX_HIDDEN_FEW);
        return;
    }
    const struct plx_distribution d = plx_tally_distribution(tally, FALSE, ways->about.memory);
    p->n = (gint64)tally->total;
    p->persons = (gint64)tally->persons;
    p->na = (gint64)tally->na;
    p->declined = (gint64)tally->declined;
    p->mean = plx_mean(&d);
    p->mean_ci = plx_mean_interval(&d, 0.95);
    p->met = (double)tally->total / (double)(tally->total + tally->na);
    const struct plx_share share = below_share(&d, tally->scale, 0.95);
    p->below = share.p;
    p->below_ci = share.ci;
    p->bad = p->below * p->met * p->reach;
    p->bad_ci = times(p->below_ci, p->met * p->reach);
    p->bad_ci_adjusted =
        times(below_share(&d, tally->scale, 1 - 0.05 / way->n_points).ci, p->met * p->reach);
    way->n_shown++;
}

/* Without linkage: nobody at two points: independent; else as if all went the same way. */
static void sum_points(const struct plx_way_asking *asking, struct plx_way *way)
{
    const struct plx_table *table = &asking->answer->tables[PLX_WAY_POINTS];
    double below = 0, above = 0, below2 = 0, above2 = 0;
    gint64 persons = 0;
    way->bad = 0;
    for (guint i = 0; i < way->n_points; i++) {
        const struct plx_way_point *p = &way->points[i];
        if (p->suppressed)
            continue;
        const double lo = p->bad - p->bad_ci.lo, hi = p->bad_ci.hi - p->bad;
        way->bad += p->bad;
        persons += p->persons;
        below += lo, below2 += lo * lo;
        above += hi, above2 += hi * hi;
    }
    const guint64 distinct = table->audience_persons[asking->audience];
    const gboolean independent = persons == (gint64)distinct;
    way->bad_method = independent ? PLX_WAY_INDEPENDENT : PLX_WAY_BOUND;
    way->bad_ci.lo = MAX(way->bad - (independent ? sqrt(below2) : below), 0);
    way->bad_ci.hi = MIN(way->bad + (independent ? sqrt(above2) : above), way->n_shown);
}

static int by_bad(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct plx_way_point *points = data;
    const guint i = *(const guint *)a, j = *(const guint *)b;
    if (points[i].bad != points[j].bad)
        return points[i].bad < points[j].bad ? 1 : -1;
    return i < j ? -1 : i > j;
}

void plx_way_rank(struct plx_way *way)
{
    g_autofree guint *order = g_new0(guint, way->n_points + 1);
    guint n = 0;
    for (guint i = 0; i < way->n_points; i++)
        if (!way->points[i].suppressed)
            order[n++] = i;
    g_qsort_with_data(order, (gint)n, sizeof *order, by_bad, way->points);
    double sum = 0;
    for (guint i = 0; i < n; i++) {
        struct plx_way_point *p = &way->points[order[i]];
        p->part = way->bad > 0 ? p->bad / way->bad : NAN;
        p->most = way->bad > 0 && sum < way->bad / 2;
        p->stands_out = n > 1 && p->bad_ci_adjusted.lo > way->bad_ci.hi / n;
        sum += p->bad;
    }
}

static GArray *points_of(const struct plx_way_asking *asking, gint journey, struct plx_ways *ways,
                         gboolean *no_cut)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint s = 0; s < asking->answer->n_subjects; s++) {
        const struct plx_tally *tally =
            is_point_of(asking, s, journey)
                ? tally_of(asking, PLX_WAY_POINTS, 0, s, asking->question->measure)
                : NULL;
        if (!tally || tally->total == 0)
            continue;
        ways->scale = ways->scale ? ways->scale : tally->scale;
        *no_cut = *no_cut || tally->scale->met == PLX_NO_CUT;
        g_array_append_val(found, s);
    }
    return found;
}

gboolean plx_way_count(const struct plx_way_asking *asking, gint journey, struct plx_ways *ways,
                       struct plx_way *way)
{
    gboolean no_cut = FALSE;
    g_autoptr(GArray) found = points_of(asking, journey, ways, &no_cut);
    if (found->len == 0)
        return FALSE;
    way->n_points = found->len;
    way->points = plx_keep(ways->about.memory, found->len, sizeof *way->points);
    way->bad = NAN;
    way->bad_ci = (struct plx_interval){NAN, NAN};
    if (no_cut) {
        way->n_points = 0;
        way->state = PLX_WAY_NO_CUT;
        return TRUE;
    }
    for (guint i = 0; i < found->len; i++)
        fill_point(asking, journey, g_array_index(found, guint, i), ways, way, &way->points[i]);
    way->state = way->n_shown ? PLX_WAY_SHOWN : PLX_WAY_FEW;
    if (way->n_shown) {
        sum_points(asking, way);
        plx_way_rank(way);
    }
    return TRUE;
}

/* As a whole --------------------------------------------------------------------------------- */

gint plx_way_subject(const struct plx_way_asking *asking, const char *id)
{
    gint found = -1;
    for (guint s = 0; s < asking->answer->n_subjects; s++) {
        const struct plx_subject *subject = &asking->answer->subjects[s];
        if (subject->kind != PLX_SUBJECT_JOURNEY || (id && strcmp(subject->id, id) != 0))
            continue;
        if (found >= 0)
            return -1; /* without a map: of several, nobody knows which the points belong to */
        found = (gint)s;
    }
    return found;
}

static void take_overall(const struct plx_way_asking *asking, const struct plx_tally *tally,
                         struct plx_ways *ways, struct plx_way_whole *whole)
{
    whole->state = PLX_WAY_NO_OVERALL;
    if (!tally || tally->total == 0)
        return;
    whole->state = PLX_WAY_FEW;
    whole->scale = tally->scale;
    if (!plx_reach_allows(&asking->reach, tally->persons))
        return;
    const struct plx_distribution d = plx_tally_distribution(tally, FALSE, ways->about.memory);
    whole->state = PLX_WAY_SHOWN;
    whole->n = (gint64)tally->total;
    whole->persons = (gint64)tally->persons;
    whole->mean = plx_mean(&d);
    whole->mean_ci = plx_mean_interval(&d, 0.95);
    if (tally->scale->met == PLX_NO_CUT)
        return;
    const struct plx_share below = below_share(&d, tally->scale, 0.95);
    whole->below = below.p;
    whole->below_ci = below.ci;
}

static void take_cards(const struct plx_way_asking *asking, const struct plx_tally *tally,
                       struct plx_ways *ways, struct plx_way_cards *cards)
{
    cards->state = PLX_WAY_NO_OVERALL;
    if (!tally || tally->total == 0)
        return;
    cards->state = PLX_WAY_FEW;
    if (!plx_reach_allows(&asking->reach, tally->persons))
        return;
    const struct plx_distribution d = plx_tally_distribution(tally, FALSE, ways->about.memory);
    const struct plx_share fell = plx_share(&d, 0, 0, 0.95);
    const struct plx_share delighted = plx_share(&d, d.k - 1, d.k - 1, 0.95);
    cards->state = PLX_WAY_SHOWN;
    cards->n = (gint64)tally->total;
    cards->persons = (gint64)tally->persons;
    cards->short_share = fell.p;
    cards->short_ci = fell.ci;
    cards->delighted_share = delighted.p;
    cards->delighted_ci = delighted.ci;
}

void plx_way_take_whole(const struct plx_way_asking *asking, struct plx_ways *ways,
                        struct plx_way *way)
{
    const struct plx_interval none = {NAN, NAN};
    const gint subject = plx_way_subject(asking, way->id);
    way->whole = (struct plx_way_whole){.n = PLX_NO_COUNT,
                                        .persons = PLX_NO_COUNT,
                                        .mean = NAN,
                                        .mean_ci = none,
                                        .below = NAN,
                                        .below_ci = none};
    way->cards = (struct plx_way_cards){.n = PLX_NO_COUNT,
                                        .persons = PLX_NO_COUNT,
                                        .short_share = NAN,
                                        .short_ci = none,
                                        .delighted_share = NAN,
                                        .delighted_ci = none};
    const struct plx_tally *overall = NULL, *card = NULL;
    if (subject >= 0) {
        overall = tally_of(asking, PLX_WAY_WHOLES, 0, (guint)subject, PLX_MEASURE_OVERALL);
        card = tally_of(asking, PLX_WAY_WHOLES, 0, (guint)subject, PLX_MEASURE_CARD);
    }
    take_overall(asking, overall, ways, &way->whole);
    take_cards(asking, card, ways, &way->cards);
}

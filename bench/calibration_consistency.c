/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trials of the reading consistency: a service without differences, one with places that differ,
 * and visits of secret shoppers to such places. */

#include "bench/calibration_trials.h"

#include "bench/calibration_people.h"
#include "reading/consistency.h"
#include "stats/agreement.h"

#include <math.h>

enum { POINTS = 6, CHANNELS = 3, MONTHS = 18 };

static void write_month(GString *csv, guint month)
{
    g_string_append_printf(csv, "%u-%02u-15", 2024 + month / 12, month % 12 + 1);
}

static plx_consistency *read_of(GString *csv)
{
    static const struct plx_gaps_options plain = {.seed = 1};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_people_map(NULL);
    g_autoptr(plx_source) source = plx_people_source(csv, map);
    plx_consistency *read = plx_consistency_read(source, &plain, &error);
    g_assert_no_error(error);
    return read;
}

#define HEADER "audience,respondent,encounter,time,place,channel,point,level\n"

/* Nothing differs ------------------------------------------------------------------------------ */

enum { PERSONS = 400, PLACES = 12 };
enum { AGREES, WORDS, BY_POINT, BY_DOCUMENT, FUNNEL, MONTH, UNSTEADY, TOLD };

/* The word on how far answers agree is not that of the truth. */
static gboolean wrong_word(enum plx_consistency_verdict verdict, double agreement)
{
    return (verdict == PLX_CONSISTENCY_CONSISTENT && agreement <= PLX_CONSISTENCY_AGREE) ||
           (verdict == PLX_CONSISTENCY_INCONSISTENT && agreement >= PLX_CONSISTENCY_WIDE) ||
           (verdict == PLX_CONSISTENCY_MIXED &&
            (agreement <= PLX_CONSISTENCY_WIDE || agreement >= PLX_CONSISTENCY_AGREE));
}

static gboolean is_outside(const struct plx_limits *limits)
{
    for (guint i = 0; i < limits->n_parts; i++)
        if (limits->parts[i].outside)
            return TRUE;
    return FALSE;
}

static gboolean is_by_part(enum plx_consistency_verdict verdict)
{
    return verdict == PLX_CONSISTENCY_BY_PLACE || verdict == PLX_CONSISTENCY_BY_CHANNEL ||
           verdict == PLX_CONSISTENCY_BY_MONTH;
}

static void judge_same(const plx_consistency *read, double share[POINTS][PLX_PEOPLE_LEVELS],
                       struct plx_score *rows)
{
    struct plx_score_hits agrees = {0, 0};
    guint told = 0, wrong = 0, by_part = 0;
    gboolean place = FALSE, month = FALSE, unsteady = FALSE;
    for (guint i = 0; i < read->n_points; i++) {
        const struct plx_consistency_point *it = &read->points[i];
        const double truth = plx_agreement(share[it->point[1] - '0'], PLX_PEOPLE_LEVELS);
        plx_score_look(&agrees, it->agreement_ci, truth);
        told += it->verdict != PLX_CONSISTENCY_NOT_ENOUGH;
        wrong += wrong_word(it->verdict, truth) ? 1 : 0;
        by_part += is_by_part(it->verdict) ? 1 : 0;
        place = place || is_outside(&it->funnel);
        month = month || is_outside(&it->chart);
    }
    for (guint i = 0; i < read->n_places; i++)
        unsteady = unsteady || read->places[i].wide;
    plx_score_add_hits(&rows[AGREES], &agrees);
    plx_score_add(&rows[WORDS], wrong, MAX(told, 1));
    plx_score_add(&rows[BY_POINT], by_part, read->n_points);
    plx_score_add_whether(&rows[BY_DOCUMENT], by_part > 0);
    plx_score_add_whether(&rows[FUNNEL], place);
    plx_score_add_whether(&rows[MONTH], month);
    plx_score_add_whether(&rows[UNSTEADY], unsteady);
    plx_score_add(&rows[TOLD], told, read->n_points);
}

static void run_same(struct plx_random *random, guint64 seed, gconstpointer data,
                     struct plx_score *rows)
{
    static const char *const names[POINTS] = {"even", "bell", "customers",
                                              "low",  "mild", "high peak"};
    double share[POINTS][PLX_PEOPLE_LEVELS];
    g_autoptr(GString) csv = g_string_new(HEADER);
    (void)seed;
    (void)data;
    for (guint p = 0; p < POINTS; p++)
        plx_people_world(names[p], share[p]);
    for (guint i = 0; i < PERSONS; i++) {
        const double mood = plx_random_normal(random);
        /* the first places have many more people than the last */
        const guint place = (guint)(PLACES * pow(plx_random_uniform(random), 2));
        const guint month = (guint)plx_random_below(random, MONTHS);
        const guint channel = (guint)plx_random_below(random, CHANNELS);
        for (guint p = 0; p < POINTS; p++) {
            g_string_append_printf(csv, "customer,c%u,e%u,", i, i);
            write_month(csv, month);
            g_string_append_printf(csv, ",place%u,ch%u,p%u,%u\n", place, channel, p,
                                   plx_people_level(random, share[p], mood, 0.5));
        }
    }
    g_autoptr(plx_consistency) read = read_of(csv);
    judge_same(read, share, rows);
}

const struct plx_trial plx_trial_consistency = {
    .reading = "consistency",
    .world = "400 customers, 12 places, 18 months, all alike",
    .run = run_same,
    .rows = {[AGREES] = {PLX_SCORE_COVERS, "interval of agreement"},
             [WORDS] = {PLX_SCORE_FALSE, "told words that are wrong, of a document's"},
             [BY_POINT] = {PLX_SCORE_FALSE, "moments told as different by place, channel, month"},
             [BY_DOCUMENT] = {PLX_SCORE_FALSE, "documents with such a moment"},
             [FUNNEL] = {PLX_SCORE_FALSE, "documents that name a place far from others"},
             [MONTH] = {PLX_SCORE_FALSE, "documents that name a month outside its limits"},
             [UNSTEADY] = {PLX_SCORE_FALSE, "documents that name an unsteady place"},
             [TOLD] = {PLX_SCORE_TOLD, "moments that have a word"}}};

/* Places differ -------------------------------------------------------------------------------- */

/* A place is better or worse at all points by a normal number of levels; answers are normal about
 * that, rounded to levels. What lies between places then follows by integration. */
struct differ {
    guint places, per_place;
    double between, within; /* sd, before rounding */
    double centre[POINTS];
    double share[POINTS]; /* of the variation of answers */
    double score_share;   /* of the variation of a visit's mean over all points */
    double agreement[POINTS];
};

enum part { PART_MEAN, PART_SQUARE, PART_VARIANCE, PART_LEVEL };
struct moment {
    const struct differ *d;
    guint first, end; /* points: means are averaged over them */
    enum part part;
    guint level;
};

static double at_place(double z, gconstpointer data)
{
    const struct moment *m = data;
    const double points = m->end - m->first;
    double mean = 0, variance = 0, level = 0;
    for (guint p = m->first; p < m->end; p++) {
        double share[PLX_PEOPLE_LEVELS];
        plx_people_normal(m->d->centre[p] + m->d->between * z, m->d->within, share);
        mean += plx_people_mean(share) / points;
        variance += plx_people_variance(share) / points / points;
        level = share[m->level];
    }
    switch (m->part) {
    case PART_MEAN:
        return mean;
    case PART_SQUARE:
        return mean * mean;
    case PART_VARIANCE:
        return variance;
    case PART_LEVEL:
        break;
    }
    return level;
}

static double over_places(const struct differ *d, guint first, guint end, enum part part,
                          guint level)
{
    return plx_people_over_moods(at_place, &(struct moment){d, first, end, part, level});
}

static double share_between(const struct differ *d, guint first, guint end)
{
    const double mean = over_places(d, first, end, PART_MEAN, 0);
    const double between = over_places(d, first, end, PART_SQUARE, 0) - mean * mean;
    return between / (between + over_places(d, first, end, PART_VARIANCE, 0));
}

static gpointer differ_new(guint places, guint per_place)
{
    static const double centre[POINTS] = {2.5, 3, 3.4, 3.8, 4.2, 4.4};
    struct differ *d = g_new0(struct differ, 1);
    *d = (struct differ){.places = places, .per_place = per_place, .between = 0.4, .within = 1};
    for (guint p = 0; p < POINTS; p++) {
        double all[PLX_PEOPLE_LEVELS];
        d->centre[p] = centre[p];
        d->share[p] = share_between(d, p, p + 1);
        for (guint v = 0; v < PLX_PEOPLE_LEVELS; v++)
            all[v] = over_places(d, p, p + 1, PART_LEVEL, v);
        d->agreement[p] = plx_agreement(all, PLX_PEOPLE_LEVELS);
    }
    d->score_share = share_between(d, 0, POINTS);
    return d;
}

static void begin_places(gpointer *data)
{
    *data = differ_new(15, 30);
}

static void begin_visits(gpointer *data)
{
    *data = differ_new(12, 6);
}

/* `who` visits or shops at each place; answers of one are independent but for the place. */
static void write_places(GString *csv, const struct differ *d, const char *audience,
                         guint respondents, struct plx_random *random)
{
    guint at = 0;
    for (guint place = 0; place < d->places; place++) {
        const double off = d->between * plx_random_normal(random);
        for (guint i = 0; i < d->per_place; i++, at++) {
            for (guint p = 0; p < POINTS; p++) {
                const double felt = d->centre[p] + off + d->within * plx_random_normal(random);
                g_string_append_printf(csv, "%s,%c%u,%c-e%u,", audience, *audience,
                                       at % respondents, *audience, at);
                write_month(csv, at % MONTHS);
                g_string_append_printf(csv, ",place%u,,p%u,%.0f\n", place, p,
                                       CLAMP(floor(felt + 0.5), 1, 6));
            }
        }
    }
}

enum { SHARE, FOUND, WIDE };

static void run_places(struct plx_random *random, guint64 seed, gconstpointer data,
                       struct plx_score *rows)
{
    const struct differ *d = data;
    struct plx_score_hits share = {0, 0};
    guint found = 0, wide = 0;
    g_autoptr(GString) csv = g_string_new(HEADER);
    (void)seed;
    write_places(csv, d, "customer", d->places * d->per_place, random);
    g_autoptr(plx_consistency) read = read_of(csv);
    for (guint i = 0; i < read->n_points; i++) {
        const struct plx_consistency_point *it = &read->points[i];
        plx_score_look(&share, it->part[PLX_CONSISTENCY_PLACE].ci, d->share[it->point[1] - '0']);
        found += it->verdict == PLX_CONSISTENCY_BY_PLACE;
        wide += it->verdict == PLX_CONSISTENCY_INCONSISTENT;
    }
    plx_score_add_hits(&rows[SHARE], &share);
    plx_score_add(&rows[FOUND], found, read->n_points);
    plx_score_add(&rows[WIDE], wide, read->n_points);
}

const struct plx_trial plx_trial_consistency_places = {
    .reading = "consistency",
    .world = "15 places that differ, 30 customers each",
    .begin = begin_places,
    .end = g_free,
    .run = run_places,
    .rows = {[SHARE] = {PLX_SCORE_COVERS, "interval of the share between places"},
             [FOUND] = {PLX_SCORE_TOLD, "moments told as different by place"},
             [WIDE] = {PLX_SCORE_FALSE, "moments told as inconsistent everywhere instead"}}};

/* Visits --------------------------------------------------------------------------------------- */

enum { VISITS, ENOUGH, NEVER };

static void run_visits(struct plx_random *random, guint64 seed, gconstpointer data,
                       struct plx_score *rows)
{
    enum { SHOPPERS = 9, CUSTOMERS = 10 };
    const struct differ *d = data;
    struct plx_score_hits share = {0, 0};
    g_autoptr(GString) csv = g_string_new(HEADER);
    (void)seed;
    write_places(csv, d, "shopper", SHOPPERS, random);
    for (guint i = 0; i < CUSTOMERS; i++)
        g_string_append_printf(csv, "customer,c%u,e%u,2024-01-15,place0,,p0,4\n", i, i);
    g_autoptr(plx_consistency) read = read_of(csv);
    const double needed =
        PLX_CONSISTENCY_AIM / (1 - PLX_CONSISTENCY_AIM) * (1 - d->score_share) / d->score_share;
    plx_score_look(&share, read->visits.share_ci, d->score_share);
    plx_score_add_hits(&rows[VISITS], &share);
    plx_score_add_whether(&rows[ENOUGH], read->visits.needed >= needed);
    plx_score_add_whether(&rows[NEVER], isinf(read->visits.needed) != 0);
}

const struct plx_trial plx_trial_consistency_visits = {
    .reading = "consistency",
    .world = "6 visits to each of 12 places that differ",
    .begin = begin_visits,
    .end = g_free,
    .run = run_visits,
    .rows = {[VISITS] = {PLX_SCORE_COVERS, "interval of the share of places in one visit"},
             [ENOUGH] = {PLX_SCORE_TOLD, "the visits said to be needed are enough"},
             [NEVER] = {PLX_SCORE_TOLD, "places told as never to be told apart"}}};

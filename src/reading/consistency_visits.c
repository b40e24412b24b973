/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What visits of secret shoppers can tell of places: a G-study of visits nested in places. */

#include "base/number.h"
#include "reading/consistency_exact.h"
#include "stats/spread.h"

#include <math.h>
#include <string.h>

/* Visits to one place: of each its score. */
struct place_visits {
    const char *key;
    guint n;
    const double *score;
};

/* All places with visits. */
struct scores {
    guint n_places, shoppers;
    struct place_visits *place;
    double *buffer;
};

static void scores_clear(struct scores *s)
{
    g_free(s->place);
    g_free(s->buffer);
}

static const struct plx_profiles *profiles_at(const struct plx_consistency_exact *exact, guint i)
{
    const struct plx_profiles *profiles = &exact->visits->profiles[i];
    return profiles->audience == exact->visitors->audience &&
                   *exact->visits->groups[profiles->group][0]
               ? profiles
               : NULL;
}

/* Means of each subject over all visits: what a visit's answers are compared with. */
static double *subject_means(const struct plx_consistency_exact *exact)
{
    const guint n = exact->answer->n_subjects;
    double *mean = g_new0(double, n + 1);
    g_autofree double *count = g_new0(double, n + 1);
    for (guint i = 0; i < exact->visits->n_profiles; i++) {
        const struct plx_profiles *profiles = profiles_at(exact, i);
        for (gsize at = 0; profiles && at < (gsize)profiles->n_units * n; at++) {
            const double x = profiles->value[at];
            mean[at % n] += isnan(x) ? 0 : x;
            count[at % n] += isnan(x) ? 0 : 1;
        }
    }
    for (guint s = 0; s < n; s++)
        mean[s] = count[s] > 0 ? mean[s] / count[s] : PLX_NAN;
    return mean;
}

/* The mean of one visit's answers, each against its subject's mean; NaN without any. */
static double mean_score(const double *value, const double *mean, guint n)
{
    double sum = 0, count = 0;
    for (guint s = 0; s < n; s++) {
        if (isnan(value[s]) || isnan(mean[s]))
            continue;
        sum += value[s] - mean[s];
        count++;
    }
    return count > 0 ? sum / count : PLX_NAN;
}

/* A place's visits and the means of their answers by subject. */
struct look {
    guint n_subjects;
    const struct plx_profiles *profiles;
    double *mean, *count;  /* by subject, of this place */
    const double *sd;      /* by subject, within places; 0: nothing varies */
    const double *loading; /* by subject */
    double together;
};

typedef double (*score_func)(const struct look *look, const double *value);

static double plain_score(const struct look *look, const double *value)
{
    return mean_score(value, look->mean, look->n_subjects);
}

static struct plx_visit visit_of(const struct look *look, const double *value)
{
    struct plx_visit visit = {0};
    for (guint s = 0; s < look->n_subjects; s++)
        if (!isnan(value[s]) && look->count[s] > 1 && look->sd[s] > 0)
            plx_visit_add(&visit, (value[s] - look->mean[s]) / look->sd[s], look->loading[s]);
    return visit;
}

/* What the visit has in common beside how strict its shopper is. */
static double loaded_score(const struct look *look, const double *value)
{
    const struct plx_visit visit = visit_of(look, value);
    const struct plx_visit_score score = plx_visit_score(&visit, look->together);
    return score.expected > 0 ? score.value / sqrt(score.expected) : PLX_NAN;
}

/* Scores of all visits; `of_place` (may be NULL) makes ready for each place. */
static struct scores scores_new(const struct plx_consistency_exact *exact, struct look *look,
                                void (*of_place)(struct look *look), score_func score_of)
{
    const struct plx_table *table = exact->visits;
    struct scores s = {.place = g_new0(struct place_visits, table->n_profiles + 1)};
    gsize units = 0, at = 0;
    for (guint i = 0; i < table->n_profiles; i++)
        units += table->profiles[i].n_units;
    s.buffer = g_new0(double, units + 1);
    for (guint i = 0; i < table->n_profiles; i++) {
        struct place_visits *place = &s.place[s.n_places];
        look->profiles = profiles_at(exact, i);
        if (!look->profiles)
            continue;
        if (of_place)
            of_place(look);
        *place = (struct place_visits){.key = table->groups[look->profiles->group][0],
                                       .score = s.buffer + at};
        for (gsize u = 0; u < look->profiles->n_units; u++) {
            const double score = score_of(look, look->profiles->value + u * look->n_subjects);
            if (isnan(score))
                continue;
            s.buffer[at++] = score;
            place->n++;
        }
        s.n_places += place->n > 0 ? 1 : 0;
    }
    return s;
}

static struct plx_oneway_group group_of(const struct place_visits *place)
{
    struct plx_oneway_group g = {.n = place->n, .times = 1};
    for (guint i = 0; i < place->n; i++)
        g.mean += place->score[i] / place->n;
    for (guint i = 0; i < place->n; i++)
        g.squares += (place->score[i] - g.mean) * (place->score[i] - g.mean);
    return g;
}

double plx_consistency_needed(double between, double within)
{
    const double ratio = PLX_CONSISTENCY_AIM / (1 - PLX_CONSISTENCY_AIM);
    return between > 0 ? MAX(1, ceil(ratio * within / between)) : PLX_INFINITY;
}

static void conclude(struct plx_consistency_visits *v, const struct plx_oneway *r)
{
    v->between = r->between;
    v->within = r->within;
    v->share = r->share;
    v->share_ci = plx_oneway_interval(r, 0.95);
    if (v->places < 2)
        v->missing = "one_place";
    else if (isnan(r->between))
        v->missing = "one_visit_each";
    else if (isnan(v->share_ci.lo))
        v->missing = "no_variation";
    if (v->missing)
        return;
    v->per_place = r->size;
    v->reliability = r->between / (r->between + r->within / r->size);
    v->needed = plx_consistency_needed(r->between, r->within);
}

void plx_consistency_visits(struct plx_consistency_exact *exact)
{
    struct plx_consistency_visits *v = &exact->out->visits;
    if (!exact->visits)
        return;
    const guint audience = exact->visitors->audience;
    const guint64 persons = exact->visits_persons;
    if (persons == 0)
        return;
    v->audience = exact->question->map->audiences[audience].id;
    if (!plx_reach_allows(exact->visitors, persons)) {
        v->missing = "few_shoppers";
        v->visits = v->shoppers = PLX_NO_COUNT;
        return;
    }
    g_autofree double *mean = subject_means(exact);
    struct look look = {.n_subjects = exact->answer->n_subjects, .mean = mean};
    struct scores s = scores_new(exact, &look, NULL, plain_score);
    g_autofree struct plx_oneway_group *groups = g_new0(struct plx_oneway_group, s.n_places + 1);
    for (guint i = 0; i < s.n_places; i++) {
        groups[i] = group_of(&s.place[i]);
        v->visits += s.place[i].n;
    }
    v->places = s.n_places;
    v->shoppers = (gint64)persons;
    const struct plx_oneway r = plx_oneway(groups, s.n_places);
    conclude(v, &r);
    scores_clear(&s);
}

/* Roots of the weights of points as loadings of subjects; all alike where all weights are 0. */
static double *subject_loadings(const struct plx_consistency_exact *exact, const double *weight)
{
    double *loading = g_new0(double, exact->answer->n_subjects + 1);
    double sum = 0;
    for (guint p = 0; p < exact->out->n_points; p++) {
        loading[exact->subject[p]] = sqrt(weight[p]);
        sum += weight[p];
    }
    for (guint s = 0; s < exact->answer->n_subjects; s++)
        loading[s] = sum > 0 ? loading[s] : 1;
    return loading;
}

static void take_means(struct look *look)
{
    const guint n = look->n_subjects;
    for (guint s = 0; s < n; s++)
        look->mean[s] = look->count[s] = 0;
    for (gsize at = 0; at < (gsize)look->profiles->n_units * n; at++) {
        const double x = look->profiles->value[at];
        look->mean[at % n] += isnan(x) ? 0 : x;
        look->count[at % n] += isnan(x) ? 0 : 1;
    }
    for (guint s = 0; s < n; s++)
        look->mean[s] = look->count[s] > 0 ? look->mean[s] / look->count[s] : PLX_NAN;
}

/* Standard deviations of each subject within places. */
static void learn_sd(const struct plx_consistency_exact *exact, struct look *look, double *sd)
{
    const guint n = look->n_subjects;
    g_autofree double *df = g_new0(double, n + 1);
    for (guint i = 0; i < exact->visits->n_profiles; i++) {
        look->profiles = profiles_at(exact, i);
        if (!look->profiles)
            continue;
        take_means(look);
        for (gsize at = 0; at < (gsize)look->profiles->n_units * n; at++) {
            const double off = look->profiles->value[at] - look->mean[at % n];
            sd[at % n] += isnan(off) ? 0 : off * off;
        }
        for (guint s = 0; s < n; s++)
            df[s] += MAX(0, look->count[s] - 1);
    }
    for (guint s = 0; s < n; s++)
        sd[s] = df[s] > 0 ? sqrt(sd[s] / df[s]) : 0;
}

/* How alike the answers of one visit are: above all, how much shoppers differ. */
static void learn_together(const struct plx_consistency_exact *exact, struct look *look)
{
    struct plx_visit_pool pool = {0};
    for (guint i = 0; i < exact->visits->n_profiles; i++) {
        look->profiles = profiles_at(exact, i);
        if (!look->profiles)
            continue;
        take_means(look);
        for (gsize u = 0; u < look->profiles->n_units; u++) {
            const struct plx_visit visit =
                visit_of(look, look->profiles->value + u * look->n_subjects);
            plx_visit_pool(&pool, &visit);
        }
    }
    look->together = plx_visit_together(&pool);
}

/* As wide as the visits of each place against those of all others. Scores are means of answers:
 * near enough to normal. */
static void compare(const struct plx_consistency_exact *exact, const struct scores *s, double *p)
{
    const struct plx_cut *cut = &exact->cut[PLX_CONSISTENCY_PLACE];
    double squares = 0, df = 0;
    for (guint i = 0; i < s->n_places; i++) {
        squares += group_of(&s->place[i]).squares;
        df += s->place[i].n - 1;
    }
    for (guint i = 0, c = 0; i < s->n_places; i++) {
        while (c < cut->n_parts && strcmp(cut->key[c], s->place[i].key) < 0)
            c++;
        if (c == cut->n_parts || strcmp(cut->key[c], s->place[i].key) != 0 || s->place[i].n < 2 ||
            !plx_reach_allows(exact->visitors, s->place[i].n))
            continue;
        const double own = s->place[i].n - 1, here = group_of(&s->place[i]).squares;
        p[c] =
            plx_spread_compare(here / own, own, (squares - here) / (df - own), df - own, 3, 0.95).p;
    }
}

void plx_consistency_visits_spread(const struct plx_consistency_exact *exact, const double *weight,
                                   double *p)
{
    for (guint i = 0; i < exact->cut[PLX_CONSISTENCY_PLACE].n_parts; i++)
        p[i] = PLX_NAN;
    if (!exact->visits)
        return;
    const guint n = exact->answer->n_subjects;
    g_autofree double *loading = subject_loadings(exact, weight);
    g_autofree double *mean = g_new0(double, n + 1);
    g_autofree double *count = g_new0(double, n + 1);
    g_autofree double *sd = g_new0(double, n + 1);
    struct look look = {
        .n_subjects = n, .mean = mean, .count = count, .sd = sd, .loading = loading};
    learn_sd(exact, &look, sd);
    learn_together(exact, &look);
    struct scores s = scores_new(exact, &look, take_means, loaded_score);
    compare(exact, &s, p);
    scores_clear(&s);
}

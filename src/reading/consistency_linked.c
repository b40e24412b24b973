/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What answers of one visit have in common: whether visits to a place differ more than visits to
 * others, and how much of all variation lies between persons, points and places.
 *
 * A visit's score adds up its answers, each against the mean of its point and place, in standard
 * deviations, less what the mood of who answers lets expect. Squared scores are compared with what
 * answers elsewhere let expect of so many answers to such points; how much they vary anyway is
 * learnt from persons elsewhere, so that answers of one person may go together in any way. */

#include "base/number.h"
#include "reading/consistency_exact.h"
#include "stats/varcomp.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#define NO_POINT G_MAXUINT32
/* More rows are not fitted in the time a reading may take. */
#define FITTED_MOST 1000000
#define INTERVALS_MOST 100000

/* Of one person at one place: squared scores, what is expected of them, equally weighted excess. */
struct person {
    guint place;
    double squares, expected, excess;
};

struct place_total {
    double squares, expected, expected2, moment4;
};

struct linked {
    const struct plx_consistency_exact *exact;
    const struct plx_linked *data;
    const struct plx_place_cell *cell; /* [place x points] */
    const double *weight;              /* [point] */
    gboolean weighted;
    guint32 *point; /* by subject, or NO_POINT */
    guint32 *place; /* by group, or n_parts */
    guint n_places;
    double together; /* correlation of answers of one visit */
    double excess2, single2;
    struct place_total *total; /* by place */
};

static guint32 *points_of(const struct plx_consistency_exact *exact)
{
    guint32 *point = g_new0(guint32, exact->answer->n_subjects + 1);
    for (guint s = 0; s < exact->answer->n_subjects; s++)
        point[s] = NO_POINT;
    for (guint p = 0; p < exact->out->n_points; p++)
        if (exact->out->points[p].suppressed == PLX_SHOWN)
            point[exact->subject[p]] = p;
    return point;
}

static guint32 *places_of(const struct plx_cut *cut)
{
    guint32 *place = g_new0(guint32, cut->table->n_groups + 1);
    for (guint g = 0; g < cut->table->n_groups; g++)
        place[g] = cut->n_parts;
    for (guint i = 0; i < cut->n_parts; i++)
        if (cut->hidden[i] == PLX_SHOWN)
            place[cut->group[i]] = i;
    return place;
}

/* One answer in standard deviations from the mean of its point and place; NaN: not to be used. */
static double residual(const struct linked *l, guint64 i, guint *place, double *a)
{
    const guint32 p = l->point[l->data->subject[i]];
    const gint8 x = l->data->value[0][i];
    *place = l->place[l->data->group ? l->data->group[i] : 0];
    if (p == NO_POINT || x <= PLX_CELL_DECLINED || *place == l->n_places)
        return PLX_NAN;
    const struct plx_place_cell *cell = &l->cell[(gsize)*place * l->exact->out->n_points + p];
    *a = l->weighted ? sqrt(l->weight[p]) : 1;
    return cell->units > 1 && cell->within > 0
               ? (x - cell->mean) * sqrt(cell->units / (cell->units - 1)) / cell->within
               : PLX_NAN;
}

void plx_visit_add(struct plx_visit *visit, double residual, double loading)
{
    visit->n++;
    visit->sum += residual;
    visit->squares += residual * residual;
    visit->loaded += loading * residual;
    visit->loading += loading;
    visit->loading2 += loading * loading;
}

void plx_visit_pool(struct plx_visit_pool *pool, const struct plx_visit *visit)
{
    pool->products += visit->sum * visit->sum - visit->squares;
    pool->pairs += visit->n * visit->n - visit->n;
    pool->squares += visit->squares;
    pool->n += visit->n;
}

/* Beyond it nothing would be left to compare. */
#define TOGETHER_MOST 0.95

double plx_visit_together(const struct plx_visit_pool *pool)
{
    return pool->pairs > 0 && pool->squares > 0
               ? CLAMP(pool->products / pool->pairs * pool->n / pool->squares, 0, TOGETHER_MOST)
               : 0;
}

struct plx_visit_score plx_visit_score(const struct plx_visit *visit, double together)
{
    const double c = together / (1 - together + visit->n * together);
    const double all = visit->loading * visit->loading;
    const double own = visit->loading2 - 2 * c * all + visit->n * c * c * all;
    const double left = visit->loading * (1 - visit->n * c);
    return (struct plx_visit_score){visit->loaded - c * visit->loading * visit->sum,
                                    (1 - together) * own + together * left * left};
}

/* All answers of one encounter at the place of the first; the place is n_places without any. */
static struct plx_visit add_visit(const struct linked *l, guint64 e, guint *place, double *excess)
{
    struct plx_visit v = {0};
    *place = l->n_places;
    for (guint64 i = l->data->encounter_first[e]; i < l->data->encounter_first[e + 1]; i++) {
        guint here;
        double a = 0;
        const double r = residual(l, i, &here, &a);
        if (isnan(r) || (*place != l->n_places && here != *place))
            continue;
        *place = here;
        plx_visit_add(&v, r, a);
        excess[0] += r * r - 1;
        excess[1] += (r * r - 1) * (r * r - 1);
    }
    return v;
}

/* The correlation that answers of one visit have by themselves. */
static void learn_together(struct linked *l)
{
    struct plx_visit_pool pool = {0};
    double excess[2] = {0};
    guint place;
    for (guint64 e = 0; e < l->data->n_encounters; e++) {
        const struct plx_visit v = add_visit(l, e, &place, excess);
        plx_visit_pool(&pool, &v);
    }
    l->together = plx_visit_together(&pool);
}

static void close_person(struct linked *l, const struct person *person)
{
    if (!(person->expected > 0))
        return;
    struct place_total *total = &l->total[person->place];
    const double off = person->squares - person->expected;
    total->squares += person->squares;
    total->expected += person->expected;
    total->expected2 += person->expected * person->expected;
    total->moment4 += off * off;
}

static void add_persons(struct linked *l)
{
    const struct plx_linked *data = l->data;
    for (guint64 u = 0; u < data->n_units; u++) {
        struct person person = {.place = l->n_places};
        double excess[2] = {0};
        for (guint64 e = data->unit_first[u]; e < data->unit_first[u + 1]; e++) {
            guint place;
            const struct plx_visit v = add_visit(l, e, &place, excess);
            const struct plx_visit_score score = plx_visit_score(&v, l->together);
            if (place == l->n_places)
                continue;
            if (place != person.place) {
                close_person(l, &person);
                person = (struct person){.place = place};
            }
            person.squares += score.value * score.value;
            person.expected += score.expected;
        }
        close_person(l, &person);
        l->excess2 += excess[0] * excess[0];
        l->single2 += excess[1];
    }
}

/* How much squared scores vary is learnt from the others: a place's own must not hide it. */
static void compare(const struct linked *l, double *p)
{
    struct place_total all = {0};
    for (guint i = 0; i < l->n_places; i++) {
        all.squares += l->total[i].squares;
        all.expected += l->total[i].expected;
        all.expected2 += l->total[i].expected2;
        all.moment4 += l->total[i].moment4;
    }
    for (guint i = 0; i < l->n_places; i++) {
        const struct place_total *t = &l->total[i];
        const struct place_total rest = {all.squares - t->squares, all.expected - t->expected,
                                         all.expected2 - t->expected2, all.moment4 - t->moment4};
        if (!(t->expected > 0) || !(rest.expected > 0) || !(rest.squares > 0) ||
            !(rest.moment4 > 0))
            continue;
        const double vary = rest.moment4 / rest.expected2;
        const double df = 2 * t->expected * t->expected / (vary * t->expected2);
        const double others = 2 * rest.expected * rest.expected / (vary * rest.expected2);
        p[i] =
            gsl_cdf_fdist_Q(t->squares / t->expected / (rest.squares / rest.expected), df, others);
    }
}

void plx_consistency_linked_spread(struct plx_consistency_exact *exact,
                                   const struct plx_place_cell *cell, const double *weight,
                                   double *p)
{
    const struct plx_cut *cut = &exact->cut[PLX_CONSISTENCY_PLACE];
    for (guint i = 0; i < cut->n_parts; i++)
        p[i] = PLX_NAN;
    exact->inflation = 1;
    if (!cut->table->linked || cut->table->linked->n_measures != 1 || cut->n_parts < 2)
        return;
    g_autofree guint32 *point = points_of(exact);
    g_autofree guint32 *place = places_of(cut);
    g_autofree struct place_total *total = g_new0(struct place_total, cut->n_parts + 1);
    struct linked l = {.exact = exact,
                       .data = cut->table->linked,
                       .cell = cell,
                       .weight = weight,
                       .point = point,
                       .place = place,
                       .n_places = cut->n_parts,
                       .total = total};
    for (guint i = 0; i < exact->out->n_points; i++)
        l.weighted = l.weighted || weight[i] > 0;
    learn_together(&l);
    add_persons(&l);
    compare(&l, p);
    if (l.single2 > 0)
        exact->inflation = MAX(1, l.excess2 / l.single2);
}

/* All variation ------------------------------------------------------------------------------- */

struct rows {
    double *y;
    guint32 *code[PLX_OVERALL_KINDS];
    gsize n, levels[PLX_OVERALL_KINDS];
};

/* Codes counted up as they are needed. */
static guint32 level_of(guint32 *seen, guint32 of, gsize *levels)
{
    if (seen[of] == 0)
        seen[of] = (guint32)++ * levels;
    return seen[of] - 1;
}

static void take_rows(const struct plx_consistency_exact *exact, const struct plx_linked *data,
                      struct rows *rows)
{
    const struct plx_table *table = exact->cut[PLX_CONSISTENCY_PLACE].table;
    g_autofree guint32 *point = points_of(exact);
    g_autofree guint32 *place = places_of(&exact->cut[PLX_CONSISTENCY_PLACE]);
    g_autofree guint32 *seen_point = g_new0(guint32, exact->out->n_points + 1);
    g_autofree guint32 *seen_place = g_new0(guint32, table->n_groups + 1);
    for (guint64 u = 0; u < data->n_units; u++) {
        const gsize before = rows->n;
        for (guint64 i = data->encounter_first[data->unit_first[u]];
             i < data->encounter_first[data->unit_first[u + 1]]; i++) {
            const guint32 p = point[data->subject[i]], group = data->group ? data->group[i] : 0;
            const gboolean placed = table->n_groups > 0 && *table->groups[group][0];
            if (p == NO_POINT || data->value[0][i] <= PLX_CELL_DECLINED ||
                (placed && place[group] == exact->cut[PLX_CONSISTENCY_PLACE].n_parts))
                continue;
            rows->y[rows->n] = data->value[0][i];
            rows->code[PLX_OVERALL_POINT][rows->n] =
                level_of(seen_point, p, &rows->levels[PLX_OVERALL_POINT]);
            rows->code[PLX_OVERALL_PLACE][rows->n] =
                level_of(seen_place, group, &rows->levels[PLX_OVERALL_PLACE]);
            rows->code[PLX_OVERALL_PERSON][rows->n++] = (guint32)rows->levels[PLX_OVERALL_PERSON];
        }
        rows->levels[PLX_OVERALL_PERSON] += rows->n > before ? 1 : 0;
    }
}

/* Leaves out kinds that cannot be told apart until the rest can be fitted; which[f]: of factor f.
 */
static struct plx_varcomp_data choose(const struct rows *rows, guint *which)
{
    struct plx_varcomp_data data = {.y = rows->y, .n = rows->n};
    for (guint kind = 0; kind < PLX_OVERALL_KINDS; kind++) {
        if (rows->levels[kind] < 2)
            continue;
        data.code[data.k] = rows->code[kind];
        data.levels[data.k] = rows->levels[kind];
        which[data.k++] = kind;
    }
    guint bad, other;
    while (data.k > 0 && plx_varcomp_check(&data, &bad, &other) != PLX_VARCOMP_WELL) {
        if (bad >= data.k)
            bad = data.k - 1;
        for (guint f = bad; f + 1 < data.k; f++) {
            data.code[f] = data.code[f + 1];
            data.levels[f] = data.levels[f + 1];
            which[f] = which[f + 1];
        }
        data.k--;
    }
    return data;
}

static void fill_overall(struct plx_consistency_overall *o, const struct rows *rows)
{
    guint which[PLX_OVERALL_KINDS] = {0};
    const struct plx_varcomp_data data = choose(rows, which);
    if (data.k == 0) {
        o->missing = "one_part";
        return;
    }
    const struct plx_varcomp fit =
        plx_varcomp(&data, FALSE, rows->n <= INTERVALS_MOST ? 0.95 : 0, NULL);
    if (!fit.converged || isnan(fit.residual.variance)) {
        o->missing = "no_variation";
        return;
    }
    double all = fit.residual.variance;
    for (guint f = 0; f < data.k; f++)
        all += fit.component[f].variance;
    for (guint f = 0; f < data.k; f++) {
        struct plx_overall_part *part = &o->part[which[f]];
        *part = (struct plx_overall_part){(guint)data.levels[f], fit.component[f].variance,
                                          fit.component[f].ci, fit.component[f].variance / all};
    }
    o->within = fit.residual.variance;
    o->within_share = fit.residual.variance / all;
}

void plx_consistency_overall(struct plx_consistency_exact *exact)
{
    struct plx_consistency_overall *o = &exact->out->overall;
    const struct plx_linked *data = exact->cut[PLX_CONSISTENCY_PLACE].table->linked;
    if (!data || data->n_measures != 1 || data->n_answers == 0)
        return;
    if (data->n_answers > FITTED_MOST) {
        o->missing = "too_many";
        return;
    }
    struct rows rows = {.y = g_new0(double, data->n_answers)};
    for (guint k = 0; k < PLX_OVERALL_KINDS; k++)
        rows.code[k] = g_new0(guint32, data->n_answers);
    take_rows(exact, data, &rows);
    o->n = (gint64)rows.n;
    o->missing = NULL;
    fill_overall(o, &rows);
    for (guint k = 0; k < PLX_OVERALL_KINDS; k++)
        g_free(rows.code[k]);
    g_free(rows.y);
}

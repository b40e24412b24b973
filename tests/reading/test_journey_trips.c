/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/journey_trips.h"

#include "stats/random.h"

#include <math.h>

#define NA PLX_TRIP_NA
#define DECLINED PLX_TRIP_DECLINED
#define NONE PLX_TRIP_NONE

/* Trips in the making; every point in order, `skip` = not asked. */
struct world {
    GArray *unit, *first, *point, *level, *overall, *chance;
    struct plx_trips trips;
};
#define SKIP 99

static void world_init(struct world *w, guint points)
{
    const guint32 zero = 0;
    w->unit = g_array_new(FALSE, FALSE, sizeof(guint32));
    w->first = g_array_new(FALSE, FALSE, sizeof(guint32));
    w->point = g_array_new(FALSE, FALSE, sizeof(guint16));
    w->level = g_array_new(FALSE, FALSE, sizeof(gint8));
    w->overall = g_array_new(FALSE, FALSE, sizeof(gint8));
    w->chance = g_array_new(FALSE, FALSE, sizeof(double));
    g_array_append_val(w->first, zero);
    w->trips =
        (struct plx_trips){.n_points = points, .levels = {1, 6, 3}, .whole = {1, 6, 3}, .n = 0};
}

static void world_clear(struct world *w)
{
    g_array_unref(w->unit);
    g_array_unref(w->first);
    g_array_unref(w->point);
    g_array_unref(w->level);
    g_array_unref(w->overall);
    g_array_unref(w->chance);
}

static void add(struct world *w, guint32 unit, const gint8 *levels, gint overall, double chance)
{
    for (guint i = 0; i < w->trips.n_points; i++) {
        const guint16 point = (guint16)i;
        if (levels[i] == SKIP)
            continue;
        g_array_append_val(w->point, point);
        g_array_append_val(w->level, levels[i]);
    }
    const guint32 end = w->point->len;
    const gint8 whole = (gint8)overall;
    g_array_append_val(w->unit, unit);
    g_array_append_val(w->first, end);
    g_array_append_val(w->overall, whole);
    g_array_append_val(w->chance, chance);
}

static const struct plx_trips *see(struct world *w, gboolean chances)
{
    w->trips.n = w->unit->len;
    w->trips.unit = (const guint32 *)(gconstpointer)w->unit->data;
    w->trips.first = (const guint32 *)(gconstpointer)w->first->data;
    w->trips.point = (const guint16 *)(gconstpointer)w->point->data;
    w->trips.level = (const gint8 *)w->level->data;
    w->trips.overall = (const gint8 *)w->overall->data;
    w->trips.chance = chances ? (const double *)(gconstpointer)w->chance->data : NULL;
    return &w->trips;
}

/* Six people on three points: by hand. */
static void test_fine(void)
{
    static const gint8 levels[][3] = {{3, 4, 5},  {4, 2, 1},    {NA, 3, 3},
                                      {NA, 2, 6}, {3, 3, SKIP}, {3, DECLINED, 3}};
    struct world w;
    world_init(&w, 3);
    for (guint i = 0; i < 6; i++)
        add(&w, i, levels[i], NONE, 1);
    struct plx_trip_share still[3], falls[3];
    const struct plx_trip_fine fine = plx_trips_fine(see(&w, FALSE), still, falls, 0.95);
    g_assert_cmpuint(fine.known.n, ==, 4);
    g_assert_cmpuint(fine.known.x, ==, 2);
    g_assert_cmpuint(fine.rated.n, ==, 2);
    g_assert_cmpuint(fine.rated.x, ==, 1);
    g_assert_cmpfloat(still[0].p, ==, 1);
    g_assert_cmpfloat(still[1].p, ==, 0.5);
    g_assert_cmpfloat(still[2].p, ==, 0.5);
    g_assert_cmpuint(falls[1].x, ==, 2);
    g_assert_cmpuint(falls[2].x, ==, 0);
    /* One trip each: Wilson's own interval. */
    const struct plx_interval wilson = plx_wilson(2, 4, 0.95, FALSE);
    g_assert_cmpfloat_with_epsilon(fine.known.ci.lo, wilson.lo, 1e-12);
    g_assert_cmpfloat_with_epsilon(fine.known.ci.hi, wilson.hi, 1e-12);
    world_clear(&w);
}

/* The same trips as those of fewer people: the same shares, wider ranges. */
static void test_repeats(void)
{
    struct world alone, twice;
    world_init(&alone, 2);
    world_init(&twice, 2);
    for (guint i = 0; i < 60; i++) {
        const gint8 levels[2] = {(gint8)(i / 2 % 3 ? 4 : 2), 4};
        add(&alone, i, levels, NONE, 1);
        add(&twice, i / 2, levels, NONE, 1);
    }
    const struct plx_trip_share a = plx_trips_fine(see(&alone, FALSE), NULL, NULL, 0.95).known;
    const struct plx_trip_share b = plx_trips_fine(see(&twice, FALSE), NULL, NULL, 0.95).known;
    g_assert_cmpfloat(a.p, ==, b.p);
    g_assert_cmpuint(b.units, ==, 30);
    g_assert_cmpfloat(b.ci.hi - b.ci.lo, >, 1.3 * (a.ci.hi - a.ci.lo));
    world_clear(&alone);
    world_clear(&twice);
}

/* A world with moods, points that are not always met, and persons with one to three trips. */
static void wild(struct world *w, guint units, guint64 seed)
{
    struct plx_random random;
    plx_random_seed(&random, seed);
    world_init(w, 5);
    for (guint u = 0; u < units; u++) {
        const double mood = 0.8 * plx_random_normal(&random);
        const guint trips = 1 + (guint)plx_random_below(&random, 3);
        for (guint t = 0; t < trips; t++) {
            gint8 levels[5];
            const double chance = plx_random_below(&random, 2) ? 0.5 : 0.8;
            guint asked = 0;
            for (guint i = 0; i < 5; i++) {
                const double felt = 3.2 + 0.2 * i + mood + plx_random_normal(&random);
                const double kind = plx_random_uniform(&random);
                levels[i] = plx_random_uniform(&random) > chance ? SKIP
                            : kind < 0.1                         ? (gint8)NA
                            : kind < 0.13                        ? (gint8)DECLINED
                                                                 : (gint8)CLAMP(lround(felt), 1, 6);
                asked += levels[i] != SKIP ? 1 : 0;
            }
            if (asked)
                add(w, u, levels, (gint)CLAMP(lround(3 + mood), 1, 6), chance);
        }
    }
}

/* The sum without a unit, from scratch. */
static double naive_sum(const struct plx_trips *trips, guint32 without)
{
    double sum = 0, n = 0, rated[5] = {0}, bad[5] = {0}, na[5] = {0}, reached[5] = {0}, spread = 0;
    for (gsize t = 0; t < trips->n; t++) {
        if (trips->unit[t] == without)
            continue;
        n++;
        spread += trips->chance ? 1 / trips->chance[t] - 1 : 0;
        for (guint32 i = trips->first[t]; i < trips->first[t + 1]; i++) {
            const guint p = trips->point[i];
            reached[p] += trips->chance ? 1 / trips->chance[t] : 1;
            if (trips->level[i] == NA)
                na[p]++;
            else if (trips->level[i] != DECLINED) {
                rated[p]++;
                bad[p] += trips->level[i] < 3;
            }
        }
    }
    for (guint p = 0; p < 5; p++) {
        const double reach = trips->chance ? reached[p] / n : 1;
        sum += bad[p] / rated[p] * rated[p] / (rated[p] + na[p]) *
               (reach > 1 + 3 * sqrt(spread) / n ? 1 : reach);
    }
    return sum;
}

/* Value and standard error against a naive sum and its jackknife over units (Tukey 1958). */
static void test_bad(void)
{
    for (guint chances = 0; chances < 2; chances++) {
        struct world w;
        const guint units = 400;
        wild(&w, units, 7);
        const struct plx_trips *trips = see(&w, chances == 1);
        double reach[5];
        const struct plx_trip_sum sum = plx_trips_bad(trips, NULL, reach);
        const double all = naive_sum(trips, G_MAXUINT32);
        g_assert_cmpfloat_with_epsilon(sum.value, all, 1e-9);
        double squares = 0, mean = 0;
        double *left = g_new(double, units);
        guint n = 0;
        for (guint u = 0; u < units; u++) {
            gboolean there = FALSE;
            for (gsize t = 0; t < trips->n; t++)
                there = there || trips->unit[t] == u;
            if (there)
                mean += left[n++] = naive_sum(trips, u);
        }
        mean /= n;
        for (guint u = 0; u < n; u++)
            squares += (left[u] - mean) * (left[u] - mean);
        const double jackknife = sqrt(squares * (n - 1) / n);
        g_assert_cmpuint(sum.units, ==, n);
        g_assert_cmpfloat_with_epsilon(sum.se / jackknife, 1, 0.02);
        g_assert_cmpfloat(sum.ci.lo, <, sum.value - 1.8 * sum.se);
        g_assert_cmpfloat(sum.ci.hi, >, sum.value + 1.8 * sum.se);
        g_free(left);
        world_clear(&w);
    }
}

/* All good, all bad, one person: inside 0..points, never [x, x], or nothing. */
static void test_bad_edges(void)
{
    static const gint8 good[2] = {5, 5}, bad[2] = {1, 1};
    for (guint k = 0; k < 2; k++) {
        struct world w;
        double reach[2];
        world_init(&w, 2);
        for (guint i = 0; i < 9; i++)
            add(&w, i, k ? bad : good, NONE, 1);
        const struct plx_trip_sum sum = plx_trips_bad(see(&w, FALSE), NULL, reach);
        g_assert_cmpfloat(sum.value, ==, k ? 2 : 0);
        g_assert_cmpfloat(sum.ci.lo, >=, 0);
        g_assert_cmpfloat(sum.ci.hi, <=, 2);
        g_assert_cmpfloat(sum.ci.hi - sum.ci.lo, >, 0.05);
        world_clear(&w);
    }
    struct world one, none;
    double reach[2];
    world_init(&one, 2);
    world_init(&none, 2);
    add(&one, 0, bad, NONE, 1);
    const struct plx_trip_sum sum = plx_trips_bad(see(&one, FALSE), NULL, reach);
    g_assert_cmpfloat(sum.value, ==, 2);
    g_assert_true(isnan(sum.ci.lo));
    g_assert_true(isnan(plx_trips_bad(see(&none, FALSE), NULL, reach).value));
    world_clear(&one);
    world_clear(&none);
}

/* Coverage of the sum's interval, people with moods and several trips. */
static void test_bad_coverage(void)
{
    struct world large;
    double reach[5];
    wild(&large, 40000, 99);
    const double truth = plx_trips_bad(see(&large, TRUE), NULL, reach).value;
    world_clear(&large);
    guint inside = 0;
    const guint runs = 600;
    for (guint r = 0; r < runs; r++) {
        struct world w;
        wild(&w, 60, 1000 + r);
        const struct plx_trip_sum sum = plx_trips_bad(see(&w, TRUE), NULL, reach);
        inside += sum.ci.lo <= truth && truth <= sum.ci.hi ? 1 : 0;
        world_clear(&w);
    }
    g_assert_cmpuint(inside, >, runs * 0.93);
    g_assert_cmpuint(inside, <, runs * 0.985);
}

static void test_whole(void)
{
    static const gint8 fine[2] = {4, 4}, bad[2] = {4, 1}, part[2] = {4, SKIP};
    struct world w;
    world_init(&w, 2);
    add(&w, 0, fine, 2, 1);
    add(&w, 1, fine, 5, 1);
    add(&w, 2, fine, 5, 1);
    add(&w, 3, bad, 5, 1);
    add(&w, 4, bad, 1, 1);
    add(&w, 5, bad, NONE, 1);
    add(&w, 6, part, 1, 1);
    const struct plx_trip_whole known = plx_trips_whole(see(&w, FALSE), TRUE);
    g_assert_cmpuint(known.n, ==, 5);
    g_assert_cmpuint(known.fine_bad.x, ==, 1);
    g_assert_cmpuint(known.fine_bad.n, ==, 3);
    g_assert_cmpuint(known.bad_good.x, ==, 1);
    g_assert_cmpuint(known.bad_good.n, ==, 2);
    g_assert_cmpuint(known.all_bad.x, ==, 2);
    const struct plx_trip_whole all = plx_trips_whole(see(&w, FALSE), FALSE);
    g_assert_cmpuint(all.n, ==, 6);
    g_assert_cmpuint(all.fine_bad.x, ==, 2);
    world_clear(&w);
}

static void test_values(void)
{
    static const gint8 a[5] = {4, 2, NA, 6, 5}, b[5] = {4, 2, DECLINED, SKIP, SKIP},
                       c[5] = {NA, SKIP, SKIP, SKIP, SKIP};
    struct world w;
    world_init(&w, 5);
    add(&w, 0, a, 2, 1);
    add(&w, 1, b, 2, 1);
    add(&w, 2, c, 2, 1);
    const struct plx_trips *trips = see(&w, FALSE);
    static const double expected[2][PLX_RULES] = {{4.25, 2, 6, 5, 5.5, 1}, {3, 2, 2, 2, 2, 1}};
    for (guint t = 0; t < 2; t++)
        for (guint k = 0; k < PLX_RULES; k++)
            g_assert_cmpfloat(plx_trip_rule_value(trips, t, (enum plx_trip_rule)k), ==,
                              expected[t][k]);
    g_assert_true(isnan(plx_trip_rule_value(trips, 2, PLX_RULE_MEAN)));
    world_clear(&w);
}

enum plant { BY_WORST, BY_COUNT, BY_MEAN, BY_CHANCE, ALL_ALIKE, SAME_MARKS };

static void planted(struct world *w, guint units, enum plant plant, guint64 seed)
{
    struct plx_random random;
    plx_random_seed(&random, seed);
    world_init(w, 5);
    for (guint u = 0; u < units; u++) {
        gint8 levels[5];
        double sum = 0, worst = 6, bad = 0;
        const gint8 same = (gint8)(1 + plx_random_below(&random, 6));
        for (guint i = 0; i < 5; i++) {
            levels[i] = plant == SAME_MARKS ? same : (gint8)(1 + plx_random_below(&random, 6));
            sum += levels[i];
            worst = MIN(worst, levels[i]);
            bad += levels[i] < 3;
        }
        const double noise = 0.4 * plx_random_normal(&random);
        const double felt = plant == BY_WORST    ? 1 + worst
                            : plant == BY_COUNT  ? 6 - bad
                            : plant == BY_CHANCE ? 3.5
                                                 : sum / 5;
        const long whole = lround(felt + (plant == BY_CHANCE ? 3 : 1) * noise);
        add(w, u, levels, plant == ALL_ALIKE ? 4 : (gint)CLAMP(whole, 1, 6), 1);
    }
}

/* Cross-validation from scratch: every unit is one trip. */
static double naive_r_squared(const struct plx_trips *t, enum plx_trip_rule rule)
{
    double errors = 0, spread = 0;
    for (guint f = 0; f < PLX_RULE_FOLDS; f++) {
        double n = 0, x = 0, y = 0, xx = 0, xy = 0;
        for (gsize i = 0; i < t->n; i++) {
            const double v = plx_trip_rule_value(t, i, rule);
            if (i % PLX_RULE_FOLDS == f)
                continue;
            n++, x += v, y += t->overall[i], xx += v * v, xy += v * t->overall[i];
        }
        const double slope = (xy - x * y / n) / (xx - x * x / n);
        for (gsize i = f; i < t->n; i += PLX_RULE_FOLDS) {
            const double v = plx_trip_rule_value(t, i, rule);
            const double e = t->overall[i] - y / n - slope * (v - x / n);
            errors += e * e;
            spread += (t->overall[i] - y / n) * (t->overall[i] - y / n);
        }
    }
    return 1 - errors / spread;
}

static void test_rules(void)
{
    struct world w;
    planted(&w, 500, BY_WORST, 3);
    const struct plx_trip_rules rules = plx_trips_rules(see(&w, FALSE), TRUE, TRUE);
    g_assert_cmpuint(rules.units, ==, 500);
    g_assert_cmpfloat(rules.marks, ==, 5);
    for (guint k = 0; k < PLX_RULES; k++)
        g_assert_cmpfloat_with_epsilon(rules.fit[k].r_squared,
                                       naive_r_squared(&w.trips, (enum plx_trip_rule)k), 1e-9);
    g_assert_cmpint(rules.best, ==, PLX_RULE_WORST);
    g_assert_true(rules.alone);
    world_clear(&w);
    planted(&w, 500, BY_COUNT, 4);
    const struct plx_trip_rules count = plx_trips_rules(see(&w, FALSE), TRUE, TRUE);
    g_assert_cmpint(count.best, ==, PLX_RULE_BAD);
    g_assert_true(count.alone);
    g_assert_cmpfloat(count.fit[PLX_RULE_BAD].correlation, <, -0.8);
    world_clear(&w);
}

/* Nothing goes with chance; nothing with a whole that is always the same; rules that are the same
 * number cannot be told apart; and too few people are too few. */
static void test_rules_nothing(void)
{
    struct world w;
    guint named = 0;
    for (guint r = 0; r < 100; r++) {
        planted(&w, 60, BY_CHANCE, 100 + r);
        const struct plx_trip_rules rules = plx_trips_rules(see(&w, FALSE), TRUE, TRUE);
        named += rules.alone ? 1 : 0;
        world_clear(&w);
    }
    g_assert_cmpuint(named, <=, 5);
    planted(&w, 100, ALL_ALIKE, 1);
    g_assert_cmpint(plx_trips_rules(see(&w, FALSE), TRUE, TRUE).best, ==, -1);
    world_clear(&w);
    planted(&w, 300, SAME_MARKS, 1);
    const struct plx_trip_rules same = plx_trips_rules(see(&w, FALSE), TRUE, TRUE);
    g_assert_false(same.alone);
    g_assert_true(same.fit[PLX_RULE_MEAN].tied || same.best == PLX_RULE_MEAN);
    g_assert_true(same.fit[PLX_RULE_WORST].tied || same.best == PLX_RULE_WORST);
    const struct plx_trip_rules unordered = plx_trips_rules(see(&w, FALSE), TRUE, FALSE);
    g_assert_true(isnan(unordered.fit[PLX_RULE_END].r_squared));
    world_clear(&w);
    planted(&w, PLX_RULE_UNITS - 1, BY_WORST, 1);
    g_assert_cmpint(plx_trips_rules(see(&w, FALSE), TRUE, TRUE).best, ==, -1);
    world_clear(&w);
}

/* People whose end follows the mean: it is named, or said to be tied; another is (almost) never
 * named. */
static void test_rules_mean(void)
{
    guint wrong = 0, right = 0;
    for (guint r = 0; r < 100; r++) {
        struct world w;
        planted(&w, 150, BY_MEAN, 500 + r);
        const struct plx_trip_rules rules = plx_trips_rules(see(&w, FALSE), TRUE, TRUE);
        wrong += rules.alone && rules.best != PLX_RULE_MEAN ? 1 : 0;
        right += rules.alone && rules.best == PLX_RULE_MEAN ? 1 : 0;
        world_clear(&w);
    }
    g_assert_cmpuint(wrong, ==, 0);
    g_assert_cmpuint(right, >, 50);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/journey-trips/fine", test_fine);
    g_test_add_func("/journey-trips/repeats", test_repeats);
    g_test_add_func("/journey-trips/bad", test_bad);
    g_test_add_func("/journey-trips/bad-edges", test_bad_edges);
    g_test_add_func("/journey-trips/bad-coverage", test_bad_coverage);
    g_test_add_func("/journey-trips/whole", test_whole);
    g_test_add_func("/journey-trips/values", test_values);
    g_test_add_func("/journey-trips/rules", test_rules);
    g_test_add_func("/journey-trips/rules-nothing", test_rules_nothing);
    g_test_add_func("/journey-trips/rules-mean", test_rules_mean);
    return g_test_run();
}

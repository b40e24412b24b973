/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/gaps_overview.h"

#include "report/sample.h"

#include <math.h>
#include <string.h>

/* The marketplace twice, one after the other: 60 points. */
struct twice {
    plx_gaps *gaps;
    struct plx_gaps_point *own, *points;
    guint n;
};

static void twice_init(struct twice *t)
{
    t->gaps = sample_new(SAMPLE_MARKETPLACE);
    struct plx_gaps_group *group = &t->gaps->groups[0];
    t->own = group->points;
    t->n = group->n_points;
    t->points = g_new(struct plx_gaps_point, 2 * (gsize)t->n);
    for (guint i = 0; i < 2 * t->n; i++)
        t->points[i] = t->own[i % t->n];
    group->points = t->points;
    group->n_points = 2 * t->n;
}

static void twice_clear(struct twice *t)
{
    t->gaps->groups[0].points = t->own;
    t->gaps->groups[0].n_points = t->n;
    sample_free(t->gaps);
    g_free(t->points);
}

static void test_few_points_stay(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_MARKETPLACE);
    g_autoptr(plx_gaps_picture) picture = plx_gaps_picture_new(gaps, &gaps->groups[0], "g0");
    g_assert_null(plx_gaps_overview_new(picture));
    sample_free(gaps);
}

static void test_each_its_own_transaction(void)
{
    struct twice t;
    twice_init(&t);
    char ids[60][8];
    g_assert_cmpuint(2 * t.n, ==, 60);
    for (guint i = 0; i < 60; i++) {
        g_snprintf(ids[i], sizeof ids[i], "t%u", i);
        t.points[i].transaction = ids[i];
    }
    g_autoptr(plx_gaps_picture) picture = plx_gaps_picture_new(t.gaps, &t.gaps->groups[0], "g0");
    g_assert_null(plx_gaps_overview_new(picture)); /* a column each is what there is already */
    twice_clear(&t);
}

static guint values_of(const struct plx_picture *from, const struct plx_stretch *stretch, guint v,
                       double *lo, double *hi)
{
    guint shown = 0;
    *lo = INFINITY;
    *hi = -INFINITY;
    for (guint i = stretch->first; i < stretch->first + stretch->n; i++) {
        const double value = from->points[i].marks[v].value;
        if (!isfinite(value))
            continue;
        shown++;
        *lo = MIN(*lo, value);
        *hi = MAX(*hi, value);
    }
    return shown;
}

static void test_columns(void)
{
    struct twice t;
    twice_init(&t);
    g_autoptr(plx_gaps_picture) picture = plx_gaps_picture_new(t.gaps, &t.gaps->groups[0], "g0");
    g_autoptr(plx_gaps_overview) overview = plx_gaps_overview_new(picture);
    const struct plx_picture *from = plx_gaps_picture_model(picture);
    const struct plx_picture *model = plx_gaps_overview_model(overview);
    guint n = 0, points = 0, column = 0;
    const struct plx_stretch *stretches = plx_gaps_overview_stretches(overview, &n);
    g_assert_cmpuint(n, >, 4);
    g_assert_null(model->below_label);
    for (guint s = 0; s < n; s++, column++) {
        while (!model->points[column].among)
            column++;
        const struct plx_picture_point *point = &model->points[column];
        g_assert_cmpuint(point->among, ==, stretches[s].n);
        g_assert_cmpstr(point->href + 1, ==, stretches[s].id);
        g_assert_cmpstr(point->title, ==, stretches[s].count);
        for (guint v = 0; v < model->n_voices; v++) {
            double lo = 0, hi = 0;
            const guint shown = values_of(from, &stretches[s], v, &lo, &hi);
            g_assert_cmpint(isfinite(point->marks[v].value), ==, shown > 0);
            if (!shown)
                continue;
            g_assert_cmpfloat(point->marks[v].lo, ==, lo);
            g_assert_cmpfloat(point->marks[v].hi, ==, hi);
            g_assert_cmpfloat(point->marks[v].value, >=, lo);
            g_assert_cmpfloat(point->marks[v].value, <=, hi);
            /* Where a voice is hidden at some points, it is said at how many it is not. */
            g_assert_cmpint(strstr(point->marks[v].words, "(shown at ") != NULL, ==,
                            shown < stretches[s].n);
        }
        points += stretches[s].n;
    }
    for (guint i = 0; i < model->n_points; i++)
        points += model->points[i].among == 0;
    g_assert_cmpuint(points, ==, 60);
    twice_clear(&t);
}

/* The words are the numbers of the scale, and none of them is a transaction's own. */
static void test_words(void)
{
    struct twice t;
    twice_init(&t);
    g_autoptr(plx_gaps_picture) picture = plx_gaps_picture_new(t.gaps, &t.gaps->groups[0], "g0");
    g_autoptr(plx_gaps_overview) overview = plx_gaps_overview_new(picture);
    const struct plx_picture *model = plx_gaps_overview_model(overview);
    g_assert_true(model->points[0].among > 1);
    g_autofree char *begin = g_strdup_printf("%s, %u points: leaders from ",
                                             model->points[0].heading, model->points[0].among);
    g_assert_true(g_str_has_prefix(model->points[0].label, begin));
    g_assert_nonnull(strstr(model->points[0].label, ", the middle "));
    g_assert_nonnull(strstr(model->points[0].label, "; customers from "));
    g_assert_nonnull(strstr(model->points[0].label, "the difference is sure enough to count."));
    g_assert_true(isnan(model->points[0].below));
    twice_clear(&t);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/gaps-overview/few-points-stay", test_few_points_stay);
    g_test_add_func("/gaps-overview/each-its-own-transaction", test_each_its_own_transaction);
    g_test_add_func("/gaps-overview/columns", test_columns);
    g_test_add_func("/gaps-overview/words", test_words);
    return g_test_run();
}

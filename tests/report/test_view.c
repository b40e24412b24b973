/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/view.h"

#include "report/sample.h"

static void test_lead(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_MARKETPLACE);
    const struct plx_gaps_point *points = gaps->groups[0].points;
    g_assert_cmpint(plx_view_served(gaps), ==, 3);
    const struct plx_gap *lead = plx_view_lead(gaps, &points[17]);
    g_assert_cmpuint(lead->a, ==, 0);
    g_assert_cmpuint(lead->b, ==, 3);
    /* Where leaders did not answer, staff speak. */
    g_assert_cmpuint(plx_view_lead(gaps, &points[20])->a, ==, 1);
    sample_free(gaps);
}

static void test_lead_without_a_pair(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_TINY);
    g_assert_null(plx_view_lead(gaps, &gaps->groups[0].points[0]));
    sample_free(gaps);
}

/* Largest first; each point under one verdict only. */
static void test_with_verdict(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_MARKETPLACE);
    g_autoptr(GPtrArray) blind =
        plx_view_with_verdict(gaps, &gaps->groups[0], PLX_VERDICT_BLIND_SPOT);
    g_assert_cmpuint(blind->len, >, 3);
    double last = 10;
    for (guint i = 0; i < blind->len; i++) {
        const struct plx_gap *gap = plx_view_lead(gaps, blind->pdata[i]);
        g_assert_cmpfloat(gap->difference, <=, last);
        last = gap->difference;
    }
    guint all = 0;
    for (int v = PLX_VERDICT_BLIND_SPOT; v <= PLX_VERDICT_SCALES_DIFFER; v++) {
        g_autoptr(GPtrArray) some =
            plx_view_with_verdict(gaps, &gaps->groups[0], (enum plx_verdict)v);
        all += some->len;
    }
    g_autoptr(GPtrArray) expected = plx_view_overestimated(gaps, &gaps->groups[0]);
    g_assert_cmpuint(all + expected->len, ==, gaps->groups[0].n_points);
    sample_free(gaps);
}

/* Of two served audiences the one with answers; a pair whose served side stands first. */
static void test_served_on_either_side(void)
{
    const struct plx_voice voices[] = {{.audience = 1}, {.audience = 2}};
    const struct plx_gap gap = {.a = 1, .b = 2, .verdict = PLX_VERDICT_BLIND_SPOT};
    const struct plx_gaps_point point = {.n_voices = 2,
                                         .voices = (struct plx_voice *)(gsize)voices,
                                         .n_gaps = 1,
                                         .gaps = (struct plx_gap *)(gsize)&gap};
    const struct plx_gaps_group group = {.n_points = 1,
                                         .points = (struct plx_gaps_point *)(gsize)&point};
    gboolean served[] = {TRUE, TRUE, FALSE};
    const plx_gaps gaps = {.n_audiences = 3,
                           .served = served,
                           .n_groups = 1,
                           .groups = (struct plx_gaps_group *)(gsize)&group};
    g_assert_cmpint(plx_view_served(&gaps), ==, 1);
    g_assert_true(plx_view_lead(&gaps, &point) == &gap);
    g_assert_cmpuint(plx_view_viewer(&gaps, &gap), ==, 2);
    g_assert_cmpuint(plx_view_judge(&gaps, &gap), ==, 1);
    g_assert_true(plx_view_gap(&point, 2, 1) == &gap);
}

/* "Think 8, say 5 of 10" is no shared strength, however alike the levels are. */
static void test_belief_against_levels(void)
{
    for (guint over = 0; over < 2; over++) {
        const struct plx_gap gap = {.a = 0, .b = 1, .verdict = PLX_VERDICT_SHARED_STRENGTH};
        const struct plx_belief belief = {.by = 0,
                                          .about = 1,
                                          .difference = over ? 0.3 : 0.02,
                                          .verdict = over ? PLX_VERDICT_OVERESTIMATES
                                                          : PLX_VERDICT_SEES_IT};
        const struct plx_gaps_point point = {.n_gaps = 1,
                                             .gaps = (struct plx_gap *)(gsize)&gap,
                                             .n_beliefs = 1,
                                             .beliefs = (struct plx_belief *)(gsize)&belief};
        const struct plx_gaps_group group = {.n_points = 1,
                                             .points = (struct plx_gaps_point *)(gsize)&point};
        gboolean served[] = {FALSE, TRUE};
        const plx_gaps gaps = {.n_audiences = 2, .served = served};
        g_autoptr(GPtrArray) shared =
            plx_view_with_verdict(&gaps, &group, PLX_VERDICT_SHARED_STRENGTH);
        g_autoptr(GPtrArray) expected = plx_view_overestimated(&gaps, &group);
        g_assert_cmpuint(shared->len, ==, over ? 0 : 1);
        g_assert_cmpuint(expected->len, ==, over ? 1 : 0);
        g_assert_cmpint(plx_view_verdict(&gaps, &point), ==,
                        over ? PLX_VERDICT_OVERESTIMATES : PLX_VERDICT_SHARED_STRENGTH);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/view/lead", test_lead);
    g_test_add_func("/view/lead-without-a-pair", test_lead_without_a_pair);
    g_test_add_func("/view/with-verdict", test_with_verdict);
    g_test_add_func("/view/served-on-either-side", test_served_on_either_side);
    g_test_add_func("/view/belief-against-levels", test_belief_against_levels);
    return g_test_run();
}

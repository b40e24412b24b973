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
    g_assert_cmpuint(all, ==, gaps->groups[0].n_points);
    sample_free(gaps);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/view/lead", test_lead);
    g_test_add_func("/view/lead-without-a-pair", test_lead_without_a_pair);
    g_test_add_func("/view/with-verdict", test_with_verdict);
    return g_test_run();
}

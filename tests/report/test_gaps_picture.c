/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/gaps_picture.h"

#include "report/sample.h"
#include "report/view.h"

#include <math.h>
#include <string.h>

static void test_levels(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_MARKETPLACE);
    g_autoptr(plx_gaps_picture) picture = plx_gaps_picture_new(gaps, &gaps->groups[0], "g0");
    const struct plx_picture *model = plx_gaps_picture_model(picture);
    g_assert_cmpuint(model->n_points, ==, 30);
    g_assert_cmpuint(model->n_levels, ==, 6);
    g_assert_cmpstr(model->levels[3].label, ==, "Desired 4");
    g_assert_true(model->levels[2].strong);
    g_assert_cmpstr(model->below_label, ==, "below Expected, of 100 customers");
    g_assert_cmpstr(model->voices[model->front].name, ==, "leaders");
    g_assert_cmpstr(model->voices[model->base].name, ==, "customers");
    g_assert_true(model->voices[1].faint && model->voices[2].faint);
    const struct plx_picture_point *doorstep = &model->points[17];
    g_assert_cmpint(doorstep->accent, ==, PLX_ACCENT_ABOVE);
    g_assert_cmpstr(doorstep->flag, ==, "Promised: “Handed over with a smile”");
    g_assert_cmpstr(doorstep->href, ==, "#g0-p17");
    g_assert_true(isnan(doorstep->marks[0].lo)); /* all leaders answered: no bar */
    g_assert_true(isfinite(doorstep->marks[3].lo));
    g_assert_cmpint(model->points[27].accent, ==, PLX_ACCENT_BELOW);
    /* Strong is every difference that counts, and nothing else. */
    for (guint i = 0; i < model->n_points; i++) {
        const enum plx_verdict verdict = plx_view_verdict(gaps, &gaps->groups[0].points[i]);
        const gboolean counts = verdict == PLX_VERDICT_BLIND_SPOT ||
                                verdict == PLX_VERDICT_HIDDEN_STRENGTH ||
                                verdict == PLX_VERDICT_VIEWS_DIFFER;
        g_assert_cmpint(model->points[i].accent != PLX_ACCENT_NONE, ==, counts);
    }
    g_assert_true(isnan(model->points[20].marks[0].value));
    g_assert_null(model->points[0].chapter); /* one journey needs no title */
    g_assert_false(model->apart);
    sample_free(gaps);
}

/* Leaders who answered on another scale cannot be drawn on this one; what they believe can. */
static void test_shares_where_scales_differ(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_FIVE);
    g_autoptr(plx_gaps_picture) picture = plx_gaps_picture_new(gaps, &gaps->groups[0], "g0");
    const struct plx_picture *model = plx_gaps_picture_model(picture);
    g_assert_cmpfloat(model->max, ==, 1);
    g_assert_cmpstr(model->levels[4].label, ==, "8 in 10");
    g_assert_cmpfloat(model->points[0].marks[model->front].value, ==,
                      gaps->groups[0].points[0].beliefs[0].believed);
    g_assert_cmpfloat(model->points[0].marks[model->base].value, ==,
                      gaps->groups[0].points[0].voices[3].desired_share);
    sample_free(gaps);
}

static void test_hidden_voices_are_not_drawn(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_HIDDEN);
    g_autoptr(plx_gaps_picture) picture = plx_gaps_picture_new(gaps, &gaps->groups[0], "g0");
    const struct plx_picture *model = plx_gaps_picture_model(picture);
    for (guint i = 0; i < model->n_points; i++)
        g_assert_true(isnan(model->points[i].marks[0].value));
    g_assert_cmpstr(model->voices[model->front].name, ==, "staff");
    sample_free(gaps);
}

/* Without journeys there is no way along the points. */
static void test_apart(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_TINY);
    g_autoptr(plx_gaps_picture) picture = plx_gaps_picture_new(gaps, &gaps->groups[0], "g0");
    const struct plx_picture *model = plx_gaps_picture_model(picture);
    g_assert_true(model->apart);
    g_assert_cmpstr(model->title, ==, "Who sees what, point by point");
    sample_free(gaps);
}

static void test_nothing_to_draw(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_EMPTY);
    g_autoptr(plx_gaps_picture) picture = plx_gaps_picture_new(gaps, &gaps->groups[0], "g0");
    g_assert_null(plx_gaps_picture_model(picture));
    sample_free(gaps);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/gaps-picture/levels", test_levels);
    g_test_add_func("/gaps-picture/shares-where-scales-differ", test_shares_where_scales_differ);
    g_test_add_func("/gaps-picture/hidden-voices-are-not-drawn", test_hidden_voices_are_not_drawn);
    g_test_add_func("/gaps-picture/apart", test_apart);
    g_test_add_func("/gaps-picture/nothing-to-draw", test_nothing_to_draw);
    return g_test_run();
}

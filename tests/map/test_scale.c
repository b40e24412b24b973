/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/scale.h"

static void test_six_levels(void)
{
    struct plx_scale *scale = plx_scale_new_six_levels();
    g_assert_cmpstr(scale->id, ==, "six-levels");
    g_assert_cmpuint(plx_scale_width(scale), ==, 6);
    g_assert_cmpint(scale->floor, ==, 1);
    g_assert_cmpint(scale->met, ==, 3);
    g_assert_cmpint(scale->desired, ==, 4);
    g_assert_cmpint(scale->top, ==, 5);
    g_assert_false(scale->down);
    g_assert_cmpuint(g_strv_length(scale->words), ==, 6);
    g_assert_cmpuint(g_strv_length(scale->sentences), ==, 6);
    g_assert_cmpstr(scale->words[0], ==, "Criminal");
    g_assert_cmpstr(scale->words[5], ==, "Unbelievable");
    g_assert_cmpstr(scale->sentences[0], ==, "They let me down");
    g_assert_cmpstr(scale->sentences[5], ==, "I will never forget it");
    g_assert_null(plx_scale_fault(scale, NULL));
    plx_scale_free(scale);
}

static void test_same(void)
{
    struct plx_scale *a = plx_scale_new_six_levels();
    struct plx_scale *b = plx_scale_copy(a);
    g_assert_true(plx_scale_same(a, b));
    g_free(b->words[0]);
    b->words[0] = g_strdup("Kriminell"); /* labels do not matter */
    g_assert_true(plx_scale_same(a, b));
    g_assert_cmpstr(a->words[0], ==, "Criminal");
    b->met = 4;
    g_assert_false(plx_scale_same(a, b));
    b->met = 3;
    b->down = TRUE;
    g_assert_false(plx_scale_same(a, b));
    plx_scale_free(a);
    plx_scale_free(b);
    plx_scale_free(NULL);
}

#define NO PLX_NO_CUT

static const struct {
    gint8 min, max, floor, met, desired, top;
    gboolean down;
    const char *key, *fault;
} faults[] = {
    {1, 6, 1, 3, 4, 5, FALSE, NULL, NULL},
    {1, 6, 5, 4, 3, 2, TRUE, NULL, NULL},
    {0, 10, NO, NO, NO, NO, FALSE, NULL, NULL},
    {0, 100, NO, 50, NO, 50, FALSE, NULL, NULL},
    {0, 1, 0, 1, 1, 1, FALSE, NULL, NULL},
    {3, 3, NO, NO, NO, NO, FALSE, "max", "max must be above min"},
    {-100, 1, NO, NO, NO, NO, FALSE, "max", "at most 101 values are possible"},
    {1, 5, 0, 3, 4, 5, FALSE, "floor", "floor must lie within min and max"},
    {1, 5, 1, 6, NO, NO, FALSE, "met", "met must lie within min and max"},
    {1, 5, 3, 3, NO, NO, FALSE, "met", "met must be better than floor"},
    {1, 5, 1, 3, 2, NO, FALSE, "desired", "desired must not be worse than met"},
    {1, 5, 3, NO, 3, NO, FALSE, "desired", "desired must be better than floor"},
    {1, 5, 1, 3, 9, NO, FALSE, "desired", "desired must lie within min and max"},
    {1, 5, 1, 3, 4, 3, FALSE, "top", "top must not be worse than met or desired"},
    {1, 5, 2, NO, NO, 1, FALSE, "top", "top must be better than floor"},
    {1, 5, NO, NO, NO, 6, FALSE, "top", "top must lie within min and max"},
    {1, 6, 1, 3, 4, 5, TRUE, "met", "met must be better than floor"},
};

static void test_faults(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(faults); i++) {
        struct plx_scale scale = {NULL,          faults[i].min,
                                  faults[i].max, faults[i].floor,
                                  faults[i].met, faults[i].desired,
                                  faults[i].top, faults[i].down,
                                  NULL,          NULL};
        const char *key = NULL;
        g_assert_cmpstr(plx_scale_fault(&scale, &key), ==, faults[i].fault);
        g_assert_cmpstr(key, ==, faults[i].key);
    }
}

/* Descriptions of six levels stand beside the numbers of six levels alone. */
static void test_has_levels(void)
{
    static const struct {
        gint8 min, max;
        gboolean down, has;
    } all[] = {
        {1, 6, FALSE, TRUE}, {1, 6, TRUE, FALSE}, {0, 5, FALSE, FALSE}, {1, 5, FALSE, FALSE}};
    for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
        const struct plx_scale scale = {.min = all[i].min, .max = all[i].max, .down = all[i].down};
        g_assert_cmpint(plx_scale_has_levels(&scale), ==, all[i].has);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/scale/six-levels", test_six_levels);
    g_test_add_func("/scale/same", test_same);
    g_test_add_func("/scale/faults", test_faults);
    g_test_add_func("/scale/has-levels", test_has_levels);
    return g_test_run();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/remark.h"

#include "sim/truth.h"

#include <string.h>

static const char *const prompts[] = {"comment",  "well",       "improve",   "competitors",
                                      "continue", "moment",     "better",    "easier",
                                      "did",      "suggestion", "complaint", NULL};

static void check(struct plx_remark note)
{
    g_assert_true(g_strv_contains(prompts, note.prompt));
    g_assert_cmpuint(strlen(note.text), >, 5);
    g_assert_true(g_utf8_validate(note.text, -1, NULL));
    g_assert_null(strstr(note.text, "  "));
    g_assert_false(g_str_has_suffix(note.text, " "));
    g_free(note.text);
}

static void test_every_point(void)
{
    for (guint p = 0; p < plx_truth()->n_points; p++)
        g_assert_true(plx_remark_covers(plx_truth()->points[p].id));
    g_assert_false(plx_remark_covers("nowhere"));
}

static void test_words(void)
{
    struct plx_random random;
    plx_random_seed(&random, 1);
    for (guint i = 0; i < 4000; i++) {
        const guint p = i % plx_truth()->n_points;
        check(plx_remark_on_point(&random, plx_truth()->points[p].id, 1 + (int)(i % 6)));
        check(plx_remark_alone(&random));
        check(plx_remark_sheet(&random, i % 4));
    }
}

/* People who pay in vain say that they did it twice, again, or waited. */
static void test_friction_in_words(void)
{
    struct plx_random random;
    plx_random_seed(&random, 1);
    guint telling = 0;
    for (guint i = 0; i < 200; i++) {
        const struct plx_remark note = plx_remark_on_point(&random, "payment-page", 1);
        telling += strstr(note.text, "twice") || strstr(note.text, "again") ||
                   strstr(note.text, "third time");
        g_free(note.text);
    }
    g_assert_cmpuint(telling, >, 120);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sim/remark/every-point", test_every_point);
    g_test_add_func("/sim/remark/words", test_words);
    g_test_add_func("/sim/remark/friction", test_friction_in_words);
    return g_test_run();
}

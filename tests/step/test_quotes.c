/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step/proposals_private.h"

#include <string.h>

static guint choose(const struct plx_next_said *said, guint n, guint *chosen)
{
    g_autoptr(GError) error = NULL;
    const gint found = plx_next_choose(said, n, PLX_NEXT_QUOTES, chosen, &error);
    g_assert_no_error(error);
    return (guint)found;
}

/* What most say comes first, then what else is said; a saying alone comes last. */
static void test_typical(void)
{
    static const struct plx_next_said said[] = {
        {"The lamp in the corner was green that evening", "en", 1},
        {"We waited an hour for the parcel at the door", "en", 2},
        {"Waited all morning, no parcel at the door", "en", 3},
        {"The parcel was late and I had waited", "en", 4},
        {"Nobody rang the bell when they came", "en", 5},
        {"Nobody ever rang our bell that day", "en", 6},
    };
    guint chosen[PLX_NEXT_QUOTES];
    g_assert_cmpuint(choose(said, G_N_ELEMENTS(said), chosen), ==, 3);
    g_assert_true(chosen[0] >= 1 && chosen[0] <= 3);
    g_assert_true(chosen[1] >= 4);
    g_assert_cmpuint(chosen[2], !=, chosen[0]);
}

/* Never two of one person, never the same words twice, however they are written. */
static void test_once(void)
{
    static const struct plx_next_said said[] = {
        {"The queue was very long today", "en", 1},
        {"the queue was VERY long today!", "en", 2},
        {"Somebody ate the last sandwich there", "en", 1},
    };
    guint chosen[PLX_NEXT_QUOTES];
    g_assert_cmpuint(choose(said, G_N_ELEMENTS(said), chosen), ==, 1);
    g_assert_cmpuint(chosen[0], ==, 0);
}

/* A word or two, and a whole letter, only where there is nothing else. */
static void test_clear(void)
{
    g_autofree char *letter = g_strnfill(400, 'x');
    const struct plx_next_said said[] = {
        {letter, "en", 1}, {"Queue", "en", 2}, {"They were kind about my wet shoes", "en", 3}};
    guint chosen[PLX_NEXT_QUOTES];
    g_assert_cmpuint(choose(said, G_N_ELEMENTS(said), chosen), ==, 3);
    g_assert_cmpuint(chosen[0], ==, 2);
    g_assert_cmpuint(choose(said, 2, chosen), ==, 2);
    g_assert_cmpuint(choose(said, 0, chosen), ==, 0);
}

/* Of more than are looked at every second one is. */
static void test_many(void)
{
    const guint n = 2001;
    g_autofree struct plx_next_said *said = g_new0(struct plx_next_said, n);
    for (guint i = 0; i < n; i++)
        said[i] = (struct plx_next_said){i % 2 ? "Odd ones are not looked at here"
                                               : "Even ones stand for all the others",
                                         "en", i};
    guint chosen[PLX_NEXT_QUOTES];
    g_assert_cmpuint(choose(said, n, chosen), ==, 1);
    g_assert_cmpuint(chosen[0], ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/quotes/typical", test_typical);
    g_test_add_func("/quotes/once", test_once);
    g_test_add_func("/quotes/clear", test_clear);
    g_test_add_func("/quotes/many", test_many);
    return g_test_run();
}

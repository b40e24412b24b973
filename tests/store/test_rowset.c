/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rows.h"

#include "base/date.h"

#include <string.h>

/* Columns that only some rows have are filled with what a missing one means. */
static void test_append(void)
{
    struct plx_rowset whole, first, second;
    plx_rowset_init(&whole);
    plx_rowset_init(&first);
    plx_rowset_init(&second);
    rows_fill(&first, 1, 50, FALSE);
    rows_fill(&second, 2, 70, TRUE);
    g_autofree char *a = rows_text(&first, NULL);
    g_autofree char *b = rows_text(&second, NULL);
    g_autofree char *both = g_strconcat(a, b, a, NULL);
    g_assert_null(first.seconds);
    g_assert_null(first.note);
    g_assert_cmpuint(plx_rowset_append(&whole, &first, 0), ==, 50);
    g_assert_cmpuint(plx_rowset_append(&whole, &second, 0), ==, 70);
    g_assert_cmpuint(plx_rowset_append(&whole, &first, 0), ==, 50);
    g_autofree char *text = rows_text(&whole, NULL);
    g_assert_cmpstr(text, ==, both);
    plx_rowset_clear(&first); /* texts are its own */
    plx_rowset_clear(&second);
    g_autofree char *still = rows_text(&whole, NULL);
    g_assert_cmpstr(still, ==, both);
    plx_rowset_empty(&whole);
    g_assert_cmpuint(whole.n, ==, 0);
    g_assert_null(whole.note);
    rows_fill(&whole, 1, 50, FALSE); /* memory of before, nothing else of it */
    g_autofree char *again = rows_text(&whole, NULL);
    g_assert_cmpstr(again, ==, a);
    plx_rowset_clear(&whole);
}

static void test_full(void)
{
    struct plx_rowset rows, more;
    plx_rowset_init(&rows);
    plx_rowset_init(&more);
    rows_fill(&rows, 1, PLX_BATCH_ROWS - 10, TRUE);
    rows_fill(&more, 2, 25, TRUE);
    g_assert_cmpuint(plx_rowset_append(&rows, &more, 3), ==, 10);
    g_assert_cmpuint(rows.n, ==, PLX_BATCH_ROWS);
    g_assert_cmpuint(rows.unit[PLX_BATCH_ROWS - 10], ==, more.unit[3]);
    g_assert_cmpuint(plx_rowset_append(&rows, &more, 13), ==, 0);
    plx_rowset_clear(&rows);
    plx_rowset_clear(&more);
}

static void test_keep(void)
{
    struct plx_rowset rows;
    guint8 keep[90];
    plx_rowset_init(&rows);
    rows_fill(&rows, 3, 90, TRUE);
    for (guint i = 0; i < 90; i++)
        keep[i] = i % 3 == 1 || i > 80;
    g_autofree char *expected = rows_text(&rows, keep);
    plx_rowset_keep(&rows, keep);
    g_autofree char *text = rows_text(&rows, NULL);
    g_assert_cmpstr(text, ==, expected);
    memset(keep, 0, sizeof keep);
    plx_rowset_keep(&rows, keep);
    g_assert_cmpuint(rows.n, ==, 0);
    plx_rowset_clear(&rows);
}

static void test_recode(void)
{
    struct plx_rowset rows;
    static const guint32 to[ROWS_CODES] = {0, 5, 4, 3, 2, 1, 60, 70, 80};
    plx_rowset_init(&rows);
    rows_fill(&rows, 3, 40, FALSE);
    g_autofree guint32 *before = g_memdup2(rows.dim[PLX_DIM_PLACE], 40 * sizeof(guint32));
    plx_rowset_recode(&rows, PLX_DIM_PLACE, to);
    plx_rowset_recode(&rows, PLX_DIM_CHANNEL, to); /* is not there */
    for (guint i = 0; i < 40; i++)
        g_assert_cmpuint(rows.dim[PLX_DIM_PLACE][i], ==, to[before[i]]);
    plx_rowset_clear(&rows);
}

/* Also before 1970. */
static void test_days(void)
{
    struct plx_rowset rows;
    struct plx_batch batch;
    const struct plx_dims all = {.n_dims = PLX_DIMS_MAX};
    static const gint64 seconds[] = {0, 86399, 86400, -1, -86400, -86401, PLX_NO_TIME};
    static const gint32 days[] = {0, 0, 1, -1, -1, -2, PLX_NO_DAY};
    plx_rowset_init(&rows);
    rows_fill(&rows, 3, G_N_ELEMENTS(seconds), TRUE);
    memcpy(rows.seconds, seconds, sizeof seconds);
    plx_rowset_days(&rows);
    plx_rowset_batch(&rows, &all, &batch);
    for (guint i = 0; i < G_N_ELEMENTS(seconds); i++) {
        g_assert_cmpint(batch.day[i], ==, days[i]);
        g_assert_cmpint(batch.month[i], ==,
                        days[i] == PLX_NO_DAY ? PLX_NO_DAY
                        : days[i] < 0         ? 1969 * 12 + 11
                                              : 1970 * 12);
    }
    plx_rowset_clear(&rows);
}

/* Every month there is, whether a table of them is made (a few years) or not (many). */
static void test_months(void)
{
    static const gint32 spans[] = {40, 20000, 72999, 400000};
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    struct plx_rowset rows;
    plx_rowset_init(&rows);
    for (guint s = 0; s < G_N_ELEMENTS(spans); s++) {
        plx_rowset_empty(&rows);
        rows_fill(&rows, 3, 5000, TRUE);
        for (guint32 i = 0; i < rows.n; i++)
            rows.seconds[i] =
                86400 * (gint64)g_rand_int_range(random, -spans[s] / 2, spans[s] / 2) +
                g_rand_int_range(random, 0, 86400);
        plx_rowset_days(&rows);
        for (guint32 i = 0; i < rows.n; i++) {
            gint year, month, day;
            plx_date_civil(rows.day[i], &year, &month, &day);
            g_assert_cmpint(rows.month[i], ==, year * 12 + month - 1);
            g_assert_cmpint(rows.seconds[i] - (gint64)rows.day[i] * 86400, >=, 0);
            g_assert_cmpint(rows.seconds[i] - (gint64)rows.day[i] * 86400, <, 86400);
        }
    }
    plx_rowset_clear(&rows);
}

/* Values that nobody could have said. */
static void test_sound(void)
{
    static const gint64 times[] = {G_MININT64 + 1, -62135596801, 253402300800, G_MAXINT64};
    struct plx_rowset rows;
    plx_rowset_init(&rows);
    rows_fill(&rows, 3, 40, TRUE);
    g_assert_true(plx_rowset_is_sound(&rows));
    for (gsize i = 0; i < G_N_ELEMENTS(times); i++) {
        rows.seconds[7] = times[i];
        g_assert_false(plx_rowset_is_sound(&rows));
    }
    rows.seconds[7] = 253402300799;
    g_assert_true(plx_rowset_is_sound(&rows));
    rows.surprise[5] = 2;
    g_assert_false(plx_rowset_is_sound(&rows));
    rows.surprise[5] = -1;
    rows.weight[6] = G_MAXUINT64;
    g_assert_false(plx_rowset_is_sound(&rows));
    plx_rowset_clear(&rows);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rowset/append", test_append);
    g_test_add_func("/rowset/full", test_full);
    g_test_add_func("/rowset/keep", test_keep);
    g_test_add_func("/rowset/recode", test_recode);
    g_test_add_func("/rowset/sound", test_sound);
    g_test_add_func("/rowset/days", test_days);
    g_test_add_func("/rowset/months", test_months);
    return g_test_run();
}

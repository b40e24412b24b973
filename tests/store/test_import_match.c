/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/import_match.h"

#define ROWS 3000

/* Few distinct keys, so that equal ones are frequent; contents tell rows of a key apart. */
static void fill(GRand *rand, struct plx_content *rows, guint32 n, gint distinct)
{
    for (guint32 i = 0; i < n; i++) {
        const guint64 key = (guint64)g_rand_int_range(rand, 0, distinct);
        rows[i].key[0] = key % 7;
        rows[i].key[1] = key;
        rows[i].content[0] = key * 2 + (guint64)g_rand_int_range(rand, 0, 2);
        rows[i].content[1] = key;
    }
}

static gboolean is_equal(const struct plx_content *a, const struct plx_content *b, gboolean by_key)
{
    const guint64 *const x = by_key ? a->key : a->content, *const y = by_key ? b->key : b->content;
    return x[0] == y[0] && x[1] == y[1];
}

/* The first equal row that nobody has met, found by looking at all. */
static guint32 look(const struct plx_content *rows, guint8 *used, const struct plx_content *wanted,
                    gboolean by_key)
{
    for (guint32 i = 0; i < ROWS; i++) {
        if (used[i] || !is_equal(&rows[i], wanted, by_key))
            continue;
        used[i] = 1;
        return i;
    }
    return PLX_NO_MATCH;
}

static void test_like_looking(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(5);
    g_autofree struct plx_content *mine = g_new(struct plx_content, ROWS);
    g_autofree struct plx_content *others = g_new(struct plx_content, ROWS);
    g_autofree guint32 *met = g_new(guint32, ROWS);
    static const gint distinct[] = {1, 40, 2000, 1000000};
    for (guint round = 0; round < 2 * G_N_ELEMENTS(distinct); round++) {
        const gboolean by_key = round % 2;
        g_autofree guint8 *used = g_new0(guint8, ROWS);
        fill(rand, mine, ROWS, distinct[round / 2]);
        fill(rand, others, ROWS, distinct[round / 2]);
        struct plx_match *const match = plx_match_new(ROWS, by_key);
        plx_match_add(match, mine, 1000);
        plx_match_add(match, mine + 1000, ROWS - 1000);
        plx_match_meet(match, others, 1, met);
        plx_match_meet(match, others + 1, ROWS - 1, met + 1);
        for (guint32 i = 0; i < ROWS; i++) {
            g_assert_cmpuint(met[i], ==, look(mine, used, &others[i], by_key));
            if (met[i] != PLX_NO_MATCH)
                g_assert_true(is_equal(plx_match_row(match, met[i]), &others[i], by_key));
        }
        plx_match_free(match);
    }
}

static void test_none(void)
{
    struct plx_content row = {{1, 2}, {3, 4}};
    guint32 met = 0;
    struct plx_match *const match = plx_match_new(0, TRUE);
    plx_match_meet(match, &row, 1, &met);
    g_assert_cmpuint(met, ==, PLX_NO_MATCH);
    plx_match_free(match);
    plx_match_free(NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/import-match/like-looking", test_like_looking);
    g_test_add_func("/import-match/none", test_none);
    return g_test_run();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rows.h"

#include "store/content.h"

#include <string.h>

static struct plx_content content_of(const struct plx_rowset *rows, guint32 row, gboolean encounter)
{
    g_autofree struct plx_content *all = g_new(struct plx_content, rows->n);
    plx_content_of(rows, rows_measure_code, encounter, all);
    return all[row];
}

static gboolean same_key(const struct plx_content *a, const struct plx_content *b)
{
    return memcmp(a->key, b->key, sizeof a->key) == 0;
}

static gboolean same_content(const struct plx_content *a, const struct plx_content *b)
{
    return memcmp(a->content, b->content, sizeof a->content) == 0;
}

/* Every column is content; encounter, subject, journey, prompt, item and time are key. */
static void test_columns(void)
{
    struct plx_rowset rows;
    plx_rowset_init(&rows);
    rows_fill(&rows, 1, 8, TRUE);
    const struct plx_content before = content_of(&rows, 5, TRUE);
    struct change {
        gpointer at;
        gboolean key;
    };
    const struct change changes[] = {
        {&rows.encounter[5], TRUE},
        {&rows.seconds[5], TRUE},
        {&rows.dim[PLX_DIM_PLACE][5], FALSE},
        {&rows.measure[0][5], FALSE},
        {&rows.measure[3][5], FALSE},
        {&rows.unit[5], FALSE},
        {&rows.weight[5], FALSE},
        {&rows.group_size[5], FALSE},
        {&rows.seen[5], FALSE},
        {&rows.hesitation[5], FALSE},
    };
    for (guint i = 0; i < G_N_ELEMENTS(changes); i++) {
        guint8 *const byte = changes[i].at;
        *byte ^= 1;
        const struct plx_content after = content_of(&rows, 5, TRUE);
        g_assert_false(same_content(&after, &before));
        g_assert_true(same_key(&after, &before) == !changes[i].key);
        *byte ^= 1;
    }
    const struct plx_content again = content_of(&rows, 5, TRUE);
    g_assert_true(same_content(&again, &before) && same_key(&again, &before));
    plx_rowset_clear(&rows);
}

/* A column that is not there says what an empty one says. */
static void test_empty_columns(void)
{
    struct plx_rowset few, many;
    plx_rowset_init(&few);
    plx_rowset_init(&many);
    rows_fill(&few, 1, 6, FALSE);
    plx_rowset_append(&many, &few, 0);
    rows_fill(&many, 2, 6, TRUE);
    for (guint i = 0; i < 6; i++) {
        const struct plx_content a = content_of(&few, i, TRUE), b = content_of(&many, i, TRUE);
        g_assert_true(same_content(&a, &b) && same_key(&a, &b));
    }
    plx_rowset_clear(&few);
    plx_rowset_clear(&many);
}

/* Without encounters only known respondents tell rows apart. */
static void test_without_encounters(void)
{
    struct plx_rowset rows;
    plx_rowset_init(&rows);
    rows_fill(&rows, 1, 8, TRUE);
    for (guint row = 2; row < 4; row++) { /* one known, one not */
        const struct plx_content before = content_of(&rows, row, FALSE);
        rows.encounter[row] ^= 1;
        const struct plx_content after = content_of(&rows, row, FALSE);
        g_assert_true(same_content(&before, &after) == !rows.known[row]);
    }
    plx_rowset_clear(&rows);
}

/* Words are the key of a note about nothing, and only of that. */
static void test_notes(void)
{
    struct plx_rowset rows;
    plx_rowset_init(&rows);
    rows_fill(&rows, 1, 8, TRUE);
    const struct plx_content alone = content_of(&rows, 4, TRUE);
    rows.note[4] = (struct plx_span){"other words", 11};
    const struct plx_content other = content_of(&rows, 4, TRUE);
    g_assert_false(same_key(&alone, &other));
    g_assert_false(same_content(&alone, &other));
    rows.dim[PLX_DIM_SUBJECT] = plx_rowset_column(&rows);
    memset(rows.dim[PLX_DIM_SUBJECT], 0, 8 * sizeof(guint32));
    rows.dim[PLX_DIM_SUBJECT][4] = 3;
    const struct plx_content about = content_of(&rows, 4, TRUE);
    rows.note[4] = (struct plx_span){"more words", 10};
    const struct plx_content more = content_of(&rows, 4, TRUE);
    g_assert_true(same_key(&about, &more));
    g_assert_false(same_content(&about, &more));
    plx_rowset_clear(&rows);
}

static void test_sum(void)
{
    struct plx_rowset rows;
    struct plx_content contents[60], turned[60];
    plx_rowset_init(&rows);
    rows_fill(&rows, 1, 60, TRUE);
    plx_content_of(&rows, rows_measure_code, TRUE, contents);
    for (guint i = 0; i < 60; i++)
        turned[i] = contents[59 - i];
    guint64 a[2] = {0}, b[2] = {0}, c[2] = {0};
    plx_content_sum(contents, 60, a);
    plx_content_sum(turned, 20, b);
    plx_content_sum(turned + 20, 40, b);
    plx_content_sum(contents, 59, c);
    g_assert_cmpuint(a[0], ==, b[0]);
    g_assert_cmpuint(a[1], ==, b[1]);
    g_assert_cmpuint(a[0], !=, c[0]);
    plx_rowset_clear(&rows);
}

/* All rows at once are each of them: with long encounters and short ones, notes, and without. */
static void test_add_up(void)
{
    struct plx_rowset rows;
    g_autofree struct plx_content *contents = g_new(struct plx_content, PLX_BATCH_ROWS);
    for (guint round = 0; round < 6; round++) {
        const guint32 n = round < 2 ? 4 : 5000, length = round % 2 ? 1 : 2000;
        plx_rowset_init(&rows);
        rows_fill(&rows, round, n, round != 3);
        for (guint32 i = 0; i < n && round >= 4; i++) {
            rows.encounter[i] = rows.unit[i] = 1 + i / length;
            rows.seconds[i] = i < 3000 ? 60 * (gint64)(i / length) : PLX_NO_TIME;
        }
        guint64 slow[2] = {1, 2}, quick[2] = {1, 2};
        plx_content_of(&rows, rows_measure_code, TRUE, contents);
        plx_content_sum(contents, n, slow);
        plx_content_add_up(&rows, rows_measure_code, quick);
        g_assert_cmpuint(slow[0], ==, quick[0]);
        g_assert_cmpuint(slow[1], ==, quick[1]);
        plx_rowset_clear(&rows);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/content/columns", test_columns);
    g_test_add_func("/content/empty-columns", test_empty_columns);
    g_test_add_func("/content/without-encounters", test_without_encounters);
    g_test_add_func("/content/notes", test_notes);
    g_test_add_func("/content/sum", test_sum);
    g_test_add_func("/content/add-up", test_add_up);
    return g_test_run();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/codebook.h"

#include <string.h>

static const guint8 key[PLX_CODEBOOK_KEY] = "0123456789abcde";

static guint64 answer_of(const plx_codebook *book, const char *text)
{
    guint64 answer;
    g_assert_true(plx_codebook_answer(book, text, &answer));
    return answer;
}

static plx_codebook *some_book(void)
{
    const char *const points[] = {"welcome", "queue", NULL};
    plx_codebook *const book = plx_codebook_new(key);
    plx_codebook_add(book, 7, "Waiting time", points);
    plx_codebook_add(book, 2, "Friendly people", NULL);
    plx_codebook_code(book, "improve", answer_of(book, "Queues are too long."), 7);
    plx_codebook_code(book, "well", answer_of(book, "Everybody smiles"), 2);
    return book;
}

static void test_themes_in_order_of_ids(void)
{
    g_autoptr(plx_codebook) book = some_book();
    g_assert_cmpuint(plx_codebook_themes(book), ==, 2);
    g_assert_cmpstr(plx_codebook_theme(book, 0)->title, ==, "Friendly people");
    const struct plx_theme *const waiting = plx_codebook_theme(book, 1);
    g_assert_cmpuint(waiting->id, ==, 7);
    g_assert_cmpuint(waiting->n_points, ==, 2);
    g_assert_cmpstr(waiting->points[0], ==, "queue");
    g_assert_cmpstr(waiting->points[1], ==, "welcome");
}

static void test_spelling_does_not_count(void)
{
    g_autoptr(plx_codebook) book = some_book();
    const char *const same[] = {"queues are too long", "  QUEUES  are\ttoo long!! "};
    for (guint i = 0; i < G_N_ELEMENTS(same); i++)
        g_assert_cmpuint(plx_codebook_find(book, "improve", same[i])->id, ==, 7);
    g_assert_null(plx_codebook_find(book, "improve", "Queues are not too long."));
    g_assert_null(plx_codebook_find(book, "improve", "?!"));
    g_assert_cmpuint(plx_codebook_by_title(book, "WAITING - time")->id, ==, 7);
    g_assert_null(plx_codebook_by_title(book, "Waiting"));
    g_assert_null(plx_codebook_by_title(book, "..."));
}

static void test_prompts_are_apart(void)
{
    g_autoptr(plx_codebook) book = some_book();
    g_assert_null(plx_codebook_find(book, "well", "Queues are too long."));
    g_assert_null(plx_codebook_find(book, "continue", "Everybody smiles"));
}

static void test_sorted_again(void)
{
    g_autoptr(plx_codebook) book = some_book();
    plx_codebook_code(book, "improve", answer_of(book, "Queues are too long."), 2);
    g_assert_cmpuint(plx_codebook_find(book, "improve", "queues are too long")->id, ==, 2);
}

static void test_words_are_under_a_key(void)
{
    guint8 other[PLX_CODEBOOK_KEY];
    memset(other, 7, sizeof other);
    g_autoptr(plx_codebook) here = plx_codebook_new(key), there = plx_codebook_new(other);
    g_assert_cmpuint(answer_of(here, "Nobody smiles"), !=, answer_of(there, "Nobody smiles"));
    g_assert_cmpuint(answer_of(here, "Nobody smiles"), ==, answer_of(here, "nobody smiles."));
    guint64 untouched = 5;
    g_assert_false(plx_codebook_answer(here, " ... ", &untouched));
    g_assert_cmpuint(untouched, ==, 5);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/voice/codebook/order", test_themes_in_order_of_ids);
    g_test_add_func("/voice/codebook/spelling", test_spelling_does_not_count);
    g_test_add_func("/voice/codebook/prompts", test_prompts_are_apart);
    g_test_add_func("/voice/codebook/again", test_sorted_again);
    g_test_add_func("/voice/codebook/key", test_words_are_under_a_key);
    return g_test_run();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "base/error.h"
#include "map/map_file.h"
#include "store/words.h"

#include <string.h>

static guint32 number(struct desk *desk, plx_words *words, guint kind, guint about,
                      const char *text, const char *title)
{
    guint32 code = 0;
    g_autoptr(GError) error = NULL;
    plx_words_number(words, plx_store_db(desk->store), kind, about, text, title, &code, &error);
    g_assert_no_error(error);
    return code;
}

static plx_words *load(struct desk *desk)
{
    g_autoptr(GError) error = NULL;
    plx_words *const words = plx_words_load(plx_store_db(desk->store), &error);
    g_assert_no_error(error);
    return words;
}

/* Codes count from 1 within a kind and stay; the smallest spelling is the title. */
static void test_numbers(void)
{
    struct desk desk;
    desk_init(&desk, desk_map);
    g_autoptr(plx_words) words = load(&desk);
    g_assert_cmpuint(number(&desk, words, PLX_WORD_PLACE, 0, "Oslo", "Oslo"), ==, 1);
    g_assert_cmpuint(number(&desk, words, PLX_WORD_PLACE, 0, "Bergen", "Bergen"), ==, 2);
    g_assert_cmpuint(number(&desk, words, PLX_WORD_CHANNEL, 0, "Oslo", "Oslo"), ==, 1);
    g_assert_cmpuint(number(&desk, words, PLX_WORD_SUBJECT, 1, "order", "order"), ==, 1);
    g_assert_cmpuint(number(&desk, words, PLX_WORD_SUBJECT, 2, "order", "order"), ==, 2);
    g_assert_cmpuint(number(&desk, words, PLX_WORD_SUBJECT, 1, "order", "Order"), ==, 1);
    g_assert_cmpuint(number(&desk, words, PLX_WORD_SUBJECT, 1, "order", "oRDER"), ==, 1);
    g_autoptr(plx_words) again = load(&desk);
    g_assert_cmpuint(plx_words_size(again, PLX_WORD_PLACE), ==, 2);
    g_assert_cmpuint(plx_words_find(again, PLX_WORD_PLACE, 0, "Bergen"), ==, 2);
    g_assert_cmpuint(plx_words_find(again, PLX_WORD_PLACE, 0, "Molde"), ==, 0);
    g_assert_cmpuint(plx_words_find(again, PLX_WORD_SUBJECT, 2, "order"), ==, 2);
    g_assert_cmpstr(plx_words_get(again, PLX_WORD_SUBJECT, 1)->title, ==, "Order");
    desk_clear(&desk);
}

/* A code that another process has given away is an error, not the other's word. */
static void test_given_away(void)
{
    struct desk desk;
    guint32 code = 0;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    g_autoptr(plx_words) old = load(&desk);
    g_autoptr(plx_words) words = load(&desk);
    g_assert_cmpuint(number(&desk, words, PLX_WORD_PLACE, 0, "Oslo", "Oslo"), ==, 1);
    g_assert_false(plx_words_number(old, plx_store_db(desk.store), PLX_WORD_PLACE, 0, "Bergen",
                                    "Bergen", &code, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_cmpuint(code, ==, 0);
    g_autoptr(plx_words) again = load(&desk);
    g_assert_cmpstr(plx_words_get(again, PLX_WORD_PLACE, 1)->text, ==, "Oslo");
    desk_clear(&desk);
}

static void check_damage(const char *sql, const char *said)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    g_autoptr(plx_words) words = load(&desk);
    number(&desk, words, PLX_WORD_PLACE, 0, "Oslo", "Oslo");
    number(&desk, words, PLX_WORD_PLACE, 0, "Bergen", "Bergen");
    desk_sql(&desk, sql);
    g_assert_null(plx_words_load(plx_store_db(desk.store), &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_nonnull(strstr(error->message, said));
    desk_clear(&desk);
}

static void test_damage(void)
{
    check_damage("UPDATE word SET text = 'Osla' WHERE code = 1", "word 1 of kind 19");
    check_damage("UPDATE word SET title = 'Osla' WHERE code = 1", "word 1 of kind 19");
    check_damage("UPDATE word SET about = 2 WHERE code = 1", "word 1 of kind 19");
    check_damage("UPDATE word SET kind = 20", "of kind 20");
    check_damage("UPDATE word SET kind = 300", "of kind 300");
    check_damage("DELETE FROM word WHERE code = 1", "word 2 of kind 19");
    check_damage("DELETE FROM word WHERE code = 2", "it holds 1 of 2 words");
}

/* Under a map: things have the id they have today. */
static void test_lexicon(void)
{
    static const char yaml[] = "parallax: 1\ntitle: Shop\njourneys:\n  - id: buy\n    title: Buy\n"
                               "    was: order\n    transactions:\n"
                               "      - title: Find\n        points:\n"
                               "          - {id: step, title: Step, was: door}\n"
                               "          - {id: cash, title: Cash, was: [till, desk]}\n"
                               "retired: {points: [bell]}\n";
    struct desk desk;
    g_autoptr(GError) error = NULL;
    static const char *const ids[] = {"door", "till", "desk", "bell", "cash"};
    static const char *const now[] = {"step", "cash", "cash", "bell", "cash"};
    desk_init(&desk, desk_map);
    g_autoptr(plx_words) words = load(&desk);
    for (guint i = 0; i < G_N_ELEMENTS(ids); i++)
        number(&desk, words, PLX_WORD_SUBJECT, PLX_SUBJECT_POINT, ids[i], ids[i]);
    number(&desk, words, PLX_WORD_AUDIENCE, 0, "customer", "customer");
    number(&desk, words, PLX_WORD_JOURNEY, 0, "order", "order");
    number(&desk, words, PLX_WORD_JOURNEY, 0, "buy", "Buy");
    number(&desk, words, PLX_WORD_SEGMENT_KEY, 0, "tier", "tier");
    number(&desk, words, PLX_WORD_SEGMENT, 0, "gold", "gold");
    number(&desk, words, PLX_WORD_MEASURE, 0, "effort", "effort");
    number(&desk, words, PLX_WORD_MEASURE, 0, "of-old", "of-old");
    g_autoptr(plx_map) map = plx_map_read_memory(yaml, strlen(yaml), "m", &error);
    g_assert_no_error(error);
    struct plx_lexicon *const lexicon =
        plx_words_lexicon(words, map, plx_store_db(desk.store), &error);
    g_assert_no_error(error);
    for (guint i = 0; i < G_N_ELEMENTS(ids); i++)
        g_assert_cmpstr(g_array_index(lexicon->dims.subjects, struct plx_subject, i + 1).id, ==,
                        now[i]);
    g_assert_cmpuint(lexicon->to[PLX_DIM_AUDIENCE][1], ==,
                     (guint)plx_map_find_audience(map, "customer") + 1);
    g_assert_cmpuint(lexicon->to[PLX_DIM_JOURNEY][1], ==, lexicon->to[PLX_DIM_JOURNEY][2]);
    g_assert_cmpstr(lexicon->dims.segment[0], ==, "tier");
    g_assert_cmpuint(lexicon->size[PLX_DIM_SEGMENT], ==, 2);
    g_assert_cmpint(lexicon->measure[0], ==, PLX_MEASURE_EFFORT);
    g_assert_cmpint(lexicon->measure[1], ==, -1);
    static const guint32 codes[] = {0, 1, 2};
    g_assert_true(plx_lexicon_knows(lexicon, PLX_DIM_AUDIENCE, codes, 2));
    plx_lexicon_free(lexicon);
    /* An audience that the map does not know is nobody's until a row has it. */
    number(&desk, words, PLX_WORD_AUDIENCE, 0, "ghost", "ghost");
    struct plx_lexicon *const haunted =
        plx_words_lexicon(words, map, plx_store_db(desk.store), &error);
    g_assert_no_error(error);
    g_assert_true(plx_lexicon_knows(haunted, PLX_DIM_AUDIENCE, codes, 2));
    g_assert_false(plx_lexicon_knows(haunted, PLX_DIM_AUDIENCE, codes, 3));
    g_assert_true(plx_lexicon_knows(haunted, PLX_DIM_PLACE, codes, 3));
    plx_lexicon_free(haunted);
    desk_clear(&desk);
}

/* Words that the program never writes, in a file that others made. */
static void check_no_word(guint kind, guint about, const char *text, const char *title)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    g_autoptr(plx_words) words = load(&desk);
    number(&desk, words, PLX_WORD_PLACE, 0, "Oslo", "Oslo");
    number(&desk, words, kind, about, text, title);
    g_assert_null(
        plx_words_lexicon(words, plx_store_map(desk.store), plx_store_db(desk.store), &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    desk_clear(&desk);
}

static void test_no_words(void)
{
    check_no_word(PLX_WORD_PLACE, 1, "Oslo", "Oslo");
    check_no_word(PLX_WORD_PLACE, 0, "", "");
    check_no_word(PLX_WORD_JOURNEY, 0, "order", "!!!");
    check_no_word(PLX_WORD_CLOCK, 0, "second and a very long way from Greenwich", "");
}

static void test_kinds(void)
{
    g_assert_cmpuint(plx_word_kind_of_dim(PLX_DIM_AUDIENCE), ==, 16);
    g_assert_cmpuint(plx_word_kind_of_dim(PLX_DIM_CLOCK), ==, 29);
    g_assert_cmpuint(plx_word_kind_of_dim(PLX_DIM_SEGMENT + 5), ==, 69);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/words/numbers", test_numbers);
    g_test_add_func("/words/given-away", test_given_away);
    g_test_add_func("/words/damage", test_damage);
    g_test_add_func("/words/lexicon", test_lexicon);
    g_test_add_func("/words/no-words", test_no_words);
    g_test_add_func("/words/kinds", test_kinds);
    return g_test_run();
}

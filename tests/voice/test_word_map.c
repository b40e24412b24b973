/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/word_map.h"

static void test_numbers(void)
{
    struct plx_word_map map = {0};
    g_assert_cmpuint(plx_word_map_size(&map), ==, 0);
    for (guint round = 0; round < 2; round++)
        for (guint32 i = 0; i < 20000; i++) {
            const guint32 words[] = {i / 7, i, 5, i % 3};
            /* keys of several lengths, each other's beginnings */
            g_assert_cmpuint(plx_word_map_number(&map, words, 2 + i % 3), ==, i);
        }
    g_assert_cmpuint(plx_word_map_size(&map), ==, 20000);
    guint n;
    const guint32 *words = plx_word_map_words(&map, 100, &n);
    g_assert_cmpuint(n, ==, 2 + 100 % 3);
    g_assert_cmpuint(words[0], ==, 14);
    g_assert_cmpuint(words[1], ==, 100);
    plx_word_map_clear(&map);
    g_assert_cmpuint(plx_word_map_size(&map), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/voice/word-map/numbers", test_numbers);
    return g_test_run();
}

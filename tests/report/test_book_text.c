/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/book_text.h"

#include <string.h>

static void test_lines(void)
{
    g_assert_cmpuint(plx_book_lines("", 10), ==, 1);
    g_assert_cmpuint(plx_book_lines("one two", 10), ==, 1);
    g_assert_cmpuint(plx_book_lines("one two six", 10), ==, 2);
    g_assert_cmpuint(plx_book_lines("one two six", 11), ==, 1);
    g_assert_cmpuint(plx_book_lines("äöü äöü äöü", 11), ==, 1);
    g_assert_cmpuint(plx_book_lines("a b c", 1), ==, 3);
    g_assert_cmpuint(plx_book_lines("abcdefghijklmno", 10), ==, 2);
}

static void test_longest_word(void)
{
    g_assert_cmpuint(plx_book_longest_word("p"), ==, 3);
    g_assert_cmpuint(plx_book_longest_word("Difference low"), ==, 12);
    g_assert_cmpuint(plx_book_longest_word("für alle"), ==, 6);
}

/* Never half a character, nor half a pair of UTF-16. */
static void test_fitting(void)
{
    g_autofree char *plain = plx_book_fitting("as it is");
    g_assert_cmpstr(plain, ==, "as it is");
    g_autofree char *invalid = plx_book_fitting("a\xff");
    g_assert_true(g_utf8_validate(invalid, -1, NULL));
    g_autoptr(GString) text = g_string_new("x");
    for (guint i = 0; i < 20000; i++)
        g_string_append(text, "\xf0\x9f\x98\x80");
    g_autofree char *cut = plx_book_fitting(text->str);
    g_assert_cmpint(g_utf8_strlen(cut, -1), ==, 1 + (32767 - 1) / 2);
    g_assert_true(g_utf8_validate(cut, -1, NULL));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/book-text/lines", test_lines);
    g_test_add_func("/book-text/longest-word", test_longest_word);
    g_test_add_func("/book-text/fitting", test_fitting);
    return g_test_run();
}

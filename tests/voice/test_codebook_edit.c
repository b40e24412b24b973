/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "voice/codebook.h"

#include <string.h>

static const guint8 key[PLX_CODEBOOK_KEY] = "0123456789abcde";

static void code(plx_codebook *book, const char *prompt, const char *text, guint32 theme)
{
    guint64 answer;
    g_assert_true(plx_codebook_answer(book, text, &answer));
    plx_codebook_code(book, prompt, answer, theme);
}

static void test_made_once(void)
{
    g_autoptr(plx_codebook) book = plx_codebook_new(key);
    const guint32 waiting = plx_codebook_make(book, "Waiting time");
    g_assert_cmpuint(waiting, >, 0);
    g_assert_cmpuint(plx_codebook_make(book, "waiting  TIME"), ==, waiting);
    g_assert_cmpuint(plx_codebook_make(book, "!"), ==, 0);
    g_assert_cmpuint(plx_codebook_themes(book), ==, 1);
    g_assert_cmpstr(plx_codebook_theme(book, 0)->title, ==, "Waiting time");
}

static void test_renamed(void)
{
    g_autoptr(plx_codebook) book = plx_codebook_new(key);
    const guint32 a = plx_codebook_make(book, "Queue"), b = plx_codebook_make(book, "Smile");
    g_assert_true(plx_codebook_rename(book, a, "QUEUE"));
    g_assert_false(plx_codebook_rename(book, a, "smile"));
    g_assert_false(plx_codebook_rename(book, b, " - "));
    g_assert_false(plx_codebook_rename(book, 99, "Nobody"));
    g_assert_cmpstr(plx_codebook_by_id(book, a)->title, ==, "QUEUE");
    g_assert_cmpstr(plx_codebook_by_id(book, b)->title, ==, "Smile");
}

/* Answers and points move; the id of what is gone is never given again. */
static void test_merged(void)
{
    g_autoptr(plx_codebook) book = plx_codebook_new(key);
    const guint32 a = plx_codebook_make(book, "Queue"), b = plx_codebook_make(book, "Waiting");
    code(book, "improve", "too long", b);
    code(book, "well", "short", a);
    g_assert_true(plx_codebook_tie(book, a, "till"));
    g_assert_true(plx_codebook_tie(book, b, "till"));
    g_assert_true(plx_codebook_tie(book, b, "door"));
    plx_codebook_merge(book, b, a);
    g_assert_cmpuint(plx_codebook_themes(book), ==, 1);
    g_assert_cmpuint(plx_codebook_find(book, "improve", "Too long!")->id, ==, a);
    g_assert_cmpuint(plx_codebook_find(book, "well", "short")->id, ==, a);
    g_assert_cmpuint(plx_codebook_by_id(book, a)->n_points, ==, 2);
    g_assert_cmpstr(plx_codebook_by_id(book, a)->points[0], ==, "door");
    g_assert_cmpuint(plx_codebook_make(book, "Waiting"), >, b);
    plx_codebook_merge(book, a, a);
    g_assert_nonnull(plx_codebook_by_id(book, a));
}

static void test_taken_out(void)
{
    g_autoptr(plx_codebook) book = plx_codebook_new(key);
    const guint32 a = plx_codebook_make(book, "Queue");
    code(book, "improve", "too long", a);
    guint64 answer;
    g_assert_true(plx_codebook_answer(book, "Too Long", &answer));
    g_assert_false(plx_codebook_uncode(book, "well", answer));
    g_assert_true(plx_codebook_uncode(book, "improve", answer));
    g_assert_false(plx_codebook_uncode(book, "improve", answer));
    g_assert_null(plx_codebook_find(book, "improve", "too long"));
    g_assert_true(plx_codebook_tie(book, a, "till"));
    g_assert_false(plx_codebook_tie(book, a, "till"));
    g_assert_true(plx_codebook_untie(book, a, "till"));
    g_assert_false(plx_codebook_untie(book, a, "till"));
    g_assert_cmpuint(plx_codebook_by_id(book, a)->n_points, ==, 0);
}

static void test_text_and_back(void)
{
    g_autoptr(plx_codebook) book = plx_codebook_new(key);
    const guint32 a = plx_codebook_make(book, "Queue \"at\" the till\n– long");
    const guint32 b = plx_codebook_make(book, "Smile");
    plx_codebook_merge(book, b, a);
    code(book, "well", "short", a);
    code(book, "improve", "too long", a);
    code(book, "improve", "far too long", a);
    plx_codebook_tie(book, a, "till");
    g_autofree char *text = plx_codebook_text(book);
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_codebook) again = plx_codebook_read(key, text, "it", &error);
    g_assert_no_error(error);
    g_autofree char *same = plx_codebook_text(again);
    g_assert_cmpstr(same, ==, text);
    g_assert_cmpuint(plx_codebook_make(again, "Smile"), ==, plx_codebook_make(book, "Smile"));
}

static void test_bad_text(void)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"{\"next\": 1, \"themes\": []}", "it:1:1: a codebook needs \"answers\""},
        {"{\"next\": 1, \"themes\": [], \"answers\": [[\"well\", \"12\", 1]]}",
         "it:1:48: a hash has 16 digits"},
        {"{\"next\": 1, \"themes\": [], \"answers\": [[\"well\"]]}",
         "it:1:39: an answer has a prompt, a hash and a theme"},
        {"{\"next\": 1, \"themes\": [], \"answers\": [[\"well\", \"0123456789abcdef\", 1]]}",
         "it:1:68: there is no theme 1"},
        {"{\"next\": 3, \"themes\": [{\"id\": 1, \"title\": \"a\", \"points\": []}, "
         "{\"id\": 1, \"title\": \"b\", \"points\": []}], \"answers\": []}",
         "it:1:70: theme 1 is there twice"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(plx_codebook_read(key, cases[i].text, "it", &error));
        g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_INPUT));
        g_assert_cmpstr(error->message, ==, cases[i].message);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/voice/codebook/made-once", test_made_once);
    g_test_add_func("/voice/codebook/renamed", test_renamed);
    g_test_add_func("/voice/codebook/merged", test_merged);
    g_test_add_func("/voice/codebook/taken-out", test_taken_out);
    g_test_add_func("/voice/codebook/text", test_text_and_back);
    g_test_add_func("/voice/codebook/bad-text", test_bad_text);
    return g_test_run();
}

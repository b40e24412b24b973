/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/suggest.h"

static const char *const words[] = {"title",         "transactions", "journeys", "points",
                                    "tracking-page", "customer",     "leader",   "id"};
#define N G_N_ELEMENTS(words)

static void expect(const char *word, const char *wanted)
{
    gint i = plx_suggest(word, words, N);
    g_assert_cmpstr(i < 0 ? NULL : words[i], ==, wanted);
}

static void test_edits(void)
{
    expect("titel", "title"); /* swapped neighbours are one edit */
    expect("tilte", "title");
    expect("customers", "customer");
    expect("Leader", "leader"); /* case is no difference */
    expect("leeder", "leader");
    expect("transacton", "transactions");
    expect("journey", "journeys");
    expect("di", "id");
}

static void test_far(void)
{
    expect("colour", NULL);
    expect("x", NULL); /* every one-letter word is one edit from another */
    expect("", NULL);
    expect("ox", NULL);
}

static void test_prefix(void)
{
    expect("tracking", "tracking-page");
    expect("tr", NULL);
    const char *const two[] = {"tracking-page", "tracking-mail"};
    g_assert_cmpint(plx_suggest("tracking", two, 2), ==, -1);
}

static void test_first_of_equals(void)
{
    const char *const equal[] = {NULL, "cat", "car"};
    g_assert_cmpint(plx_suggest("cax", equal, 3), ==, 1);
}

static void test_message(void)
{
    g_autofree char *near = plx_suggest_text("titel", words, N);
    g_assert_cmpstr(near, ==, "; did you mean \"title\"?");
    g_autofree char *far = plx_suggest_text("colour", words, N);
    g_assert_cmpstr(far, ==, "");
    g_autoptr(GString) message = g_string_new("unknown");
    plx_suggest_append(message, "idd", words, N);
    g_assert_cmpstr(message->str, ==, "unknown; did you mean \"id\"?");
}

static void test_hostile(void)
{
    g_autoptr(GString) longest = g_string_new(NULL);
    for (int i = 0; i < 100000; i++)
        g_string_append(longest, "\xF0\x9F");
    g_assert_cmpint(plx_suggest(longest->str, words, N), ==, -1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/suggest/edits", test_edits);
    g_test_add_func("/suggest/far", test_far);
    g_test_add_func("/suggest/prefix", test_prefix);
    g_test_add_func("/suggest/first-of-equals", test_first_of_equals);
    g_test_add_func("/suggest/message", test_message);
    g_test_add_func("/suggest/hostile", test_hostile);
    return g_test_run();
}

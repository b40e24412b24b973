/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/compare_words.h"

#include "map/map_file.h"
#include "report/words.h"

#include <string.h>

static void assert_all(const char *const *tests, const char *since, const char *until,
                       const char *wanted)
{
    const struct plx_compare_sided side = {.label = (char *)(guintptr) "2025.csv",
                                           .since = (char *)(guintptr)since,
                                           .until = (char *)(guintptr)until,
                                           .tests = (char **)(guintptr)tests};
    g_autofree char *words = plx_compare_side_words(&side);
    g_assert_cmpstr(words, ==, wanted);
}

static void assert_words(const char *test, const char *since, const char *until, const char *wanted)
{
    const char *const tests[] = {test, NULL};
    assert_all(test ? tests : NULL, since, until, wanted);
}

static void test_tests(void)
{
    assert_words("place=Hull", NULL, NULL, "Hull");
    assert_words("place=Graz|Wien", NULL, NULL, "Graz or Wien");
    assert_words("place!=Hull", NULL, NULL, "not Hull");
    assert_words("place=A\\|B", NULL, NULL, "A|B");
    assert_words("place=", NULL, NULL, "none said (place)");
    assert_words("channel=web", NULL, NULL, "web (channel)");
    assert_words("segment.first_visit=1", NULL, NULL, "1 (first visit)");
    const char *const both[] = {"place=Hull", "channel!=web", NULL};
    assert_all(both, NULL, NULL, "Hull, not web (channel)");
    assert_words("place=Graz|x\ny", NULL, NULL, "Graz or x\ny");
}

/* Parts of a map by their titles; what is not on it stays as it is written. */
static void test_titles(void)
{
    g_autoptr(GError) error = NULL;
    static const char yaml[] =
        "parallax: 1\ntitle: Inn\njourneys:\n  - id: stay\n    title: The stay\n"
        "    transactions:\n      - {id: arrive, title: Arriving, points: "
        "[{id: door, title: At the door}]}\n";
    g_autoptr(plx_map) map = plx_map_read_memory(yaml, strlen(yaml), "inn.yaml", &error);
    g_assert_no_error(error);
    static const char *const all[][2] = {
        {"journey=stay", "The stay (journey)"},
        {"transaction=arrive|gone", "Arriving or gone (transaction)"},
        {"point!=door", "not At the door (point)"},
        {"place=door", "door"},
        {"odd", "odd"}};
    for (guint i = 0; i < G_N_ELEMENTS(all); i++) {
        g_autoptr(GString) words = g_string_new(NULL);
        plx_words_where(words, map, all[i][0]);
        g_assert_cmpstr(words->str, ==, all[i][1]);
    }
}

static void test_periods(void)
{
    assert_words(NULL, "2026-02-01", "2026-03-31", "February to March\u00a02026");
    assert_words("place=Hull", "2026-02-01", "2026-02-28", "Hull, February\u00a02026");
}

static void test_files(void)
{
    assert_words(NULL, NULL, NULL, "2025.csv");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/compare-words/tests", test_tests);
    g_test_add_func("/compare-words/titles", test_titles);
    g_test_add_func("/compare-words/periods", test_periods);
    g_test_add_func("/compare-words/files", test_files);
    return g_test_run();
}

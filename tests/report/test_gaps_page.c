/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/gaps_page.h"

#include "report/sample.h"

#include <math.h>
#include <string.h>

static GString *page_of(enum sample_kind kind)
{
    plx_gaps *gaps = sample_new(kind);
    const struct plx_page_options options = {.version = "9.9",
                                             .command = "parallax report 'a b.csv' -o report.html"};
    GString *page = plx_gaps_page(gaps, &options);
    sample_free(gaps);
    return page;
}

struct seen {
    GHashTable *ids;      /* every id of the page, once */
    GHashTable *elements; /* names of elements */
    GPtrArray *targets;   /* "#..." */
};

static void on_start(GMarkupParseContext *context, const char *name, const char **names,
                     const char **values, gpointer data, GError **error)
{
    (void)context;
    (void)error;
    struct seen *seen = data;
    g_hash_table_add(seen->elements, g_strdup(name));
    for (guint i = 0; names[i]; i++) {
        if (strcmp(names[i], "id") == 0)
            g_assert_true(g_hash_table_add(seen->ids, g_strdup(values[i])));
        if (strcmp(names[i], "href") == 0) {
            g_assert_true(values[i][0] == '#');
            g_ptr_array_add(seen->targets, g_strdup(values[i] + 1));
        }
        g_assert_cmpstr(names[i], !=, "style");
        g_assert_cmpstr(names[i], !=, "src");
        g_assert_false(g_str_has_prefix(names[i], "on"));
    }
}

/* Well-formed, every id once, every link leads somewhere in the page, nothing that runs or loads.
 */
static void test_all_samples(void)
{
    static const GMarkupParser parser = {on_start, NULL, NULL, NULL, NULL};
    for (int kind = 0; kind < SAMPLE_KINDS; kind++) {
        g_autoptr(GString) page = page_of((enum sample_kind)kind);
        struct seen seen = {g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                            g_ptr_array_new_with_free_func(g_free)};
        g_autoptr(GMarkupParseContext) context =
            g_markup_parse_context_new(&parser, 0, &seen, NULL);
        g_autoptr(GError) error = NULL;
        g_markup_parse_context_parse(context, page->str, (gssize)page->len, &error);
        g_assert_no_error(error);
        g_markup_parse_context_end_parse(context, &error);
        g_assert_no_error(error);
        for (guint i = 0; i < seen.targets->len; i++)
            g_assert_true(g_hash_table_contains(seen.ids, seen.targets->pdata[i]));
        static const char *const banned[] = {"script", "img", "iframe", "link", "object", "i", "b"};
        for (guint i = 0; i < G_N_ELEMENTS(banned); i++)
            g_assert_false(g_hash_table_contains(seen.elements, banned[i]));
        g_hash_table_unref(seen.ids);
        g_hash_table_unref(seen.elements);
        g_ptr_array_unref(seen.targets);
    }
}

static void test_same_bytes(void)
{
    g_autoptr(GString) a = page_of(SAMPLE_MARKETPLACE);
    g_autoptr(GString) b = page_of(SAMPLE_MARKETPLACE);
    g_assert_cmpstr(a->str, ==, b->str);
}

static void assert_has(const GString *page, const char *text)
{
    if (!strstr(page->str, text))
        g_error("the page does not hold: %s", text);
}

static void test_says(void)
{
    g_autoptr(GString) page = page_of(SAMPLE_MARKETPLACE);
    assert_has(page, "Content-Security-Policy\" content=\"default-src &#39;none&#39;; "
                     "style-src &#39;sha256-");
    assert_has(page, ">Leaders think 8 in 10 customers get Desired or better.</span>");
    assert_has(page, ">4 in 10 of those who answered say so (39–43 %).</span>");
    assert_has(page, "<h2>Not seen yet by leaders</h2>");
    assert_has(page, "Promised: <q dir=\"auto\">Handed over with a smile</q>");
    assert_has(page, "<code>parallax report &#39;a b.csv&#39; -o report.html</code>");
    assert_has(page, "Parallax 9.9");
    assert_has(page, "<th class=\"point\" scope=\"rowgroup\" rowspan=\"4\">");
}

static void test_hidden(void)
{
    g_autoptr(GString) page = page_of(SAMPLE_HIDDEN);
    assert_has(page, "Leaders hidden: 3 of 5 needed.");
    assert_has(page, "They are shown when at least 5 have answered, or when all of them agree to "
                     "be shown although so few.");
    g_assert_null(strstr(page->str, "--named")); /* a board types no commands */
    assert_has(page, "leaders not shown: at least 5 people needed");
    assert_has(page, "<td class=\"hidden\" colspan=\"5\">not shown: at least 5 people needed</td>");
    /* The first sentence is not about leaders, so it has not their colour. */
    assert_has(page, "<h1 class=\"alone\">");
}

/* A column that nobody fills is none. */
static void test_guesses(void)
{
    g_autoptr(GString) with = page_of(SAMPLE_MARKETPLACE);
    assert_has(with, ">Guess of 10</th>");
    g_autoptr(GString) without = page_of(SAMPLE_TINY);
    g_assert_null(strstr(without->str, "Guess of 10"));
}

/* Scores that nobody has get no columns, and are not explained. */
static void test_scores(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_FORESIGHT);
    const struct plx_page_options options = {.version = "9.9", .command = NULL};
    g_autoptr(GString) with = plx_gaps_page(gaps, &options);
    assert_has(with, ">Score together</th>");
    for (guint i = 0; i < gaps->groups[0].n_points; i++)
        for (guint k = 0; k < gaps->groups[0].points[i].n_predictions; k++)
            gaps->groups[0].points[i].predictions[k].rps = (double)NAN;
    g_autoptr(GString) without = plx_gaps_page(gaps, &options);
    g_assert_null(strstr(without->str, "Score together"));
    g_assert_null(strstr(without->str, "Score one by one"));
    g_assert_null(strstr(without->str, "The score is"));
    sample_free(gaps);
}

/* A row of several towns together says so where it stands. */
static void test_pooled(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_GROUPS);
    gaps->groups[0].points[0].voices[1].label = "Graz + Linz";
    const struct plx_page_options options = {.version = "9.9", .command = NULL};
    g_autoptr(GString) page = plx_gaps_page(gaps, &options);
    assert_has(page, ">of Graz + Linz together</span>");
    sample_free(gaps);
}

/* With several journeys a section of the table says of which it is. */
static void test_sections(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_MANY);
    const struct plx_gaps_point *first = &gaps->groups[0].points[0];
    g_autofree char *wanted =
        g_strdup_printf("%s › %s", first->journey_title, first->transaction_title);
    const struct plx_page_options options = {.version = "9.9", .command = NULL};
    g_autoptr(GString) page = plx_gaps_page(gaps, &options);
    assert_has(page, wanted);
    sample_free(gaps);
}

static void test_empty_says_what_to_do(void)
{
    g_autoptr(GString) page = page_of(SAMPLE_EMPTY);
    assert_has(page, "Check the dates and filters");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/gaps-page/all-samples", test_all_samples);
    g_test_add_func("/gaps-page/same-bytes", test_same_bytes);
    g_test_add_func("/gaps-page/says", test_says);
    g_test_add_func("/gaps-page/hidden", test_hidden);
    g_test_add_func("/gaps-page/guesses", test_guesses);
    g_test_add_func("/gaps-page/scores", test_scores);
    g_test_add_func("/gaps-page/pooled", test_pooled);
    g_test_add_func("/gaps-page/sections", test_sections);
    g_test_add_func("/gaps-page/empty-says-what-to-do", test_empty_says_what_to_do);
    return g_test_run();
}

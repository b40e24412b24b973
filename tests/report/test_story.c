/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/story.h"

#include <string.h>

static plx_story *sample(void)
{
    static const struct plx_story_column columns[] = {{"moment", PLX_STORY_WIDE},
                                                      {"of 100", PLX_STORY_NUMBER}};
    plx_story *story = plx_story_new("friction", "Friction");
    plx_story_context(story, "Shop · 1,204 answers");
    plx_story_lead(story, "Customers have to work hardest at the door.");
    plx_story_say(story, "Of 100 customers, 38 fell below what they expected.");
    plx_story_heading(story, "Not seen yet");
    plx_story_item(story, "At <the> door", "leaders did not see this yet");
    plx_story_item(story, NULL, "one without a title");
    plx_story_table(story, "Every moment", columns, 2);
    plx_story_cell(story, "Choosing something among very many things");
    plx_story_cellf(story, "%d", 38);
    plx_story_cell(story, "Door");
    plx_story_cell(story, NULL);
    plx_story_note(story, "Rows without a date.");
    plx_story_method(story, "Range", "Wilson 1927.");
    return story;
}

static void test_text(void)
{
    g_autoptr(plx_story) story = sample();
    g_autoptr(GString) out = g_string_new(NULL);
    const struct plx_table_options options = {.width = 40, .unicode = TRUE};
    plx_story_text(story, &options, out);
    g_assert_cmpstr(out->str, ==,
                    "Customers have to work hardest at the\n"
                    "door.\n"
                    "Shop · 1,204 answers\n"
                    "\n"
                    "Of 100 customers, 38 fell below what\n"
                    "they expected.\n"
                    "\n"
                    "Not seen yet\n"
                    "  At <the> door\n"
                    "    leaders did not see this yet\n"
                    "  • one without a title\n"
                    "\n"
                    "Every moment\n"
                    "  moment                          of 100\n"
                    "  Choosing something among very…      38\n"
                    "  Door                                 –\n"
                    "\n"
                    "Notes\n"
                    "  • Rows without a date.\n");
}

static void test_ascii_and_method(void)
{
    g_autoptr(plx_story) story = sample();
    g_autoptr(GString) out = g_string_new("before\n");
    const struct plx_table_options options = {.width = 60, .verbose = TRUE};
    plx_story_text(story, &options, out);
    g_assert_true(g_str_has_prefix(out->str, "before\nCustomers"));
    g_assert_true(g_str_is_ascii(out->str));
    g_assert_nonnull(strstr(out->str, "How we know\n"));
    g_assert_nonnull(strstr(out->str, "Range: Wilson 1927."));
}

static void test_page(void)
{
    g_autoptr(plx_story) story = sample();
    const struct plx_page_options options = {.version = "1", .command = "parallax friction a.csv"};
    g_autoptr(GString) page = plx_story_page(story, &options);
    g_assert_nonnull(strstr(page->str, "<h1 dir=\"auto\">Customers have to work hardest"));
    g_assert_nonnull(strstr(page->str, "At &lt;the&gt; door"));
    g_assert_nonnull(strstr(page->str, "<th class=\"point\" scope=\"row\" dir=\"auto\">Door</th>"));
    g_assert_nonnull(strstr(page->str, "parallax friction a.csv"));
    g_autoptr(GString) again = plx_story_page(story, &options);
    g_assert_cmpstr(page->str, ==, again->str);
}

/* A table without a caption is called what the heading above it says; one with a caption, that.
 * What scrolls is named after story, heading and caption. */
static void test_table_names(void)
{
    static const struct plx_story_column columns[] = {{"moment", PLX_STORY_WIDE}};
    g_autoptr(plx_story) story = sample();
    plx_story_heading(story, "Point <by> point");
    plx_story_quiet(story, "In words.");
    plx_story_table(story, NULL, columns, 1);
    plx_story_cell(story, "Door");
    const struct plx_page_options options = {.version = "1", .command = "parallax"};
    g_autoptr(GString) page = plx_story_page(story, &options);
    g_assert_nonnull(
        strstr(page->str, "<table class=\"story-table\" aria-label=\"Point &lt;by&gt; point\">"));
    g_assert_nonnull(
        strstr(page->str, "role=\"region\" aria-label=\"Friction: Point &lt;by&gt; point\""));
    g_assert_nonnull(strstr(page->str, ": Every moment\""));
    g_assert_null(strstr(page->str, "<table class=\"story-table\" aria-label=\"Every moment\""));
}

static void test_section(void)
{
    g_autoptr(plx_story) story = sample();
    plx_svg *svg = plx_svg_new(10, 10, "tiny", NULL);
    plx_story_drawing(story, svg);
    plx_story_legend(story, "Dashed: for one alone.");
    g_autoptr(plx_html) html = plx_html_new();
    plx_html_open(html, "main");
    plx_story_section(story, html);
    plx_html_close(html);
    g_autoptr(GString) text = plx_html_finish(html);
    g_assert_nonnull(strstr(text->str, "<section class=\"story\" id=\"friction\">"));
    g_assert_nonnull(strstr(text->str, "<svg"));
    g_assert_nonnull(strstr(text->str, "Dashed: for one alone."));
    g_autoptr(GString) terminal = g_string_new(NULL);
    const struct plx_table_options options = {.width = 60, .unicode = TRUE};
    plx_story_text(story, &options, terminal);
    g_assert_null(strstr(terminal->str, "Dashed"));
    const char *list = strstr(text->str, "<ul class=\"rows\">");
    g_assert_nonnull(list);
    g_assert_null(strstr(list + 1, "<ul class=\"rows\">"));
}

static void test_about(void)
{
    g_autoptr(plx_story) story = sample();
    static const struct plx_story_column columns[] = {{"moment", PLX_STORY_WIDE},
                                                      {"of 100", PLX_STORY_NUMBER}};
    plx_story_subject(story, "door");
    plx_story_item(story, "Door", "hard to open");
    plx_story_heading(story, "Not seen");
    plx_story_subject(story, "door");
    plx_story_item(story, "Door", "by leaders"); /* its title stands above it already */
    plx_story_table(story, "By moment", columns, 2);
    plx_story_cell(story, "Desk");
    plx_story_cell(story, "3");
    plx_story_subject(story, "door");
    plx_story_cell(story, "Door");
    plx_story_cell(story, "38");
    static const char *const both[] = {"door", "desk"};
    plx_story_subjects(story, both, 2);
    plx_story_cell(story, "Entrance");
    plx_story_cell(story, "41");
    plx_story_cell(story, "Hall");
    plx_story_cell(story, "1");
    plx_story_subject(story, "door");
    plx_story_say(story, "It sticks.");
    plx_story_say(story, "All else is well.");
    plx_story_subjects(story, NULL, 0);
    plx_story_quiet(story, "Measured once.");
    g_autoptr(plx_story) point = plx_story_new("point", "Door");
    g_assert_false(plx_story_about(story, "hall", point));
    g_assert_true(plx_story_about(story, "door", point));
    g_autoptr(GString) out = g_string_new(NULL);
    const struct plx_table_options options = {.width = 60, .unicode = TRUE};
    plx_story_text(point, &options, out);
    g_assert_cmpstr(
        out->str, ==,
        "\nFriction\n  Door\n    hard to open\n  • by leaders\n\nBy moment\n  moment    of 100\n"
        "  Door          38\n  Entrance      41\n\nIt sticks.\n");
}

/* One story goes on where another ends, with how it is known. */
static void test_take(void)
{
    g_autoptr(plx_story) first = plx_story_new("first", "First");
    g_autoptr(plx_story) second = plx_story_new("second", "Second");
    g_autoptr(plx_story) third = plx_story_new("third", "Third");
    plx_story_say(first, "one");
    plx_story_say(second, "two");
    plx_story_note(second, "noted");
    plx_story_method(third, "How", "counted");
    plx_story_take(first, second);
    plx_story_take_methods(first, third);
    const struct plx_page_options options = {.version = "1"};
    g_autoptr(GString) page = plx_story_page(first, &options);
    const char *const one = strstr(page->str, ">one<"), *const two = strstr(page->str, ">two<");
    g_assert_true(one && two && one < two && strstr(page->str, "noted"));
    g_assert_nonnull(strstr(page->str, "counted"));
    g_autoptr(GString) rest = plx_story_page(second, &options);
    g_assert_null(strstr(rest->str, ">two<"));
    g_autoptr(GString) kept = plx_story_page(third, &options);
    g_assert_nonnull(strstr(kept->str, "counted"));
}

/* Regions that scroll are told apart by their names. */
static void test_regions(void)
{
    g_autoptr(plx_story) story = plx_story_new("s", "Story");
    const struct plx_story_column columns[] = {{"What", PLX_STORY_TEXT}};
    for (guint i = 0; i < 3; i++) {
        plx_story_table(story, i < 2 ? "Same" : "Other", columns, 1);
        plx_story_cell(story, "x");
    }
    const struct plx_page_options options = {.version = "1"};
    g_autoptr(GString) page = plx_story_page(story, &options);
    g_assert_nonnull(strstr(page->str, "aria-label=\"Story: Same\""));
    g_assert_nonnull(strstr(page->str, "aria-label=\"Story: Same (2)\""));
    g_assert_nonnull(strstr(page->str, "aria-label=\"Story: Other\""));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/story/text", test_text);
    g_test_add_func("/story/ascii-and-method", test_ascii_and_method);
    g_test_add_func("/story/page", test_page);
    g_test_add_func("/story/table-names", test_table_names);
    g_test_add_func("/story/section", test_section);
    g_test_add_func("/story/about", test_about);
    g_test_add_func("/story/take", test_take);
    g_test_add_func("/story/regions", test_regions);
    return g_test_run();
}

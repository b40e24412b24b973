/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/room_page.h"

#include "report/sheets.h"

#include <string.h>

static const struct plx_page_options options = {
    .version = "0.1.0", .command = "parallax report s.csv --reading workshop -o workshop.html"};

static char *page(enum sheets_kind kind)
{
    g_autoptr(sheets) s = sheets_new(kind);
    return g_string_free(plx_room_page(s->workshop, &options), FALSE);
}

static gboolean has(const char *text, const char *what)
{
    return strstr(text, what) != NULL;
}

/* Agreements first; each screen once, in the order in which one talks about them. */
static void test_screens(void)
{
    static const char *const ids[] = {"start",  "all",     "several",  "only",   "contested",
                                      "well",   "improve", "continue", "easier", "competitors",
                                      "quotes", "moment",  "ratings",  "method"};
    g_autofree char *html = page(SHEETS_FULL);
    const char *at = html;
    for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
        g_autofree char *id = g_strdup_printf(" id=\"%s\"", ids[i]);
        at = strstr(at, id);
        g_assert_nonnull(at);
    }
}

static void test_words(void)
{
    g_autofree char *html = page(SHEETS_FULL);
    g_assert_true(has(html, "All three name 2 themes."));
    g_assert_true(has(html, "Time at the counter"));
    g_assert_true(has(html, "“Ten minutes for one espresso”"));
    g_assert_true(has(html, "Leaders did not see this yet"));
    /* What nobody has sorted stands in quotation marks. */
    g_assert_true(has(html, "<span class=\"theme own\" dir=\"auto\">“Regular guests”</span>"));
    g_autofree char *plain = page(SHEETS_PLAIN);
    g_assert_true(has(plain, "Nobody has sorted the answers into themes yet"));
    g_assert_false(has(plain, "theme own"));
    g_assert_false(has(plain, "id=\"ratings\""));
}

/* Neither a hidden audience nor words that are withheld leave a trace. */
static void test_hidden(void)
{
    g_autofree char *html = page(SHEETS_HIDDEN);
    g_assert_true(has(html, "not shown: fewer than 5"));
    g_assert_false(has(html, "Rota"));
    g_assert_false(has(html, "Anna"));
    g_assert_false(has(html, "Only leaders"));
    g_autofree char *alone = page(SHEETS_ALONE);
    g_assert_true(has(alone, "fewer than 5 people"));
    g_assert_true(has(alone, "seats round") || has(alone, "12 of 12"));
}

static void test_empty(void)
{
    g_autofree char *html = page(SHEETS_EMPTY);
    g_assert_true(has(html, "No sheet has been filled in yet."));
    g_assert_true(has(html, "How answers come in"));
    g_assert_false(has(html, "id=\"all\""));
}

/* A screen shows the first rows; the others are in the page, for the hand-out. */
static void test_many(void)
{
    g_autofree char *html = page(SHEETS_MANY);
    g_assert_true(has(html, "and 35 more, in the hand-out"));
    g_assert_true(has(html, "<tr class=\"rest\">"));
}

static void test_brand(void)
{
    static char name[] = "Café <Sonne>", logo[] = "data:image/png;base64,AAAA",
                colour[] = "#fd0000";
    g_autoptr(GHashTable) words = g_hash_table_new(g_str_hash, g_str_equal);
    const plx_brand brand = {.name = name, .logo = logo, .colour = colour, .words = words};
    const struct plx_page_options branded = {.version = "0.1.0", .brand = &brand};
    g_autoptr(sheets) s = sheets_new(SHEETS_FULL);
    g_autoptr(GString) html = plx_room_page(s->workshop, &branded);
    g_assert_true(has(html->str, "Café &lt;Sonne&gt;"));
    g_assert_true(has(html->str, "<img src=\"data:image/png;base64,AAAA\" alt=\"\""));
    g_assert_true(has(html->str, "; img-src data:;"));
    g_assert_true(has(html->str, "--brand: #fd0000; --brand-text: var(--ink);"));
    g_autofree char *plain = page(SHEETS_FULL);
    g_assert_false(has(plain, "img-src"));
}

static void test_safe(void)
{
    g_autofree char *html = page(SHEETS_HOSTILE);
    g_assert_false(has(html, "<script>alert"));
    g_assert_false(has(html, "<img"));
    g_assert_true(has(html, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    g_autofree char *again = page(SHEETS_HOSTILE);
    g_assert_cmpstr(html, ==, again);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/report/room-page/screens", test_screens);
    g_test_add_func("/report/room-page/words", test_words);
    g_test_add_func("/report/room-page/hidden", test_hidden);
    g_test_add_func("/report/room-page/empty", test_empty);
    g_test_add_func("/report/room-page/many", test_many);
    g_test_add_func("/report/room-page/brand", test_brand);
    g_test_add_func("/report/room-page/safe", test_safe);
    return g_test_run();
}

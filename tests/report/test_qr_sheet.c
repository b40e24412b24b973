/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sheets of QR codes: what stands on a card, and how many are on a sheet. */

#include "report/qr_sheet.h"

#include <string.h>

static const struct plx_qr_card card = {.language = "ar",
                                        .direction = "rtl",
                                        .title = "Hotel <S>",
                                        .number = 17,
                                        .opens = "From 24 December",
                                        .question = "How <was> it?",
                                        .place = "Lyon & Nice",
                                        .about = "A stay",
                                        .how = "Point here:",
                                        .privacy = "Nobody can tell.",
                                        .url = "https://ask.example.org/f/bcdfghjkmn"};

static guint count(const char *text, const char *what)
{
    guint n = 0;
    for (const char *at = text; (at = strstr(at, what)) != NULL; at += strlen(what))
        n++;
    return n;
}

static void assert_has(const GString *page, const char *what)
{
    if (!strstr(page->str, what))
        g_error("the page has no %s", what);
}

static void test_card(void)
{
    GString *const page = plx_qr_sheet("Shop <1>", PLX_PAPER_A4, &card, 1);
    assert_has(page, "<title>Shop &lt;1&gt;</title>");
    assert_has(page, "<section class=\"card\" lang=\"ar\" dir=\"rtl\">");
    assert_has(page, "<p class=\"asker\"><span dir=\"auto\">Hotel &lt;S&gt;</span> · "
                     "<bdi>#17</bdi></p>");
    assert_has(page, "<p class=\"opens\">From 24 December</p>");
    assert_has(page, "<h2>How &lt;was&gt; it?</h2>");
    assert_has(page, "<strong dir=\"auto\">Lyon &amp; Nice</strong> · ");
    assert_has(page, "<span dir=\"auto\">A stay</span>");
    assert_has(page, "aria-label=\"https://ask.example.org/f/bcdfghjkmn\"");
    assert_has(page, "<p class=\"how\">Point here:</p>");
    assert_has(page, "dir=\"ltr\">ask.example.org/f/bcdfghjkmn</p>"); /* as it is typed */
    assert_has(page, "<p class=\"privacy\">Nobody can tell.</p>");
    assert_has(page, "size:A4");
    assert_has(page, "Print this on A4");
    g_assert_cmpuint(count(page->str, "<script"), ==, 0);
    g_string_free(page, TRUE);
}

/* What is not said takes no room. */
static void test_bare(void)
{
    struct plx_qr_card bare = card;
    bare.place = bare.about = bare.privacy = bare.title = bare.opens = NULL;
    bare.number = 0;
    GString *page = plx_qr_sheet("Shop", PLX_PAPER_LETTER, &bare, 1);
    g_assert_null(strstr(page->str, "class=\"where\""));
    g_assert_null(strstr(page->str, "class=\"privacy\""));
    g_assert_null(strstr(page->str, "class=\"asker\""));
    g_assert_null(strstr(page->str, "class=\"opens\""));
    assert_has(page, "size:Letter");
    g_assert_null(strstr(page->str, "size:A4"));
    g_string_free(page, TRUE);
    bare.place = "Lyon";
    page = plx_qr_sheet("Shop", PLX_PAPER_A4, &bare, 1);
    assert_has(page, "<strong dir=\"auto\">Lyon</strong></p>");
    g_string_free(page, TRUE);
}

static void test_sheets(void)
{
    struct plx_qr_card cards[13];
    for (guint i = 0; i < G_N_ELEMENTS(cards); i++)
        cards[i] = card;
    static const struct {
        guint cards, sheets;
    } rows[] = {{1, 1}, {6, 1}, {7, 2}, {12, 2}, {13, 3}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        GString *const page = plx_qr_sheet("Shop", PLX_PAPER_A4, cards, rows[i].cards);
        GString *const again = plx_qr_sheet("Shop", PLX_PAPER_A4, cards, rows[i].cards);
        g_assert_cmpuint(count(page->str, "<section class=\"card\""), ==, rows[i].cards);
        g_assert_cmpuint(count(page->str, "<div class=\"sheet\">"), ==, rows[i].sheets);
        g_assert_cmpstr(page->str, ==, again->str);
        g_string_free(page, TRUE);
        g_string_free(again, TRUE);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/report/qr-sheet/card", test_card);
    g_test_add_func("/report/qr-sheet/bare", test_bare);
    g_test_add_func("/report/qr-sheet/sheets", test_sheets);
    return g_test_run();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/words_workshop.h"

#include "report/sheets.h"

#include <math.h>
#include <string.h>

static void expect(GString *text, const char *words)
{
    g_assert_cmpstr(text->str, ==, words);
    g_string_truncate(text, 0);
}

static void test_seats(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_seats(4, 0, 27, text);
    expect(text, "4 tables, 27 people");
    plx_words_seats(1, 0, 7, text);
    expect(text, "1 table, 7 people");
    plx_words_seats(0, 6, 6, text);
    expect(text, "6 people");
    plx_words_seats(3, 2, 23, text);
    expect(text, "3 tables and 2 people alone, 23 people in all");
    plx_words_seats(PLX_NO_COUNT, PLX_NO_COUNT, PLX_NO_COUNT, text);
    expect(text, "too few to count");
}

static void test_named(void)
{
    g_autoptr(sheets) s = sheets_new(SHEETS_FULL);
    g_autoptr(GString) text = g_string_new(NULL);
    struct plx_named named = {
        .named = TRUE, .tables = 2, .of = 6, .share = 1.0 / 3, .ci = {0.097, 0.7}};
    plx_words_named(s->workshop, 2, &named, text);
    expect(text, "2 of 6 tables (10–70 %)");
    named.of = 2;
    named.share = named.ci.lo = named.ci.hi = NAN;
    plx_words_named(s->workshop, 2, &named, text);
    expect(text, "2 of 2 tables");
    named.few = TRUE;
    plx_words_named(s->workshop, 2, &named, text);
    expect(text, "fewer than 5 people");
    plx_words_good_bad(2, 1, text);
    expect(text, "good 2, bad 1");
    plx_words_good_bad(PLX_NO_COUNT, PLX_NO_COUNT, text);
    expect(text, "–");
}

static void test_naming(void)
{
    g_autoptr(sheets) full = sheets_new(SHEETS_FULL);
    g_autoptr(sheets) hidden = sheets_new(SHEETS_HIDDEN);
    g_autoptr(sheets) four = sheets_new(SHEETS_FOUR);
    g_autoptr(sheets) one = sheets_new(SHEETS_ONE);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_naming(full->workshop, PLX_NAMED_BY_ALL, 0, text);
    expect(text, "All three name");
    plx_words_naming(full->workshop, PLX_NAMED_BY_SEVERAL, 0, text);
    expect(text, "Two of three name");
    plx_words_naming(full->workshop, PLX_NAMED_BY_ONE, 1, text);
    expect(text, "Only staff name");
    plx_words_naming(hidden->workshop, PLX_NAMED_BY_ALL, 0, text);
    expect(text, "Both name");
    plx_words_naming(four->workshop, PLX_NAMED_BY_ALL, 0, text);
    expect(text, "All four name");
    plx_words_naming(four->workshop, PLX_NAMED_BY_SEVERAL, 0, text);
    expect(text, "Several name, not all");
    plx_words_naming(one->workshop, PLX_NAMED_BY_ONE, 0, text);
    expect(text, "Customers name");
}

static void test_headline(void)
{
    static const struct {
        enum sheets_kind kind;
        const char *first, *second;
    } cases[] = {{SHEETS_FULL, "All three name 2 themes.", "Views part on 1 theme."},
                 {SHEETS_HIDDEN, "Both name 1 theme.", ""},
                 {SHEETS_ONE, "What the tables name.", ""},
                 {SHEETS_HOSTILE, "Nothing is named by all.", ""},
                 {SHEETS_EMPTY, "No sheet has been filled in yet.", ""}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(sheets) s = sheets_new(cases[i].kind);
        g_autoptr(GString) first = g_string_new(NULL);
        g_autoptr(GString) second = g_string_new(NULL);
        plx_words_workshop_headline(s->workshop, first, second);
        g_assert_cmpstr(first->str, ==, cases[i].first);
        g_assert_cmpstr(second->str, ==, cases[i].second);
    }
}

static void test_notes(void)
{
    g_autoptr(sheets) s = sheets_new(SHEETS_HIDDEN);
    g_autoptr(GPtrArray) notes = plx_words_workshop_notes(s->workshop, PLX_WORDS_TERMINAL);
    g_assert_cmpuint(notes->len, ==, 4);
    g_assert_cmpstr(notes->pdata[0], ==,
                    "Leaders are not shown: 3 people answered, at least 5 are needed.");
    g_assert_cmpstr(notes->pdata[1], ==,
                    "Staff: 1 table, so a share of tables would say nothing (from 5 on).");
    g_assert_cmpstr(notes->pdata[2], ==,
                    "Staff: 1 answer is not shown until somebody sorts it into a theme; words of "
                    "fewer than 10 people could be recognised.");
    g_autoptr(sheets) full = sheets_new(SHEETS_FULL);
    g_autoptr(GPtrArray) typed = plx_words_workshop_notes(full->workshop, PLX_WORDS_TERMINAL);
    g_autoptr(GPtrArray) shown = plx_words_workshop_notes(full->workshop, PLX_WORDS_PAGE);
    g_assert_cmpstr(typed->pdata[typed->len - 1], ==,
                    "Not sorted yet: 16 answers (parallax workshop code).");
    g_assert_cmpstr(shown->pdata[shown->len - 1], ==, "Not sorted yet: 16 answers.");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/report/words-workshop/seats", test_seats);
    g_test_add_func("/report/words-workshop/named", test_named);
    g_test_add_func("/report/words-workshop/naming", test_naming);
    g_test_add_func("/report/words-workshop/headline", test_headline);
    g_test_add_func("/report/words-workshop/notes", test_notes);
    return g_test_run();
}

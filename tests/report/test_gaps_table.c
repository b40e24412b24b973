/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/gaps_table.h"
#include "report/point.h"

#include "report/golden.h"
#include "report/sample.h"
#include "report/term.h"

#include <string.h>

static GString *table_of(enum sample_kind kind, struct plx_table_options options)
{
    plx_gaps *gaps = sample_new(kind);
    GString *text = g_string_new(NULL);
    plx_gaps_table(gaps, &options, text);
    sample_free(gaps);
    return text;
}

static void test_golden(void)
{
    const struct plx_table_options plain = {.width = 80, .unicode = TRUE};
    g_autoptr(GString) all = table_of(SAMPLE_MARKETPLACE, plain);
    golden_assert("marketplace.txt", all);
    g_autoptr(GString) hidden = table_of(SAMPLE_HIDDEN, plain);
    golden_assert("hidden.txt", hidden);
    g_autoptr(GString) groups = table_of(SAMPLE_GROUPS, plain);
    golden_assert("groups.txt", groups);
    g_autoptr(GString) five =
        table_of(SAMPLE_FIVE, (struct plx_table_options){.width = 120, .verbose = TRUE});
    golden_assert("five-ascii-120.txt", five);
    g_autoptr(GString) foresight = table_of(SAMPLE_FORESIGHT, plain);
    golden_assert("foresight.txt", foresight);
}

static void test_golden_of_one_point(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_TINY);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_point_table(gaps, NULL, &(struct plx_table_options){.width = 80, .unicode = TRUE}, text);
    golden_assert("tiny-point.txt", text);
    sample_free(gaps);
}

/* No line is wider than the terminal, whatever the script of its titles. */
static void test_fits(void)
{
    static const guint widths[] = {60, 80, 100, 120, 200};
    for (int kind = 0; kind < SAMPLE_KINDS; kind++)
        for (guint w = 0; w < G_N_ELEMENTS(widths); w++) {
            g_autoptr(GString) text = table_of(
                (enum sample_kind)kind,
                (struct plx_table_options){.width = widths[w], .unicode = TRUE, .verbose = TRUE});
            g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);
            for (guint i = 0; lines[i]; i++)
                g_assert_cmpuint(plx_term_width(lines[i]), <=, widths[w]);
        }
}

static void test_ascii_and_colour(void)
{
    g_autoptr(GString) ascii =
        table_of(SAMPLE_MARKETPLACE, (struct plx_table_options){.width = 80});
    for (const char *p = ascii->str; *p; p++)
        g_assert_true((guchar)*p < 0x80 && *p != '\x1b');
    g_autoptr(GString) coloured =
        table_of(SAMPLE_MARKETPLACE, (struct plx_table_options){.width = 80, .colour = TRUE});
    /* Without its colours it is the same text: colour is a second signal only. */
    g_autoptr(GRegex) codes = g_regex_new("\x1b\\[[0-9]*m", 0, 0, NULL);
    g_autofree char *bare = g_regex_replace_literal(codes, coloured->str, -1, 0, "", 0, NULL);
    g_assert_cmpstr(bare, ==, ascii->str);
    g_assert_cmpuint(coloured->len, >, ascii->len);
}

/* A title cannot move the cursor, change a colour or turn the text around. */
static void test_no_control_characters(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_MARKETPLACE);
    gaps->groups[0].points[17].title = "red \x1b[31m bell \x07 turn \xe2\x80\xae csi \xc2\x9b";
    const struct plx_table_options plain = {.width = 120, .unicode = TRUE};
    g_autoptr(GString) text = g_string_new(NULL);
    plx_gaps_table(gaps, &plain, text);
    plx_point_table(gaps, NULL, &plain, text);
    sample_free(gaps);
    for (const char *p = text->str; *p; p = g_utf8_next_char(p)) {
        g_assert_true(*p == '\n' || !g_unichar_iscntrl(g_utf8_get_char(p)));
        g_assert_cmphex(g_utf8_get_char(p), !=, 0x202e);
    }
    g_assert_nonnull(
        strstr(text->str, "red \xef\xbf\xbd[31m bell \xef\xbf\xbd turn  csi \xef\xbf\xbd"));
}

/* The mark of what several towns answered together, and what it means. */
static void test_pooled(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_GROUPS);
    gaps->groups[0].points[0].voices[1].label = "Graz + Linz";
    const struct plx_table_options options = {.width = 100, .unicode = TRUE};
    g_autoptr(GString) text = g_string_new(NULL);
    plx_gaps_table(gaps, &options, text);
    g_assert_nonnull(strstr(text->str, "S* "));
    g_assert_nonnull(strstr(text->str, "* shown together with"));
    sample_free(gaps);
}

/* Hidden voices and their remedy come first. */
static void test_hidden_first(void)
{
    g_autoptr(GString) text =
        table_of(SAMPLE_HIDDEN, (struct plx_table_options){.width = 200, .unicode = TRUE});
    g_assert_true(g_str_has_prefix(
        text->str, "Leaders hidden: 3 of 5 needed. They are shown when at least 5 "
                   "have answered. If they all agree to be shown although so few, add "
                   "--named leader; if these 3 are all there are, also "
                   "--population leader=3\nCustomers: 6 in 10 "));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/gaps-table/pooled", test_pooled);
    g_test_add_func("/gaps-table/golden", test_golden);
    g_test_add_func("/gaps-table/golden-of-one-point", test_golden_of_one_point);
    g_test_add_func("/gaps-table/fits", test_fits);
    g_test_add_func("/gaps-table/ascii-and-colour", test_ascii_and_colour);
    g_test_add_func("/gaps-table/no-control-characters", test_no_control_characters);
    g_test_add_func("/gaps-table/hidden-first", test_hidden_first);
    return g_test_run();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/gaps_csv.h"

#include "report/csv_cells.h"
#include "report/golden.h"
#include "report/sample.h"

#include <string.h>

static GString *csv_of(enum sample_kind kind)
{
    plx_gaps *gaps = sample_new(kind);
    GString *text = g_string_new(NULL);
    plx_gaps_csv(gaps, text);
    sample_free(gaps);
    return text;
}

/* Cells of the line at *at, quotes respected; moves behind its end. */
static guint cells_of_line(const char **at)
{
    guint cells = 1;
    gboolean quoted = FALSE;
    for (; **at && (quoted || **at != '\n'); (*at)++) {
        if (**at == '"')
            quoted = !quoted;
        else if (**at == ',' && !quoted)
            cells++;
    }
    g_assert_false(quoted);
    *at += **at == '\n';
    return cells;
}

static void test_every_row_has_all_columns(void)
{
    for (int kind = 0; kind < SAMPLE_KINDS; kind++) {
        g_autoptr(GString) text = csv_of((enum sample_kind)kind);
        const char *at = text->str;
        const guint columns = cells_of_line(&at);
        g_assert_cmpuint(columns, ==, 62);
        while (*at)
            g_assert_cmpuint(cells_of_line(&at), ==, columns);
    }
}

static void test_one_row_per_point_and_voice(void)
{
    g_autoptr(GString) text = csv_of(SAMPLE_MARKETPLACE);
    guint lines = 0;
    for (const char *p = text->str; *p; p++)
        lines += *p == '\n';
    g_assert_cmpuint(lines, ==, 1 + 30 * 4);
}

static void test_formulas_are_text(void)
{
    g_autoptr(GString) text = csv_of(SAMPLE_HOSTILE);
    g_assert_nonnull(strstr(text->str, ",\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\","));
    g_assert_null(strstr(text->str, ",=HYPERLINK"));
}

/* A title that would colour a terminal does not; what a cell may hold, it keeps. */
static void test_no_control_characters(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_csv_first(text, "Red \033[31mtitle\r");
    plx_csv_text(text, "Two\tcolumns\nand lines, ä");
    g_assert_cmpstr(text->str, ==,
                    "Red \xef\xbf\xbd[31mtitle\xef\xbf\xbd,\"Two\tcolumns\nand lines, ä\"");
}

/* What was expected and predicted stands in the row of who said so; hidden is empty. */
static void test_foresight(void)
{
    g_autoptr(GString) text = csv_of(SAMPLE_FORESIGHT);
    g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);
    g_assert_true(g_str_has_suffix(lines[1], ",,,,,,,,,4.5,9,0.5,,,0.25,0.5,0.5")); /* leaders */
    g_assert_true(g_str_has_suffix(lines[4], ",4,300,-0.5,-0.7,-0.3,0.5,0.3,0.2,,,,,,,,"));
    g_assert_true(g_str_has_suffix(lines[16], ",,,,,,,,,,,,,,,,"));
}

static void test_golden(void)
{
    g_autoptr(GString) text = csv_of(SAMPLE_HIDDEN);
    golden_assert("hidden.csv", text);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/gaps-csv/every-row-has-all-columns", test_every_row_has_all_columns);
    g_test_add_func("/gaps-csv/one-row-per-point-and-voice", test_one_row_per_point_and_voice);
    g_test_add_func("/gaps-csv/formulas-are-text", test_formulas_are_text);
    g_test_add_func("/gaps-csv/no-control-characters", test_no_control_characters);
    g_test_add_func("/gaps-csv/foresight", test_foresight);
    g_test_add_func("/gaps-csv/golden", test_golden);
    return g_test_run();
}

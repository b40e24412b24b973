/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv_table.h"

#include "base/error.h"

#include <string.h>

static plx_csv_table *read_text(const char *text)
{
    g_autoptr(GError) error = NULL;
    plx_csv_table *const table = plx_csv_table_read_memory(text, strlen(text), "t.csv", &error);
    g_assert_no_error(error);
    return table;
}

static void test_cells(void)
{
    g_autoptr(plx_csv_table) table = read_text(
        "\xEF\xBB\xBF prompt ;answer\r\n\r\nwell;\"Smiles; \"\"all\"\" day\nlong\"\r\nimprove\r\n");
    g_assert_cmpuint(plx_csv_table_rows(table), ==, 2);
    g_assert_cmpuint(plx_csv_table_columns(table), ==, 2);
    g_assert_cmpstr(plx_csv_table_name(table, 0), ==, "prompt");
    g_assert_cmpint(plx_csv_table_find(table, "answer"), ==, 1);
    g_assert_cmpint(plx_csv_table_find(table, "Answer"), ==, -1);
    g_assert_cmpstr(plx_csv_table_cell(table, 0, 1), ==, "Smiles; \"all\" day\nlong");
    g_assert_cmpstr(plx_csv_table_cell(table, 1, 0), ==, "improve");
    g_assert_cmpstr(plx_csv_table_cell(table, 1, 1), ==, "");
    g_assert_cmpstr(plx_csv_table_cell(table, 0, -1), ==, "");
}

static void test_places(void)
{
    g_autoptr(plx_csv_table) table = read_text("a,b\n\"x\ny\",1\n2,3\n");
    static const struct {
        guint row;
        gint column;
        const char *message;
    } cases[] = {{0, 0, "t.csv:2:1: no"},
                 {0, 1, "t.csv:3:4: no"},
                 {1, 1, "t.csv:4:3: no"},
                 {1, -1, "t.csv:4: no"}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(
            plx_csv_table_error(table, cases[i].row, cases[i].column, &error, "%s", "no"));
        g_assert_cmpstr(error->message, ==, cases[i].message);
    }
}

static void test_refused(void)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"", "t.csv:1: is empty; a header was expected"},
        {" \n\n", "t.csv:1: is empty; a header was expected"},
        {"a,,b\n", "t.csv:1:3: a column needs a name"},
        {"a,b,a\n", "t.csv:1:5: column \"a\" is there twice"},
        {"a,b\n1,2,3\n", "t.csv:2:5: 3 cells where the header has 2 columns; a text with a \",\" "
                         "in it is written in quotes"},
        {"a,b\n1,\"2\n3\n", "t.csv:2:3: a quote is opened here and not closed"},
        {"a,b\n1,2\"3\n", "t.csv:2:4: a quote within a field that does not begin with one"},
        {"a,b\n1,\"2\"3\n", "t.csv:2:6: text behind a closing quote"},
        {"a,b\n1,\xFF\n", "t.csv:2:3: is not UTF-8 (byte 0xFF)"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(
            plx_csv_table_read_memory(cases[i].text, strlen(cases[i].text), "t.csv", &error));
        g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_INPUT));
        g_assert_cmpstr(error->message, ==, cases[i].message);
    }
}

static void test_columns(void)
{
    static const char *const names[] = {"prompt", "answer", "theme", NULL};
    g_autoptr(plx_csv_table) good = read_text("theme,answer,prompt\n");
    g_autoptr(plx_csv_table) other = read_text("prompt,anwser\n");
    g_autoptr(plx_csv_table) less = read_text("prompt,theme\n");
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_csv_table_only(good, names, 3, &error));
    g_assert_false(plx_csv_table_only(other, names, 2, &error));
    g_assert_cmpstr(error->message, ==,
                    "t.csv:1:8: unknown column \"anwser\"; did you mean \"answer\"?");
    g_clear_error(&error);
    g_assert_false(plx_csv_table_only(less, names, 2, &error));
    g_assert_cmpstr(error->message, ==, "t.csv:1: a column \"answer\" was expected");
}

static void test_files(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(plx_csv_table_read("/nowhere/at/all.csv", &error));
    g_assert_cmpstr(error->message, ==, "/nowhere/at/all.csv: No such file or directory");
    g_clear_error(&error);
    g_assert_null(plx_csv_table_read("/", &error));
    g_assert_cmpstr(error->message, ==, "/: is a directory; a file was expected");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/csv-table/cells", test_cells);
    g_test_add_func("/csv-table/places", test_places);
    g_test_add_func("/csv-table/refused", test_refused);
    g_test_add_func("/csv-table/columns", test_columns);
    g_test_add_func("/csv-table/files", test_files);
    return g_test_run();
}

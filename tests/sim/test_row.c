/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/row.h"

#include <string.h>

static void test_header(void)
{
    g_autoptr(GString) csv = g_string_new(NULL);
    plx_row_write_header(csv);
    g_assert_cmpstr(csv->str, ==,
                    "audience,encounter,respondent,time,journey,point,task,promise,place,channel,"
                    "language,source,group_size,workshop,table,asked_p,segment.tier,surprise,seen,"
                    "hesitation,level,believed,effort,feeling,importance,predicted,done,known,kept,"
                    "card,overall,recommend,prompt,note\n");
}

static void test_cells(void)
{
    struct plx_row row = plx_row_new();
    row.text[PLX_ROW_AUDIENCE] = "customer";
    row.text[PLX_ROW_NOTE] = "They said \"soon\", twice";
    row.number[PLX_ROW_LEVEL] = PLX_ROW_NA;
    row.number[PLX_ROW_EFFORT] = PLX_ROW_DECLINED;
    row.number[PLX_ROW_CARD] = -1;
    row.number[PLX_ROW_SEEN] = 0;
    g_autoptr(GString) csv = g_string_new(NULL);
    plx_row_write(&row, csv);
    g_assert_cmpstr(csv->str, ==,
                    "customer,,,,,,,,,,,,,,,,,,0,,na,,declined,,,,,,,-1,,,,"
                    "\"They said \"\"soon\"\", twice\"\n");
}

static void test_as_many_cells_as_titles(void)
{
    g_autoptr(GString) csv = g_string_new(NULL);
    plx_row_write_header(csv);
    const gsize header = csv->len;
    const struct plx_row row = plx_row_new();
    plx_row_write(&row, csv);
    gsize commas = 0;
    for (gsize i = 0; i < header; i++)
        commas += csv->str[i] == ',';
    g_assert_cmpuint(csv->len - header, ==, commas + 1);
    g_assert_cmpuint(commas + 1, ==, PLX_ROW_TEXTS + PLX_ROW_NUMBERS);
}

/* The next row of an encounter keeps what must be constant, and nothing else. */
static void test_next(void)
{
    struct plx_row row = plx_row_new();
    row.text[PLX_ROW_ENCOUNTER] = "c1";
    row.text[PLX_ROW_RESPONDENT] = "p1";
    row.text[PLX_ROW_POINT] = "doorstep";
    row.text[PLX_ROW_GROUP_SIZE] = "7";
    row.text[PLX_ROW_NOTE] = "x";
    row.number[PLX_ROW_LEVEL] = 3;
    const struct plx_row next = plx_row_next(&row);
    g_assert_cmpstr(next.text[PLX_ROW_ENCOUNTER], ==, "c1");
    g_assert_cmpstr(next.text[PLX_ROW_RESPONDENT], ==, "p1");
    g_assert_cmpstr(next.text[PLX_ROW_GROUP_SIZE], ==, "7");
    g_assert_null(next.text[PLX_ROW_POINT]);
    g_assert_null(next.text[PLX_ROW_NOTE]);
    g_assert_cmpint(next.number[PLX_ROW_LEVEL], ==, PLX_ROW_EMPTY);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sim/row/header", test_header);
    g_test_add_func("/sim/row/cells", test_cells);
    g_test_add_func("/sim/row/as-many-cells-as-titles", test_as_many_cells_as_titles);
    g_test_add_func("/sim/row/next", test_next);
    return g_test_run();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"

#include <string.h>

static void check_split(const char *text, char delimiter, const char *expected)
{
    g_autoptr(GArray) fields = NULL;
    gsize at;
    g_assert_cmpint(plx_csv_split(text, strlen(text), delimiter, '"', &fields, &at), ==,
                    PLX_CSV_WELL);
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < fields->len; i++)
        g_string_append_printf(out, "[%s]", g_array_index(fields, struct plx_csv_field, i).text);
    g_assert_cmpstr(out->str, ==, expected);
}

static void test_split(void)
{
    check_split("", ',', "[]");
    check_split("a", ',', "[a]");
    check_split("a,,b,", ',', "[a][][b][]");
    check_split("\"a,b\",\"c\"\"d\",\"\"", ',', "[a,b][c\"d][]");
    check_split("\"a\nb\";c", ';', "[a\nb][c]");
    check_split("  a  \"b c\"\td ", ' ', "[a][b c][d]");
    check_split("\"perceiver.id\" \"target.id\"", ' ', "[perceiver.id][target.id]");
}

static void check_list(const char *text, const char *expected)
{
    g_auto(GStrv) parts = plx_csv_list(text);
    g_autofree char *joined = parts ? g_strjoinv("|", parts) : NULL;
    g_assert_cmpstr(joined, ==, expected);
}

static void test_list(void)
{
    check_list("", "");
    check_list("a", "a");
    check_list(" a ,, b c ,", "a|b c");
    check_list("\"Oslo, centre\",Bergen", "Oslo, centre|Bergen");
    check_list("Bergen, \"Oslo, centre\" , \"\"", "Bergen|Oslo, centre");
    check_list("\"the \"\"Crown\"\", Bath\"", "the \"Crown\", Bath");
    check_list("5\" pipe,6\"", "5\" pipe|6\""); /* only at its beginning */
    check_list("\"Oslo, centre", NULL);
    check_list("\"Oslo\" centre,Bergen", NULL);
    check_list("a,\"\"\"", NULL);
}

static void check_fault(const char *text, enum plx_csv_fault fault, gsize expected)
{
    GArray *fields = NULL;
    gsize at = 99;
    g_assert_cmpint(plx_csv_split(text, strlen(text), ',', '"', &fields, &at), ==, fault);
    g_assert_cmpuint(at, ==, expected);
    g_assert_null(fields);
}

static void test_faults(void)
{
    check_fault("a,\"b", PLX_CSV_UNCLOSED, 2);
    check_fault("a,b\"c", PLX_CSV_STRAY_QUOTE, 3);
    check_fault("\"a\"b", PLX_CSV_TEXT_BEHIND, 3);
}

static void test_record(void)
{
    static const char text[] = "a,\"b\nc\"\r\nd\n";
    gsize next;
    g_assert_cmpuint(plx_csv_record(text, strlen(text), '"', &next), ==, 7);
    g_assert_cmpuint(next, ==, 9);
    g_assert_cmpuint(plx_csv_record(text + 9, 2, '"', &next), ==, 1);
    g_assert_cmpuint(next, ==, 2);
    g_assert_cmpuint(plx_csv_record("abc", 3, '"', &next), ==, 3);
    g_assert_cmpuint(next, ==, 3);
}

static void test_delimiter(void)
{
    const struct {
        const char *text;
        char delimiter;
    } cases[] = {{"audience,point,level", ','},
                 {"audience;point;level", ';'},
                 {"audience\tpoint\tlevel", '\t'},
                 {"a|b|c", '|'},
                 {"\"a,b,c\";d", ';'},
                 {"\"s\" \"d\" \"y\"", ' '},
                 {"audience", ','}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpint(plx_csv_guess_delimiter(cases[i].text, strlen(cases[i].text), '"'), ==,
                        cases[i].delimiter);
}

/* What is written reads back as it was. */
static void test_append(void)
{
    static const char *const texts[] = {"plain",  "a,b", "say \"x\"", "two\nlines",
                                        " blank", "",    "r\r"};
    g_autoptr(GString) out = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (i > 0)
            g_string_append_c(out, ',');
        plx_csv_append(out, texts[i], strlen(texts[i]), ',');
    }
    g_assert_true(g_str_has_prefix(out->str, "plain,\"a,b\",\"say \"\"x\"\"\","));
    g_autoptr(GArray) fields = NULL;
    gsize at;
    g_assert_cmpint(plx_csv_split(out->str, out->len, ',', '"', &fields, &at), ==, PLX_CSV_WELL);
    g_assert_cmpuint(fields->len, ==, G_N_ELEMENTS(texts));
    for (guint i = 0; i < fields->len; i++)
        g_assert_cmpstr(g_array_index(fields, struct plx_csv_field, i).text, ==, texts[i]);
}

static void test_safe(void)
{
    static const char *const cases[][2] = {{"=1+1", "'=1+1"},     {"+1", "'+1"},  {"-1", "'-1"},
                                           {"@a", "'@a"},         {"a=1", "a=1"}, {"", ""},
                                           {"=a,b", "\"'=a,b\""}, {"'a", "'a"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);
        plx_csv_append_safe(out, cases[i][0], ',');
        g_assert_cmpstr(out->str, ==, cases[i][1]);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/csv/split", test_split);
    g_test_add_func("/csv/list", test_list);
    g_test_add_func("/csv/safe", test_safe);
    g_test_add_func("/csv/faults", test_faults);
    g_test_add_func("/csv/record", test_record);
    g_test_add_func("/csv/delimiter", test_delimiter);
    g_test_add_func("/csv/append", test_append);
    return g_test_run();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <string.h>

static void check_format(double value, int digits, const char *expected)
{
    char out[PLX_NUMBER_SIZE];
    g_assert_cmpstr(plx_number_format(value, digits, out), ==, expected);
}

static void test_format(void)
{
    check_format(0.1, 12, "0.1");
    check_format(0.1, 17, "0.1");
    check_format(0.1 + 0.2, 12, "0.3");
    check_format(0.1 + 0.2, 17, "0.30000000000000004");
    check_format(1e-9, 12, "1e-09");
    check_format(3, 12, "3");
    check_format(-0.0, 12, "0");
    check_format(1.0 / 3, 12, "0.333333333333");
    check_format(-2.5, 1, "-2");
    check_format(123456789012, 12, "123456789012");
    check_format(1234567890123, 12, "1.23456789012e+12");
    check_format(PLX_NAN, 12, "nan");
    check_format(-PLX_NAN, 12, "nan");
    check_format(PLX_INFINITY, 12, "inf");
    check_format(-PLX_INFINITY, 12, "-inf");
    check_format(-DBL_MAX, 17, "-1.7976931348623157e+308");
    check_format(-DBL_TRUE_MIN, 17, "-4.94065645841247e-324");
}

static void check_parse(const char *text, double expected)
{
    double value = PLX_NAN;
    g_assert_true(plx_number_parse(text, strlen(text), &value));
    g_assert_cmpfloat(value, ==, expected);
}

static void test_parse(void)
{
    check_parse("0", 0);
    check_parse("-0", 0);
    check_parse("+12", 12);
    check_parse("007", 7);
    check_parse("3.5", 3.5);
    check_parse("-.25", -0.25);
    check_parse("5.", 5);
    check_parse("1e3", 1000);
    check_parse("2.5E-3", 0.0025);
    check_parse("0.1", 0.1);
    check_parse("123456789.012345", 123456789.012345);
    check_parse("123456789012345678", 123456789012345678.0);
    check_parse("0.30000000000000004", 0.30000000000000004);
    check_parse("0.00000000000000000000000000000000000000000000000000000000000000000000001", 1e-71);
}

static void test_parse_ends_where_told(void)
{
    double value = PLX_NAN;
    g_assert_true(plx_number_parse("4,5", 1, &value));
    g_assert_cmpfloat(value, ==, 4);
}

static void test_parse_refuses(void)
{
    const char *bad[] = {"",      " 1",    "1 ",   "+",     "-",   ".",   "e5",
                         "1e",    "1e+",   "--1",  "0x10",  "1,5", "nan", "inf",
                         "1.2.3", "1e5.0", "four", "1e999", "१"};
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        double value = 42;
        g_assert_false(plx_number_parse(bad[i], strlen(bad[i]), &value));
        g_assert_cmpfloat(value, ==, 42);
    }
}

static void test_reads_back(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);
    for (int i = 0; i < 20000; i++) {
        const double value = (g_rand_double(rand) - 0.5) * pow(10, g_rand_int_range(rand, -30, 30));
        char out[PLX_NUMBER_SIZE];
        check_parse(plx_number_format(value, 17, out), value);
    }
}

int main(int argc, char **argv)
{
    setlocale(LC_ALL, "de_DE.UTF-8"); /* where there is one, the point must stay a point */
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/number/format", test_format);
    g_test_add_func("/number/parse", test_parse);
    g_test_add_func("/number/parse-ends-where-told", test_parse_ends_where_told);
    g_test_add_func("/number/parse-refuses", test_parse_refuses);
    g_test_add_func("/number/reads-back", test_reads_back);
    return g_test_run();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/doubles.h"

#include "check.h"

#include <stdlib.h>

static void test_doubles(void)
{
    g_autofree double *none = plx_doubles_nan(0);
    g_autofree double *two = plx_doubles_nan(2);
    g_assert_nonnull(none);
    g_assert_true(isnan(two[0]) && isnan(two[1]));
    double values[] = {3, -1, PLX_INFINITY, 0, -1};
    qsort(values, PLX_LEN(values), sizeof *values, plx_doubles_compare);
    for (guint i = 1; i < PLX_LEN(values); i++)
        g_assert_cmpfloat(values[i - 1], <=, values[i]);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/doubles", test_doubles);
    return g_test_run();
}

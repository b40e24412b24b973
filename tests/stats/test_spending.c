/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/spending.h"

#include "check.h"

/* alpha t^rho at each look: .05 spent by a half is .05 / 8 with rho = 3, .025 with rho = 1. */
static void test_parts(void)
{
    const double times[] = {0.5, 1};
    double part[2];
    plx_spending(times, 2, 0.05, 3, part);
    near(part[0], 0.00625, 1e-15);
    near(part[1], 0.04375, 1e-15);
    plx_spending(times, 2, 0.05, 1, part);
    near(part[0], 0.025, 1e-15);
    near(part[1], 0.025, 1e-15);
}

static void test_one_look(void)
{
    const double end = 1;
    double part;
    plx_spending(&end, 1, 0.05, 3, &part);
    near(part, 0.05, 0);
}

/* Whatever the looks, all is spent and never more. */
static void test_sum(void)
{
    const double times[] = {0.1, 0.25, 0.26, 0.7, 0.99, 1};
    double part[6];
    for (double rho = 0.5; rho < 5; rho += 0.5) {
        plx_spending(times, 6, 0.05, rho, part);
        double sum = 0;
        for (guint i = 0; i < 6; i++) {
            g_assert_cmpfloat(part[i], >, 0);
            sum += part[i];
        }
        near(sum, 0.05, 1e-15);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/spending/parts", test_parts);
    g_test_add_func("/spending/one-look", test_one_look);
    g_test_add_func("/spending/sum", test_sum);
    return g_test_run();
}

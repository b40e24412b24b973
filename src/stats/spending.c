/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/spending.h"

#include <math.h>

void plx_spending(const double *times, guint n, double alpha, double rho, double *part)
{
    double spent = 0;
    for (guint i = 0; i < n; i++) {
        const double until = i + 1 == n ? alpha : alpha * pow(times[i], rho);
        part[i] = until - spent;
        spent = until;
    }
}

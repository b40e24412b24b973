/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How much of the error each of several planned looks may spend (Lan and DeMets 1983; the power
 * family of Kim and DeMets 1987): by the share t of the information there is at a look,
 * alpha * t^rho is spent, so a look gets what its predecessors left. The parts are used as
 * Bonferroni's: together they hold whatever the dependence between looks is, which the original's
 * joint normal limits need to know; the price is a slightly wider interval.
 *
 * Test: tests/stats/test_spending.c. */

#include <glib.h>

/* `rho` > 0: 1 spends evenly, 3 keeps most for the end, about as O'Brien and Fleming (1979) do.
 * `times`: n > 0 shares of the information, rising, the last one 1. `part`: n parts of alpha, in
 * order; they sum to alpha. */
void plx_spending(const double *times, guint n, double alpha, double rho, double *part);

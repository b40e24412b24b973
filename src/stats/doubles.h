/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Small change of the other files. Test: tests/stats/test_doubles.c. */

#include <glib.h>

/* n numbers that do not exist (NaN); to be freed, never NULL. */
double *plx_doubles_nan(gsize n);

/* For qsort: rising; without NaN. */
int plx_doubles_compare(gconstpointer a, gconstpointer b);

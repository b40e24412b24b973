/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the tests of stats/. */

#include "base/number.h"

#include <glib.h>
#include <math.h>

/* Equal within `tolerance`; published numbers are given to half a unit of their last digit. */
#define near(value, expected, tolerance)                                                           \
    G_STMT_START                                                                                   \
    {                                                                                              \
        const double near_value = (value);                                                         \
        const double near_expected = (expected);                                                   \
        if (!(fabs(near_value - near_expected) <= (tolerance)))                                    \
            g_error("%s:%d: %s is %.15g, not %.15g", __FILE__, __LINE__, #value, near_value,       \
                    near_expected);                                                                \
    }                                                                                              \
    G_STMT_END

#define PLX_LEN(array) ((guint)G_N_ELEMENTS(array))

/* Six-level oracle of methods.md 8.5: 40 leaders, 200 customers (R 4.2.2). */
static const double leaders[] = {1, 2, 6, 14, 12, 5};
static const double customers[] = {9, 25, 60, 70, 28, 8};

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Published data that are not ours to pass on: ../shared/oracles beside the project, where meson
 * puts PLX_ORACLES. Without them the test that needs them is skipped and says so. */

#include "base/number.h"

#include <glib.h>
#include <string.h>

/* The numbers of a CSV file with a header, column by column (text is NaN); to be freed. NULL, and
 * the test is skipped, when the file is not there. */
G_GNUC_UNUSED static double *oracle_read(const char *name, guint columns, gsize *n)
{
    const char *folder = g_getenv("PLX_ORACLES");
    g_autofree char *path = g_build_filename(folder ? folder : ".", name, NULL);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        g_test_skip("../shared/oracles is not there");
        return NULL;
    }
    g_auto(GStrv) lines = g_strsplit(g_strchomp(text), "\n", -1);
    const gsize rows = g_strv_length(lines) - 1;
    double *values = g_new(double, rows *columns);
    for (gsize i = 0; i < rows; i++) {
        g_auto(GStrv) cells = g_strsplit(g_strchomp(lines[i + 1]), ",", -1);
        g_assert_cmpuint(g_strv_length(cells), ==, columns);
        for (guint j = 0; j < columns; j++) {
            double value = PLX_NAN;
            plx_number_parse(cells[j], strlen(cells[j]), &value);
            values[(gsize)j * rows + i] = value;
        }
    }
    *n = rows;
    return values;
}

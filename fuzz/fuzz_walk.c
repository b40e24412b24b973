/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notes of a walk, any bytes: a table is read or an error has a place; a draft that is made is a
 * map that can be read. */

#include "base/error.h"
#include "map/map_file.h"
#include "map/map_walk.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void check_table(const plx_csv_table *table)
{
    gsize bytes = 0;
    for (guint row = 0; row < plx_csv_table_rows(table); row++)
        for (guint column = 0; column < plx_csv_table_columns(table); column++)
            bytes += strlen(plx_csv_table_cell(table, row, (gint)column));
    for (guint column = 0; column < plx_csv_table_columns(table); column++)
        if (plx_csv_table_find(table, plx_csv_table_name(table, column)) != (gint)column)
            abort();
    if (bytes > PLX_CSV_TABLE_BYTES_MAX)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(plx_csv_table) table =
        plx_csv_table_read_memory((const char *)data, size, "walk.csv", &error);
    if (!table != (error != NULL))
        abort();
    if (!table)
        return 0;
    check_table(table);
    const gboolean made = plx_map_walk_table(table, "walk.csv", "Walk", out, &error);
    if (made == (error != NULL) || (!made && out->len > 0))
        abort();
    if (!made)
        return 0;
    g_autoptr(plx_map) map = plx_map_read_memory(out->str, out->len, "draft.yaml", &error);
    if (!map && out->len < 1024 * 1024)
        abort();
    return 0;
}

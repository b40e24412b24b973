/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys: any of them, in any order, keep a grid sound, and what it saves is read again as the same.
 */
#include "workshop/table_sheet.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Small bytes are keys, others characters; 0xfe and 0xff say that the next is pasted or wide. */
static void press(plx_entry *grid, const uint8_t *data, size_t size)
{
    gboolean pasted = FALSE;
    gunichar above = 0;
    for (size_t i = 0; i < size; i++) {
        if (data[i] >= 0xfe) {
            pasted = data[i] == 0xff;
            above = data[i] == 0xfe ? 0x6500 : 0;
            continue;
        }
        const gboolean key = data[i] < PLX_KEY_COUNT;
        const struct plx_key_press press = {key ? (enum plx_key)data[i] : PLX_KEY_CHAR,
                                            data[i] + above, pasted};
        g_autofree char *message = NULL;
        plx_entry_press(grid, &press, &message);
        pasted = FALSE;
        above = 0;
        g_assert(plx_entry_row(grid) < plx_entry_rows(grid));
        g_assert(!plx_entry_column(grid, plx_entry_at(grid))->hidden);
        const char *const text = plx_entry_cell(grid, plx_entry_row(grid), plx_entry_at(grid));
        g_assert((glong)plx_entry_caret(grid) <= g_utf8_strlen(text, -1));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    const struct plx_sheet_options options = {.map = map, .workshop = "autumn"};
    g_autoptr(plx_sheet) sheet = plx_table_sheet_new(&options);
    press(plx_sheet_grid(sheet), data, size);
    struct plx_entry_window window = {0};
    plx_entry_scroll(plx_sheet_grid(sheet), 5, 60, &window);
    g_autofree char *saved = plx_sheet_save(sheet, "2026-11-26T09:30");
    g_autofree char *left = plx_sheet_left(sheet);
    g_assert(g_utf8_validate(left, -1, NULL));
    g_autoptr(plx_sheet) again = plx_table_sheet_new(&options);
    g_assert(plx_sheet_load(again, saved, strlen(saved), "saved", NULL));
    g_autofree char *twice = plx_sheet_save(again, "2027-01-01T00:00");
    g_assert(strcmp(saved, twice) == 0);
    return 0;
}

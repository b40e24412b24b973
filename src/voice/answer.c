/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/arena.h"
#include "voice/source.h"

#include <string.h>

#define BLOCK_BYTES ((gsize)256 << 10)

gpointer plx_arena_take(struct plx_arena *arena, gsize size)
{
    size = (MAX(size, 1) + 15) & ~(gsize)15;
    if (size > arena->left) {
        gsize block = MAX(size, BLOCK_BYTES);
        guint8 *bytes = g_malloc0(block);
        g_ptr_array_add(arena->memory, bytes);
        if (size > BLOCK_BYTES / 4)
            return bytes;
        arena->at = bytes;
        arena->left = block;
    }
    guint8 *taken = arena->at;
    arena->at += size;
    arena->left -= size;
    return taken;
}

char *plx_arena_text(struct plx_arena *arena, const char *text)
{
    gsize size = strlen(text) + 1;
    return memcpy(plx_arena_take(arena, size), text, size);
}

void plx_answer_free(struct plx_answer *answer)
{
    if (answer)
        g_ptr_array_unref(answer->memory); /* the answer itself is in there */
}

static gint compare_place(const struct plx_cell *cell, guint group, guint subject, guint audience)
{
    if (cell->group != group)
        return cell->group < group ? -1 : 1;
    if (cell->subject != subject)
        return cell->subject < subject ? -1 : 1;
    return (cell->audience > audience) - (cell->audience < audience);
}

const struct plx_cell *plx_table_cell(const struct plx_table *table, guint group, guint subject,
                                      guint audience)
{
    guint low = 0, high = table->cells ? table->n_cells : 0;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        gint order = compare_place(&table->cells[middle], group, subject, audience);
        if (order == 0)
            return &table->cells[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const struct plx_tally *plx_cell_tally(const struct plx_cell *cell, enum plx_measure measure)
{
    for (guint t = 0; cell && t < cell->n_tallies; t++)
        if (cell->tallies[t].measure == measure)
            return &cell->tallies[t];
    return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/parallel.h"
#include "voice/canon_private.h"
#include "voice/order.h"

#include <string.h>

/* Packed ranks of this many bits at most, when the cells are not far fewer than there may be, mark
 * places of a table of bits: the number of a cell is that of the marks before its own. */
#define TABLE_BITS_MAX 30
#define BITS_PER_CELL 256

struct numbering {
    const struct plx_packing *packing;
    struct plx_canon_group *out;
    guint64 **marks; /* by part; those of the first stand for all when they are put together */
    gsize n_words;
    guint32 *before;             /* marks before each word */
    struct plx_ordered **sorted; /* by part, where there is no table */
    guint32 *n_sorted;
    GArray *group_values;
};

static const struct plx_cells *cells_of(const struct plx_packing *packing, gsize p)
{
    const struct plx_part *part = g_ptr_array_index(packing->parts, p);
    return &part->groups[packing->g].cells;
}

/* Calls `take` with the packed ranks of each cell of a part that rows fell into. */
static void walk_cells(const struct numbering *numbering, gsize p,
                       void (*take)(const struct numbering *numbering, gsize p, guint32 cell,
                                    guint64 key))
{
    const struct plx_packing *packing = numbering->packing;
    const struct plx_cells *cells = cells_of(packing, p);
    guint32 *map = numbering->out->map[p];
    g_autofree guint8 *used = plx_cells_used(cells);
    guint32 code[PLX_CELL_FIELDS] = {0};
    for (guint32 cell = 0; cell < cells->n; cell++) {
        plx_cells_next(cells, cell, code);
        map[cell] = PLX_NO_CELL;
        if (used && !used[cell])
            continue;
        guint64 key = 0;
        for (guint s = 0; s < packing->n_splits; s++)
            key = key << packing->split_bits[s] | packing->ranks[s][p][code[2 + s]];
        key = key << packing->subject_bits | packing->canon->subject_rank[p][code[1]];
        key = key << packing->audience_bits | (code[0] - 1);
        take(numbering, p, cell, key);
    }
}

/* The splits of the last group so far, the subject and the audience of a cell; cells come in
 * order. */
static void number_cell(struct numbering *numbering, guint32 cell, guint64 key, guint64 last)
{
    const struct plx_packing *packing = numbering->packing;
    struct plx_canon_group *out = numbering->out;
    const guint tail = packing->subject_bits + packing->audience_bits;
    if (cell == 0 || key >> tail != last >> tail) {
        guint shift = packing->bits;
        for (guint s = 0; s < packing->n_splits; s++) {
            shift -= packing->split_bits[s];
            guint32 value =
                (guint32)(key >> shift & ((G_GUINT64_CONSTANT(1) << packing->split_bits[s]) - 1));
            g_array_append_val(numbering->group_values, value);
        }
        out->n_groups++;
    }
    out->group[cell] = out->n_groups - 1;
    out->subject[cell] = (guint32)(key >> packing->audience_bits &
                                   ((G_GUINT64_CONSTANT(1) << packing->subject_bits) - 1));
    out->audience[cell] = (guint8)(key & ((1u << packing->audience_bits) - 1));
}

static void make_room(struct plx_canon_group *out)
{
    out->group = plx_pages_zeros(out->n_cells * sizeof(guint32));
    out->subject = plx_pages_zeros(out->n_cells * sizeof(guint32));
    out->audience = g_new(guint8, MAX(out->n_cells, 1));
}

/* ---- a table of bits ---- */

static void take_mark(const struct numbering *numbering, gsize p, guint32 cell, guint64 key)
{
    numbering->out->map[p][cell] = (guint32)key;
    numbering->marks[p][key / 64] |= G_GUINT64_CONSTANT(1) << key % 64;
}

static void mark_part(gsize p, guint thread, gpointer data)
{
    (void)thread;
    const struct numbering *numbering = data;
    numbering->marks[p] = plx_pages_zeros(numbering->n_words * sizeof(guint64));
    walk_cells(numbering, p, take_mark);
}

static inline guint32 count_bits(guint64 word)
{
    word -= word >> 1 & G_GUINT64_CONSTANT(0x5555555555555555);
    word = (word & G_GUINT64_CONSTANT(0x3333333333333333)) +
           (word >> 2 & G_GUINT64_CONSTANT(0x3333333333333333));
    word = (word + (word >> 4)) & G_GUINT64_CONSTANT(0x0f0f0f0f0f0f0f0f);
    return (guint32)(word * G_GUINT64_CONSTANT(0x0101010101010101) >> 56);
}

static void rank_part(gsize p, guint thread, gpointer data)
{
    (void)thread;
    const struct numbering *numbering = data;
    const guint32 n = cells_of(numbering->packing, p)->n;
    guint32 *map = numbering->out->map[p];
    for (guint32 cell = 0; cell < n; cell++) {
        const guint32 key = map[cell];
        if (key == PLX_NO_CELL)
            continue;
        const guint64 below = (G_GUINT64_CONSTANT(1) << key % 64) - 1;
        map[cell] = numbering->before[key / 64] + count_bits(numbering->marks[0][key / 64] & below);
    }
}

static void number_marks(struct numbering *numbering)
{
    guint64 last = 0;
    guint32 cell = 0;
    for (gsize w = 0; w < numbering->n_words; w++) {
        for (guint64 word = numbering->marks[0][w]; word; word &= word - 1) {
            const guint64 key = w * 64 + (guint)__builtin_ctzll(word);
            number_cell(numbering, cell++, key, last);
            last = key;
        }
    }
}

static void number_by_table(struct numbering *numbering, guint n_threads)
{
    const guint n_parts = numbering->packing->parts->len;
    numbering->n_words = ((gsize)1 << numbering->packing->bits) / 64 + 1;
    numbering->marks = g_new0(guint64 *, n_parts);
    plx_parallel_for(n_threads, n_parts, mark_part, numbering);
    numbering->before = g_new(guint32, numbering->n_words);
    struct plx_canon_group *out = numbering->out;
    for (gsize w = 0; w < numbering->n_words; w++) {
        for (guint p = 1; p < n_parts; p++)
            numbering->marks[0][w] |= numbering->marks[p][w];
        numbering->before[w] = out->n_cells;
        out->n_cells += count_bits(numbering->marks[0][w]);
    }
    plx_parallel_for(n_threads, n_parts, rank_part, numbering);
    make_room(out);
    number_marks(numbering);
    for (guint p = 0; p < n_parts; p++)
        g_free(numbering->marks[p]);
    g_free(numbering->marks);
    g_free(numbering->before);
}

/* ---- sorted ---- */

static void take_key(const struct numbering *numbering, gsize p, guint32 cell, guint64 key)
{
    numbering->sorted[p][numbering->n_sorted[p]++] = (struct plx_ordered){key, cell};
}

static void sort_part(gsize p, guint thread, gpointer data)
{
    (void)thread;
    const struct numbering *numbering = data;
    const guint32 n = cells_of(numbering->packing, p)->n;
    numbering->sorted[p] = plx_pages_zeros(n * sizeof(struct plx_ordered));
    walk_cells(numbering, p, take_key);
    plx_order_sort(numbering->sorted[p], numbering->n_sorted[p], numbering->packing->bits);
}

/* Walks all parts' sorted cells together, giving equal keys one number. */
static guint32 merge_parts(const struct numbering *numbering, guint64 *keys)
{
    guint n_parts = numbering->packing->parts->len;
    g_autofree guint32 *at = g_new0(guint32, MAX(n_parts, 1));
    guint32 n = 0;
    for (;; n++) {
        guint64 smallest = G_MAXUINT64;
        for (guint p = 0; p < n_parts; p++)
            if (at[p] < numbering->n_sorted[p])
                smallest = MIN(smallest, numbering->sorted[p][at[p]].key);
        if (smallest == G_MAXUINT64)
            return n;
        keys[n] = smallest;
        for (guint p = 0; p < n_parts; p++) {
            guint32 end = numbering->n_sorted[p];
            const struct plx_ordered *sorted = numbering->sorted[p];
            for (; at[p] < end && sorted[at[p]].key == smallest; at[p]++)
                numbering->out->map[p][sorted[at[p]].value] = n;
        }
    }
}

static void number_by_order(struct numbering *numbering, guint n_threads)
{
    const guint n_parts = numbering->packing->parts->len;
    numbering->sorted = g_new0(struct plx_ordered *, MAX(n_parts, 1));
    numbering->n_sorted = g_new0(guint32, MAX(n_parts, 1));
    plx_parallel_for(n_threads, n_parts, sort_part, numbering);
    guint64 most = 0;
    for (guint p = 0; p < n_parts; p++)
        most += numbering->n_sorted[p];
    g_autofree guint64 *keys = plx_pages_zeros(most * sizeof *keys);
    numbering->out->n_cells = merge_parts(numbering, keys);
    make_room(numbering->out);
    for (guint32 cell = 0; cell < numbering->out->n_cells; cell++)
        number_cell(numbering, cell, keys[cell], cell ? keys[cell - 1] : 0);
    for (guint p = 0; p < n_parts; p++)
        g_free(numbering->sorted[p]);
    g_free(numbering->sorted);
    g_free(numbering->n_sorted);
}

void plx_canon_number(const struct plx_packing *packing, guint n_threads,
                      struct plx_canon_group *out)
{
    struct numbering numbering = {.packing = packing, .out = out};
    guint64 n_cells = 0;
    out->map = g_new0(guint32 *, MAX(packing->parts->len, 1));
    for (guint p = 0; p < packing->parts->len; p++) {
        const guint32 n = cells_of(packing, p)->n;
        out->map[p] = plx_pages_zeros(n * sizeof(guint32));
        n_cells += n;
    }
    numbering.group_values = g_array_new(FALSE, FALSE, sizeof(guint32));
    if (n_cells > 0 && packing->bits <= TABLE_BITS_MAX &&
        G_GUINT64_CONSTANT(1) << packing->bits <= BITS_PER_CELL * n_cells)
        number_by_table(&numbering, n_threads);
    else
        number_by_order(&numbering, n_threads);
    out->group_values = (guint32 *)(gpointer)g_array_free(numbering.group_values, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One unit's rows as answers by encounter, for LINKED (voice/links.h). */

#include "base/parallel.h"
#include "voice/batch.h"
#include "voice/units_private.h"

/* One unit of one audience. */
struct linking {
    struct plx_links *links;
    const struct plx_count_plan *plan;
    const struct plx_canon_group *cells;
    const struct plx_unit_rows *rows;
    const guint32 *cell;
    guint8 audience;
};

/* A row's values, on the scale of the map of today. FALSE: it has none. */
static gboolean put_values(const struct linking *at, guint row, guint8 *to)
{
    gboolean any = FALSE;
    for (guint m = 0; at->links->measures >> m; m++) {
        if (!(at->links->measures >> m & 1))
            continue;
        const guint8 value = (guint8)at->rows->value[m][row];
        const guint slot = at->plan->slot[m][(at->audience + 1u) * 256 + value];
        const gboolean empty = slot == at->plan->width[m] + 2;
        *to++ = (empty ? (guint8)PLX_CELL_EMPTY : value) ^ 0x80;
        any |= !empty;
    }
    return any;
}

/* A row as it is sorted: its encounter, then the answer. FALSE: nothing was said. */
static gboolean put_row(const struct linking *at, guint row, guint8 *to)
{
    struct plx_links *const links = at->links;
    const guint32 cell = GUINT32_TO_BE(at->cell[row]);
    const guint64 weight = GUINT64_TO_BE(at->rows->weight[row]);
    memcpy(to, &at->rows->encounter[row], 8);
    memcpy(to + 8, &cell, 4);
    if (links->weighted)
        memcpy(to + 12 + links->n_values, &weight, 8);
    if (!put_values(at, row, to + 12))
        return FALSE;
    links->any_weight |= at->rows->weight[row] != PLX_WEIGHT_ONE;
    return TRUE;
}

static gint compare_rows(gconstpointer a, gconstpointer b, gpointer size)
{
    return memcmp(a, b, GPOINTER_TO_UINT(size));
}

/* Leaves the sorted answers without their encounters, and lists those. */
static void list_encounters(struct plx_links *links, guint n)
{
    guint8 *const answers = links->room.data;
    const gsize stride = links->stride;
    struct plx_links_said said = {answers, 0};
    guint64 last = 0, encounter;
    for (guint i = 0; i < n; i++) {
        const guint8 *const row = answers + i * (8 + stride);
        memcpy(&encounter, row, 8);
        if (i > 0 && encounter != last) {
            g_array_append_val(links->encounters, said);
            said = (struct plx_links_said){answers + i * stride, 0};
        }
        last = encounter;
        memmove(answers + i * stride, row + 8, stride);
        said.n++;
    }
    g_array_append_val(links->encounters, said);
}

static void link_rows(const struct linking *at, const guint64 *name)
{
    struct plx_links *const links = at->links;
    const struct plx_unit_rows *const rows = at->rows;
    const gsize wide = 8 + (gsize)links->stride;
    struct plx_links_head head = {.persons = 1, .audience = at->audience};
    guint64 table = 0;
    guint n = 0;
    plx_pages_need(&links->room, (rows->n + (gsize)1) * wide);
    for (guint i = 0; i < rows->n; i++) {
        if (at->cell[i] == PLX_NO_CELL || at->cells->audience[at->cell[i]] != at->audience)
            continue;
        if (!put_row(at, i, links->room.data + n * wide))
            continue;
        n++;
        table = plx_unit_nearer_table(rows->table[i], table);
        head.persons = MAX(head.persons, rows->known ? 1u : rows->group_size[i]);
    }
    if (n == 0)
        return;
    if (n > 1)
        g_qsort_with_data(links->room.data, (gint)n, wide, compare_rows, GUINT_TO_POINTER(wide));
    g_array_set_size(links->encounters, 0);
    list_encounters(links, n);
    head.known = rows->known ? 1 : 0;
    plx_links_keep(links, name, table, &head);
}

void plx_unit_links_add(struct plx_unit_sums *sums, const struct plx_count_plan *plan,
                        const struct plx_canon *canon, guint g, const struct plx_unit_rows *rows)
{
    struct linking at = {.links = &sums->links,
                         .plan = plan,
                         .cells = &canon->groups[g],
                         .rows = rows,
                         .cell = rows->cell[plan->groups[g].stream_cell]};
    guint32 audiences = 0; /* one; but nobody checks that over several files */
    for (guint i = 0; i < rows->n; i++)
        if (at.cell[i] != PLX_NO_CELL)
            audiences |= 1u << at.cells->audience[at.cell[i]];
    for (; audiences; audiences &= audiences - 1) {
        at.audience = (guint8)__builtin_ctz(audiences);
        link_rows(&at, at.cells->name);
    }
}

void plx_unit_links_join(const struct plx_count_plan *plan, const struct plx_canon *canon,
                         struct plx_unit_index *units)
{
    struct plx_links *all[PLX_THREADS_MAX];
    for (guint g = 0; g < plan->n_groups; g++) {
        if (!plan->groups[g].is_linked)
            continue;
        for (guint t = 0; t < units->n_threads; t++)
            all[t] = &units->totals[t].groups[g].links;
        plx_links_join(all, units->n_threads, canon->groups[g].name);
    }
}

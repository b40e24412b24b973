/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who said several things in one cell: only of them more is to be known than what rows say. */

#include "voice/roll_private.h"
#include "voice/units.h"

struct finding {
    plx_roll *roll;
    GArray *repeats, *runs, *classes; /* guint32 */
    GArray *order;                    /* guint64: cell << 32 | row of the unit at hand */
};

static void add_cell(const struct finding *f, const guint64 *order, guint n, guint32 run)
{
    const guint32 first = f->runs->len;
    g_array_append_val(f->repeats, first);
    for (guint i = 0; i < n; i++) {
        const guint32 row = (guint32)order[i];
        while (f->roll->run_row[run + 1] <= row)
            run++;
        g_array_append_val(f->runs, run);
        g_array_append_val(f->classes, f->roll->row[row]);
    }
}

static void find_in_unit(const struct finding *f, guint32 first_run, guint32 end_run)
{
    const plx_roll *const roll = f->roll;
    g_array_set_size(f->order, 0);
    for (guint32 row = roll->run_row[first_run]; row < roll->run_row[end_run]; row++) {
        const guint64 cell = roll->classes[roll->row[row]].cell;
        const guint64 one = cell << 32 | row;
        if (cell != PLX_NO_CELL)
            g_array_append_val(f->order, one);
    }
    guint64 *const order = (guint64 *)(gpointer)f->order->data;
    plx_unit_sort(order, f->order->len);
    for (guint from = 0, to; from < f->order->len; from = to) {
        for (to = from + 1; to < f->order->len && order[to] >> 32 == order[from] >> 32;)
            to++;
        if (to - from > 1)
            add_cell(f, order + from, to - from, first_run);
    }
}

static guint32 *own(GArray **numbers)
{
    guint32 *const out =
        g_memdup2((*numbers)->data, ((gsize)(*numbers)->len + 1) * sizeof(guint32));
    g_clear_pointer(numbers, g_array_unref);
    return out;
}

void plx_roll_find_again(plx_roll *roll)
{
    struct finding f = {
        roll, g_array_new(TRUE, FALSE, sizeof(guint32)), g_array_new(TRUE, FALSE, sizeof(guint32)),
        g_array_new(TRUE, FALSE, sizeof(guint32)), g_array_new(FALSE, FALSE, sizeof(guint64))};
    roll->unit_repeat = g_new(guint32, roll->n_units + 1);
    for (guint32 u = 0; u < roll->n_units; u++) {
        const guint32 from = roll->unit_run[u], to = roll->unit_run[u + 1];
        roll->unit_repeat[u] = f.repeats->len;
        if (roll->run_row[to] - roll->run_row[from] > 1)
            find_in_unit(&f, from, to);
    }
    roll->n_again = f.runs->len;
    roll->n_repeats = roll->unit_repeat[roll->n_units] = f.repeats->len;
    g_array_append_val(f.repeats, roll->n_again);
    roll->repeat = own(&f.repeats);
    roll->again_run = own(&f.runs);
    roll->again_class = own(&f.classes);
    g_array_unref(f.order);
}
